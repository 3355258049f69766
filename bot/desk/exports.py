"""Copies of an opened contact to take away: JSON, PDF, Word, and the MASH Contact form."""
from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Callable, Mapping

from bot.desk.casework import Opened
from bot.desk.content import is_all_known, shown
from bot.desk.paper import Paper, paper
from bot.desk.showing import flag_words, happened_words, moment, person_words
from bot.desk.word import Word
from bot.handoff import form_file
from bot.handoff.parcel import Parcel
from bot.handoff.view import Say


@dataclass(frozen=True)
class Export:
    """A kind of copy: what its button says, how its file ends, its media type, and how it is made."""

    words: str
    ending: str
    mimetype: str
    make: Callable[[Opened, Say], bytes]
    fits: Callable[[Parcel], bool] = lambda parcel: True


def as_json(opened: Opened, say: Say) -> bytes:
    """Everything, for another program: the contact as it was sent, notes, and history."""
    contact = opened.contact
    return json.dumps({
        "id": contact.id, "reference": contact.reference, "door": contact.door, "path": contact.path,
        "received_at": contact.received_at.isoformat(), "state": contact.state.value, "decision": contact.decision,
        "passed_as": contact.passed_as, "schema_version": opened.parcel.schema_version, "contact": opened.parcel.contact,
        "notes": [{"at": n.at.isoformat(), "who": n.who, "text": n.text} for n in opened.notes],
        "history": [{"at": h.at.isoformat(), "what": h.what, "who": h.who, "why": h.about} for h in opened.history]}, indent=1).encode()


def as_pdf(opened: Opened, say: Say) -> bytes:
    """For paper and for other systems. Characters that the font lacks are written as their code, never dropped."""
    return _written(paper(f"Contact {opened.contact.reference}"), opened, say)


def as_form(opened: Opened, say: Say) -> bytes:
    """The MASH Contact form, from the template that practitioners get theirs from. Notes and history are not part of that form.

    Raises ``GuidanceError`` if the template cannot be used.
    """
    contact = opened.contact
    made_at = f"{moment(contact.received_at)}, under the reference {contact.reference}"
    return form_file.as_docx(opened.parcel.contact, say, made_at, form_file.Template.from_env(os.environ))


def as_docx(opened: Opened, say: Say) -> bytes:
    """Everything as a Word document."""
    return _written(Word(f"Contact {opened.contact.reference}"), opened, say)


def _written(page: "Paper | Word", opened: Opened, say: Say) -> bytes:
    page.heading(f"Contact {opened.contact.reference}")
    page.words(f"Received {moment(opened.contact.received_at)}. Confidential: about a child.")
    for flag in opened.contact.flags:
        page.words(f"See first: {flag_words(flag)}")
    for section in shown(opened.parcel, say):
        page.heading(section.title, small=True)
        for row in section.rows:
            page.pair(row.label, row.text)
    if opened.notes:
        page.heading("Notes", small=True)
        for note in opened.notes:
            page.pair(f"{moment(note.at)}, {person_words(note.who)}", note.text)
    page.heading("What happened", small=True)
    for happened in opened.history:
        why = f": {happened.about}" if happened.about else ""
        page.words(f"{moment(happened.at)}: {happened_words(happened.what)}, {person_words(happened.who)}{why}")
    return page.finished()


EXPORTS: Mapping[str, Export] = {
    "json": Export("JSON", "json", "application/json", as_json),
    "pdf": Export("PDF", "pdf", "application/pdf", as_pdf),
    "docx": Export("Word", "docx", form_file.DOCX, as_docx),
    "form": Export("MASH Contact form", "form.docx", form_file.DOCX, as_form, lambda parcel: is_all_known(parcel.contact))}
