"""Two processes ring, each for its own: nothing rings twice for one cause, and nothing falls between. Real servers, a moved clock."""
import threading

import pytest
from werkzeug.serving import make_server

from bot.desk.watch import look as desk_looks
from bot.handoff.destinations import Mail
from bot.handoff.outbox import NeedsAPerson, deliver_next
from bot.handoff.pulse import beat
from bot.handoff.sealing import read_private, read_public
from bot.handoff.settings import HandoffSettings
from bot.handoff.store import Store
from bot.handoff.worker import look as worker_looks
from bot.handoff.worker import send_opened
from tests.desk.conftest import RealDesk
from tests.handoff.cast import MONDAY, SECRET, a_contact
from tests.handoff.test_destinations import Postbox


@pytest.fixture
def house(tmp_path, clock):
    """A desk over HTTP with a mailbox of its own, and a delivery with another."""
    house = House(tmp_path, clock)
    yield house
    house.closes()


class House:
    def __init__(self, folder, clock):
        self.clock, self.at_desk, self.bell = clock, Postbox(), Postbox()
        self.real = RealDesk(f"sqlite:///{folder}/desk.db", folder / "keys", clock, mail=self._mail(self.at_desk))
        self.server = make_server("127.0.0.1", 0, self.real.app, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.store = Store.open(f"sqlite:///{folder}/contacts.db")
        self.keys = folder / "keys"
        self.with_bell(True)

    def _mail(self, box):
        return Mail("127.0.0.1", box.controller.port, "plain", "desk@example.org", "duty@example.org")

    def with_bell(self, there):
        self.settings = HandoffSettings(str(self.store.engine.url), f"http://127.0.0.1:{self.server.server_port}", self.keys, SECRET, {},
                                        self._mail(self.bell) if there else None, 4)

    def a_contact_arrives(self):
        reference = self.store.receive(a_contact(), "public", read_public(self.keys), MONDAY).reference
        deliver_next(self.store, lambda claim: send_opened(claim, read_private(self.keys), self.settings, self.clock), self.clock)
        return reference

    def a_contact_is_stuck(self):
        reference = self.store.receive(a_contact(), "public", read_public(self.keys), MONDAY).reference
        deliver_next(self.store, lambda claim: NeedsAPerson("http 410"), self.clock)
        return reference

    def everybody_looks(self, minutes=3):
        for _ in range(minutes):
            if self.server is not None:
                beat(self.store, self.settings, self.clock())
                desk_looks(self.real.desk, self.clock())
            worker_looks(self.store, self.settings, self.clock)
            self.clock.moves(minutes=1)

    def letters(self, box, about):
        return [letter for letter in box.letters if about in letter.get_body().get_content()]

    def desk_falls(self):
        self.server.shutdown()
        self.server.server_close()
        self.server = None

    def closes(self):
        if self.server is not None:
            self.desk_falls()
        for box in (self.at_desk, self.bell):
            box.controller.stop()


def test_what_waits_at_the_desk_is_told_by_the_desk_alone(house):
    reference = house.a_contact_arrives()
    house.clock.moves(hours=5)
    house.everybody_looks()
    assert len(house.letters(house.at_desk, reference)) == 1 and house.letters(house.bell, reference) == []


def test_what_is_stuck_on_its_way_is_told_by_the_deliverys_bell_alone_and_stands_on_the_page(house):
    reference = house.a_contact_is_stuck()
    house.everybody_looks()
    assert len(house.letters(house.bell, reference)) == 1 and house.letters(house.at_desk, "stuck or late") == []
    house.real.add("rae", "reader")
    page = house.real.signed_in("rae").get("/alarms").get_data(as_text=True)
    assert "stuck or late" in page and "the delivery&#39;s own bell" in page


def test_without_a_bell_the_desk_tells_of_what_is_stuck(house):
    house.with_bell(False)
    house.a_contact_is_stuck()
    house.everybody_looks()
    assert len(house.letters(house.at_desk, "stuck or late")) == 1


def test_when_the_desk_falls_the_bell_takes_over_what_waits_there(house):
    reference = house.a_contact_arrives()
    house.everybody_looks()
    house.desk_falls()
    house.clock.moves(hours=5)
    house.everybody_looks()
    assert len(house.letters(house.bell, reference)) == 1


def test_when_the_desks_mail_reaches_nobody_the_bell_takes_over(house):
    reference = house.a_contact_arrives()
    house.at_desk.answer = "451 not now"
    house.clock.moves(hours=5)
    house.everybody_looks(minutes=5)
    assert house.letters(house.bell, reference) == [], "the desk may still get through"
    house.everybody_looks(minutes=10)
    assert len(house.letters(house.bell, reference)) == 1


def test_when_nobody_watches_at_the_desk_the_bell_takes_over(house):
    reference = house.a_contact_arrives()
    house.everybody_looks()
    house.clock.moves(hours=5)
    worker_looks(house.store, house.settings, house.clock)
    assert len(house.letters(house.bell, reference)) == 1


def test_when_the_delivery_falls_the_desk_tells_that_it_is_silent(house):
    house.everybody_looks()
    house.clock.moves(minutes=10)
    desk_looks(house.real.desk, house.clock())
    assert len(house.letters(house.at_desk, "no sign of life")) == 1
