"""What the check finds, and what it leaves alone."""
import dataclasses
from pathlib import Path

import pytest

from bot.guidance_files import GuidanceError
from bot.wording import catalogue
from bot.wording.baseline import SignOff, compared, harder, load_baseline, load_signed_off, write_baseline
from bot.wording.check import findings, findings_in
from bot.wording.exceptions import left, load_exceptions
from bot.wording.plain import load_plain
from bot.wording.report import page
from bot.wording.said import fingerprint, text_of
from bot.wording.votes import Votes, as_lines, load_votes

SAID = catalogue()


def said(text, audience="public", kind="message", name="some.text"):
    return text_of(Path("guidance/wording/some.yml"), name, name, "says", text, 7, (name,), audience, kind)


def kinds(text, **more):
    return {f.kind for f in findings_in(said(text, **more)) if f.fails}


def test_everything_that_can_be_said_passes():
    found = findings(SAID) + compared(SAID, load_baseline(), load_signed_off(), load_votes())
    failing, unused = left(found, load_exceptions())
    assert not failing, "\n".join(map(str, failing))
    assert not unused


@pytest.mark.parametrize("who", ["public", "child"])
def test_there_is_much_to_measure(who):
    assert sum(s.audience == who and s.kind == "message" for s in SAID) > 90


@pytest.mark.parametrize(("text", "kind"), [
    ("Safeguarding practitioners undertake comprehensive multidisciplinary evaluation.", "grade"),
    ("You can go to the shop and get some milk and then go home and have a cup of tea with your nan and me.", "long"),
    ("Ask for a referral to them.", "hard"), ("Tell the agency what you saw.", "hard"), ("Tell the agency the truth. It is good.", "hard"),
    ("Please ring them now.", "banned"), ("He did it for attention seeking again.", "blame"), ("She refused to come in.", "blame"),
    ("Ask the CSC team for help now.", "short form"), ("Go to www.example.org now.", "reader"), ("Ring 🙂 them now.", "reader"),
    ("Tea and/or milk is fine.", "reader"), ("Press here to see it all.", "reader"), ("STAY CALM AND ring now.", "reader"), ("name    day    time", "reader")])
def test_it_finds(text, kind):
    assert kind in kinds(text)


@pytest.mark.parametrize("text", [
    "You can ask for an advocate: a person who speaks up for you.", "They ask for your consent (your yes) first.", "A step called a referral comes next.",
    "There are no silly questions.", "Call {emergency} now. Ring {gateway}, or text {shout_word} to {shout}.", "The Multi-Agency Safeguarding Hub (MASH) can help.",
    'One of the Ten Wishes says: "We want professionals to use words we understand."'])
def test_it_leaves_alone_what_is_explained_denied_filled_in_or_quoted(text):
    assert not kinds(text)


def test_terms_of_the_field_are_for_people_who_know_them():
    text = "Ask for consent. Tell the agency what you saw."
    assert kinds(text) == {"hard"}
    assert not kinds(text, audience="practitioner")


@pytest.mark.parametrize("kind", ["quotation", "translation", "guidance"])
def test_what_is_not_ours_to_change_is_left_alone(kind):
    assert not kinds("Safeguarding practitioners undertake comprehensive multidisciplinary evaluation.", kind=kind)


def test_a_finding_names_file_line_text_and_mend():
    line = str(findings_in(said("Please ring now."))[0])
    assert line.startswith("guidance/wording/some.yml:7: some.text ")
    assert "leave it out" in line


def test_the_passive_is_advice():
    found = [f for f in findings_in(said("It was eaten by the dog. You are worried.")) if f.kind == "passive"]
    assert len(found) == 1
    assert not found[0].fails


# A message that changes.
EASY, HARD = "Ring us. We can help you.", "Notify the designated department, which can organise appropriate assistance for everybody concerned."


def test_a_harder_text_says_why_and_an_easier_or_equal_one_does_not():
    assert len(harder(EASY, HARD)) == 1
    assert not harder(HARD, EASY)
    assert not harder(EASY, EASY)
    assert not harder(EASY, "Ring us. We will help you.")
    assert any("longest sentence" in r for r in harder(EASY, "Ring us so that we can help you and all of your family too when you need it."))


def test_a_changed_message_that_is_harder_fails_until_somebody_signs_it_off(tmp_path):
    before = said(EASY, audience="staff")
    file = tmp_path / "baseline.tsv"
    assert write_baseline([before], file) == 1
    agreed = load_baseline(file)
    after = dataclasses.replace(before, text=HARD)
    assert not compared([before], agreed, {}, {})
    found = compared([after], agreed, {}, {})
    assert [f.kind for f in found] == ["harder"]
    assert found[0].fails
    assert not compared([after], agreed, {before.id: SignOff(99, 40)}, {})
    assert compared([after], agreed, {before.id: SignOff(5, 40)}, {})


def test_a_changed_message_that_the_group_found_harder_fails_until_somebody_signs_off_these_very_words(tmp_path):
    before = said(HARD, audience="staff")
    write_baseline([before], tmp_path / "baseline.tsv")
    agreed, after = load_baseline(tmp_path / "baseline.tsv"), dataclasses.replace(before, text=EASY)
    old, new = (before.id, fingerprint(HARD)), (before.id, fingerprint(EASY))
    assert not compared([after], agreed, {}, {})
    for votes, reason in (({new: Votes(better=2, worse=3)}, "liked the old words better, 3 to 2"),
                          ({old: Votes(clear=8, unclear=2), new: Votes(clear=5, unclear=5)}, "not clear to 2 of 10 before, to 5 of 10 now")):
        found = compared([after], agreed, {}, votes)
        assert [f.kind for f in found] == ["harder"] and found[0].fails and reason in found[0].problem
        assert found[0].mend.endswith(f"votes: {new[1]}")
        assert not compared([after], agreed, {before.id: SignOff(0, 0, new[1])}, votes)
        assert compared([after], agreed, {before.id: SignOff(99, 99, old[1])}, votes), "signed for other words"
    for fine in ({new: Votes(better=3, worse=2)}, {new: Votes(worse=2)}, {old: Votes(5, 5), new: Votes(4, 5)}, {old: Votes(9, 1), new: Votes(0, 2)}):
        assert not compared([after], agreed, {}, fine)


def test_votes_are_kept_as_they_were_counted(tmp_path):
    tally = {("a.says.0", "0" * 12): Votes(1, 2, 3, 4, 5), ("b", "1" * 12): Votes()}
    (tmp_path / "votes.tsv").write_text(as_lines(tally), encoding="utf-8")
    assert load_votes(tmp_path / "votes.tsv") == tally
    assert load_votes(tmp_path / "none.tsv") == {}


def test_a_text_that_is_new_is_not_harder_than_anything():
    assert not compared([said(HARD)], {}, {}, {})


def test_every_message_stands_in_the_baseline_or_is_new_and_nothing_else_does():
    assert len(load_baseline()) > 700


@pytest.mark.parametrize(("load", "text", "says"), [
    (load_baseline, "one\ttwo\n", "frontdoor words baseline"),
    (load_votes, "one\t2\n", "take it out"),
    (load_signed_off, "- {id: a, who: b}\n", '"why" is missing'),
    (load_signed_off, "- {id: a, who: b, why: c, date: 2026-11-21}\n", "how hard"),
    (load_exceptions, "- {id: a, kind: grade, who: b, why: c}\n", '"date" is missing'),
    (load_exceptions, "- {id: a, kind: nothing, who: b, why: c, date: 2026-11-21}\n", "choose from"),
    (load_exceptions, "- {id: a, kind: grade, who: b, why: c, date: 2026-11-21}\n" * 10, "fewer than 10"),
    (load_plain, "hard: [{word: [x]}]\nbanned: []\nblame: []\n", '"say" is missing')])
def test_a_mistake_in_a_list_names_file_line_and_mend(tmp_path, load, text, says):
    file = tmp_path / "list.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GuidanceError) as error:
        load(file)
    assert "list.yml:" in str(error.value)
    assert says in str(error.value)


def test_the_report_shows_the_hardest_first_and_needs_nothing_from_elsewhere():
    html = page([said("Ring now. It is free.", name="easy.one"), said(HARD, name="hard.one"), said("An answer <b>here</b>.", kind="guidance", name="doc.one")])
    assert html.index("hard.one") < html.index("easy.one") < html.index("doc.one")
    assert html.count("<svg") == 3
    assert "<b>" not in html
    assert not [w for w in ("http:", "https:", "<script", "<link", "@import") if w in html]
