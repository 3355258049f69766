"""The MASH Contact form as a file, for a practitioner to keep: made from the answers at the check, handed over, not stored."""
from __future__ import annotations

import datetime as dt
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Mapping, Optional

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate, Listing
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from bot.contacts.hours import london
from bot.guidance_files import ROOT, GuidanceError
from bot.handoff.payload import json_schema
from bot.handoff.view import Say, answer_text, first_things, sections

OURS = Path("guidance/forms/mash-contact-form.docx")
TEMPLATE = "FRONTDOOR_MASH_TEMPLATE"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNUSABLE = (TemplateError, PackageNotFoundError, OSError, ValueError)
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Template:
    """A Word file with placeholders. ``official`` if it is the partnership's own."""

    file: Path
    official: bool

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Template":
        """The partnership's own template if FRONTDOOR_MASH_TEMPLATE names one, else ours, which is marked as not official."""
        own = env.get(TEMPLATE, "").strip()
        return cls(Path(own), True) if own else cls(ROOT / OURS, False)


def check_template(template: Template) -> None:
    """Raises ``GuidanceError`` if the template's placeholders cannot be read."""
    try:
        DocxTemplate(str(template.file)).get_undeclared_template_variables(SandboxedEnvironment())
    except _UNUSABLE as error:
        raise _not_usable(template, error) from None


def moment(at: dt.datetime) -> str:
    """When a form was made, as it stands in the form: "21 November 2026, 10:15"."""
    local = london(at)
    return f"{local.day} {local:%B %Y, %H:%M}"


def as_docx(content: Mapping[str, Any], say: Say, made_at: str, template: Template, sent: str = "") -> bytes:
    """The form as a Word file. ``sent``: that and how it was sent, if it was. Raises ``GuidanceError`` if the template cannot be used."""
    try:
        document = DocxTemplate(str(template.file))
        document.render(_context(content, say, made_at, template.official, sent), SandboxedEnvironment(autoescape=True), autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except _UNUSABLE as error:
        raise _not_usable(template, error) from None
    return out.getvalue()


def _not_usable(template: Template, error: Exception) -> GuidanceError:
    return GuidanceError(f"{template.file}: this Word template cannot be used ({type(error).__name__}); compare its placeholders with {OURS}")


def as_json(content: Mapping[str, Any], made_at: str, official: bool = False) -> bytes:
    """The form as JSON, after docs/contact.schema.json."""
    return json.dumps({"form": "MASH Contact", "official": official, "made_at": made_at, "schema_id": json_schema()["$id"], "contact": content},
                      ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def _context(content: Mapping[str, Any], say: Say, made_at: str, official: bool, sent: str) -> Dict[str, Any]:
    """What a template may use: the headings with their rows, or single answers (``answers.worry``, ``children[0].birth``)."""
    def row_texts(answers: Mapping[str, Any]) -> Dict[str, Listing]:
        return {key: _text(answer_text(key, answer, say)) for key, answer in answers.items()}

    return {"marking": None if official else _text(say("form_not_official")), "made_at": made_at, "not_sent": _text(sent or say("form_not_sent")),
            "first": [_text(words) for words in first_things(content, say)],
            "sections": [{"title": _text(s.title), "rows": [{"label": _text(r.label), "text": _text(r.text)} for r in s.rows]}
                         for s in sections(content, say)],
            "answers": row_texts(content["answers"]), "children": [row_texts(child) for child in content["children"]]}


def _text(words: str) -> Listing:
    """Words as Word takes them: escaped, lines kept, without characters that XML does not know."""
    return Listing(_NOT_IN_XML.sub("\ufffd", words))


def draft_in(state: Optional[Mapping[str, Any]]) -> Optional[Dict[str, Any]]:
    """The draft of a contact in a conversation's kept state, or None."""
    for event in reversed((state or {}).get("events", [])):
        if event.get("event") == "slot" and event.get("name") == "contact_draft":
            return event.get("value") or None
    return None
