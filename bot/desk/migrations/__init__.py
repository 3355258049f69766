"""The steps that bring a desk's database up to date."""
