"""More words than one contact can carry: all of them stay, and it is said which answer is too long."""
import re
import sqlite3
from urllib.parse import urlencode

import pytest

from bot.channel.build import build_door
from tests.answering import fill_in
from tests.channel.test_form_over_http import hidden, posted
from tests.channel.test_requests_that_break import send
from tests.handoff.taking import PUBLIC
from tests.service import reference_in

MAIL = "On Tuesday I went to see the family and the house was cold and there was not much food in the cupboards. " * 3000
MUCH = MAIL[:19_900]        # a pasted e-mail of more than three thousand words
LONG = ("child", "school", "parents", "others", "relationship", "unsafe", "address")
LONGEST = MAIL[:19_990]
CALM = ("On {} I went to see the family at home.", "The {} visit was short and the house was cold.", "We talked about school and the {} bus.",
        "There was not much food in the {} cupboard.", "Mum said that she was tired after {}.", "He showed me his {} drawing.", "I rang the school about the {} form.")
WHEN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January March April June second third fourth fifth sixth".split()


def contacts(chat):
    with sqlite3.connect(str(chat.log.parent / "contacts.db")) as db:
        return db.execute("SELECT count(*) FROM contact").fetchone()[0]


def test_as_many_words_as_one_message_can_have_are_one_answer(chat):
    session = chat.begin()
    fill_in(chat, session, {**PUBLIC, "worry": MUCH[:3_900]})
    assert reference_in(chat.words("yes, send it", session))


def test_the_conversation_names_the_longest_answer_keeps_all_and_sends_when_it_is_shorter(chat):
    session, before = chat.begin(), contacts(chat)
    wide = "the flat with the red door " + "🏠" * 3_900     # in bytes this is four times as long as it is in letters
    fill_in(chat, session, {**PUBLIC, **dict.fromkeys((*LONG, "birth", "family_knows"), wide), "worry": wide + " and a bike"})
    said = chat.words("yes, send it", session)
    assert "The longest is" in said and "nothing was sent" in said and contacts(chat) == before
    change = re.search(r'say "(change the [^"]+)"', said)[1]
    assert "What have you seen or heard" in chat.words(change, session)
    chat.say("he is out alone at night", session)
    for key in LONG[:2]:
        chat.say(f"change the {key} to somebody", session)
    assert reference_in(chat.words("yes, send it", session))


def test_the_form_shows_the_longest_answer_with_all_its_words_and_sends_when_it_is_shorter(chat):
    typed = {**PUBLIC, "who": "public", **dict.fromkeys(LONG, MUCH), "worry": LONGEST}
    page = posted(chat, "/help/tell")[0].decode()
    while 'name="send"' not in page:
        state = hidden(page)
        page = posted(chat, "/help/tell", **state, **{key: typed[key] for key in state["asked"].split(",")})[0].decode()
    status, page = send_form(chat, {**hidden(page), "send": "yes"})
    assert status == 422 and "This one is the longest" in page
    state = hidden(page)
    assert state["asked"] == "worry" and LONGEST.strip() in page, "it stands in its box again"
    assert all(state[key] == MUCH for key in LONG)
    status, page = send_form(chat, {**{**state, **dict.fromkeys(LONG[:2], "somebody")}, "worry": "he is out alone at night"})
    assert status == 200 and 'name="send"' in page
    assert "Your reference" in send_form(chat, {**hidden(page), "send": "yes"})[1]


def test_one_answer_that_is_too_long_is_named_and_kept(chat):
    state = hidden(posted(chat, "/help/tell", **hidden(posted(chat, "/help/tell")[0].decode()), danger="no", who="public")[0].decode())
    status, page = send_form(chat, {**state, "worry": MAIL[:60_000]})
    assert status == 422 and "20,000 letters or fewer" in page and MAIL[:60_000].strip() in page


def test_a_form_that_is_far_too_long_says_where_the_words_are(chat):
    status, page = send(chat, "/help/tell", b"asked=worry&worry=" + b"a+" * 400_000, "application/x-www-form-urlencoded", "text/html")
    assert status == 413 and "Go back one page to find what you typed" in page and "999" in page


def test_a_message_that_is_too_long_in_a_contact_changes_nothing(chat):
    session = chat.begin()
    fill_in(chat, session, until="worry")
    assert chat.post("/webhooks/website/webhook", {"session": session, "message": MAIL[:30_000]})[0] == 413
    assert "What is the child's name?" in chat.words("he is out alone at night", session)


def send_form(chat, fields):
    return send(chat, "/help/tell", urlencode(fields).encode(), "application/x-www-form-urlencoded", "text/html")


@pytest.mark.parametrize("before", [500, 3_000, 9_000, 15_000, 19_000])
def test_danger_in_quiet_words_is_heard_wherever_it_stands_in_a_long_answer(before):
    async def rasa(_conversation, _words):
        return []
    door = build_door(rasa)
    calm = " ".join(line.format(when) for when in WHEN * 4 for line in CALM)
    assert not door.listen([calm[:19_900]])[0]
    assert door.listen([f"{calm[:before]}. mum is not moving and there is blood on the floor. {calm[before:19_900]}"])[0]
