"""A group's worker makes a walk at the desk, hears the chat, uses it in a meeting, changes it and retires it."""
import json
import re

import pytest
import responses

from bot.desk.record import latest_events
from bot.wording_lab.walks import found_in, numbers_by_name
from bot.wording_lab.wording_files import texts_by_id
from tests.wording_lab.conftest import Young, meeting_of, tap

CHAT = "http://127.0.0.1:9/webhooks/website"
QUESTIONS = {"asks_0": "Who would you ring?", "answer_0_0": "999", "answer_0_1": "A shop", "answer_0_2": "",
             "asks_1": "Who wrote the answers?", "answer_1_0": "People", "answer_1_1": "A robot", "answer_1_2": "Nobody"}


@pytest.fixture
def chat():
    """The chat answers each message with what it has heard so far."""
    heard = []
    with responses.RequestsMock(assert_all_requests_are_fired=False) as http:
        def begin(request):
            heard.clear()
            return 201, {}, json.dumps({"session": "s", "greeting": []})
        def say(request):
            heard.append(json.loads(request.body)["message"])
            return 200, {}, json.dumps([{"text": f"Heard: {' then '.join(heard)}."}])
        http.add_callback("POST", f"{CHAT}/session", begin)
        http.add_callback("POST", f"{CHAT}/webhook", say)
        http.add("DELETE", f"{CHAT}/session", json={})
        yield http


def a_walk(worker, title="When a friend cries"):
    reply = worker.post("/wording/walks", {"title": title})
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return reply.location


def test_a_walk_is_made_heard_used_and_retired(house, chat):
    will = house.signed_in("will")
    where = a_walk(will)
    for line in ("my friend cries a lot", "what can i do"):
        assert will.post(where, {"what": "hear", "you": line}).status_code == 303
    assert "Heard: my friend cries a lot then what can i do." in will.get(where).get_data(as_text=True)
    assert will.post(where, {"what": "take_out", "place": "0"}).status_code == 303
    page = will.get(where).get_data(as_text=True)
    assert "Heard: what can i do." in page and "cries a lot then" not in page, "what comes after is heard anew"
    found = will.post(where, {"what": "find", "find": "real person computer"}).get_data(as_text=True)
    chosen = re.search(r'name="text" value="(utter_are_you_real\.says\.\d)"', found).group(1)
    assert will.post(where, {"what": "choose", "text": chosen}).status_code == 303
    refused = will.post(where, {"what": "used"})
    assert refused.status_code == 400 and "Write 2 questions" in refused.get_data(as_text=True)
    assert will.post(where, {"what": "ask", **QUESTIONS}).status_code == 303
    assert "When a friend cries" not in will.get("/wording").get_data(as_text=True).partition("Walks of your own")[0], "a draft is for no group"
    assert will.post(where, {"what": "used"}).status_code == 303

    name = where.rpartition("/")[2]
    code, meeting = meeting_of(will, name)
    young = Young(house.app, code)
    walk = json.loads(re.search(r'id="given"[^>]*>(.*?)</script>', young.get("/lab/walk").get_data(as_text=True), re.S).group(1))["walks"][0]
    assert [s["you"] for s in walk["steps"]] == ["what can i do", ""]
    assert walk["steps"][0]["text"] == "Heard: what can i do." and "real person" in walk["steps"][1]["text"]
    assert walk["questions"][0] == {"asks": "Who would you ring?", "answers": ["999", "A shop"]}
    words = tap("suggest", 1, "Say it in fewer words.", walk=name)
    assert young.sends(tap("clear", 1, "no", walk=name), tap("understood", 0, "0", walk=name), words).json["kept"]
    assert "1 of 1 right" in will.get(meeting).get_data(as_text=True)
    assert house.desk.lab.suggestions.open()[0].said == chosen, "a suggestion about a chosen message can change it"

    assert will.post(where, {"what": "hear", "you": "one more"}).status_code == 400, "what groups read is not changed under them"
    assert will.post(where, {"what": "retired"}).status_code == 303
    assert will.post("/wording/begin", {"walks": [name]}).status_code == 400
    assert house.desk.lab.walks.find(name).state == "retired" and will.get(meeting).status_code == 200
    told = [e.what for e in latest_events(house.desk.inbox.engine) if e.about == name]
    assert {"a lab walk was made", "a lab walk is now used", "a lab walk is now retired"} <= set(told) and all(e == e[:60] for e in told)


def test_numbers_that_are_written_follow_the_contacts(house, chat):
    will = house.signed_in("will")
    where = a_walk(will)
    will.post(where, {"what": "choose", "text": "utter_thanks.says.0"})
    will.post(where, {"what": "ask", **QUESTIONS})
    kept = house.desk.lab.walks.find(where.rpartition("/")[2]).questions[0]["answers"][0]
    assert re.fullmatch(r"{\w+}", kept) and house.desk.words.facts[kept[1:-1]] == "999"
    assert 'value="999"' in will.get(where).get_data(as_text=True)
    assert numbers_by_name("Ring 0800 1111 or 999.", {"a": "999", "b": "0800 1111", "c": "word"}) == "Ring {b} or {a}."


@pytest.mark.parametrize("wrong, mend", [
    ({"asks_0": ""}, "Write question 1"), ({"answer_0_1": ""}, "needs a right answer"), ({"answer_0_1": "999"}, "that is different"),
    ({"asks_0": "Which safeguarding practitioner would you approach regarding this?"}, "say instead"), ({"asks_0": "Ring {nobody} or who?"}, "Take the brackets off nobody")])
def test_questions_that_a_child_would_stumble_over_are_refused_and_what_was_typed_stays(house, wrong, mend):
    will = house.signed_in("will")
    where = a_walk(will)
    will.post(where, {"what": "choose", "text": "utter_thanks.says.0"})
    reply = will.post(where, {"what": "ask", **QUESTIONS, **wrong})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 400 and mend in page and "Who wrote the answers?" in page
    assert house.desk.lab.walks.find(where.rpartition("/")[2]).questions == ()


def test_if_the_chat_is_silent_nothing_is_added_and_a_message_can_be_chosen(house):
    will = house.signed_in("will")
    where = a_walk(will)
    reply = will.post(where, {"what": "hear", "you": "hello my friend"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 400 and "does not answer" in page and "hello my friend" in page
    assert will.post(where, {"what": "choose", "text": "utter_thanks.says.0"}).status_code == 303
    assert will.post(where, {"what": "choose", "text": "desk_silent"}).status_code == 400
    assert will.post(where, {"what": "take_out", "place": "7"}).status_code == 400
    assert will.post("/wording/walks", {"title": "Safeguarding referral thresholds for practitioners"}).status_code == 400
    assert will.get("/wording/walks/none").status_code == 404


def test_two_workers_do_not_write_over_each_other(house):
    lab = house.desk.lab.walks
    walk = lab.find(lab.make("Saying hello", "will", house.clock()))
    lab.choose(walk, texts_by_id()["utter_thanks.says.0"], "will", house.clock())
    with pytest.raises(Exception, match="Somebody changed"):
        lab.choose(walk, texts_by_id()["utter_greet.says.0"], "wanda", house.clock())


def test_messages_are_found_by_their_words():
    found = found_in(texts_by_id(), "childline NIGHT")
    assert found and all("childline" in f"{s.id} {s.text}".lower() for s in found)
    assert found_in(texts_by_id(), "zebra heron") == found_in(texts_by_id(), "  ") == []
