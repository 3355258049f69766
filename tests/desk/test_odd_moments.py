"""What nobody plans for: clocks that are ahead, midnight in summer, two people at once, a front door that went, labels like formulas."""
import datetime as dt
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contacts.hours import LONDON
from bot.desk import watch
from bot.desk.alarms import Kind
from bot.desk.expectations import load_expectations
from bot.desk.insight import figures
from bot.desk.pulse import Counted, Pulse
from bot.desk.switch import SwitchError
from bot.desk.tables import alarms
from bot.desk.watch import Watch
from bot.guidance_files import GuidanceError
from bot.handoff.database import utc
from tests.desk.conftest import RealDesk, a_contact_of, said
from tests.handoff.cast import MONDAY, Clock


def kinds(desk):
    return sorted({a.kind for a in desk.alarms.ringing()} - {Kind.SILENT})


@pytest.mark.parametrize("ahead", [timedelta(hours=3), timedelta(days=400), timedelta(days=365 * 7000)])
def test_a_sender_whose_clock_is_ahead_does_not_make_a_contact_wait_longer(real, ahead):
    parcel = real.arrives(replace(a_contact_of(), received_at=MONDAY + ahead))
    real.desk.alarms.check(real.clock())
    assert kinds(real.desk) == []
    real.clock.moves(hours=5)
    real.desk.alarms.check(real.clock())
    assert kinds(real.desk) == [Kind.UNOPENED]
    real.add("will", "worker")
    assert parcel.reference in real.signed_in("will").get("/").get_data(as_text=True)


@pytest.mark.parametrize("at, in_it", [(dt.datetime(2026, 6, 29, 0, 30, tzinfo=LONDON), True), (dt.datetime(2026, 6, 28, 23, 59, tzinfo=LONDON), False)])
def test_the_first_week_begins_at_midnight_here_also_in_summer(tmp_path, at, in_it):
    """Half past midnight on a Monday in summer is still Sunday by UTC."""
    real = RealDesk(f"sqlite:///{tmp_path}/desk.db", tmp_path / "keys", Clock(utc(dt.datetime(2026, 9, 16, 12, tzinfo=LONDON))))
    real.arrives(replace(a_contact_of(), received_at=utc(at)))
    person = real.add("rae", "reader")
    found = figures(real.desk.inbox.engine, person, real.clock(), real.desk.say)
    assert found["weeks"][0] == ("29 Jun", int(in_it)) and sum(n for _, n in found["weeks"]) == in_it


def test_counts_under_the_same_label_are_added_and_labels_are_never_formulas(staffed):
    today = staffed.clock().date()
    told = tuple(Counted(today, "topic", which, many) for which, many in (("ask_us", 2), ("ask us", 3), (r"$\frac{x$", 1), ("$5", 1), ("$a$ and $b", 1)))
    staffed.desk.pulses.take("here", Pulse(0, 0, 0, 0, told), staffed.clock())
    rae = staffed.signed_in("rae")
    assert "What people ask about,ask us,5" in rae.get("/insight/counts.csv").get_data(as_text=True)
    assert rae.get("/insight/topic.svg").status_code == 200


@pytest.mark.parametrize("wrong", [RuntimeError, KeyError, TypeError])
def test_the_watch_goes_on_whatever_breaks(real, monkeypatch, wrong, everything_logged):
    looked, right = [], watch.look

    def breaks_once(desk, now):
        looked.append(now)
        if len(looked) == 1:
            raise wrong("what somebody wrote")
        right(desk, now)
    monkeypatch.setattr(watch, "look", breaks_once)
    with Watch(real.desk, every=0.02):
        for _ in range(200):
            if real.desk.alarms.looked:
                break
            threading.Event().wait(0.02)
    assert real.desk.alarms.looked and "watch_broke" in everything_logged.text and "what somebody wrote" not in everything_logged.text


def test_two_desks_that_look_at_once_raise_an_alarm_once(postgres_url, tmp_path, clock):
    one = RealDesk(postgres_url, tmp_path / "keys", clock)
    two = RealDesk(postgres_url, tmp_path / "keys", clock)
    for _ in range(20):
        one.arrives()
    clock.moves(days=2)
    start = threading.Barrier(6)

    def looks(desk):
        start.wait()
        desk.desk.alarms.check(clock())
    crowd = [threading.Thread(target=looks, args=(desk,)) for desk in (one, two) * 3]
    [t.start() for t in crowd]
    [t.join() for t in crowd]
    with one.desk.inbox.engine.begin() as db:
        keys = [r.key for r in db.execute(alarms.select())]
    assert len(keys) == len(set(keys)) >= 20


def test_two_who_turn_the_switch_from_the_same_page_turn_it_once(postgres_url, tmp_path, clock):
    real, done = RealDesk(postgres_url, tmp_path / "keys", clock), []
    start = threading.Barrier(5)

    def turns(n):
        start.wait()
        try:
            real.desk.switch.turn(False, f"The reason of manager {n}.", f"m{n}", clock(), 0)
            done.append(n)
        except SwitchError:
            pass
    crowd = [threading.Thread(target=turns, args=(n,)) for n in range(5)]
    [t.start() for t in crowd]
    [t.join() for t in crowd]
    assert len(done) == len(real.desk.switch.turns()) == 1


def test_a_front_door_that_went_meanwhile_never_opens_all_the_others(staffed):
    mona = staffed.signed_in("mona")
    given = {"name": "neu@example.org", "shown_as": "Neu Person", "role": "worker", "doors": "bristol"}
    reply = mona.post("/people/add", given)
    assert reply.status_code == 400 and "Choose again" in reply.get_data(as_text=True)
    assert staffed.desk.people.find("neu@example.org") is None
    assert mona.post("/people/add", {**given, "doors": "exeter"}).status_code == 200
    assert staffed.desk.people.find("neu@example.org").doors == ("exeter",)


def test_a_link_from_before_somebodys_access_ended_stays_dead_when_it_is_given_back(staffed):
    people, now = staffed.desk.people, staffed.clock()
    link = people.make_link("will", "mona", now)
    people.change("will", "mona", now, disabled=True)
    people.change("will", "mona", now, disabled=False)
    assert people.behind_link(link, now) is None


def test_many_like_it_at_other_front_doors_hide_none_of_ones_own(staffed):
    child = [{"child": said("Sam Example"), "birth": said("3/4/2018", kind="exact", date="2018-04-03", shown="3 April 2018")}]
    for _ in range(120):
        staffed.arrives(children=child)
    mine, opened = (staffed.arrives(a_contact_of(children=child), "exeter") for _ in range(2))
    eve = staffed.desk.people.find("eve")
    alike = staffed.desk.casework.open(opened.contact_id, eve, staffed.clock()).alike
    assert [a.contact.reference for a in alike] == [mine.reference]


def test_the_record_names_whoever_was_given_a_contact_in_full(staffed):
    name = "someone.with-a-long-name@safeguarding.plymouth.example.org"
    staffed.add(name, "worker", shown_as="Some One")
    parcel, will = staffed.arrives(), staffed.signed_in("will")
    will.post(f"/contacts/{parcel.contact_id}/assign", {"to": name, "version": "1"})
    opened = staffed.desk.casework.open(parcel.contact_id, staffed.desk.people.find("will"), staffed.clock())
    assert ("given", f"to {name}") in [(h.what, h.about) for h in opened.history]
    assert name in will.get(f"/contacts/{parcel.contact_id}").get_data(as_text=True)


def test_a_decision_whose_key_the_record_cannot_hold_stops_the_start(tmp_path):
    text = (load_expectations.__defaults__[0]).read_text(encoding="utf-8")
    file = tmp_path / "desk.yml"
    file.write_text(text.replace("decisions:\n", "decisions:\n  " + "a" * 27 + ": Words\n"), encoding="utf-8")
    with pytest.raises(GuidanceError, match="26 letters"):
        load_expectations(file)
