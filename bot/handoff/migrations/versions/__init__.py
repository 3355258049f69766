"""Each change of the tables, in order."""
