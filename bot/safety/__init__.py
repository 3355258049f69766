"""The safety net."""
