"""Erasing at the desk: who may, what goes, what stays, what a legal hold and a missing decision prevent."""
import pytest
import sqlalchemy as sa

from bot.desk.inbox import DeskState, Kept, NoSuchContact
from bot.desk.pulse import Pulse
from bot.desk.tables import contacts, likenesses, notes
from tests.desk.conftest import RealDesk, said
from tests.handoff.cast import MARKER

WHY = "The family asked, and the review agreed."
CHILD = [{"child": said("Katie Example"), "birth": said("3/4/2018", kind="exact", date="2018-04-03"), "address": said("1 Row, PL1 1AA")}]


def decided(real, name="will", **more):
    """A contact with a note and a decision."""
    parcel, person = real.arrives(**{"worry": said(MARKER), "children": CHILD, **more}), real.desk.people.find(name)
    opened = real.desk.casework.open(parcel.contact_id, person, real.clock())
    real.desk.casework.note(parcel.contact_id, person, f"a note, {MARKER}", real.clock())
    real.desk.casework.acknowledge(parcel.contact_id, person, "advice", opened.contact.version, real.clock())
    return parcel


def version(real, parcel):
    return next(c.version for c in real.desk.inbox.list_contacts() if c.id == parcel.contact_id)


def erases(real, person, parcel, **form):
    return person.post(f"/contacts/{parcel.contact_id}/erase",
                       {"version": version(real, parcel), "reference": parcel.reference.lower(), "why": WHY, **form})


def row_of(real, parcel):
    with real.desk.inbox.engine.begin() as db:
        return db.execute(sa.select(contacts).where(contacts.c.id == parcel.contact_id)).one()


def everything_in(engine):
    """Every value of every table of the desk."""
    with engine.begin() as db:
        names = sa.inspect(db).get_table_names()
        return repr([db.exec_driver_sql(f"SELECT * FROM {name}").all() for name in names])


def test_a_manager_erases_what_was_said_and_what_happened_stays(staffed, tmp_path):
    parcel, mona = decided(staffed), staffed.signed_in("mona")
    before = bytes(row_of(staffed, parcel).sealed)
    shown = mona.get(f"/contacts/{parcel.contact_id}/erase").get_data(as_text=True)
    assert "This cannot be undone" in shown and MARKER not in shown
    assert erases(staffed, mona, parcel).status_code == 303
    row = row_of(staffed, parcel)
    assert (bytes(row.sealed), row.state, row.flags, row.decision) == (b"", "erased", "", "advice")
    with staffed.desk.inbox.engine.begin() as db:
        assert db.execute(sa.select(notes)).all() == db.execute(sa.select(likenesses)).all() == []
    gone = mona.get(f"/contacts/{parcel.contact_id}")
    text = gone.get_data(as_text=True)
    assert gone.status_code == 410 and "was erased" in text and WHY in text and "Mona Person" in text and "decided: Advice given" in text
    assert "contact erased" in (record := mona.get("/record").get_data(as_text=True)) and parcel.reference in record and WHY in record
    assert all(before[:40] not in f.read_bytes() for f in tmp_path.rglob("desk.db*")), "not in the file or its log either"


def test_an_erased_contact_does_not_come_back_ring_or_count(staffed):
    parcel, mona = decided(staffed), staffed.signed_in("mona")
    assert erases(staffed, mona, parcel).status_code == 303
    assert staffed.desk.inbox.keep(parcel, staffed.clock()) is Kept.REPEAT
    assert bytes(row_of(staffed, parcel).sealed) == b""
    staffed.clock.moves(days=30)
    mona = staffed.signed_in("mona")
    staffed.desk.alarms.check(staffed.clock())
    assert parcel.contact_id not in {a.contact_id for a in staffed.desk.alarms.ringing()}
    assert mona.get("/count.json").json["overdue"] == 0
    assert parcel.reference not in mona.get("/?state=open").get_data(as_text=True)
    assert ">Erased<" in "".join(mona.get("/?state=erased").get_data(as_text=True).split())
    with pytest.raises(NoSuchContact, match="erased"):
        staffed.desk.inbox.show(parcel.reference, "Ade Okafor", staffed.clock())


@pytest.mark.parametrize("what, form", [("note", {"text": "kept?"}), ("assign", {"to": "will"}), ("acknowledge", {"decision": "advice"}), ("pass", {"passed_as": "1"}),
                                        ("export", {"as": "json"}), ("print", {}), ("erase", {"reference": "x", "why": WHY}), ("hold", {"why": WHY})])
def test_nothing_more_is_done_with_an_erased_contact_and_what_was_typed_comes_back(staffed, what, form):
    parcel, mona = decided(staffed), staffed.signed_in("mona")
    erases(staffed, mona, parcel)
    reply = mona.post(f"/contacts/{parcel.contact_id}/{what}", {"version": "3", **form})
    assert reply.status_code == 410
    assert what != "note" or "kept?" in reply.get_data(as_text=True)


@pytest.mark.parametrize("form, says", [({"why": "no"}, "Say why"), ({"why": "x" * 401}, "shorter"), ({"reference": "CDFH-JKMN"}, "Type the reference"),
                                        ({"reference": ""}, "Type the reference")])
def test_without_a_reason_or_the_right_reference_nothing_goes(staffed, form, says):
    parcel, mona = decided(staffed), staffed.signed_in("mona")
    reply = erases(staffed, mona, parcel, **form)
    assert reply.status_code == 400 and says in reply.get_data(as_text=True)
    assert row_of(staffed, parcel).sealed and staffed.desk.inbox.list_contacts()[0].state is DeskState.ACKNOWLEDGED


def test_a_contact_that_nobody_decided_about_is_not_erased(staffed):
    parcel, mona = staffed.arrives(), staffed.signed_in("mona")
    assert "cannot be erased yet" in mona.get(f"/contacts/{parcel.contact_id}/erase").get_data(as_text=True)
    assert erases(staffed, mona, parcel).status_code == 400
    assert row_of(staffed, parcel).sealed
    assert staffed.desk.inbox.list_contacts()[0].seen_at is None, "looking at this page is not reading the contact"


def test_on_legal_hold_it_stays_until_the_hold_ends_and_all_of_it_is_written(staffed):
    parcel, mona = decided(staffed), staffed.signed_in("mona")
    where = f"/contacts/{parcel.contact_id}"
    assert mona.post(f"{where}/hold", {"why": "short"}).status_code == 400
    assert mona.post(f"{where}/hold", {"why": "The review panel asked for it."}).status_code == 303
    assert "The review panel asked for it." in mona.get(f"{where}/erase").get_data(as_text=True)
    assert mona.post(f"{where}/hold", {"why": WHY}).status_code == 400
    refused = erases(staffed, mona, parcel)
    assert refused.status_code == 400 and "on legal hold" in refused.get_data(as_text=True) and row_of(staffed, parcel).sealed
    assert mona.post(f"{where}/release", {"why": "The review has ended."}).status_code == 303
    assert mona.post(f"{where}/release", {"why": "The review has ended."}).status_code == 400
    assert erases(staffed, mona, parcel).status_code == 303
    whats = [what for _, what, _ in staffed.desk.inbox.history(parcel.reference)]
    assert whats[-3:] == ["put on legal hold", "legal hold ended", "erased"]


def test_what_changed_meanwhile_is_looked_at_again_before_it_goes(staffed):
    parcel, mona, seen = (p := decided(staffed)), staffed.signed_in("mona"), version(staffed, p)
    staffed.desk.casework.acknowledge(parcel.contact_id, staffed.desk.people.find("will"), "assessment", seen, staffed.clock())
    assert erases(staffed, mona, parcel, version=seen).status_code == 409 and row_of(staffed, parcel).sealed


@pytest.mark.parametrize("who, status", [("nobody", 401), ("rae", 403), ("will", 403), ("eve", 403)])
@pytest.mark.parametrize("what", ["erase", "hold", "release"])
def test_nobody_but_a_manager_erases_or_holds(staffed, who, status, what):
    parcel = decided(staffed)
    person = staffed.nobody() if who == "nobody" else staffed.signed_in(who)
    reply = person.post(f"/contacts/{parcel.contact_id}/{what}", {"version": version(staffed, parcel), "reference": parcel.reference, "why": WHY})
    assert reply.status_code == status and row_of(staffed, parcel).sealed
    assert "Erase it" not in staffed.signed_in("will").get(f"/contacts/{parcel.contact_id}").get_data(as_text=True)


def test_a_manager_of_another_front_door_does_not_even_see_that_it_exists(staffed):
    staffed.add("max", "manager", ("exeter",))
    parcel, max_ = decided(staffed), staffed.signed_in("max")
    assert max_.get(f"/contacts/{parcel.contact_id}/erase").status_code == 404
    assert erases(staffed, max_, parcel).status_code == 404 and row_of(staffed, parcel).sealed


def test_notes_go_only_with_an_erasing_that_is_written_down(database_url, tmp_path, clock):
    real = RealDesk(database_url, tmp_path / "keys2", clock)
    for name, role in (("will", "worker"), ("mona", "manager")):
        real.add(name, role)
    parcel, other = decided(real), decided(real)
    engine = real.desk.inbox.engine
    for change in (notes.delete(), notes.update().values(who="nobody")):
        with pytest.raises(sa.exc.DBAPIError, match="append only"), engine.begin() as db:
            db.execute(change)
    assert erases(real, real.signed_in("mona"), parcel).status_code == 303
    with engine.begin() as db:
        assert [r.contact_id for r in db.execute(sa.select(notes))] == [other.contact_id]
    with pytest.raises(sa.exc.DBAPIError, match="append only"), engine.begin() as db:
        db.execute(notes.delete())
    assert MARKER not in everything_in(engine)
    engine.dispose()


def test_what_the_front_door_holds_for_a_court_is_not_erased_and_the_page_says_where_the_hold_ends(staffed):
    parcel, mona = decided(staffed), staffed.signed_in("mona")
    staffed.desk.pulses.take("here", Pulse(0, 0, 0, 0, (), held=(parcel.contact_id,)), staffed.clock())
    shown = mona.get(f"/contacts/{parcel.contact_id}/erase").get_data(as_text=True)
    assert "The front door holds it for a court since" in shown and "frontdoor release" in shown
    assert "This cannot be undone" not in shown and "End the hold" not in shown and "Hold it at the desk too" in shown
    refused = erases(staffed, mona, parcel)
    assert refused.status_code == 400 and "legal hold at the front door" in refused.get_data(as_text=True)
    assert mona.post(f"/contacts/{parcel.contact_id}/hold", {"why": WHY}).status_code == 303
    both = mona.get(f"/contacts/{parcel.contact_id}/erase").get_data(as_text=True)
    assert "The front door holds it" in both and WHY in both and "End the hold" in both and "Hold it at the desk too" not in both
