"""The desk's pages, a blueprint for each part."""
