"""The MASH Contact form over HTTP: for a practitioner at the check, and for nobody else."""
import io
import json
import urllib.request

from docx import Document

from tests.answering import fill_in
from tests.handoff.taking import PUBLIC, WORK


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
