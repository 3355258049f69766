"""The services people can be sent to, read from guidance/contacts.yml and checked while reading."""
from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Tuple

from bot.contacts.hours import Opening, OpeningError, Statement
from bot.guidance_files import complain, read_once, required

CONTACTS_FILE = Path("guidance/contacts.yml")
MUST_HAVE = ("gateway", "out_of_hours", "emergency", "childline", "samaritans", "partnership",
             "leaving", "police", "nspcc", "nhs111", "domestic_abuse", "mens_advice")  # the pages name them
_NUMBER_WORDS = frozenset(["number", "numbers", "no", "helpline", "line", "hotline", "phone", "telephone", "tel", "contact"])
_SHORTEST_TYPED = 6  # digits: a shorter number may be anything
_BESIDE = frozenset(["the", "a", "for", "of", "in", "uk", "plymouth", "please", "pls", "plz",
                     "whats", "what", "is", "what's", "s", "hi", "need", "got"])
_NUMBER = re.compile(r"\d(?:[\d ]{0,14}\d)?")


@dataclass(frozen=True)
class Contact:
    """One service. ``phone`` is as people read it ("01752 …"); ``checked_on`` is None if nobody has checked it."""

    key: str
    name: str
    for_whom: str
    phone: Optional[str]
    text_number: Optional[str]
    text_word: Optional[str]
    email: Optional[str]
    website: Optional[str]
    note: Optional[str]
    called: Tuple[str, ...]
    statements: Tuple[Statement, ...]
    source: str
    valid_from: dt.date
    checked_on: Optional[dt.date]
    review_by: dt.date


@dataclass(frozen=True)
class Directory:
    """Every service by its key."""

    contacts: Mapping[str, Contact]

    def __getitem__(self, key: str) -> Contact:
        return self.contacts[key]

    def asked_barely(self, text: str) -> Optional[Contact]:
        """The line of a message that says no more than its name and that its number is wanted ("nspcc helpline"); None if it says more."""
        line = self.named_in(text)
        if line is None:
            return None
        words = " ".join(re.sub(r"[^\w\s']", " ", text.lower().replace("’", "'")).split())
        for name in sorted(line.called, key=len, reverse=True):
            words = re.sub(rf"(?<!\w){re.escape(name)}(?:'?s)?(?!\w)", " ", words)
        left = set(words.split())
        return line if left & _NUMBER_WORDS and left <= _NUMBER_WORDS | _BESIDE else None

    def typed_in(self, text: str) -> Optional[Contact]:
        """The service whose number (six digits or more) or e-mail address is typed in a message; the first held, or None."""
        digits, words = re.sub(r"(?<=\d)[ \-.]+(?=\d)", "", text), text.lower()
        for contact in self.contacts.values():
            held = [re.sub(r"\D", "", n) for n in (contact.phone, contact.text_number) if n]
            if any(len(n) >= _SHORTEST_TYPED and re.search(rf"(?<!\d){n}(?!\d)", digits) for n in held):
                return contact
            if contact.email and contact.email in words:
                return contact
        return None

    def named_in(self, text: str) -> Optional[Contact]:
        """The line that a question names ("what is Childline's number"), by the ways people call it; None if it names none."""
        words = " ".join(text.lower().replace("’", "'").split())
        found = [(len(name), contact) for contact in self.contacts.values() for name in contact.called
                 if (contact.phone or contact.text_number) and re.search(rf"(?<!\w){re.escape(name)}(?:'?s)?(?!\w)", words)]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def phones(self) -> Tuple[str, ...]:
        """Every number a person may be told to ring or text."""
        return tuple(n for c in self.contacts.values() for n in (c.phone, c.text_number) if n)


def load_directory(file: Path = CONTACTS_FILE) -> Directory:
    """Read the contacts file. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_once(file)
    contacts: Dict[str, Contact] = {key: _contact(file, key, entry) for key, entry in content.items()}
    for key in MUST_HAVE:
        if key not in contacts:
            complain(file, content, f'"{key}" is missing', "restore it: the service cannot run without it")
    if not any(s.opening.always for c in contacts.values() for s in c.statements):
        complain(file, content, "no line is always open", "give at least one contact opening: {always: true}")
    return Directory(contacts)


def _contact(file: Path, key: str, entry: Any) -> Contact:
    for field in ("phone", "text_number"):
        number = entry.get(field)
        if number is not None and (not isinstance(number, str) or not _NUMBER.fullmatch(number)):
            complain(file, entry, f'"{field}" of {key} is not a number as people dial it',
                     "write digits and single spaces, in quotes if it has no space", field)
    if not any(entry.get(f) for f in ("phone", "text_number", "email", "website")):
        complain(file, entry, f"{key} has no phone, text number, e-mail or website", "add one")
    checked = required(file, entry, "checked_on", object)
    if not isinstance(checked, dt.date) and checked not in (False, "no"):
        complain(file, entry, f'"checked_on" of {key} must be a date or no', "write it as 2026-11-21", "checked_on")
    return Contact(
        key=key, name=required(file, entry, "name"), for_whom=required(file, entry, "for"),
        phone=entry.get("phone"), text_number=entry.get("text_number"), text_word=entry.get("text_word"),
        email=entry.get("email"), website=entry.get("website"), note=entry.get("note"), called=tuple(str(c) for c in entry.get("called", [])),
        statements=tuple(_statement(file, key, s) for s in entry.get("hours", [])),
        source=required(file, entry, "source"), valid_from=required(file, entry, "valid_from", dt.date),
        checked_on=checked if isinstance(checked, dt.date) else None,
        review_by=required(file, entry, "review_by", dt.date))


def _statement(file: Path, key: str, node: Any) -> Statement:
    try:
        opening = Opening.read(required(file, node, "opening", dict))
    except OpeningError as error:
        complain(file, node, f"the opening of {key} cannot be read: {error}", 'write {mon-fri: ["09:00", "17:00"]}', "opening")
    return Statement(required(file, node, "says"), opening, node.get("exact") in (True, "yes"),
                     required(file, node, "source"), required(file, node, "valid_from", dt.date))
