"""Where contacts arrive; its own process with its own secrets."""
