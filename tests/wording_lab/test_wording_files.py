"""One text changes in its file, and nothing else does."""
import time

import pytest
from ruamel.yaml import YAML

import bot.live_words
from bot.guidance_files import ROOT
from bot.live_words import LiveWords
from bot.wording_lab.text_in_file import CannotChange, replaced
from bot.wording_lab.wording_files import propose, texts_by_id, with_placeholders, write

CREDIT = "Young Safeguarders, November 2026"


@pytest.mark.parametrize("n, new", enumerate(["A short one.", "With a colon: and # a hash", "Two\n\nparagraphs.", "- a dash first", "“Quotes” and 'these' \"too\"", "yes", "12"]))
def test_every_text_of_every_file_can_be_replaced_alone(n, new):
    tried = 0
    contents = {}
    for said in list(texts_by_id().values())[n::170]:
        old = contents.setdefault(said.file, (ROOT / said.file).read_text(encoding="utf-8"))
        changed = replaced(old, said.path, new, CREDIT)
        gone = [line for line in old.splitlines() if line not in changed.splitlines()]
        assert len(gone) <= said.text.count("\n") + 2
        assert [line for line in old.splitlines() if line.strip().startswith("#")] == \
            [line for line in changed.splitlines() if line.strip().startswith("#") and CREDIT not in line]
        tried += 1
    assert tried >= 4


def test_the_credit_of_a_second_change_takes_the_place_of_the_first():
    first = replaced("a:\n  says:\n    - One.\n    - Two. # why\n", ("a", "says", 1), "Three.", CREDIT)
    assert first == f"a:\n  says:\n    - One.\n    # {CREDIT}\n    - Three. # why\n"
    assert replaced(first, ("a", "says", 1), "Four.", "Young Safeguarders, December 2026").count("Young Safeguarders") == 1


def test_a_change_is_said_by_words_that_were_loaded_before(files, monkeypatch):
    monkeypatch.setattr(bot.live_words, "LOOK_EVERY", 0.0)
    live = LiveWords()
    said = texts_by_id()["utter_thanks.says.0"]
    write(said, said.text.replace("You are welcome.", "Any time."), CREDIT)
    assert live.entries["utter_thanks"].texts[0].startswith("Any time.")
    with pytest.raises(CannotChange, match="Somebody changed"):
        write(said, "Too late.", CREDIT)
    good = live.entries
    (files / said.file).write_text("broken: [", encoding="utf-8")
    time.sleep(0.01)
    assert live.entries == good, "the last good words stay"


def test_a_process_has_one_set_of_words_and_looks_at_the_files_once_a_second(tmp_path):
    from actions.speaking import words
    from bot.channel.build import build_door
    from bot.understanding.wording import Wording
    door = build_door(lambda *_: None)
    assert door._words is words() is Wording()._words


@pytest.mark.parametrize("new, mend", [
    ("", "Write the new words"), ("Ring us.", "Keep {childline}"), ("Ring {nonsense} {childline} {gateway} {out_of_hours} {emergency}", "Take out {nonsense}"),
    ("Ring 01752 000000 {childline} {gateway} {out_of_hours} {emergency}", "Write no phone number")])
def test_a_change_that_would_break_something_is_refused_with_its_mend(files, new, mend):
    before = (files / "guidance/wording/everyday.yml").read_bytes()
    with pytest.raises(CannotChange, match=mend):
        propose(texts_by_id()["utter_goodbye.says.0"], new, CREDIT)
    assert (files / "guidance/wording/everyday.yml").read_bytes() == before


def test_words_that_must_open_with_999_keep_doing_so(files):
    said = texts_by_id()["utter_danger_now.says.0"]
    later = "First of all, get to somebody who is near to you and can help you with this. Call {emergency}. {silent_999}"
    with pytest.raises(CannotChange, match="must open with"):
        propose(said, later, CREDIT)
    assert "about danger" in propose(said, said.text.replace(" now.", " at once.", 1), CREDIT).second


def test_a_harder_wording_needs_a_second_person_and_an_easier_one_does_not(files):
    harmless = next(s for s in texts_by_id().values() if not s.danger and "{" not in s.text and len(s.text.split()) > 8)
    assert propose(harmless, "I can do that.", CREDIT).second == ""
    assert "harder" in propose(harmless, "Unfortunately the aforementioned organisational representatives necessitate additional authorisation.", CREDIT).second


def test_numbers_in_a_suggestion_become_placeholders_again():
    assert with_placeholders("Call 999 or 0800 1111.", "{emergency} {childline}", {"emergency": "999", "childline": "0800 1111"}) == "Call {emergency} or {childline}."


def test_the_file_still_reads_as_before(files):
    said = texts_by_id()["utter_greet.buttons.2"]
    write(said, "I work with kids", CREDIT)
    new = YAML(typ="safe").load((files / said.file).read_text(encoding="utf-8"))
    assert new["utter_greet"]["buttons"][2] == "I work with kids" and len(new["utter_greet"]["buttons"]) == 4
