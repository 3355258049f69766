"""Rasa custom actions. They translate between Rasa and bot/, and decide nothing."""
