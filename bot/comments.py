"""Comments on our words, kept for the Young Safeguarders: without personal data as far as it announces itself, and sealed like a contact."""
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import List

import sqlalchemy as sa

from bot.handoff.sealing import open_sealed, read_all_private, read_public, seal
from bot.handoff.store import Store
from bot.handoff.tables import comment_table

LONGEST = 1000
_PERSONAL = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "[e-mail]"),
    (re.compile(r"(?:https?://|www\.)\S+", re.I), "[link]"),
    (re.compile(r"(?<![\w])@\w{2,}"), "[name]"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.I), "[postcode]"),
    (re.compile(r"\+?\d[\d ().-]{6,}\d"), "[number]"),
    (re.compile(r"\b\d{1,4}[a-z]? (?:[A-Z][\w']+ ){1,3}(?:Road|Street|Avenue|Close|Way|Lane|Drive|Terrace|Place|Court|Crescent|"
                r"Gardens)\b", re.I), "[address]"),
    (re.compile(r"\b((?:my name is|my name's|i am called|i'm called|call me|it's|from|"
                r"signed)\s+)(?:[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?)"), r"\1[name]"),
    (re.compile(r"\b((?i:my name is|my name's|i am called|i'm called|im called))\s+\w+(?:\s+[A-Z]\w+)?"), r"\1 [name]"),
    (re.compile(r"\b((?:Mr|Mrs|Miss|Ms|Dr|Sir)\.?)\s+[A-Z][\w'-]+"), r"\1 [name]"),
)


@dataclass(frozen=True)
class Comment:
    """What somebody said about one of our messages. ``about`` is the message's wording key."""

    day: dt.date
    about: str
    comment: str


@dataclass(frozen=True)
class Comments:
    """The store of comments."""

    engine: sa.engine.Engine
    keys: Path

    @classmethod
    def open(cls, url: str, keys: Path) -> "Comments":
        """Connect to the contacts' database; ``keys``: the folder of their keys. Raises ``WrongShape``, ``sqlalchemy.exc.SQLAlchemyError``."""
        return cls(Store.open(url).engine, keys)

    def keep(self, about: str, comment: str, day: dt.date) -> None:
        """Seal a comment with everything taken out that looks like a person's details. Raises ``SealingError``, ``SQLAlchemyError``."""
        sealed = seal(read_public(self.keys), without_details(comment)[:LONGEST].encode())
        with self.engine.begin() as db:
            db.execute(comment_table.insert().values(day=day, about=about[:80] or "unknown", comment=sealed))

    def all(self) -> List[Comment]:
        """Every comment, newest first. Needs the private key. Raises ``SealingError``."""
        private = read_all_private(self.keys)
        with self.engine.connect() as db:
            rows = db.execute(sa.select(comment_table.c.day, comment_table.c.about, comment_table.c.comment).order_by(comment_table.c.number.desc()))
            return [Comment(row.day, row.about, open_sealed(private, row.comment).decode()) for row in rows]


def without_details(text: str) -> str:
    """The text with e-mail addresses, numbers, postcodes, addresses and names that announce themselves replaced by what they were."""
    for pattern, instead in _PERSONAL:
        text = pattern.sub(instead, text)
    return " ".join(text.split())
