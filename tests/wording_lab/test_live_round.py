"""The whole round with the real chat: it is played, the group suggests, an editor accepts, and the same running process says it. And two hundred at once."""
import shutil
import threading
import time

import pytest
import requests

from bot.desk.server import make_server
from bot.guidance_files import ROOT
from tests.desk.conftest import RealDesk
from tests.service import Service, free_port, with_cache
from tests.wording_lab.conftest import Young, meeting_of, tap

PEOPLE = 200


@pytest.fixture
def chat(files):
    """The chat as a process of its own, on the copy of the guidance."""
    for name in ("bot", "actions", "models", "data"):
        shutil.copytree(ROOT / name, files / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        shutil.copy(ROOT / name, files / name)
    with_cache(files)
    (files / "chat").mkdir()
    service = Service(files / "chat", root=files).wait(280)
    yield service
    service.stop()


@pytest.mark.slow
@pytest.mark.timeout(500)
def test_from_a_walk_to_new_words_in_the_running_chat(chat, files, tmp_path, clock):
    house = RealDesk(f"sqlite:///{tmp_path}/desk.db", tmp_path / "keys", clock, chat_url=chat.base)
    for name in ("will", "wanda"):
        house.add(name, "worker")
    will, wanda = house.signed_in("will"), house.signed_in("wanda")
    trained = (files / "models" / "front-door.tar.gz").read_bytes()
    code, _ = meeting_of(will, "first_words")
    walk = house.desk.lab.meetings.all()[0].walks[0]
    assert walk["played"], "the running chat was asked"
    n, step = next((n, s) for n, s in enumerate(walk["steps"]) if s["said"].startswith("utter_are_you_real"))
    young = Young(house.app, code)
    words = tap("suggest", n, "I am a computer. I am not a person.")
    young.sends(tap("clear", n, "no"), words)
    where, said = f"/wording/suggestions/{words['id']}", house.desk.lab.suggestions.open()[0].said
    from bot.wording_lab.wording_files import texts_by_id
    old = texts_by_id()[said].text
    final = old.replace("I am not a real person.", "I am a heron. I am not a person.", 1)
    assert "heron" not in chat.words("are you a real person?") and final != old
    for person in (will, wanda):
        assert person.post(where, {"what": "accept", "final": final, "seen": old}).status_code == 303
    give_up = time.monotonic() + 10
    while "I am a heron" not in chat.words("are you a real person?"):
        assert time.monotonic() < give_up, "the chat does not say the new words"
        time.sleep(0.5)
    assert (files / "models" / "front-door.tar.gz").read_bytes() == trained, "nothing was trained"
    assert "I am a heron" in young.get("/lab/did").get_data(as_text=True)
    change = house.desk.lab.suggestions.changes()[0]
    assert (change.accepted_by, change.signed_by, change.old) == ("will", "wanda", old)


def test_two_hundred_people_at_once_lose_nothing_and_double_nothing(tmp_path, database_url, clock):
    port = free_port()
    house = RealDesk(database_url, tmp_path / "keys", clock, chat_url="http://127.0.0.1:9")
    house.add("will", "worker")
    code, _ = meeting_of(house.signed_in("will"))
    server = make_server(type(house.settings)(database_url, house.settings.desk_url, port, house.settings.keys, house.settings.desk_secret), house.app)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sent, lock, start = {}, threading.Lock(), threading.Barrier(PEOPLE)

    def young(number):
        """What the page does: send again until the server has it, and once more after an answer that was lost."""
        with requests.Session() as http:
            http.trust_env = False
            base, mine = f"http://127.0.0.1:{port}", [tap("suggest", 0, f"Say hello in {number} words."), tap("clear", 0, "yes")]
            start.wait(60)
            def insist(do):
                for _ in range(60):
                    try:
                        reply = do()
                        if reply.status_code < 400:
                            return reply
                    except requests.RequestException:
                        pass
                    time.sleep(0.5)
                raise AssertionError("the server never took it")
            page = insist(lambda: http.get(f"{base}/lab", timeout=60)).text
            token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
            insist(lambda: http.post(f"{base}/lab", data={"csrf_token": token, "code": code}, timeout=60))
            for _ in range(2):
                reply = insist(lambda: http.post(f"{base}/lab/answers", json={"answers": mine}, headers={"X-CSRFToken": token}, timeout=60))
                assert reply.json()["kept"] == [one["id"] for one in mine]
            with lock:
                sent[number] = mine[0]["id"]

    people = [threading.Thread(target=young, args=(n,), daemon=True) for n in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join(200)
    server.shutdown()
    lab = house.desk.lab
    kept = {s.id: s.words for s in lab.suggestions.open()} | {row.id: words for row, words in lab.suggestions.flagged()}
    assert len(sent) == PEOPLE
    assert kept == {sent[n]: f"Say hello in {n} words." for n in range(PEOPLE)}
    assert lab.answers.results(lab.meetings.all()[0])[0]["steps"][0]["clear"] == {"yes": PEOPLE}
    house.desk.inbox.engine.dispose()
