"""What the group says of two wordings enters the words check, and a harder one is signed by two people, in the file that the check reads."""
import json
import re

from bot.wording.baseline import SIGNED_OFF, compared, load_baseline, load_signed_off
from bot.wording.said import fingerprint
from bot.wording.votes import VOTES, Votes, load_votes
from bot.wording_lab.wording_files import texts_by_id
from tests.wording_lab.conftest import Young, meeting_of, tap


def given(young):
    return json.loads(re.search(r'id="given"[^>]*>(.*?)</script>', young.get("/lab/walk").get_data(as_text=True), re.S).group(1))


def harder_now():
    said = texts_by_id()["utter_greet.says.0"]
    return [f.problem for f in compared([said], load_baseline(), load_signed_off(), load_votes())]


def test_words_that_the_group_liked_less_are_signed_by_two_and_pass_the_check_from_then_on(house, files):
    will, wanda = house.signed_in("will"), house.signed_in("wanda")
    code, _ = meeting_of(will)
    words = tap("suggest", 0, "Hi.")
    Young(house.app, code).sends(words)
    said = texts_by_id()["utter_greet.says.0"]
    final = said.text.replace("Hello.", "Hi there.", 1)
    assert final != said.text
    where = f"/wording/suggestions/{words['id']}"
    assert will.post(where, {"what": "ask", "final": final}).status_code == 303
    code, meeting = meeting_of(will)
    for n in range(5):
        young = Young(house.app, code)
        pair = given(young)["walks"][0]["compares"][0]
        old_first = pair["texts"][0].startswith("Hello")
        young.sends(tap("prefer", pair["id"], "first" if old_first == (n < 4) else "second"), tap("clear", 0, "yes" if n else "no"))
    will.post("/wording/end", {"meeting": meeting.rpartition("/")[2]})
    assert load_votes()[said.id, fingerprint(final)] == Votes(better=1, worse=4)
    assert load_votes()[said.id, fingerprint(said.text)] == Votes(clear=4, unclear=1)
    assert "wa" not in (files / VOTES).read_text(encoding="utf-8"), "counts, and no names"

    page = will.post(where, {"what": "look", "final": final}).get_data(as_text=True)
    assert "liked the old words better, 4 to 1" in page and "Why may it be harder?" in page
    sent = {"what": "accept", "final": final, "seen": said.text}
    assert will.post(where, sent).status_code == 400, "not without a reason"
    why = "Every other page of the city says it so."
    assert will.post(where, {**sent, "harder_why": why}).status_code == 303
    assert will.post(where, sent).status_code == 400, "nobody signs alone"
    assert texts_by_id()[said.id].text == said.text and why not in (files / SIGNED_OFF).read_text(encoding="utf-8")
    assert why in wanda.get(where).get_data(as_text=True)
    assert wanda.post(where, sent).status_code == 303
    assert texts_by_id()[said.id].text == final
    written = (files / SIGNED_OFF).read_text(encoding="utf-8")
    assert "wanda, after will" in written and why in written
    assert harder_now() == []
    (files / SIGNED_OFF).write_text("[]\n", encoding="utf-8")
    assert "liked the old words better" in harder_now()[0], "without the signature the check fails"


def test_a_change_that_the_group_likes_needs_no_signature_and_its_votes_are_kept(house, files):
    will = house.signed_in("will")
    code, _ = meeting_of(will)
    words = tap("suggest", 0, "Hi.")
    Young(house.app, code).sends(words)
    said = texts_by_id()["utter_greet.says.0"]
    final = said.text.replace("Hello.", "Hi.", 1)
    will.post(f"/wording/suggestions/{words['id']}", {"what": "ask", "final": final})
    code, _ = meeting_of(will)
    for _ in range(4):
        young = Young(house.app, code)
        pair = given(young)["walks"][0]["compares"][0]
        young.sends(tap("prefer", pair["id"], "second" if pair["texts"][0].startswith("Hello") else "first"))
    assert will.post(f"/wording/suggestions/{words['id']}", {"what": "accept", "final": final, "seen": said.text}).status_code == 303
    assert texts_by_id()[said.id].text == final and load_votes()[said.id, fingerprint(final)] == Votes(better=4)
    assert harder_now() == []
