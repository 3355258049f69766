"""One text changes in its file, and nothing else does."""
import dataclasses
import time
from datetime import date, datetime, timezone

import pytest
from ruamel.yaml import YAML

import bot.live_words
from bot.contacts.directory import CONTACTS_FILE
from bot.guidance_files import ROOT
from bot.live_words import LiveWords
from bot.widget.pages import Pages
from bot.wording.baseline import BASELINE, SIGNED_OFF, load_signed_off, write_baseline
from bot.wording.said import fingerprint
from bot.wording.votes import Votes
from bot.wording_lab.files import replace_file
from bot.wording_lab.text_in_file import CannotChange, replaced
from bot.wording_lab.wording_files import propose, texts_by_id, with_placeholders, write

CREDIT = "Young Safeguarders, November 2026"


@pytest.mark.parametrize("n, new", enumerate(["A short one.", "With a colon: and # a hash", "Two\n\nparagraphs.", "- a dash first", "“Quotes” and 'these' \"too\"", "yes", "12"]))
def test_every_text_of_every_file_can_be_replaced_alone(n, new):
    tried = 0
    contents = {}
    for said in list(texts_by_id().values())[n::500]:
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
    write(said, dataclasses.replace(said, text=said.text.replace("You are welcome.", "Any time.")), CREDIT)
    assert live.entries["utter_thanks"].texts[0].startswith("Any time.")
    with pytest.raises(CannotChange, match="Somebody changed"):
        write(said, dataclasses.replace(said, text="Too late."), CREDIT)
    good = live.entries
    (files / said.file).write_text("broken: [", encoding="utf-8")
    time.sleep(0.01)
    assert live.entries == good, "the last good words stay"


def test_a_number_that_is_changed_is_said_and_linked_by_what_was_loaded_before(files, monkeypatch, caplog):
    monkeypatch.setattr(bot.live_words, "LOOK_EVERY", 0.0)
    live, now = LiveWords(), datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
    pages, file, old = Pages(live), files / CONTACTS_FILE, live.directory["childline"].phone
    new = old[:-2] + "99"
    good = file.read_text(encoding="utf-8")
    assert f">{old}</a>" in pages.render("index", now)
    file.write_text(good.replace(f"phone: {old}", f"phone: {new}"), encoding="utf-8")
    assert live.directory["childline"].phone == live.facts["childline"] == new
    assert new in live.fill("{childline}", now) and f">{new}</a>" in pages.render("index", now)
    for broken, told in (("childline: [", "contacts.yml:2: this is not valid YAML"), ("", "contacts.yml:1: the file is empty")):
        file.write_text(broken, encoding="utf-8")
        assert live.directory["childline"].phone == new, "the last good numbers stay"
        assert "wording_not_used problem=" in caplog.text and told in caplog.text


def test_a_process_has_one_set_of_words_and_looks_at_the_files_once_a_second(tmp_path):
    from actions.speaking import words
    from bot.channel.build import build_door
    from bot.understanding.wording import Wording
    door = build_door(lambda *_: None)
    assert door._words is words() is Wording()._words
    made = [p for part in ("bot", "actions") for p in (ROOT / part).rglob("*.py") if p.name != "live_words.py" and "LiveWords(" in p.read_text(encoding="utf-8")]
    assert made == [], "ask live_words() for the one that there is"


@pytest.mark.parametrize("new, mend", [
    ("", "Write the new words"), ("Ring us.", "Keep {childline}"), ("Ring {nonsense} {childline} {gateway} {out_of_hours} {emergency}", "Take out {nonsense}"),
    ("Ring 01752 000000 {childline} {gateway} {out_of_hours} {emergency}", "Write no phone number")])
def test_a_change_that_would_break_something_is_refused_with_its_mend(files, new, mend):
    before = (files / "guidance/wording/everyday.yml").read_bytes()
    with pytest.raises(CannotChange, match=mend):
        propose(texts_by_id()["utter_goodbye.says.0"], new, CREDIT, {})
    assert (files / "guidance/wording/everyday.yml").read_bytes() == before


def test_words_that_must_open_with_999_keep_doing_so(files):
    said = texts_by_id()["utter_danger_now.says.0"]
    later = "First of all, get to somebody who is near to you and can help you with this. Call {emergency}. {silent_999}"
    with pytest.raises(CannotChange, match="must open with"):
        propose(said, later, CREDIT, {})
    assert "about danger" in propose(said, said.text.replace(" now.", " at once.", 1), CREDIT, {}).second


EASY, HARDER = "I can do that for you now.", "The people there can tell you about all the other things that they do."


def harmless():
    return next(s for s in texts_by_id().values() if s.kind == "message" and s.audience == "public" and not s.danger and "{" not in s.text and len(s.text.split()) > 8)


def test_a_harder_wording_needs_a_second_person_and_an_easier_one_does_not(files):
    assert propose(harmless(), EASY, CREDIT, {}).second == ""
    proposal = propose(dataclasses.replace(at_first(files, EASY)), HARDER, CREDIT, {})
    assert "harder to read" in proposal.second and proposal.harder


def at_first(files, words):
    """A text that has these words now, and that was agreed on with them."""
    said = harmless()
    write(said, dataclasses.replace(said, text=words), CREDIT)
    said = texts_by_id()[said.id]
    write_baseline([said], files / BASELINE)
    return said


def test_what_the_group_liked_less_needs_a_second_person(files):
    said = harmless()
    mark, less = fingerprint(EASY), Votes(better=1, worse=4)
    proposal = propose(said, EASY, CREDIT, {(said.id, mark): less})
    assert proposal.less and "liked the old words better, 4 to 1" in proposal.second
    assert not propose(said, EASY, CREDIT, {(said.id, mark): Votes(better=4, worse=1)}).second
    assert not propose(said, EASY, CREDIT, {(said.id, mark): Votes(worse=2)}).second, "two are too few to say"


def test_small_steps_that_add_up_are_harder_than_what_was_agreed(files):
    said = at_first(files, EASY)
    write(said, dataclasses.replace(said, text=HARDER), CREDIT)
    step = HARDER.replace("tell you", "talk to you")
    assert "grade" in propose(texts_by_id()[said.id], step, CREDIT, {}).second


def test_new_words_that_the_check_would_find_are_refused_with_their_mend(files):
    for words, mend in (("Click on the thing to begin. It is easy.", "choose, press"), ("Practitioners assess vulnerable individuals comprehensively.", "people who work with"),
                        ("Ring us 🙂 and we can help you now.", "use words")):
        with pytest.raises(CannotChange, match=mend):
            propose(harmless(), words, CREDIT, {})


def test_a_sign_off_is_kept_beside_the_others_and_undone_if_the_words_cannot_be_written(files, monkeypatch):
    said = harmless()
    new = dataclasses.replace(said, text=EASY)
    signed = ("0" * 12, ("will", "wanda"), 'the law says "must": so', date(2026, 11, 21))
    write(said, new, CREDIT, signed)
    write(new := texts_by_id()[said.id], dataclasses.replace(new, text=HARDER), CREDIT, (None, ("wanda", "will"), "a better reason", date(2026, 11, 22)))
    text = (files / SIGNED_OFF).read_text(encoding="utf-8")
    assert text.count("- id:") == 3 and "wanda, after will" in text and text.startswith("# Texts that became harder")
    assert load_signed_off(files / SIGNED_OFF)[said.id].longest == 14
    def fails(file, content):
        if file.name != "signed_off.yml":
            raise OSError(28, "No space left on device")
        replace_file(file, content)
    monkeypatch.setattr("bot.wording_lab.wording_files.replace_file", fails)
    now = texts_by_id()[said.id]
    with pytest.raises(CannotChange, match="No space"):
        write(now, dataclasses.replace(now, text=EASY), CREDIT, signed)
    assert (files / SIGNED_OFF).read_text(encoding="utf-8") == text


def test_numbers_in_a_suggestion_become_placeholders_again():
    assert with_placeholders("Call 999 or 0800 1111.", "{emergency} {childline}", {"emergency": "999", "childline": "0800 1111"}) == "Call {emergency} or {childline}."


def test_the_file_still_reads_as_before(files):
    said = texts_by_id()["utter_greet.buttons.2"]
    write(said, dataclasses.replace(said, text="I work with kids"), CREDIT)
    new = YAML(typ="safe").load((files / said.file).read_text(encoding="utf-8"))
    assert new["utter_greet"]["buttons"][2] == "I work with kids" and len(new["utter_greet"]["buttons"]) == 4
