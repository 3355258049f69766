"""Steps of the lab's tables."""
