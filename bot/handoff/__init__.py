"""A contact, from the first question to its delivery."""
