"""Comments on our words, kept for the Young Safeguarders: without personal data as far as it announces itself, and sealed like a contact."""
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import List

import sqlalchemy as sa

from bot.handoff.database import open_engine
from bot.handoff.sealing import open_sealed, read_all_private, read_public, seal

LONGEST = 1000
_metadata = sa.MetaData()
_comment = sa.Table(
    "sealed_comment", _metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("day", sa.Date, nullable=False),  # a day and no time, so that nobody can be picked out by when they wrote
    sa.Column("about", sa.String(80), nullable=False),
    sa.Column("comment", sa.LargeBinary, nullable=False))  # a name that did not announce itself must not lie open
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
        """Connect and create the table; ``keys``: the folder of the contacts' keys. Raises ``sqlalchemy.exc.SQLAlchemyError``."""
        return cls(open_engine(url, _metadata), keys)

    def keep(self, about: str, comment: str, day: dt.date) -> None:
        """Seal a comment with everything taken out that looks like a person's details. Raises ``SealingError``, ``SQLAlchemyError``."""
        sealed = seal(read_public(self.keys), without_details(comment)[:LONGEST].encode())
        with self.engine.begin() as db:
            db.execute(_comment.insert().values(day=day, about=about[:80] or "unknown", comment=sealed))

    def all(self) -> List[Comment]:
        """Every comment, newest first. Needs the private key. Raises ``SealingError``."""
        private = read_all_private(self.keys)
        with self.engine.connect() as db:
            rows = db.execute(sa.select(_comment.c.day, _comment.c.about, _comment.c.comment).order_by(_comment.c.number.desc()))
            return [Comment(row.day, row.about, open_sealed(private, row.comment).decode()) for row in rows]


def without_details(text: str) -> str:
    """The text with e-mail addresses, numbers, postcodes, addresses and names that announce themselves replaced by what they were."""
    for pattern, instead in _PERSONAL:
        text = pattern.sub(instead, text)
    return " ".join(text.split())
