import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff import outbox
from bot.handoff.outbox import (
    LEASE,
    Delivered,
    NeedsAPerson,
    TryLater,
    claim_due,
    deliver_next,
    pause_after,
    put_back,
    record,
)
from bot.handoff.tables import State, audit_table, outbox_table
from tests.handoff.cast import MARKER, MONDAY, a_contact
from tests.handoff.test_store import rows


@pytest.fixture
def hand_over(store, public_key, clock):
    return lambda: store.receive(a_contact(), "public", public_key, clock()).reference


def what_happened(store):
    return [row.what for row in sorted(rows(store, audit_table), key=lambda row: row.number)]


def test_a_delivered_contact_is_delivered_once_and_says_when(store, hand_over, clock):
    reference = hand_over()
    clock.moves(minutes=2)
    assert deliver_next(store, lambda claim: Delivered(), clock) == Delivered()
    assert deliver_next(store, lambda claim: pytest.fail("again"), clock) is None
    progress = store.state_of(reference, clock())
    assert (progress.state, progress.delivered_at) == (State.DELIVERED, MONDAY + timedelta(minutes=2))
    assert what_happened(store) == ["received", "delivered"]


def test_with_nothing_due_nothing_is_sent(store, clock):
    assert deliver_next(store, lambda claim: pytest.fail("sent"), clock) is None


def test_the_one_that_waited_longest_goes_first(store, hand_over, clock):
    first = hand_over()
    clock.moves(seconds=1)
    hand_over()
    deliver_next(store, lambda claim: Delivered(), clock)
    assert store.state_of(first, clock()).state is State.DELIVERED


def test_while_a_lease_lasts_nobody_else_takes_the_contact(store, hand_over, clock):
    reference = hand_over()
    assert claim_due(store, clock()) is not None
    assert store.state_of(reference, clock()).state is State.SENDING
    clock.moves(seconds=LEASE.total_seconds() - 1)
    assert claim_due(store, clock()) is None


def test_after_a_crash_the_lease_ends_and_another_worker_takes_over(store, hand_over, clock):
    hand_over()
    claim_due(store, clock())
    clock.moves(seconds=LEASE.total_seconds())
    assert claim_due(store, clock()).attempt == 2


def test_the_lease_is_longer_than_the_http_timeouts_together():
    from bot.handoff.delivery import TIMEOUT
    assert LEASE.total_seconds() > 2 * sum(TIMEOUT)


def test_no_lock_is_held_while_a_contact_is_being_sent(store, hand_over, clock, public_key):
    hand_over()

    def send(claim):
        store.receive(a_contact(), "public", public_key, clock())       # would wait for ever if the row were locked
        return Delivered()

    assert deliver_next(store, send, clock) == Delivered()
    assert store.counts(clock()).waiting == 1


def test_many_workers_at_once_send_each_contact_once(store, hand_over, clock):
    references = {hand_over() for _ in range(24)}
    sent, errors = [], []

    def work():
        try:
            while deliver_next(store, lambda claim: sent.append(claim.contact_id) or Delivered(), clock):
                pass
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert errors == [] and len(sent) == len(set(sent)) == len(references)
    assert store.counts(clock()).delivered == 24


def test_a_desk_that_is_busy_is_tried_again_after_a_pause(store, hand_over, clock):
    reference = hand_over()
    deliver_next(store, lambda claim: TryLater("http 503"), clock, chance=lambda: 1.0)
    assert store.state_of(reference, clock()).state is State.WAITING
    clock.moves(seconds=59)
    assert claim_due(store, clock()) is None
    clock.moves(seconds=1)
    assert deliver_next(store, lambda claim: Delivered(), clock) == Delivered()


@given(attempt=st.integers(1, 10 ** 6), chance=st.floats(0, 1))
def test_pauses_double_from_a_minute_to_an_hour_and_never_longer(attempt, chance):
    nominal = min(2 ** min(attempt - 1, 20), 60)
    assert timedelta(minutes=nominal * 0.75) <= pause_after(attempt, lambda: chance) <= timedelta(minutes=nominal)


def test_trying_again_never_ends_and_after_a_day_the_contact_is_flagged_late_once(store, hand_over, clock,
                                                                                     everything_logged):
    reference = hand_over()
    for _ in range(100):
        assert deliver_next(store, lambda claim: TryLater("http 503"), clock) == TryLater("http 503")
        clock.moves(hours=1)
    assert store.state_of(reference, clock()).late
    assert what_happened(store) == ["received", "late"]
    assert "contact_late" in everything_logged.text
    assert deliver_next(store, lambda claim: Delivered(), clock) == Delivered()
    assert not store.state_of(reference, clock()).late


def test_a_contact_that_needs_a_person_is_stuck_loudly_until_a_person_puts_it_back(store, hand_over, clock,
                                                                                      everything_logged):
    reference = hand_over()
    deliver_next(store, lambda claim: NeedsAPerson("http 410"), clock)
    clock.moves(days=3)
    assert claim_due(store, clock()) is None and store.counts(clock()).stuck == 1
    assert "contact_stuck" in everything_logged.text
    assert put_back(store, reference, "Ade Okafor", clock()) == 1
    assert deliver_next(store, lambda claim: Delivered(), clock) == Delivered()
    assert what_happened(store) == ["received", "stuck", "put back", "delivered"]
    assert put_back(store, reference, "Ade Okafor", clock()) == 0


def test_putting_back_needs_a_name_and_a_reference_that_exists(store, clock):
    with pytest.raises(ValueError, match="who"):
        put_back(store, "CDFH-JKMN", " ", clock())
    assert put_back(store, "CDFH-JKMN", "Ade Okafor", clock()) == 0
    assert put_back(store, MARKER, "Ade Okafor", clock()) == 0


def test_a_mistake_of_ours_while_sending_loses_nothing_and_says_nothing(store, hand_over, clock, everything_logged):
    hand_over()

    def send(claim):
        raise KeyError(MARKER)

    assert deliver_next(store, send, clock) == TryLater("broke: KeyError")
    assert store.counts(clock()).waiting == 1
    assert "send_broke" in everything_logged.text and MARKER not in everything_logged.text


def test_a_slow_worker_does_not_undo_what_the_next_one_did(store, hand_over, clock):
    hand_over()
    slow = claim_due(store, clock())
    clock.moves(minutes=3)
    quick = claim_due(store, clock())
    assert record(store, slow, NeedsAPerson("http 410"), clock()) is False
    assert record(store, quick, Delivered(), clock()) is True
    assert record(store, slow, TryLater("http 503"), clock()) is False
    assert store.counts(clock()).delivered == 1


def test_a_slow_worker_that_did_deliver_is_believed_once(store, hand_over, clock):
    hand_over()
    slow = claim_due(store, clock())
    clock.moves(minutes=3)
    quick = claim_due(store, clock())
    assert record(store, slow, Delivered(), clock()) is True
    assert record(store, quick, Delivered(), clock()) is False
    assert record(store, quick, TryLater("http 503"), clock()) is False
    assert what_happened(store) == ["received", "delivered"]


def test_a_contact_on_which_workers_die_does_not_hold_up_the_others(store, hand_over, clock):
    hand_over()
    poison = claim_due(store, clock()).contact_id
    clock.moves(seconds=10)
    hand_over()
    clock.moves(minutes=5)
    assert claim_due(store, clock()).contact_id != poison


def test_one_that_failed_once_is_not_held_up_by_those_that_fail_again_and_again(store, hand_over, clock):
    hand_over()
    for _ in range(5):
        assert deliver_next(store, lambda claim: TryLater("always"), clock, new_first=True) == TryLater("always")
        clock.moves(hours=2)
    poison = claim_due(store, clock()).contact_id
    clock.moves(minutes=3)      # the poisoned one is due longest
    hand_over()
    failed_once = claim_due(store, clock(), new_first=True)
    assert failed_once.contact_id != poison
    clock.moves(minutes=3)      # its worker died, so both are due again
    assert claim_due(store, clock(), new_first=True).contact_id == failed_once.contact_id


def test_a_claim_does_not_print_what_is_sealed(store, hand_over, clock):
    hand_over()
    assert "sealed" not in repr(claim_due(store, clock()))


def test_if_the_outcome_cannot_be_written_the_contact_is_sent_again(store, hand_over, clock, monkeypatch):
    hand_over()

    def lost(*_):
        raise ConnectionError

    monkeypatch.setattr(outbox, "record", lost)
    with pytest.raises(ConnectionError):
        deliver_next(store, lambda claim: Delivered(), clock)
    monkeypatch.undo()
    clock.moves(minutes=2)
    assert deliver_next(store, lambda claim: Delivered(), clock) == Delivered()
    [row] = rows(store, outbox_table)
    assert (row.state, row.attempts, row.leased_until) == ("delivered", 2, None)
