"""The door when what stands behind it fails: danger is answered all the same, and at once."""
import asyncio
import time

import pytest
from cryptography.fernet import Fernet, MultiFernet

from bot.channel.build import build_door
from bot.channel.refusal import Refusal
from bot.conversations.store import Conversations
from bot.settings import ChatSettings

DANGER = "he is strangling my sister right now"


@pytest.fixture
def door_and_store():
    store = Conversations.open("sqlite://", MultiFernet([Fernet(Fernet.generate_key())]))

    async def rasa_hangs(_conversation, _words):
        await asyncio.sleep(30)
        return []
    return build_door(rasa_hangs, ChatSettings.from_env(), store), store


def test_a_first_message_is_heard_even_if_no_conversation_can_be_begun(door_and_store):
    door, store = door_and_store
    with store.engine.begin() as db:
        db.exec_driver_sql("DROP TABLE shown")
        db.exec_driver_sql("DROP TABLE conversation")
    with pytest.raises(Refusal) as refused:
        door.begin("127.0.0.1", DANGER)
    assert refused.value.status == 503
    assert "999" in refused.value.messages[0]["text"][:60]


def test_words_about_danger_do_not_wait_for_rasa(door_and_store):
    door, _ = door_and_store
    session = door.begin("127.0.0.1")["session"]
    started = time.monotonic()
    reply = asyncio.run(door.reply(session, DANGER))
    assert time.monotonic() - started < 4
    assert "999" in reply[0]["text"][:60]


def test_words_about_danger_go_out_even_if_the_language_cannot_be_noticed(door_and_store, monkeypatch):
    door, _ = door_and_store
    door._net.forget()
    monkeypatch.setattr(door._net, "_noticed_once", lambda _: 1 / 0)
    reply = asyncio.run(door.reply(door.begin("127.0.0.1")["session"], DANGER))
    assert "999" in reply[0]["text"][:60]


def test_two_quick_messages_reach_rasa_in_the_order_in_which_they_came():
    """The encoders read in threads of their own: a long message must not be overtaken by a short one."""
    store = Conversations.open("sqlite://", MultiFernet([Fernet(Fernet.generate_key())]))
    came = []

    async def rasa(_conversation, words):
        came.append(words)
        return [{"text": "heard"}]
    door = build_door(rasa, ChatSettings.from_env(), store)
    said = ["we live in " + "a very long street with many houses and gardens " * 30, "ok", "are you there", "hello"]

    async def quickly():
        session = door.begin("127.0.0.1")["session"]
        await asyncio.gather(*(door.reply(session, words) for words in said))
    asyncio.run(quickly())
    assert came == [words.strip() for words in said]


def test_danger_in_two_quick_messages_is_heard_though_the_first_has_no_reply_yet():
    store = Conversations.open("sqlite://", MultiFernet([Fernet(Fernet.generate_key())]))

    async def quickly():
        asked, answered = asyncio.Event(), asyncio.Event()

        async def rasa(_conversation, words):
            if words.startswith("my stepdad"):
                asked.set()
                await answered.wait()
            return []
        door = build_door(rasa, ChatSettings.from_env(), store)
        session = door.begin("127.0.0.1")["session"]
        first = asyncio.ensure_future(door.reply(session, "my stepdad is going to"))
        await asked.wait()
        second = await door.reply(session, "hit me when he gets in")
        assert not first.done()
        answered.set()
        await first
        return second
    assert "999" in asyncio.run(quickly())[0]["text"][:60]


def test_if_nothing_can_be_read_ahead_danger_is_heard_all_the_same(door_and_store, monkeypatch):
    door, _ = door_and_store

    def broken(_words, _before):
        raise MemoryError
    monkeypatch.setattr(door, "_read_ahead", broken)
    reply = asyncio.run(door.reply(door.begin("127.0.0.1")["session"], DANGER))
    assert "999" in reply[0]["text"][:60]


def test_two_quick_messages_are_heard_one_after_the_other_though_everybody_is_forgotten_in_between(door_and_store, monkeypatch):
    door, _ = door_and_store
    session, heard, at_once = door.begin("127.0.0.1")["session"], [], []

    async def hearing_slowly(words, recent, hear=door._heard):
        at_once.append(words)
        assert len(at_once) == 1
        await asyncio.sleep(0.05)
        at_once.remove(words)
        heard.append(words)
        return await hear(words, recent)

    monkeypatch.setattr(door, "_heard", hearing_slowly)

    async def quickly():
        before = [asyncio.ensure_future(door.reply(session, words)) for words in ("first of all", "and then")]
        await asyncio.sleep(0.01)
        door._recent.forget_all()
        await asyncio.gather(*before, door.reply(session, "at last"))

    asyncio.run(quickly())
    assert heard == ["first of all", "and then", "at last"]
