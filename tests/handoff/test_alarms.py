"""The bell: stuck, undelivered, unopened and undecided contacts are told of by a second channel, by reference, once a day."""
from datetime import timedelta

import pytest

from bot.handoff import alarms
from bot.handoff.outbox import Delivered, NeedsAPerson, deliver_next
from bot.handoff.settings import HandoffSettings
from bot.handoff.worker import look
from bot.words import load_words
from tests.handoff.cast import MARKER, MONDAY, a_contact
from tests.handoff.test_destinations import Postbox, postbox  # noqa: F401 - a fixture

WORDS = load_words()


@pytest.fixture
def reference(store, public_key):
    return store.receive(a_contact(), "public", public_key, MONDAY).reference


def kinds(store, now):
    return [alarm.kind for alarm in alarms.due(store, WORDS, now, 4)]


def test_what_is_stuck_rings_at_once(store, reference, clock):
    deliver_next(store, lambda claim: NeedsAPerson("http 410"), clock)
    assert kinds(store, MONDAY) == ["stuck"]


def test_what_did_not_reach_the_desk_rings_after_the_working_hours(store, reference):
    assert kinds(store, MONDAY + timedelta(hours=3)) == []
    assert kinds(store, MONDAY + timedelta(hours=4)) == ["undelivered"]


def test_what_nobody_opened_and_what_nobody_decided_rings(store, reference, clock):
    deliver_next(store, lambda claim: Delivered(), clock)
    assert kinds(store, MONDAY + timedelta(hours=4)) == ["unopened"]
    [contact_id] = store.not_acknowledged()
    store.note_at_desk(contact_id, MONDAY + timedelta(hours=1), None, MONDAY)
    assert kinds(store, MONDAY + timedelta(hours=5)) == []
    assert kinds(store, MONDAY + timedelta(days=2)) == ["undecided"]
    store.note_at_desk(contact_id, None, MONDAY + timedelta(hours=2), MONDAY)
    assert kinds(store, MONDAY + timedelta(days=2)) == []


def test_it_rings_by_mail_with_references_only_and_once_a_day(store, reference, clock, postbox):  # noqa: F811
    channel = postbox.mail()
    clock.moves(hours=5)
    found = alarms.due(store, WORDS, clock(), 4)
    assert alarms.ring(store, found, channel, WORDS, clock)
    said = postbox.letters[0].as_string()
    assert reference in said and MARKER not in said
    assert kinds(store, clock() + timedelta(hours=23)) == []
    assert kinds(store, clock() + timedelta(hours=25)) == ["undelivered"]


def test_a_bell_that_could_not_ring_rings_again(store, reference, clock, postbox):  # noqa: F811
    postbox.answer = "451 later"
    clock.moves(hours=5)
    assert not alarms.ring(store, alarms.due(store, WORDS, clock(), 4), postbox.mail(), WORDS, clock)
    assert not alarms.ring(store, alarms.due(store, WORDS, clock(), 4), None, WORDS, clock)
    assert kinds(store, clock()) == ["undelivered"]


def test_the_worker_learns_from_the_desk_who_opened_what_and_rings_for_the_rest(desk, store, reference, clock, postbox):  # noqa: F811
    plain = desk.worker_settings(str(store.engine.url))
    settings = HandoffSettings(plain.database_url, plain.desk_url, plain.keys, plain.desk_secret, {}, postbox.mail(), 4)
    from bot.handoff.sealing import read_public
    second = store.receive(a_contact(), "public", read_public(desk.settings.keys), MONDAY).reference
    from bot.handoff.sealing import read_private
    from bot.handoff.worker import send_opened
    for _ in range(2):
        deliver_next(store, lambda claim: send_opened(claim, read_private(desk.settings.keys), settings, clock), clock)
    desk.inbox.show(second, "Ade Okafor", clock())
    clock.moves(hours=5)
    look(store, settings, clock)
    assert store.state_of(second, clock()).seen_at == MONDAY
    assert [letter.get_body().get_content().count("nobody has opened it") for letter in postbox.letters] == [1]
    assert reference in postbox.letters[0].as_string() and second not in postbox.letters[0].as_string()


@pytest.mark.parametrize("ahead", [timedelta(hours=3), timedelta(days=400), timedelta(days=365 * 7000)])
def test_a_chat_whose_clock_is_ahead_does_not_keep_the_bell_from_ringing(store, public_key, ahead, everything_logged):
    reference = store.receive(a_contact(), "public", public_key, MONDAY + ahead).reference
    assert store.notice_wrong_clocks(MONDAY) == 1
    assert store.notice_wrong_clocks(MONDAY + timedelta(minutes=1)) == 0, "once for each"
    assert "clocks_differ contacts=1" in everything_logged.text
    assert kinds(store, MONDAY + timedelta(hours=3)) == []
    assert kinds(store, MONDAY + timedelta(hours=4)) == ["undelivered"]
    assert store.counts(MONDAY + timedelta(hours=25)).late == 1
    assert store.state_of(reference, MONDAY + timedelta(hours=25)).late


def test_a_desk_whose_clock_is_ahead_does_not_keep_the_bell_from_ringing(store, reference, clock):
    deliver_next(store, lambda claim: Delivered(), clock)
    [contact_id] = store.not_acknowledged()
    store.note_at_desk(contact_id, MONDAY + timedelta(days=300), None, MONDAY)
    assert kinds(store, MONDAY + timedelta(hours=5)) == []
    assert kinds(store, MONDAY + timedelta(days=2)) == ["undecided"]


def test_what_rang_on_a_day_that_is_still_to_come_rings_again(store, reference, postbox):  # noqa: F811
    wrong = MONDAY + timedelta(days=30)
    assert alarms.ring(store, alarms.due(store, WORDS, wrong, 4), postbox.mail(), WORDS, lambda: wrong)
    assert kinds(store, MONDAY + timedelta(hours=5)) == ["undelivered"]


def test_the_worker_itself_notices_a_chat_whose_clock_is_ahead(desk, store, public_key, clock, postbox):  # noqa: F811
    plain = desk.worker_settings(str(store.engine.url))
    settings = HandoffSettings(plain.database_url, plain.desk_url, plain.keys, plain.desk_secret, {}, postbox.mail(), 4)
    late = store.receive(a_contact(), "public", public_key, MONDAY + timedelta(days=9)).reference
    for _ in range(6):
        look(store, settings, clock)
        clock.moves(hours=1)
    assert [late in letter.as_string() for letter in postbox.letters] == [True], "once, and not before the four hours"
