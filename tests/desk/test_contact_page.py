"""Opening a contact and doing something about it: what is written down, what is shown, what two people at once do."""
import io
import json
import threading

import pytest
import sqlalchemy as sa

from bot.desk.casework import Conflict
from bot.desk.inbox import DeskState, NoSuchContact
from bot.desk.tables import audit, contacts, notes
from tests.desk.conftest import a_contact_of, said
from tests.handoff.cast import MARKER

HOSTILE = f"<script>alert(1)</script> {{{{7*7}}}} {MARKER} \u202e 😟"


def page(person, parcel):
    reply = person.get(f"/contacts/{parcel.contact_id}")
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def version(real, parcel):
    return next(c.version for c in real.desk.inbox.list_contacts() if c.id == parcel.contact_id)


def act(real, person, parcel, what, **form):
    return person.post(f"/contacts/{parcel.contact_id}/{what}", {"version": version(real, parcel), **form})


def history(real, parcel):
    return [(what, who) for _, what, who in real.desk.inbox.history(parcel.reference)]


def test_opening_shows_what_was_said_and_writes_who_saw_it(staffed):
    parcel = staffed.arrives(worry=said(HOSTILE), you={"state": "skipped", "anonymous": True}, relationship={"state": "unknown"})
    shown = page(staffed.signed_in("will"), parcel)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in shown and "<script>alert" not in shown and "49" not in shown.partition("{{7")[0][-5:]
    assert "Will Person" in shown and "😟" in shown
    assert history(staffed, parcel) == [("arrived", "worker"), ("seen", "will")]
    listed = staffed.desk.inbox.list_contacts()[0]
    assert (listed.state, listed.seen_at) == (DeskState.SEEN, listed.worker_seen_at)


@pytest.mark.parametrize("broken", ["audit", "key"])
def test_if_the_seeing_cannot_be_written_or_the_contact_not_opened_nobody_has_seen_it(staffed, broken, tmp_path):
    parcel, will = staffed.arrives(worry=said(MARKER)), staffed.signed_in("will")
    if broken == "key":
        (tmp_path / "keys" / "contact.private").unlink()
    else:
        with staffed.desk.inbox.engine.begin() as db:
            db.exec_driver_sql("ALTER TABLE desk_audit RENAME TO away")
    reply = will.get(f"/contacts/{parcel.contact_id}")
    assert reply.status_code == 503 and MARKER not in reply.get_data(as_text=True)
    assert staffed.desk.inbox.list_contacts()[0].state is DeskState.DELIVERED


def test_every_answer_of_every_path_is_on_the_page_and_in_every_copy(staffed):
    from bot.handoff.questions import QUESTIONS
    will = staffed.signed_in("will")
    for path in ("public", "practitioner", "child"):
        own = {q.id: said(f"{MARKER}-{q.id}") for q in QUESTIONS if q.group.value != "child" and q.id not in ("danger", "more_children")}
        child = {q.id: said(f"{MARKER}-{q.id}") for q in QUESTIONS if q.group.value == "child" and q.id != "more_children"}
        parcel = a_contact_of(path, ["staff_risk"], [child, {"child": said(f"{MARKER}-second")}], **own)
        staffed.arrives(parcel)
        on_page, printed = page(will, parcel), act(staffed, will, parcel, "print").get_data(as_text=True)
        as_json = act(staffed, will, parcel, "export", **{"as": "json"}).get_data(as_text=True)
        for key in [*own, *child, "second"]:
            for copy in (on_page, printed, as_json):
                assert f"{MARKER}-{key}" in copy, (path, key)


def test_what_no_question_knows_is_shown_all_the_same(staffed):
    parcel = a_contact_of(worry=said("x"), novelty=said(f"{MARKER}-new"))
    parcel.contact["extra"] = {"deep": [{"er": f"{MARKER}-deep"}]}
    old = a_contact_of()
    object.__setattr__(old, "contact", {"worry": f"{MARKER}-old", "child": [{"name": f"{MARKER}-name"}]})
    will = staffed.signed_in("will")
    for one, words in ((parcel, ("new", "deep")), (old, ("old", "name"))):
        staffed.arrives(one)
        assert all(f"{MARKER}-{w}" in page(will, one) for w in words)


def test_every_first_thing_has_words_and_stands_at_the_top_of_page_and_list(staffed):
    from bot.handoff.payload import First
    flags = [f.value for f in First][:7]
    parcel = staffed.arrives(path="child", first=flags)
    will = staffed.signed_in("will")
    for text in (page(will, parcel), will.get("/").get_data(as_text=True)):
        assert "A child is telling us themself" in text and "child may not be safe tonight" in text and "not_safe_tonight" not in text


def test_the_contact_that_needs_somebody_most_comes_first(staffed):
    clock = staffed.clock
    plain = staffed.arrives()
    clock.moves(minutes=1)
    flagged = staffed.arrives(first=["interpreter"])
    tonight = staffed.arrives(path="child", first=["not_safe_tonight"])
    opened = staffed.arrives(first=["not_safe_tonight"])
    will = staffed.signed_in("will")
    page(will, opened)
    text = will.get("/").get_data(as_text=True)
    places = [text.index(p.reference) for p in (tonight, flagged, plain, opened)]
    assert places == sorted(places)


def test_a_note_is_sealed_shown_and_stays(staffed):
    parcel, will = staffed.arrives(), staffed.signed_in("will")
    assert act(staffed, will, parcel, "note", text=f"  Rang the school.\n{HOSTILE}  ").status_code == 303
    assert "Rang the school." in page(staffed.signed_in("rae"), parcel)
    with staffed.desk.inbox.engine.begin() as db:
        assert MARKER not in repr(db.execute(sa.select(notes)).all())
    for change in (notes.delete(), notes.update().values(who="x")):
        with pytest.raises(sa.exc.DBAPIError, match="append only"), staffed.desk.inbox.engine.begin() as db:
            db.execute(change)


@pytest.mark.parametrize("what, form, says", [
    ("note", {"text": " "}, "Write a note"), ("note", {"text": "x" * 10_001}, "shorter"), ("acknowledge", {}, "Choose what was decided"),
    ("acknowledge", {"decision": "made up"}, "Choose what was decided"), ("assign", {"to": "rae"}, "Choose somebody from the list"),
    ("assign", {"to": "eve"}, "Choose somebody from the list"), ("pass", {"passed_as": ""}, "Give the number"),
    ("pass", {"passed_as": "LL-1"}, "what was decided first"), ("pass", {"passed_as": "x" * 81}, "80 characters")])
def test_what_cannot_be_done_is_said_with_what_to_do_and_what_was_typed_is_kept(staffed, what, form, says):
    parcel, will = staffed.arrives(), staffed.signed_in("will")
    reply = act(staffed, will, parcel, what, **form)
    text = reply.get_data(as_text=True)
    assert reply.status_code == 400 and says in text and "There is a problem" in text
    assert all(typed.strip() in text for key, typed in form.items() if key in ("text", "passed_as"))
    assert [w for w, _ in history(staffed, parcel)] == ["arrived", "seen"]


def test_a_contact_goes_its_way_from_seen_to_passed_and_the_front_door_can_ask(staffed):
    parcel, will = staffed.arrives(), staffed.signed_in("will")
    inbox = staffed.desk.inbox
    asked = lambda: inbox.states([parcel.contact_id])[parcel.contact_id]  # noqa: E731
    assert asked() == {"seen_at": None, "acknowledged_at": None, "held": False}
    page(will, parcel)
    assert asked()["seen_at"] and not asked()["acknowledged_at"]
    assert act(staffed, will, parcel, "assign", to="mona").status_code == 303
    staffed.clock.moves(minutes=10)
    decided = staffed.clock()
    assert act(staffed, will, parcel, "acknowledge", decision="early_help").status_code == 303
    staffed.clock.moves(minutes=10)
    assert act(staffed, will, parcel, "acknowledge", decision="assessment").status_code == 303
    assert asked()["acknowledged_at"] == decided.isoformat(), "the first decision counts"
    assert act(staffed, will, parcel, "pass", passed_as=" LL 4471 ").status_code == 303
    done = inbox.list_contacts()[0]
    assert (done.state, done.passed_as, done.decision, done.assigned_to) == (DeskState.PASSED, "LL 4471", "assessment", "mona")
    assert history(staffed, parcel)[2:] == [("given", "will"), ("acknowledged: early_help", "will"),
                                            ("acknowledged: assessment", "will"), ("passed to the case system", "will")]
    assert inbox.states([parcel.contact_id], "exeter") == {}


def test_who_comes_second_is_told_what_the_first_did_and_neither_is_lost(staffed):
    parcel = staffed.arrives()
    will, mona = staffed.signed_in("will"), staffed.signed_in("mona")
    page(will, parcel), page(mona, parcel)
    both = version(staffed, parcel)
    assert will.post(f"/contacts/{parcel.contact_id}/acknowledge", {"version": both, "decision": "advice"}).status_code == 303
    second = mona.post(f"/contacts/{parcel.contact_id}/acknowledge", {"version": both, "decision": "assessment"})
    text = second.get_data(as_text=True)
    assert second.status_code == 409 and "Somebody else changed this contact" in text and "decided: Advice given" in text
    assert 'value="assessment" checked' in text, "what the second chose is still there"
    assert staffed.desk.inbox.list_contacts()[0].decision == "advice"


def test_many_people_at_once_open_note_and_decide_and_nothing_is_lost(real, database_url, tmp_path, clock):
    from tests.desk.conftest import RealDesk
    house = RealDesk(database_url, tmp_path / "keys2", clock)
    parcel = house.arrives()
    people = [house.add(f"worker{n}", "worker") for n in range(6)]
    refused, errors = [], []

    def work(person):
        try:
            opened = house.desk.casework.open(parcel.contact_id, person, clock())
            house.desk.casework.note(parcel.contact_id, person, f"note of {person.name}", clock())
            house.desk.casework.acknowledge(parcel.contact_id, person, "advice", opened.contact.version, clock())
        except Conflict:
            refused.append(person.name)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(p,)) for p in people]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert errors == []
    end = house.desk.casework.open(parcel.contact_id, people[0], clock())
    assert {n.text for n in end.notes} == {f"note of {p.name}" for p in people}
    assert {h.who for h in end.history if h.what == "seen"} == {p.name for p in people}
    assert sum(h.what == "acknowledged: advice" for h in end.history) == len(people) - len(refused) >= 1
    house.desk.inbox.engine.dispose()


def test_possible_repeats_of_the_same_child_are_shown_with_the_reason_and_never_merged(staffed):
    first = staffed.arrives(children=[{"child": said("Katie Example"), "birth": said("3/4/2018", kind="exact", date="2018-04-03"), "address": said("1 Row, PL1 1AA")}])
    second = staffed.arrives(children=[{"child": said("Katy Exampel"), "birth": said("born 3 April 2018", kind="exact", date="2018-04-03")}])
    other = staffed.arrives(children=[{"child": said("Sam Other"), "birth": said("about 6", kind="age", years=6)}])
    elsewhere = staffed.arrives(door="exeter", children=[{"child": said("Katie Example"), "birth": said("x", kind="exact", date="2018-04-03")}])
    text = page(staffed.signed_in("will"), first)
    assert "Possibly the same child" in text and second.reference in text and "same first name and age or date of birth" in text
    assert other.reference not in text and elsewhere.reference in text
    eve = page(staffed.signed_in("eve"), elsewhere)
    assert first.reference not in eve, "not even that it exists"
    with staffed.desk.inbox.engine.begin() as db:
        assert len(db.execute(sa.select(contacts)).all()) == 4
        assert "atie" not in repr(db.exec_driver_sql("SELECT * FROM desk_likeness").all())


def test_dates_side_by_side_are_not_taken_for_a_phone_number(staffed):
    for name in ("Katie Example", "Sam Other"):
        staffed.arrives(children=[{"child": said(name), "birth": said("3/4/2018", kind="exact", date="2018-04-03", shown="3 April 2018")}])
    assert "Possibly the same child" not in page(staffed.signed_in("will"), staffed.arrives(children=[
        {"child": said("Jo Third"), "birth": said("3/4/2018", kind="exact", date="2018-04-03", shown="3 April 2018")}]))


def test_copies_are_whole_and_that_they_were_taken_is_written(staffed):
    parcel = staffed.arrives(worry=said(HOSTILE), first=["staff_risk"])
    will = staffed.signed_in("will")
    act(staffed, will, parcel, "note", text="a note 😟 字")
    taken = {kind: act(staffed, will, parcel, "export", **{"as": kind}) for kind in ("json", "pdf", "docx")}
    assert all(reply.status_code == 200 for reply in taken.values())
    content = json.loads(taken["json"].data)
    assert content["contact"] == parcel.contact and content["notes"][0]["text"] == "a note 😟 字"
    assert taken["pdf"].data.startswith(b"%PDF") and taken["docx"].data.startswith(b"PK")
    from docx import Document
    words = "\n".join(p.text for p in Document(io.BytesIO(taken["docx"].data)).element.body.iter() if getattr(p, "text", None))
    assert MARKER in words
    assert [w for w, _ in history(staffed, parcel) if "export" in w] == ["exported as json", "exported as pdf", "exported as docx"]
    assert all(f'filename="contact-{parcel.reference}.{kind}"' in reply.headers["Content-Disposition"] for kind, reply in taken.items())


def words_of(data):
    from docx import Document
    return "\n".join(t.text for t in Document(io.BytesIO(data)).element.body.iter() if t.tag.endswith("}t") and t.text)


def test_the_mash_contact_form_is_made_from_the_practitioners_template(staffed):
    parcel = staffed.arrives(path="practitioner", worry=said(HOSTILE), first=["staff_risk"])
    will = staffed.signed_in("will")
    act(staffed, will, parcel, "note", text="a note for us")
    assert "MASH Contact form" in page(will, parcel)
    taken = act(staffed, will, parcel, "export", **{"as": "form"})
    words = words_of(taken.data)
    assert taken.status_code == 200 and f"contact-{parcel.reference}.form.docx" in taken.headers["Content-Disposition"]
    assert MARKER in words and parcel.reference in words and "not the partnership's official form" in words and "reached the front door" in words
    assert "before the contact was sent" not in words and "a note for us" not in words
    assert "exported as form.docx" in [w for w, _ in history(staffed, parcel)]


def test_the_form_is_not_offered_where_it_would_leave_something_out(staffed):
    parcel, will = staffed.arrives(worry=said("x"), school_number=said(MARKER)), staffed.signed_in("will")
    assert MARKER in (shown := page(will, parcel)) and "MASH Contact form" not in shown
    before = history(staffed, parcel)
    assert act(staffed, will, parcel, "export", **{"as": "form"}).status_code == 404
    assert history(staffed, parcel) == before, "a copy that nobody got is not in the record"
    assert MARKER in words_of(act(staffed, will, parcel, "export", **{"as": "docx"}).data)


def test_a_copy_that_could_not_be_made_is_not_left_in_the_record_as_taken(staffed, monkeypatch, tmp_path):
    parcel, will = staffed.arrives(path="practitioner"), staffed.signed_in("will")
    monkeypatch.setenv("FRONTDOOR_MASH_TEMPLATE", str(tmp_path / "gone.docx"))
    assert act(staffed, will, parcel, "export", **{"as": "form"}).status_code == 503
    assert [w for w, _ in history(staffed, parcel)][-2:] == ["exported as form.docx", "no copy was made (form.docx)"]


@pytest.mark.parametrize("doing", ["open", "note", "assign", "acknowledge", "pass_on"])
def test_the_work_itself_refuses_contacts_of_other_front_doors(staffed, doing):
    parcel, eve, now = staffed.arrives(), staffed.desk.people.find("eve"), staffed.clock()
    given = {"open": (), "note": ("x",), "assign": ("will", 1), "acknowledge": ("advice", 1), "pass_on": ("1", 1)}[doing]
    with pytest.raises(NoSuchContact):
        getattr(staffed.desk.casework, doing)(parcel.contact_id, eve, *given, now)


def test_references_are_found_as_people_type_them_and_filters_filter(staffed):
    parcel, other = staffed.arrives(), staffed.arrives(path="child")
    will = staffed.signed_in("will")
    assert parcel.reference in (text := will.get(f"/?reference={parcel.reference.lower().replace('-', '+')}").get_data(as_text=True)) and other.reference not in text
    assert parcel.reference not in will.get("/?path=child").get_data(as_text=True)
    assert "No contact fits" in will.get("/?reference=nonsense").get_data(as_text=True)
    assert will.get("/?page=99999999999&state=x&path=%00&door=';--&mine=me").status_code == 200


def test_the_record_lines_hold_nothing_that_was_said(staffed, everything_logged):
    parcel, will = staffed.arrives(worry=said(MARKER)), staffed.signed_in("will")
    act(staffed, will, parcel, "note", text=MARKER)
    act(staffed, will, parcel, "export", **{"as": "pdf"})
    with staffed.desk.inbox.engine.begin() as db:
        assert MARKER not in repr(db.execute(sa.select(audit)).all())
    assert MARKER not in everything_logged.text
