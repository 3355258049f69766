"""A meeting from the code to "you said, we did", on both databases."""
import json
import re
import uuid

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.desk.migrate import open_desk_database
from bot.wording_lab.answers import order
from bot.wording_lab.meetings import LETTERS
from bot.wording_lab.tables import tables
from tests.wording_lab.conftest import Young, meeting_of, tap


def test_the_steps_lead_to_the_tables_that_the_code_knows(database_url):
    engine = open_desk_database(database_url)
    with engine.begin() as db:
        known = MigrationContext.configure(db, opts={"version_table": "lab_version", "include_object": lambda o, n, k, r, c: k != "table" or n.startswith("lab_") and n != "lab_version"})
        assert compare_metadata(known, tables) == []
    engine.dispose()


def test_a_full_round_from_a_walk_to_you_said_we_did(house, files):
    will = house.signed_in("will")
    code, meeting = meeting_of(will)
    assert len(code) == 6 and set(code) <= set(LETTERS)
    young, other = Young(house.app, code.lower()), Young(house.app, code)
    given = json.loads(re.search(r'id="given"[^>]*>(.*?)</script>', young.get("/lab/walk").get_data(as_text=True), re.S).group(1))
    walk = given["walks"][0]
    assert "said" not in walk["steps"][0] and len(given["wishes"]) == 10
    n = next(n for n, s in enumerate(walk["steps"]) if s["text"].startswith("I am not a real person"))
    better = walk["steps"][n]["text"].replace("I am not a real person. I am a computer program, an assistant with answers that people wrote.", "I am a computer. People wrote my answers.")
    assert better != walk["steps"][n]["text"]
    reply = young.sends(tap("clear", n, "yes"), tap("clear", n, "no"), tap("hard", n, "5,9"), tap("feel", n, "cold"), tap("understood", 0, "0"),
                        tap("wish", "on_time", "unsure"), tap("task", given["walks"][0]["wish"]["id"], "Use fewer words."))
    assert reply.status_code == 200 and len(reply.json["kept"]) == 7 and reply.json["help"] == []
    suggested = tap("suggest", n, "I am a computer. People wrote my answers.")
    assert other.sends(suggested, tap("clear", n, "yes"), tap("understood", 0, "1")).json["help"] == []

    page = will.get(meeting).get_data(as_text=True)
    assert "1 of 2 right" in page and "person (1)" in page and "cold (1)" in page
    row = page.partition("I am not a real person")[2].partition("</tr>")[0]
    assert re.search(r'data-label="Clear">1<.*data-label="Not clear">1<', row, re.S), row
    where = f"/wording/suggestions/{suggested['id']}"
    page = will.get(where).get_data(as_text=True)
    old = re.search(r'name="seen" value="([^"]*)"', page).group(1).replace("&#39;", "'")
    refused = will.post(where, {"what": "accept", "final": "I am a computer.", "seen": old})
    assert refused.status_code == 400 and "Keep {childline}" in refused.get_data(as_text=True)
    final = old.replace("I am not a real person. I am a computer program, an assistant with answers that people wrote.", "I am a computer. People wrote my answers.")
    shown = will.post(where, {"what": "look", "final": final, "seen": old}).get_data(as_text=True)
    assert "+    # Young Safeguarders, November 2026" in shown or "# Young Safeguarders" in shown
    assert will.post(where, {"what": "accept", "final": final, "seen": old}).status_code == 303
    if "Needs a second person" in will.get("/wording").get_data(as_text=True):
        assert will.post(where, {"what": "accept", "final": final, "seen": old}).status_code == 400, "nobody signs alone"
        wanda = house.signed_in("wanda")
        assert wanda.post(where, {"what": "accept", "final": final, "seen": old}).status_code == 303
    assert "I am a computer. People wrote my answers." in (files / "guidance/wording/everyday.yml").read_text(encoding="utf-8")
    did = young.get("/lab/did").get_data(as_text=True)
    assert "People wrote my answers" in did and "Young Safeguarders," in did


def test_a_suggestion_that_is_not_taken_has_a_reason_that_the_group_reads(house):
    will = house.signed_in("will")
    code, _ = meeting_of(will)
    young = Young(house.app, code)
    words = tap("suggest", 0, "Yo, what do you want?")
    young.sends(words)
    where = f"/wording/suggestions/{words['id']}"
    assert will.post(where, {"what": "reject", "why": "no"}).status_code == 400
    assert will.post(where, {"what": "reject", "why": "Some people would feel that we do not care."}).status_code == 303
    did = young.get("/lab/did").get_data(as_text=True)
    assert "Yo, what do you want?" in did and "we do not care" in did
    assert will.post(where, {"what": "reject", "why": "A second reason, too late."}).status_code == 400


def test_what_is_flagged_helps_the_writer_rings_for_the_worker_and_stays_apart(house, tmp_path, everything_logged):
    will = house.signed_in("will")
    code, meeting = meeting_of(will)
    young = Young(house.app, code)
    flagged = tap("suggest", 0, "my dad is hitting me right now heron4471")
    reply = young.sends(flagged)
    assert reply.json["kept"] == [flagged["id"]] and "999" in reply.json["help"][0][:60]
    assert "sent to anyone" not in " ".join(reply.json["help"]), "here a worker is told"
    assert [a.kind.value for a in house.desk.alarms.ringing()].count("lab") == 1
    for page in ("/wording", meeting):
        assert "heron4471" not in will.get(page).get_data(as_text=True)
    assert "heron4471" not in Young(house.app, code).get("/lab/did").get_data(as_text=True)
    assert will.get(f"/wording/suggestions/{flagged['id']}").status_code == 404
    assert "heron4471" in will.get("/wording/flagged").get_data(as_text=True)
    assert all(b"heron4471" not in f.read_bytes() for f in tmp_path.glob("*.db*")), "sealed on disk"
    assert "heron4471" not in everything_logged.text
    will.post("/wording/see", {"flag": flagged["id"], "what": "seen"})
    assert not [a for a in house.desk.alarms.ringing() if a.kind.value == "lab"]
    assert will.get(f"/wording/suggestions/{flagged['id']}").status_code == 404


def test_a_suggestion_about_danger_words_can_be_let_go(house):
    will = house.signed_in("will")
    code, _ = meeting_of(will)
    words = tap("suggest", 0, "If someone is hitting you, call 999 now.")
    Young(house.app, code).sends(words)
    will.post("/wording/see", {"flag": words["id"], "what": "release"})
    assert will.get(f"/wording/suggestions/{words['id']}").status_code == 200


def test_if_the_net_cannot_listen_the_help_lines_are_shown_and_a_worker_is_told(house, monkeypatch):
    def broken():
        raise OSError
    monkeypatch.setattr("bot.wording_lab.answers.load_net", broken)
    code, _ = meeting_of(house.signed_in("will"))
    reply = Young(house.app, code).sends(tap("suggest", 0, "Say it shorter."))
    assert any("999" in text for text in reply.json["help"])
    assert [a.kind.value for a in house.desk.alarms.ringing()].count("lab") == 1


def test_an_answer_that_is_sent_again_counts_once_and_the_last_one_counts(house):
    will = house.signed_in("will")
    code, meeting = meeting_of(will)
    young = Young(house.app, code)
    first, words = tap("clear", 0, "no"), tap("suggest", 0, "Hello there, friend of ours.")
    for _ in range(3):
        assert young.sends(first, words).json["kept"] == [first["id"], words["id"]]
    young.sends(tap("clear", 0, "yes"))
    lab = house.desk.lab
    step = lab.answers.results(lab.meetings.all()[0])[0]["steps"][0]
    assert step["clear"] == {"yes": 1}
    assert len(lab.suggestions.open()) == 1


@pytest.mark.parametrize("bad", [{}, {"id": "x"}, tap("clear", 99, "yes"), tap("clear", 0, "maybe"), tap("hard", 0, "9999"), tap("feel", 0, "silly"),
                                 tap("suggest", 0, "x" * 1001), tap("suggest", 0, "  "), tap("clear", 0, "yes", walk="other"), tap("understood", 0, "77"),
                                 tap("prefer", str(uuid.uuid4()), "first"), tap("clear", 0, ["yes"]), tap("", 0, ""), "text", None])
def test_what_the_page_cannot_send_is_refused_and_nothing_is_kept(quiet_house, bad):
    young, lab = quiet_house
    good = tap("clear", 0, "yes")
    assert young.sends(good, bad).status_code == 400
    assert lab.answers.results(lab.meetings.all()[0])[0]["steps"][0]["clear"] == {}


@pytest.fixture
def quiet_house(house):
    code, _ = meeting_of(house.signed_in("will"))
    return Young(house.app, code), house.desk.lab


def test_two_wordings_are_compared_blind(house):
    will = house.signed_in("will")
    code, _ = meeting_of(will)
    n, words = 0, tap("suggest", 0, "Hi. I am a computer.")
    Young(house.app, code).sends(words)
    said = house.desk.lab.suggestions.open()[0].said
    from bot.wording_lab.wording_files import texts_by_id
    final = texts_by_id()[said].text.replace("Hello.", "Hi.")
    assert will.post(f"/wording/suggestions/{words['id']}", {"what": "ask", "final": final}).status_code == 303
    code, _ = meeting_of(will)
    firsts = set()
    for n in range(12):
        young = Young(house.app, code)
        page = young.get("/lab/walk").get_data(as_text=True)
        given = json.loads(re.search(r'id="given"[^>]*>(.*?)</script>', page, re.S).group(1))
        pair = given["walks"][0]["compares"][0]
        assert set(pair) == {"id", "texts"}
        firsts.add(pair["texts"][0][:3])
        young.sends(tap("prefer", pair["id"], "first" if pair["texts"][0].startswith("Hi.") else "second"))
    assert house.desk.lab.answers.preferences(words["id"]) == {"new": 12}
    assert firsts == {"Hi.", "Hel"}, "the order changes"
    assert {order(str(uuid.uuid4()), "x")[0] for _ in range(50)} == {"old", "new"}


def test_a_code_ends_wrong_ones_are_limited_and_leaving_is_leaving(house, clock):
    will = house.signed_in("will")
    code, meeting = meeting_of(will)
    young = Young(house.app, code)
    assert young.post("/lab/leave").status_code == 303
    assert young.sends(tap("clear", 0, "yes")).status_code in (400, 403) and young.get("/lab/walk").status_code == 303
    late = Young(house.app, code)
    will.post("/wording/end", {"meeting": meeting.rpartition("/")[2]})
    assert Young(house.app).enters(code).status_code == 400, "the door is closed"
    assert late.sends(tap("clear", 0, "yes")).status_code == 200, "what was under way still comes in"
    clock.moves(hours=3)
    assert late.sends(tap("clear", 0, "yes")).status_code == 403
    stranger = Young(house.app)
    assert [stranger.enters("AAAAAA").status_code for _ in range(31)][-1] == 429


def test_the_lab_knows_no_names_and_no_addresses(house):
    assert not [c.name for t in tables.sorted_tables if t.name in ("lab_seat", "lab_vote", "lab_text") for c in t.c if re.search("name|address|agent|ip$", c.name)]
    code, _ = meeting_of(house.signed_in("will"))
    words = tap("suggest", 0, "my name is Katie and my number is 07700 900123, say it shorter")
    Young(house.app, code).sends(words)
    kept = house.desk.lab.suggestions
    everything = [s.words for s in kept.open()] + [w for _, w in kept.flagged()]
    assert len(everything) == 1 and "Katie" not in everything[0] and "900123" not in everything[0]
