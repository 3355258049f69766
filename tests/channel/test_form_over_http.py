"""The MASH Contact form over HTTP: for a practitioner at the check, and for nobody else."""
import html
import io
import json
import re
import urllib.request
from urllib.parse import urlencode

import pytest
from docx import Document

from tests.answering import fill_in
from tests.handoff.taking import PUBLIC, WORK

CHOICES = {"it's part of my job": "job", "I'm a member of the public": "public"}


def form(chat, session, kind="docx"):
    request = urllib.request.Request(f"{chat.base}/webhooks/website/form", json.dumps({"session": session, "as": kind}).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read(), dict(answer.headers)


def test_a_practitioner_takes_the_form_away_before_sending(chat):
    session = chat.begin()
    fill_in(chat, session, WORK)
    content, headers = form(chat, session)
    assert WORK["worry"] in "\n".join(c.text for t in Document(io.BytesIO(content)).tables for r in t.rows for c in r.cells)
    assert "mash-contact.docx" in headers["Content-Disposition"] and headers["Cache-Control"] == "no-store"
    assert json.loads(form(chat, session, "json")[0])["contact"]["answers"]["agency"]["said"] == WORK["agency"]
    assert chat.say("read it back", session)[-1]["custom"]["form_files"] == ["docx", "json"]
    chat.say("yes, send it", session)
    assert chat.post("/webhooks/website/form", {"session": session})[0] == 404, "it is not stored"


def test_there_is_no_form_before_the_check_for_the_public_or_for_a_stranger(chat):
    session = chat.begin()
    assert chat.post("/webhooks/website/form", {"session": session})[0] == 404
    fill_in(chat, session, WORK, until="child")
    assert chat.post("/webhooks/website/form", {"session": session})[0] == 404
    public = chat.begin()
    fill_in(chat, public, PUBLIC)
    assert chat.post("/webhooks/website/form", {"session": public})[0] == 404
    assert chat.post("/webhooks/website/form", {"session": "guess"})[0] == 401


def posted(chat, path, **fields):
    request = urllib.request.Request(chat.base + path, urlencode(fields).encode(), {"Accept": "text/html"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read(), dict(answer.headers)


def hidden(page):
    return {html.unescape(n): html.unescape(v) for n, v in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)}


def test_without_a_script_a_practitioner_takes_it_from_the_chat_too(chat):
    session = chat.begin()
    fill_in(chat, session, WORK)
    page = posted(chat, "/help/chat", session=session, message="read it back")[0].decode()
    assert 'name="form" value="docx"' in page and 'name="form" value="json"' in page
    content, headers = posted(chat, "/help/chat", session=session, form="docx")
    assert content[:2] == b"PK" and "mash-contact.docx" in headers["Content-Disposition"] and headers["Cache-Control"] == "no-store"
    public = chat.begin()
    fill_in(chat, public, PUBLIC)
    assert 'name="form"' not in posted(chat, "/help/chat", session=public, message="read it back")[0].decode()


@pytest.mark.parametrize("answers, offered", [(WORK, True), (PUBLIC, False)])
def test_the_plain_form_offers_it_at_its_check_to_practitioners(chat, answers, offered):
    page, steps = posted(chat, "/help/tell", start="yes")[0].decode(), 0
    while 'name="send"' not in page and steps < 30:
        state, steps = hidden(page), steps + 1
        filled = {key: answers[key.partition(":")[0]] for key in state["asked"].split(",")}
        filled = {key: CHOICES.get(text, text) for key, text in filled.items()}
        page = posted(chat, "/help/tell", **{**state, **filled})[0].decode()
    assert ('name="form" value="docx"' in page) == offered
    content, headers = posted(chat, "/help/tell", **hidden(page), form="json")
    if offered:
        assert json.loads(content)["contact"]["answers"]["worry"]["said"] == answers["worry"]
        assert "mash-contact.json" in headers["Content-Disposition"]
    else:
        assert b'name="send"' in content, "the check again"
