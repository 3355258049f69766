"""Our own sentences as things that can be listed, measured and compared: every text by key, and how hard it is to read."""
from bot.wording.catalogue import catalogue
from bot.wording.reading import Reading, SentenceReading, grade
from bot.wording.said import Said

__all__ = ["Reading", "Said", "SentenceReading", "catalogue", "grade"]
