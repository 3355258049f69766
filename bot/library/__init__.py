"""The guidance: load it, check it, search it. An answer cannot exist without its source."""
