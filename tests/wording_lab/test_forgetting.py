"""When a meeting is over nobody can put together what one person said; words go some months after they were dealt with; counts stay."""
import sqlalchemy as sa

from bot.desk.record import latest_events
from bot.desk.watch import look
from bot.wording_lab.tables import flags, seats, texts, votes
from tests.wording_lab.conftest import Young, meeting_of, tap
from tests.wording_lab.test_votes import given


def rows(house, table):
    with house.desk.inbox.engine.begin() as db:
        return db.execute(sa.select(table)).all()


def test_seats_go_with_the_meeting_and_the_counts_stay(house, clock):
    will = house.signed_in("will")
    code, _ = meeting_of(will)
    words = tap("suggest", 0, "Hi there, friend.")
    Young(house.app, code).sends(words)
    from bot.wording_lab.wording_files import texts_by_id
    will.post(f"/wording/suggestions/{words['id']}", {"what": "ask", "final": texts_by_id()["utter_greet.says.0"].text.replace("Hello.", "Hi.", 1)})
    code, _ = meeting_of(will)
    for n in range(6):
        young = Young(house.app, code)
        pair = given(young)["walks"][0]["compares"][0]
        new = "first" if pair["texts"][0].startswith("Hi.") else "second"
        young.sends(tap("clear", 0, "no"), tap("clear", 0, "yes"), tap("feel", 0, "kind,cold"), tap("prefer", pair["id"], "same" if n == 5 else new))
    lab = house.desk.lab
    counted = lambda: ([lab.answers.results(m) for m in lab.meetings.all()], lab.answers.preferences(words["id"]))  # noqa: E731
    before = counted()
    look(house.desk, clock())
    assert rows(house, seats) and len({v.seat for v in rows(house, votes)}) == 6, "a meeting under way is left alone"
    clock.moves(hours=24)
    look(house.desk, clock())
    assert rows(house, seats) == []
    assert all(v.seat == v.id for v in rows(house, votes)) and all(t.seat == t.id for t in rows(house, texts))
    assert len(rows(house, votes)) == 6 * 3
    assert counted() == before and before[1] == {"new": 5, "same": 1}
    clock.moves(hours=24)
    look(house.desk, clock())
    assert counted() == before, "a second day changes nothing"


def test_words_are_forgotten_after_they_were_dealt_with_and_never_before(house, clock, tmp_path, database_url):
    will = house.signed_in("will")
    code, _ = meeting_of(will)
    rejected, waits = tap("suggest", 0, "zebra4471 rejected words"), tap("suggest", 0, "lion4471 waiting words")
    seen, unseen = tap("suggest", 0, "my dad is hitting me right now wolf4471"), tap("suggest", 0, "my mum is hitting me right now bear4471")
    Young(house.app, code).sends(rejected, waits, seen, unseen)
    will.post(f"/wording/suggestions/{rejected['id']}", {"what": "reject", "why": "Other people would not know that word."})
    will.post("/wording/see", {"flag": seen["id"], "what": "seen"})
    clock.moves(hours=24 * (house.desk.options.lab_kept_days - 1))
    look(house.desk, clock())
    assert len(rows(house, texts)) == 4
    clock.moves(hours=48)
    look(house.desk, clock())
    assert {t.id for t in rows(house, texts)} == {waits["id"], unseen["id"]}
    assert [f.id for f in rows(house, flags)] == [unseen["id"]]
    told = [e for e in latest_events(house.desk.inbox.engine) if e.what == "lab words were forgotten"]
    assert told[0].who == "retention" and "2 texts after 180 days" in told[0].about
    assert "lion4471" in house.signed_in("will").get("/wording").get_data(as_text=True)
