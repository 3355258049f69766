"""A real screen reader reads the chat aloud, in Firefox and in Chromium, to a person who uses the keyboard alone.

Not part of `make test`: it takes about six minutes and needs a desktop. `make listen` runs it and writes what was said to var/listening.
"""
from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Dict, List

import pytest

from tests.reader.desktop import INSTALL, Desktop, missing
from tests.reader.walk import DANGER, WORRY, Step, Walk, written
from tests.service import ROOT, Service

FOLDER = ROOT / "var" / "listening"
WALKED: Dict[str, List[Step]] = {}


@pytest.fixture(scope="module")
def chat(tmp_path_factory):
    service = Service(tmp_path_factory.mktemp("listening")).wait()
    yield service
    service.stop()


@pytest.fixture(scope="module", params=["firefox-esr", "chromium"])
def walk(request, chat, tmp_path_factory) -> Walk:
    """The whole visit with one browser, walked once."""
    absent = missing(request.param)
    if absent:
        pytest.skip(f"{', '.join(absent)} is missing: {INSTALL} chromium")
    folder = tmp_path_factory.mktemp(request.param)
    with Desktop(folder, os.environ.get("LISTEN_DISPLAY", ":87"), request.param, chat.base + "/") as desk:
        walk = Walk(desk)
        try:
            walk.whole_visit()
        finally:
            WALKED[request.param] = list(walk.steps.values())
            written(WALKED, FOLDER / "said.md")
    return walk


def said(walk: Walk, step: str) -> str:
    assert step in walk.steps, f"the visit did not come as far as “{step}”; see {FOLDER}/said.md"
    return walk.steps[step].words


def test_leaving_is_the_first_thing_on_the_page_and_in_the_chat(walk):
    assert said(walk, "the top of the page").startswith("Leave this page now link")
    assert said(walk, "first Tab in the chat").startswith("Leave now link")


def test_the_chat_says_what_it_is_and_how_to_leave_and_greets_once(walk):
    words = said(walk, "the chat opens")
    assert words.startswith("Computer helper dialog This is a computer, not a person. Nobody is reading this live. “Leave now”, or pressing Shift 3 times")
    assert "history will still show that you were here" in words
    assert words.count("I am the computer helper") == 1 and words.count("What would help you most?") == 1


@pytest.mark.parametrize("step", ["a worry is sent", "the button “Yes, write it down”", "the button “No”: nobody is in danger",
                                  "the button “member of the public”", "the child's name", "3 February, and Enter", "danger is typed into the contact"])
def test_each_reply_is_said_once_and_nothing_from_before(walk, step):
    words = said(walk, step)
    sentences = [s for s in re.split(r"(?<=[.?!])\s+", words) if len(s) > 25]
    assert sentences and len(sentences) == len(set(sentences)), f"said twice: {words}"
    assert "I am the computer helper" not in words
    if step not in ("a worry is sent", "the button “member of the public”"):  # the latter repeats the worry as what it will use
        assert WORRY not in words


def test_who_speaks_is_said_with_a_pause(walk):
    assert f"You: {WORRY}" in said(walk, "a worry is sent")
    assert "Computer: " in said(walk, "a worry is sent")


def test_danger_is_said_as_urgent_with_the_number_first(walk):
    assert re.search(r"Computer: Urgent: Call 999 now\. ", said(walk, "danger is typed into the contact").replace(f"You: {DANGER} ", ""))


def test_an_error_is_said_with_its_field(walk):
    words = said(walk, "nothing written, and Send")
    assert words.startswith("Your message entry")
    # this Orca says the field of Firefox once more when its description has changed; in Chromium it is said once
    assert words.count("Write a few words first, then send.") <= (2 if "firefox" in walk.desk.browser else 1)
    assert "There is no such day" in said(walk, "31 February, and Enter")


def test_escape_goes_back_to_where_the_chat_was_opened_and_opening_again_reads_no_history(walk):
    assert said(walk, "Escape").startswith("Start the chat link")
    words = said(walk, "the chat is opened again")
    assert "Thank you for saying this" not in words and "Urgent" not in words and "I am the computer helper" not in words


def test_shift_counts_aloud_and_leaves(walk):
    assert "2 more times to leave" in said(walk, "Shift, press 1")
    assert "once more to leave" in said(walk, "Shift, press 2")
    assert walk.steps["Shift, press 3"].said, "the next page is read"


def test_the_record_is_written(walk):
    assert "the chat opens" in Path(FOLDER / "said.md").read_text(encoding="utf-8")
