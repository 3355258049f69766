"""The public pages and what they are made of."""
