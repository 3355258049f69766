"""Who can be contacted, and who answers now."""
