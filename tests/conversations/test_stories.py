"""Conversations that read as stories, played against the whole service: each asserts what a person would notice."""
import re

import pytest

from bot.contacts.directory import load_directory
from tests.conversations.player import Player, problems, read_stories
from tests.wording.listed import Listed

STORIES = read_stories()
LISTED = Listed()
NUMBERS = [re.sub(r"\D", "", n) for n in load_directory().phones()]


@pytest.fixture(scope="module")
def player(tmp_path_factory):
    return Player(tmp_path_factory.mktemp("stories"))


def test_there_are_at_least_a_hundred_and_fifty_and_no_two_have_the_same_title():
    titles = [s.title for s in STORIES]
    assert len(titles) >= 150
    assert len(set(titles)) == len(titles)


def test_every_story_checks_something():
    for story in STORIES:
        assert any(t.hears or t.hears_any or t.never or t.opens or t.first or t.offers or t.words_at_most for t in story.talk), story.title


@pytest.mark.parametrize("story", [pytest.param(s, id=s.title) for s in STORIES])
def test_story(player, story):
    session = player.begin()
    for turn in story.talk:
        reply = player.say(session, turn.you)
        wrong = problems(turn, reply, NUMBERS) + [f"it says what is not in the list of what can be said: {w!r}"
                                                 for w in LISTED.missing(reply, [t.you for t in story.talk])]
        said = "\n".join(m["text"] for m in reply)
        assert not wrong, f"To {turn.you!r}: {'; '.join(wrong)}\n\n{said}"
