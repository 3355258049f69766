"""What somebody typed, made plain enough to be matched."""
from __future__ import annotations


def plain(text: str) -> str:
    """Plain quotes and single spaces, in the person's own letters."""
    return " ".join(text.replace("’", "'").split())


def tidy(text: str) -> str:
    """As ``plain``, in lower case: a match in it stands at the same place in the person's own letters."""
    return plain(text).lower()
