"""The widget, the pages around it, and what they offer without a script."""
