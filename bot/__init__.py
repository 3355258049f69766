"""The service: plain Python in the middle, frameworks at the edge."""
