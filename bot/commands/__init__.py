"""The commands of frontdoor, one file for each part of the service."""
