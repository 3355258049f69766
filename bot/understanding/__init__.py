"""Rasa graph components: thin adapters over the encoder and the safety net."""
