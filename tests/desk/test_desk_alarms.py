"""Alarms: what rings when nobody acts, with a clock that we move; by page, e-mail and webhook; and what ends it."""
import http.server
import json
import threading

import pytest
from aiosmtpd.controller import Controller

from bot.desk.pulse import Pulse
from bot.desk.watch import Watch, look
from bot.handoff.destinations import Mail
from bot.handoff.signing import Purpose, why_refused
from tests.desk.conftest import RealDesk, a_contact_of, said
from tests.handoff.cast import MARKER
from tests.service import free_port

ALARM_SECRET = b"the secret that signs what rings, long enough"


class Mailbox:
    """A real SMTP server on this machine."""

    def __init__(self):
        self.messages, self.refuses = [], False

    async def handle_DATA(self, server, session, envelope):
        if self.refuses:
            return "451 not now"
        self.messages.append(envelope.content.decode())
        return "250 taken"


@pytest.fixture
def mailbox():
    box = Mailbox()
    box.port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def hook():
    """A real receiver of webhooks on this machine."""
    class Hook(http.server.BaseHTTPRequestHandler):
        calls, status = [], 200

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            Hook.calls.append((dict(self.headers), body))
            self.send_response(Hook.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Hook.url = f"http://127.0.0.1:{server.server_address[1]}/alarms"
    yield Hook
    server.shutdown()
    server.server_close()


@pytest.fixture
def ringing(tmp_path, clock, mailbox, hook):
    """A desk that rings in all three ways, with a delivery that lives."""
    real = RealDesk(f"sqlite:///{tmp_path}/desk.db", tmp_path / "keys", clock, alarm_url=hook.url, alarm_secret=ALARM_SECRET,
                    mail=Mail("127.0.0.1", mailbox.port, "plain", "desk@example.org", "duty@example.org"))
    for name, role in (("rae", "reader"), ("will", "worker")):
        real.add(name, role)
    beat(real)
    look(real.desk, clock())
    mailbox.messages.clear(), hook.calls.clear()
    return real


def beat(real, **more):
    real.desk.pulses.take("here", Pulse(**{**dict(waiting=0, stuck=0, late=0, switch_known=0, counts=()), **more}), real.clock())


def looks(real, **later):
    """Time passes, the delivery lives, the watch looks. Returns the kinds that ring."""
    real.clock.moves(**later)
    beat(real)
    look(real.desk, real.clock())
    return [a.kind.value for a in real.desk.alarms.ringing()]


def opens(real, name, parcel):
    return real.desk.casework.open(parcel.contact_id, real.desk.people.find(name), real.clock())


def test_a_contact_that_nobody_opened_rings_after_four_working_hours_in_all_three_ways(ringing, mailbox, hook):
    parcel = ringing.arrives(worry=said(MARKER))
    assert looks(ringing, hours=3, minutes=55) == []
    assert looks(ringing, minutes=10) == ["unopened"]
    page = ringing.signed_in("rae").get("/alarms").get_data(as_text=True)
    assert parcel.reference in page and "No worker has opened it in time" in page and "e-mail, webhook" in page
    [message] = [m for m in mailbox.messages if "alarm" in m]
    headers, body = hook.calls[-1]
    assert parcel.reference in message and "duty@example.org" in message and f"/contacts/{parcel.contact_id}" in message.replace("=\n", "") and "/alarms" in message
    assert json.loads(body)["alarms"][0]["reference"] == parcel.reference
    assert why_refused(ALARM_SECRET, headers, body, ringing.clock(), Purpose.ALARM) is None, "whoever receives it can check who sent it"
    assert MARKER not in message + body.decode()


def test_opening_it_ends_the_alarm_but_a_readers_opening_does_not(ringing):
    parcel = ringing.arrives()
    assert looks(ringing, hours=5) == ["unopened"]
    opens(ringing, "rae", parcel)
    assert looks(ringing, minutes=1) == ["unopened"]
    assert "Opened by a reader only" in ringing.signed_in("rae").get("/").get_data(as_text=True)
    opens(ringing, "will", parcel)
    assert looks(ringing, minutes=1) == []


def test_opened_by_a_worker_and_nothing_decided_in_one_working_day_rings(ringing):
    parcel = ringing.arrives()
    opens(ringing, "rae", parcel)
    ringing.clock.moves(hours=2)
    opens(ringing, "will", parcel)
    assert looks(ringing, hours=23, minutes=55) == []
    assert looks(ringing, minutes=10) == ["undecided"]
    will = ringing.desk.people.find("will")
    ringing.desk.casework.acknowledge(parcel.contact_id, will, "advice", 1, ringing.clock())
    assert looks(ringing, minutes=1) == []
    assert looks(ringing, days=4) == ["unpassed"]
    ringing.desk.casework.pass_on(parcel.contact_id, will, "LL-1", 2, ringing.clock())
    assert looks(ringing, minutes=1) == []


def test_a_child_who_may_not_be_safe_tonight_does_not_wait_for_monday(ringing):
    ringing.clock.moves(days=5)      # Saturday
    parcel = a_contact_of("child", ["not_safe_tonight"])
    object.__setattr__(parcel, "received_at", ringing.clock())
    ringing.arrives(parcel)
    assert looks(ringing, hours=4, minutes=1) == ["unopened"]


def test_a_delivery_that_falls_silent_or_is_stuck_rings(ringing):
    ringing.clock.moves(minutes=4)
    look(ringing.desk, ringing.clock())
    assert [a.kind.value for a in ringing.desk.alarms.ringing()] == ["silent"]
    assert looks(ringing, seconds=1) == []
    beat(ringing, stuck=1)
    look(ringing.desk, ringing.clock())
    assert [a.kind.value for a in ringing.desk.alarms.ringing()] == ["stuck"]


def test_a_delivery_that_never_lived_rings_too(real):
    look(real.desk, real.clock())
    assert "silent" not in [a.kind.value for a in real.desk.alarms.ringing()]
    real.clock.moves(minutes=4)
    look(real.desk, real.clock())
    assert "silent" in [a.kind.value for a in real.desk.alarms.ringing()]


def test_numbers_past_their_review_ring(ringing):
    assert "review" in looks(ringing, days=365)


def test_what_could_not_be_told_is_told_at_the_next_look_and_repeated_after_four_hours(ringing, mailbox, hook):
    ringing.arrives()
    mailbox.refuses, hook.status = True, 503
    looks(ringing, hours=5)
    assert mailbox.messages == [] and len(hook.calls) == 1
    mailbox.refuses, hook.status = False, 204
    looks(ringing, minutes=1)
    assert len([m for m in mailbox.messages if "1 alarm" in m]) == 1 and len(hook.calls) == 2
    looks(ringing, hours=3)
    assert len(hook.calls) == 2
    looks(ringing, hours=2)
    assert len(hook.calls) == 3


def test_an_alarm_is_raised_once_however_many_look(ringing):
    ringing.arrives()
    ringing.clock.moves(hours=5)
    beat(ringing)
    threads = [threading.Thread(target=look, args=(ringing.desk, ringing.clock())) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(ringing.desk.alarms.ringing()) == 1


def test_the_summary_leaves_once_a_working_day_and_holds_counts_only(ringing, mailbox):
    parcel = ringing.arrives(worry=said(MARKER))
    looks(ringing, hours=1)
    looks(ringing, hours=1)
    ringing.clock.moves(days=5)     # Saturday
    looks(ringing, hours=1)
    looks(ringing, days=2)
    mails = [m for m in mailbox.messages if "How the desk stands" in m]
    assert len(mails) == 1, "Monday's went out before; Saturday none; one on the next Monday"
    assert "not opened: 1" in mails[0] and MARKER not in mails[0] and parcel.reference not in mails[0]


def test_the_watch_goes_on_after_a_look_that_broke(ringing):
    ringing.arrives()
    ringing.clock.moves(hours=5)
    with ringing.desk.inbox.engine.begin() as db:
        db.exec_driver_sql("ALTER TABLE desk_alarm RENAME TO away")
    with Watch(ringing.desk, every=0.05) as watch:
        threading.Event().wait(0.3)
        with ringing.desk.inbox.engine.begin() as db:
            db.exec_driver_sql("ALTER TABLE away RENAME TO desk_alarm")
        threading.Event().wait(0.6)
        assert watch._thread.is_alive()
    assert "unopened" in [a.kind.value for a in ringing.desk.alarms.ringing()]


def test_the_clock_stands_in_words_and_not_in_colour_alone(ringing):
    ringing.arrives()
    rae = ringing.signed_in("rae")
    assert "left to open" in rae.get("/").get_data(as_text=True)
    ringing.clock.moves(hours=6)
    rae = ringing.signed_in("rae")
    page = rae.get("/?overdue=yes").get_data(as_text=True)
    assert "<strong>OVERDUE to open, by 2 hours</strong>" in page
    assert rae.get("/count.json").json == {"unopened": 1, "overdue": 1, "alarms": 0}
