"""A comment on our words is kept without anything that tells who wrote it."""
import datetime as dt

import pytest
from rasa_sdk import Tracker

from actions.comments import _caring_key
from bot.comments import Comments, without_details
from bot.handoff.sealing import make_keys


@pytest.mark.parametrize(("said", "kept"), [
    ("too long, ring me on 07700 900123", "too long, ring me on [number]"),
    ("mail sam.no@example.org about it", "mail [e-mail] about it"),
    ("i live at 14 Madeup Row Road PL4 8AA", "[postcode]"),
    ("my name is Robin Fictionton and it is babyish", "my name is [name] and it is babyish"),
    ("its good, im called Sam", "im called [name]"),
    ("Mrs Imaginary says it is fine", "Mrs [name] says it is fine"),
])
def test_details_are_taken_out(said, kept):
    assert kept in without_details(said)


def test_ordinary_words_stay():
    said = "The word consent is hard. Say 'your yes' instead. 9 out of 10!"
    assert without_details(said) == said


def test_a_comment_rests_beside_the_wording_it_is_about(tmp_path):
    make_keys(tmp_path / "keys")
    comments = Comments.open(f"sqlite:///{tmp_path / 'comments.db'}", tmp_path / "keys")
    comments.keep("utter_greet", "nice, call 07700 900123", dt.date(2026, 11, 21))
    (comment,) = comments.all()
    assert (comment.about, comment.comment, comment.day) == ("utter_greet", "nice, call [number]", dt.date(2026, 11, 21))
    assert b"900123" not in (tmp_path / "comments.db").read_bytes()


def test_a_name_that_did_not_announce_itself_lies_in_no_byte(tmp_path):
    make_keys(tmp_path / "keys")
    Comments.open(f"sqlite:///{tmp_path / 'comments.db'}", tmp_path / "keys").keep("utter_greet", "robin fictionton in 8B thinks so", dt.date(2026, 11, 21))
    assert all(b"fictionton" not in f.read_bytes() for f in tmp_path.glob("comments.db*"))


@pytest.mark.parametrize(("text", "understood", "key"), [
    ("i cut myself every night in my room", "shorter", "utter_self_harm_me"), ("my dad hits me with a belt", "shorter", "utter_child_telling"),
    ("my dad hits me with a belt", "worry_about_child", "utter_worry_about_child"),
])
def test_a_comment_that_is_a_cry_for_help_is_met_with_words_for_what_the_net_hears(text, understood, key):
    tracker = Tracker("one", {}, {"intent": {"name": understood}, "text": text}, [], False, None, {}, "action_listen")
    assert _caring_key(tracker, text) == key
