"""What the library can say: an answer with its source, or that it does not hold one."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

from bot.library.documents import HOME, NATIONAL, opening_words


@dataclass(frozen=True)
class Citation:
    """Where an answer comes from. ``found`` is the section's place in the library ("document-id#section-id")."""

    document: str
    section: str
    published: str
    area: str
    found: str = ""
    link: str = ""

    def line(self) -> str:
        """The source as people read it; one sentence more if it is about another area."""
        date = f"published {self.published}" if self.published[:1].isupper() or self.published[:1].isdigit() else self.published
        source = f'Source: {self.document}, "{self.section}" ({date}).'
        if self.area == NATIONAL:
            return f"{source} {self.link}\nThis is national guidance. It is not {HOME}'s own procedure."
        return source if self.area == HOME else f"{source} This is about {self.area}, not {HOME}."


@dataclass(frozen=True)
class Answer:
    """Words from guidance. Cannot exist without a citation, nor pass another area's facts off as Plymouth's."""

    words: str
    citations: Tuple[Citation, ...]
    nudges: Tuple[str, ...] = ()      # what to say of facts in it that age
    offers: Tuple[str, ...] = ()      # questions that other near sections answer
    seconds: Tuple["Answer", ...] = ()  # another section that may be the one that was meant
    whole: bool = True                # whether the section has no more to say
    route: bool = False               # whether it ends with whom to ring
    sure: bool = True                 # whether it is likely enough to answer; if not, it is only the nearest that is held

    def __post_init__(self) -> None:
        if not self.citations or not all(isinstance(citation, Citation) for citation in self.citations):
            raise ValueError("an answer must name its source")
        for citation in self.citations:
            if not (self.words.strip() and citation.document and citation.section and citation.published):
                raise ValueError("an answer must have words, and its source a document, a section and a date")
            if not self.words.startswith(opening_words(citation.area)):
                raise ValueError(f"an answer about {citation.area} must say so first")


@dataclass(frozen=True)
class NotHeld:
    """We know what is asked and do not hold it. ``words`` say so and where it would be found; if they are empty, no
    document says it, and ``nearest`` is the heading of the section that comes nearest. ``untold``: the sentence by which
    that section says itself that it does not hold it, and ``source`` where it stands."""

    words: str
    topic: str = ""
    offers: Tuple[str, ...] = ()
    nearest: str = ""
    untold: str = ""
    source: Optional[Citation] = None
