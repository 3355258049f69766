"""The plain form without a browser: what is asked next, what is carried along, what is heard first."""
import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.plan import plan
from bot.widget import form, tell
from bot.widget.form import Filled, next_page, read_fields, turned
from bot.widget.tell import Tell
from bot.words import load_words

WORDS = load_words()
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
TODAY = NOW.date()


def calm(texts):
    return [], False


def hears(word):
    """A net that hears one word as plain danger."""
    return lambda texts: ([{"text": "Call now.", "custom": {"urgent": True}}], True) if any(word in t for t in texts) else ([], False)


def post(fields, listen=calm, may_send=lambda: True):
    return Tell(WORDS, listen).post(fields, NOW, may_send)


def fields_of(view, **typed):
    """The next post: what the page carries along, and what is typed into it."""
    return {**dict(view.given["hidden"]), **typed}


def gate(**typed):
    return post(fields_of(Tell(WORDS, calm).start(NOW), danger="no", who="public", **typed))


@pytest.mark.parametrize("who", ["public", "job", "me"])
def test_every_question_of_the_path_is_asked_once(who):
    view, asked = Tell(WORDS, calm).start(NOW), []
    answers = {"danger": "no", "who": who, "worry": "a worry", "child": "Robin", "you": "Alex", "phone": "ring me at school", "email": "a@example.org",
               "role": "Teacher", "agency": "School", "more_children": "no"}
    while view.page == "tell_questions":
        assert not view.given["wrong"], view.given["wrong"]
        keys = [q["key"] for q in view.given["questions"]]
        asked += keys
        view = post(fields_of(view, **{k: answers.get(k, "") for k in keys}))
    assert view.page == "tell_check"
    assert len(asked) == len(set(asked))
    filled = read_fields(dict(view.given["hidden"]))
    kept = form.answers_of(filled, filled.seen, TODAY)[0]
    assert set(asked) == {a.key for a in plan(kept)}


def test_what_was_typed_travels_with_the_form_and_nowhere_else():
    view = gate()
    view = post(fields_of(view, worry="line one\nline two <b>"))
    assert dict(view.given["hidden"])["worry"] == "line one\nline two <b>"
    assert "line one" not in repr(read_fields(dict(view.given["hidden"]))) + repr(view), "nor can it slip into a log"


def test_danger_stops_the_form_wherever_it_is_typed_and_whichever_button_is_pressed():
    for button in ({}, {"back": "yes"}, {"stop": "yes"}):
        view = post(fields_of(gate(), worry="he has a KNIFE", **button), hears("KNIFE"))
        assert view.page == ("tell_stopped" if "stop" in button else "tell_urgent")
        assert view.given["said"][0]["urgent"]
        if "stop" not in button:
            assert dict(view.given["hidden"])["worry"] == "he has a KNIFE"


def test_carrying_on_after_danger_keeps_the_answers_and_does_not_ask_again():
    view = post(fields_of(gate(), worry="he has a KNIFE"), hears("KNIFE"))
    view = post(fields_of(view, safe="yes"), hears("KNIFE"))
    assert view.page == "tell_questions"
    assert "worry" not in [q["key"] for q in view.given["questions"]]


def test_every_field_of_a_contact_is_heard_when_it_is_sent():
    heard = []

    def listen(texts):
        heard.extend(texts)
        return [], False

    view = gate()
    typed = {"worry": "one", "child": "two", "address": "three", "school": "four", "parents": "five", "others": "six", "relationship": "seven", "unsafe": "eight"}
    while view.page == "tell_questions":
        view = post(fields_of(view, **{q["key"]: typed.get(q["key"], "") for q in view.given["questions"]}))
    post({**dict(view.given["hidden"]), "send": "yes"}, listen, may_send=lambda: False)
    assert set(typed.values()) <= set(heard)


def test_too_many_at_once_keeps_the_answers(monkeypatch):
    monkeypatch.setattr(tell, "receive", lambda *a: pytest.fail("it was kept"))
    view = gate()
    while view.page == "tell_questions":
        view = post(fields_of(view, **{q["key"]: "words" if q["key"] in ("worry", "child") else "" for q in view.given["questions"]}))
    view = post({**dict(view.given["hidden"]), "send": "yes"}, may_send=lambda: False)
    assert (view.page, view.status) == ("tell_check", 429)
    assert dict(view.given["hidden"])["worry"] == "words"


def test_when_it_cannot_be_kept_it_says_so_with_the_numbers_and_keeps_the_answers(monkeypatch):
    def broken(*_):
        raise OSError("words that somebody typed")

    monkeypatch.setattr(tell, "receive", broken)
    view = gate()
    while view.page == "tell_questions":
        view = post(fields_of(view, **{q["key"]: "words" if q["key"] in ("worry", "child") else "" for q in view.given["questions"]}))
    view = post({**dict(view.given["hidden"]), "send": "yes"})
    said = str(view.given["said"])
    assert (view.page, view.status) == ("tell_check", 503)
    assert "nothing was sent" in said and WORDS.facts["gateway"] in said
    assert dict(view.given["hidden"])["worry"] == "words"


@given(st.dictionaries(st.one_of(st.sampled_from(["danger", "who", "worry", "birth", "birth~day", "child:2", "child:99", "pages", "asked", "id", "was~phone",
                                                  "send", "back", "change", "safe", "more_children", "email"]), st.text(max_size=12)),
                       st.one_of(st.text(max_size=40), st.sampled_from(["yes", "no", "job", "me", "danger,who|worry", "danger,who,worry,child:2", "birth"])), max_size=12))
def test_nothing_that_is_posted_breaks_the_form(fields):
    view = post(fields, may_send=lambda: False)
    assert view.page.startswith("tell_")


def test_a_form_without_an_id_gets_one_and_a_strange_id_is_not_used():
    assert uuid.UUID(read_fields({}).id)
    assert read_fields({"id": "../../etc"}).id != "../../etc"


def test_a_page_never_asks_what_an_answer_on_the_same_page_decides():
    answers = {"danger": {"state": "given", "value": "no"}, "who": {"state": "given", "value": "public"}}
    seen = ("danger", "who")
    while page := next_page(answers, seen):
        keys = {a.key for a in page}
        if "you" in keys:
            assert "phone" not in keys  # somebody who stays anonymous is not asked for a number
        seen += tuple(keys)
    assert "you" in seen


def test_a_changed_answer_is_asked_alone():
    filled = form.without(turned(Filled(id="x", pages=(("danger", "who"), ("worry",)), asked=("child", "birth"))), ("birth",))
    assert filled.seen == ("danger", "who", "worry", "child")
