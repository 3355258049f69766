"""Whether a message speaks of somebody: what documents say answers nobody's own story. Pure."""
import re

_US = r"i|i'?m|i'?ve|me|my|we|us|our|you|your|ur|u"
_OF_US = re.compile(rf"\b(?:{_US})\b", re.IGNORECASE)
_OF_SOMEBODY = re.compile(rf"\b(?:{_US}|he|she|him|her|his|they'?ve)\b", re.IGNORECASE)


def speaks_of_us(text: str) -> bool:
    """It names the writer or whom they write to ("my", "you")."""
    return _OF_US.search(text.replace("’", "'")) is not None


def speaks_of_somebody(text: str) -> bool:
    """It names the writer, whom they write to, or a boy, a girl, a man or a woman ("his")."""
    return _OF_SOMEBODY.search(text.replace("’", "'")) is not None
