"""Everything that can be said is listed once, with its place and its readers."""
import html
import re

import pytest

from bot.guidance_files import ROOT
from bot.wording import catalogue
from bot.wording.rules import load_rules
from bot.words import load_words

SAID = catalogue()
BY_ID = {s.id: s for s in SAID}


def test_every_text_of_the_wording_is_listed_once():
    entries = load_words().entries
    listed = [s for s in SAID if s.file.startswith("guidance/wording/")]
    texts = sum(len(e.texts) + len(e.simpler) + len(e.shorter) + len(e.unsure) + len(e.buttons) + sum(map(len, e.for_audience.values()))
                + sum(map(len, e.buttons_for.values())) for e in entries.values())
    assert len(listed) == texts
    assert {s.key for s in listed} == set(entries)
    assert len(BY_ID) == len(SAID)


def test_every_text_stands_where_the_list_says():
    lines = {}
    for said in SAID:
        text = lines.setdefault(said.file, (ROOT / said.file).read_text(encoding="utf-8").splitlines())
        here = "\n".join(text[said.line - 1:said.line + 4]).replace('\\"', '"').replace("''", "'")
        begins = " ".join(said.text.split())[:12]
        if said.id.startswith("page."):
            begins = re.split(r"{\w+}", begins.partition(" ")[0])[0]       # the next word may stand behind a tag
        assert begins in " ".join(html.unescape(here).split()), said.id


@pytest.mark.parametrize(("name", "audience", "kind"), [
    ("utter_greet.says.0", "public", "message"), ("utter_bullied.for.child.0", "child", "message"), ("ask_worry_child.says.0", "child", "message"),
    ("utter_practitioner_urgent.says.0", "practitioner", "message"), ("alarm_text", "staff", "message"), ("utter_greet.buttons.0", "public", "label")])
def test_readers_and_kinds(name, audience, kind):
    assert (BY_ID[name].audience, BY_ID[name].kind) == (audience, kind)


def test_words_about_danger_are_marked():
    assert BY_ID["utter_danger_now.says.1"].danger
    assert all(said.danger for said in SAID if said.key.startswith("step_"))
    assert BY_ID["why_safe_tonight"].danger is False
    assert not BY_ID["widget_you"].danger


def test_every_reader_that_the_rules_name_has_words():
    keys = {s.key for s in SAID}
    import fnmatch
    for who, pattern in load_rules().readers:
        assert any(fnmatch.fnmatchcase(k, pattern) for k in keys), (who, pattern)
