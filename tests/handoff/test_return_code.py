"""Asking later: only with the reference and its code, with few tries, and never the content."""
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.handoff import store as store_module
from bot.handoff.parcel import LETTERS
from bot.handoff.return_code import code_of, hashed, matches, tidy_code
from bot.handoff.store import WRONG_CODES, NoSuchReference, Progress, TooManyTries
from bot.handoff.tables import return_code_table, tables
from tests.handoff.cast import MARKER, MONDAY, a_contact
from tests.handoff.test_store import rows


@pytest.fixture
def receipt(store, public_key):
    return store.receive(a_contact(), "public", public_key, MONDAY)


def test_the_right_code_is_told_state_and_times_only(store, receipt):
    typed = receipt.return_code.lower().replace("-", " ")
    progress = store.answer(receipt.reference, typed, MONDAY)
    assert isinstance(progress, Progress) and progress.received_at == MONDAY
    assert MARKER not in repr(progress)


@pytest.mark.parametrize("code", ["", "CDF-HJK-MNP", MARKER, "\x00", "é" * 50])
def test_a_wrong_code_is_answered_like_an_unknown_reference(store, receipt, code):
    assert store.answer(receipt.reference, code, MONDAY) == store.answer("CDFH-JKMN", code, MONDAY) == NoSuchReference()


def test_after_a_few_wrong_codes_even_the_right_one_waits(store, receipt):
    for _ in range(WRONG_CODES):
        store.answer(receipt.reference, "CDF-HJK-MNP", MONDAY)
    assert isinstance(store.answer(receipt.reference, receipt.return_code, MONDAY), TooManyTries)
    later = MONDAY + timedelta(hours=1, seconds=1)
    assert isinstance(store.answer(receipt.reference, receipt.return_code, later), Progress)


def test_the_code_is_nowhere_kept_and_never_printed(store, receipt):
    assert receipt.return_code not in repr(receipt)
    assert receipt.return_code not in str(rows(store, return_code_table))


def test_a_draft_that_is_sent_twice_has_the_same_reference_and_the_same_code(store, public_key):
    draft, sent = str(uuid.uuid4()), str(uuid.uuid4())
    first, again = (store.receive(a_contact(), "public", public_key, MONDAY, contact_id=sent, draft_id=draft) for _ in range(2))
    assert (first.reference, first.return_code, first.repeat, again.repeat) == (again.reference, again.return_code, False, True)
    assert isinstance(store.answer(again.reference, again.return_code, MONDAY), Progress)
    other = store.receive(a_contact(), "public", public_key, MONDAY, contact_id=sent, draft_id=str(uuid.uuid4()))
    assert other.return_code is None, "whoever does not hold the draft is told no code"
    assert draft not in str([rows(store, table) for table in tables.sorted_tables]), "the draft's id is kept nowhere"


def test_it_tells_when_the_desk_opened_it_and_decided(store, receipt):
    [contact_id] = [row.contact_id for row in rows(store, return_code_table)]
    seen = MONDAY + timedelta(minutes=5)
    assert store.note_at_desk(contact_id, seen, None, seen)
    assert not store.note_at_desk(contact_id, seen + timedelta(hours=1), None, seen), "the first time counts"
    assert store.answer(receipt.reference, receipt.return_code, MONDAY).seen_at == seen


def test_codes_can_be_read_out_and_are_never_alike():
    codes = {code_of(str(uuid.uuid4())) for _ in range(2000)}
    assert len(codes) == 2000
    assert all(tidy_code(code) == code for code in codes)
    code = codes.pop()
    assert matches(f" {code.lower()} ", hashed(code)) and not matches(codes.pop(), hashed(code))


def test_many_tries_at_the_same_moment_are_no_more_than_five(store, receipt):
    """Two hundred programs that try at once learn as little as one that tries two hundred times."""
    with ThreadPoolExecutor(12) as crowd:
        wrong = list(crowd.map(lambda n: store.answer(receipt.reference, f"CDF-HJK-MN{LETTERS[n % len(LETTERS)]}", MONDAY), range(60)))
    assert sum(isinstance(answer, NoSuchReference) for answer in wrong) == WRONG_CODES
    assert isinstance(store.answer(receipt.reference, receipt.return_code, MONDAY), TooManyTries)


def test_whoever_sends_a_contact_does_not_wait_for_somebody_who_guesses_codes(store, receipt, public_key, monkeypatch):
    slowly, guessing, done = store_module.matches, threading.Event(), threading.Event()

    def matches_slowly(code, kept):
        guessing.set()
        done.wait(20)
        return slowly(code, kept)
    monkeypatch.setattr(store_module, "matches", matches_slowly)
    guess = threading.Thread(target=store.answer, args=(receipt.reference, "CDF-HJK-MNP", MONDAY))
    guess.start()
    assert guessing.wait(10)
    try:
        began = time.monotonic()
        store.receive(a_contact(), "public", public_key, MONDAY)
        assert time.monotonic() - began < 4, "a database that is locked is waited for, five seconds"
    finally:
        done.set()
        guess.join()
