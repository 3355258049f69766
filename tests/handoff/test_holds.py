"""One legal hold, at the front door or at the desk, keeps a contact in both places until it ends where it was put."""
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.desk.casework import CannotDo
from bot.desk.person import Role
from bot.desk.pulse import BadPulse, Pulse
from bot.handoff.delivery import held_at_desk
from bot.handoff.outbox import deliver_next
from bot.handoff.pulse import MOST_HELD, beat
from bot.handoff.retention import MayNot, erase, forget_due, hold, release
from bot.handoff.sealing import read_private, read_public
from bot.handoff.tables import State, contact_table, legal_hold_table
from bot.handoff.worker import forget, look, send_opened
from tests.handoff.cast import MONDAY, a_contact

WHY = "the county court asked for it"


class Both:
    """The front door's store and the real desk: one contact that was decided about a month ago is in both."""

    def __init__(self, store, desk, clock):
        self.store, self.clock, self.settings, self.desk = store, clock, desk.worker_settings(str(store.engine.url)), desk.app.extensions["desk"]
        self.desk.people.add("mona", "Mona Person", Role.MANAGER, (), "the tests", clock())
        self.mona, keys = self.desk.people.find("mona"), desk.settings.keys
        self.reference = store.receive(a_contact(), "public", read_public(keys), MONDAY).reference
        deliver_next(store, lambda claim: send_opened(claim, read_private(keys), self.settings, clock), clock)
        [self.id] = store.not_acknowledged()
        opened = self.desk.casework.open(self.id, self.mona, clock())
        self.desk.casework.acknowledge(self.id, self.mona, "advice", opened.contact.version, clock())
        look(store, self.settings, clock)
        clock.moves(days=31)

    def at_desk(self, ids):
        return held_at_desk(ids, self.settings, self.clock)

    def retention(self):
        return forget_due(self.store, self.clock(), self.at_desk)

    def erased_here(self):
        return self.store.state_of(self.reference, self.clock()).state is State.ERASED

    def erase_at_desk(self):
        version = self.desk.inbox.list_contacts()[0].version
        self.desk.erasing.erase(self.id, self.mona, self.reference, "the review agreed to it", version, self.clock())


@pytest.fixture
def both(store, desk, clock):
    return Both(store, desk, clock)


def test_a_hold_at_the_desk_keeps_the_copy_at_the_front_door(both):
    both.desk.erasing.hold(both.id, both.mona, WHY, both.clock())
    assert both.retention().__dict__ == {"erased": 0, "held": 1, "unsure": 0}
    with pytest.raises(MayNot, match="legal hold at the desk"):
        erase(both.store, both.reference, "Ade Okafor", "asked for", both.clock(), both.at_desk, manager=True)
    both.desk.erasing.release(both.id, both.mona, "the court is done with it", both.clock())
    assert both.retention().erased == 1 and both.erased_here()


def test_a_hold_at_the_front_door_keeps_the_copy_at_the_desk(both):
    hold(both.store, both.reference, "Ade Okafor", WHY, both.clock())
    beat(both.store, both.settings, both.clock())
    held = both.desk.erasing.held(both.id)
    assert held and held.here is None and held.door_since == both.clock()
    with pytest.raises(CannotDo, match="legal hold at the front door"):
        both.erase_at_desk()
    with pytest.raises(CannotDo, match="not on legal hold"):
        both.desk.erasing.release(both.id, both.mona, "it ends where it was put", both.clock())
    release(both.store, both.reference, "Ade Okafor", "the court is done", both.clock())
    beat(both.store, both.settings, both.clock())
    both.erase_at_desk()


def test_each_hold_ends_by_itself(both):
    hold(both.store, both.reference, "Ade Okafor", WHY, both.clock())
    both.desk.erasing.hold(both.id, both.mona, WHY, both.clock())
    beat(both.store, both.settings, both.clock())
    release(both.store, both.reference, "Ade Okafor", "the court is done", both.clock())
    beat(both.store, both.settings, both.clock())
    assert both.retention().held == 1
    with pytest.raises(CannotDo, match="stays until the hold ends"):
        both.erase_at_desk()


def test_nothing_is_forgotten_while_the_desk_cannot_be_asked(both, desk):
    """It is down, or its clock and ours differ: whichever of the two is wrong, erasing could be too early."""
    both.clock.moves(minutes=-10)
    assert held_at_desk([both.id], both.settings, lambda: both.clock() + timedelta(days=400)) is None
    forget(both.store, both.settings, both.clock() + timedelta(days=400))
    assert not both.erased_here()
    desk.closes()
    assert both.retention().__dict__ == {"erased": 0, "held": 0, "unsure": 1}
    with pytest.raises(MayNot, match="cannot be asked"):
        erase(both.store, both.reference, "Ade Okafor", "asked for", both.clock(), both.at_desk, manager=True)
    assert not both.erased_here()


def test_a_front_door_holds_its_own_contacts_only(both):
    both.desk.pulses.take("exeter", Pulse(0, 0, 0, 0, (), held=(both.id,)), both.clock())
    assert not both.desk.erasing.held(both.id)
    both.erase_at_desk()


def test_a_pulse_that_says_nothing_of_holds_changes_none(both):
    both.desk.pulses.take("here", Pulse(0, 0, 0, 0, (), held=(both.id,)), both.clock())
    both.desk.pulses.take("here", Pulse(0, 0, 0, 0, ()), both.clock())
    assert both.desk.erasing.held(both.id)


@pytest.mark.parametrize("held", ["x", [1], ["x"], [None], {"a": 1}, ["0" * 36]])
def test_a_pulse_with_odd_holds_is_refused(held):
    with pytest.raises(BadPulse, match="held"):
        Pulse.read({"waiting": 0, "stuck": 0, "late": 0, "switch_known": 0, "held": held})


def test_very_many_holds_are_told_in_one_pulse(both):
    ids = [f"00000000-0000-4000-8000-{n:012d}" for n in range(MOST_HELD - 1)]
    with both.store.engine.begin() as db:
        row = db.execute(sa.select(contact_table)).one()._mapping
        db.execute(contact_table.insert(), [{**row, "id": i, "reference": i[-9:], "state": "waiting"} for i in ids])
        db.execute(legal_hold_table.insert(), [{"contact_id": i, "at": MONDAY, "who": "Ade Okafor", "reason": WHY} for i in (*ids, both.id)])
    beat(both.store, both.settings, both.clock())
    assert both.desk.erasing.held(both.id)
