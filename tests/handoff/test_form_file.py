"""The MASH Contact form that a practitioner takes away: complete, marked, and safe whatever was typed."""
import io
import json

import pytest
from docx import Document
from jsonschema import Draft202012Validator

from bot.guidance_files import GuidanceError
from bot.handoff.form_file import Template, as_docx, as_json, draft_in
from bot.handoff.payload import json_schema, payload
from bot.handoff.questions import CHECK
from bot.words import load_words
from tests.handoff.cast import MONDAY
from tests.handoff.taking import WORK, at

WORDS = load_words()
OURS = Template.from_env({})


def say(key):
    return WORDS.text(key, MONDAY)


def text_of(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def made(template=OURS, **answers):
    return text_of(as_docx(payload(at(CHECK, {**WORK, **answers}).answers), say, "23 November 2026", template))


def test_every_answer_stands_in_the_form_and_it_says_that_it_is_not_official():
    text = made(staff_risk="a big dog")
    for said in (WORK["worry"], "Robin", "1 Made-up Row", "class teacher", "mum, on Friday", "a big dog"):
        assert said in text
    assert "not the partnership's official form" in text
    assert "does not mean that it has been sent" in text
    assert "There may be a risk to visiting staff" in text
    assert "{" not in text


@pytest.mark.parametrize("typed", ["{{ 7 * 7 }}", "{% for x in y %}", "<w:p>hello</w:p> & co", "a\x00b\x0bc", "half \ud83d emoji", "two\nlines", "😟 مرحبا"])
def test_whatever_was_typed_is_text_and_nothing_else(typed):
    text = made(worry=typed)
    assert "49" not in text
    kept = "".join("\ufffd" if c in "\x00\x0b\ud83d" else c for c in typed)
    assert kept in text


def test_the_partnerships_own_template_is_used_and_not_marked(tmp_path):
    own = Document()
    own.add_paragraph("Our form. {{ marking }} Child: {{ children[0].child }}. Worry: {{ answers.worry }}")
    own.save(tmp_path / "own.docx")
    template = Template.from_env({"FRONTDOOR_MASH_TEMPLATE": str(tmp_path / "own.docx")})
    text = made(template)
    assert "Child: Robin" in text and WORK["worry"] in text and "official" not in text


def test_a_template_that_cannot_be_used_says_what_to_compare(tmp_path):
    broken = Document()
    broken.add_paragraph("{{ ''.__class__.__mro__ }} {% if %}")
    broken.save(tmp_path / "broken.docx")
    (tmp_path / "no.docx").write_bytes(b"not a Word file")
    for name in ("broken.docx", "no.docx", "missing.docx"):
        with pytest.raises(GuidanceError, match="placeholders"):
            made(Template(tmp_path / name, True))


def test_the_json_form_holds_the_contact_after_the_published_schema():
    content = payload(at(CHECK, WORK).answers)
    form = json.loads(as_json(content, "23 November 2026"))
    assert form["official"] is False
    Draft202012Validator(json_schema()).validate(form["contact"])
    assert form["contact"] == content


def test_the_draft_is_found_in_a_conversations_state_and_only_there():
    events = [{"event": "slot", "name": "contact_draft", "value": {"answers": {}}}, {"event": "user"}]
    assert draft_in({"events": events}) == {"answers": {}}
    assert draft_in({"events": [*events, {"event": "slot", "name": "contact_draft", "value": None}]}) is None
    assert draft_in(None) is None
