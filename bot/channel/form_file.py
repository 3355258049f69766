"""The MASH Contact form of the conversation's draft, as a file to hand over at once. It is kept nowhere."""
from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from typing import Any, Mapping, Optional

from bot.handoff.form_file import DOCX, Template, as_docx, as_json, draft_in, moment
from bot.handoff.payload import payload
from bot.handoff.plan import path_of
from bot.handoff.questions import CHECK, Answers, Path
from bot.words import Words


@dataclass(frozen=True)
class FormFile:
    """A file for the person who is filling in the contact."""

    name: str
    kind: str
    content: bytes = field(repr=False)


def form_file_of(state: Optional[Mapping[str, Any]], kind: str, words: Words, now: dt.datetime) -> Optional[FormFile]:
    """The form of a practitioner's contact that is at its check, as "docx" or "json"; None if there is none."""
    draft = draft_in(state)
    if not draft or draft.get("asking") != CHECK or path_of(draft["answers"]) is not Path.PRACTITIONER:
        return None
    return file_of(draft["answers"], kind, words, now)


def file_of(answers: Answers, kind: str, words: Words, now: dt.datetime) -> FormFile:
    """The form of a contact's answers, as "json" or else "docx". Raises ``GuidanceError`` if the partnership's template cannot be used."""
    content, made_at, template = payload(answers), moment(now), Template.from_env(os.environ)
    if kind == "json":
        return FormFile("mash-contact.json", "application/json", as_json(content, made_at, template.official))
    return FormFile("mash-contact.docx", DOCX, as_docx(content, lambda key: words.text(key, now), made_at, template))
