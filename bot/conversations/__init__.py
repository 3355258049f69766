"""Where conversations rest."""
