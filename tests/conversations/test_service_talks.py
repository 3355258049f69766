"""Whole conversations with the real service and its trained model, in the three roles."""
import re

import pytest

from tests.answering import START, fill_in
from tests.handoff.taking import CHILD, PUBLIC, WORK


def gate(chat, session):
    chat.say(START, session)
    chat.say("no", session)


def test_greeting_says_that_it_is_a_computer(chat):
    assert "computer" in chat.words("hello there")


@pytest.mark.parametrize(("asked", "answered"), [
    ("please could you give me the phone number of the gateway people", r"01752 668000[\s\S]*01752 346984|01752 346984[\s\S]*01752 668000"),
    ("who do i call when it is the middle of the night", r"01752 346984"),
    ("what are the opening times", r"8am to 8pm"),
    ("which questions will they ask me on the phone", r"date of birth"),
    ("i'm deaf, how do i get in touch", r"Relay"),
    ("am i allowed to phone by myself if im 11", r"Yes"),
    ("is the MASH the same as gateway?", r"share one number"),
    ("are you a real human being", r"computer"),
    ("tell me the ten wishes", r"easier to contact[\s\S]*respect us and how we feel"),
    ("what is building support", r"April 2022"),
    ("which wish is about turning up late", r"on time, as they expect us to be"),
    ("my social worker never rings me back when she says she will", r"You should get better"),
    ("thank you so much", r"welcome"),
])
def test_everyday_questions_get_their_answer(chat, asked, answered):
    assert re.search(answered, chat.words(asked), re.I), chat.words(asked)


def test_a_practitioner_gets_an_answer_with_its_source_and_date(chat):
    said = chat.words("how much did the partnership spend on the business unit staff in 2021/22?")
    assert "141,866" in said
    assert "Annual Report" in said
    assert "2022" in said


def test_what_is_not_held_is_said_to_be_not_held(chat):
    said = chat.words("how many contacts did the Plymouth MASH get in 2025?")
    assert re.search(r"not hold|don't hold|do not have", said)


def test_not_understood_is_said_once_and_then_people_are_offered(chat):
    session = chat.begin()
    first, second = chat.words("zxqv wbrr plonk", session), chat.words("grmbl vrtk sploo", session)
    assert first != second
    assert "did not understand" in first
    assert "talk to a person" in second


def test_a_child_who_tells_is_believed(chat):
    said = chat.words("my stepdad hits me with his belt when he is drunk")
    assert "not your fault" in said
    assert "0800 1111" in said
    assert "999" in said


def test_danger_inside_a_contact_pauses_it_and_the_draft_is_kept(chat):
    session = chat.begin()
    fill_in(chat, session, until="birth")
    urgent = chat.words("hang on he's just run over here screaming, his dad is coming after him with a hammer", session)
    assert "999" in urgent[:60]
    assert "?" not in urgent
    after = chat.words("he is safe with me now", session)
    assert "Carry on" in str(chat.post("/webhooks/website/history", {"session": session})[1])
    assert "Nothing has been sent" in after
    assert "How old" in chat.words("carry on", session)
    assert "Robin" in chat.words("read it back", session)


def test_danger_is_heard_in_a_correction_and_in_a_status_question(chat):
    session = chat.begin()
    gate(chat, session)
    assert "999" in chat.words("change that, he is strangling her right now", session)[:60]
    assert "999" in chat.words("has anyone seen CDFH-3479 because he has a knife and he is in the kitchen")[:60]


@pytest.mark.parametrize("answers", [
    {**PUBLIC, "worry": "He's out on the street by himself until late and he asks us for food", "you": "Sam Notreal", "phone": "01632 960123, evenings are best",
     "family_knows": "no, she doesn't know"},
    {**WORK, "worry": "She has missed four visits and her partner never leaves the room", "done": "tried to see her alone, twice", "child": "unborn baby of Skye Hypothet",
     "birth": "he's not born yet, due in about 3 months", "role": "community midwife", "consent": "no", "no_consent_why": "never seen on her own"}])
def test_an_ordinary_answer_in_a_contact_never_alarms(chat, answers):
    session = chat.begin()
    fill_in(chat, session, answers)     # each answer leads to the next question
    assert "reference is" in chat.words("yes that's right", session)


def test_what_was_changed_at_the_check_is_shown_alone(chat):
    session = chat.begin()
    fill_in(chat, session, {**WORK, "phone": "01632 960266"})
    assert "07700 900202" in chat.words("can I change the phone number to 07700 900202", session)
    back = chat.words("read it all back to me", session)
    assert "07700 900202" in back
    assert "960266" not in back
    assert "MASH Contact form" in chat.words("perfect, send it", session)
    assert "MASH Contact form" in chat.words("do i have to fill in another form as well", session)


def test_a_side_question_is_answered_and_the_form_goes_on(chat):
    session = chat.begin()
    fill_in(chat, session, WORK, until="worry")
    said = chat.words("before I answer that, what is Operation Encompass?", session)
    assert "police" in said.lower()
    assert "What is your concern?" in said


def test_after_sending_the_service_is_still_there(chat):
    session = chat.begin()
    fill_in(chat, session)
    said = chat.words("yes send it", session)
    assert "reference is" in said
    assert "did not understand" not in said  # one speaker a turn
    reference = re.search(r"reference is ([A-Z0-9]{4}-[A-Z0-9]{4})", said)[1]
    code = re.search(r"this code too: ([A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3})", said)[1]
    assert "Tell me the code" in chat.words(f"has anyone seen {reference}", session)
    assert "It is saved" in chat.words(f"it is {code.lower()}", session)
    assert "I do not know that reference with that code" in chat.words(f"has anyone read {reference} CDF-HJK-MNP yet?")
    assert "01752 668000" in chat.words("what is the number for gateway", session)


@pytest.mark.parametrize("pieces", [("he", "is", "going", "to", "kill", "me"), ("my dad", "has got", "a knife", "and he", "is here")])
def test_danger_told_word_by_word_in_a_contact_opens_with_the_number_and_pauses_it(chat, pieces):
    session = chat.begin()
    fill_in(chat, session, CHILD, until="worry")
    heard = [chat.words(piece, session) for piece in pieces]
    assert any(said.startswith("Call 999") for said in heard)
    assert "Nothing has been sent" in chat.words("what now", session)


def test_what_was_sent_twice_is_never_said_to_be_unsent(chat):
    session = chat.begin()
    fill_in(chat, session)
    assert "Your reference is" in chat.words("yes, send it", session)
    again = chat.words("yes, send it", session)
    assert "Then what you sent is saved" in again
