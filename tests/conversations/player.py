"""Plays a written conversation against the whole service in this process: door, net, Rasa, actions; no HTTP, no second process."""
from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Optional

from cryptography.fernet import Fernet, MultiFernet

from bot.guidance_files import read_yaml

STORIES = Path(__file__).parent / "stories"
PHONE = re.compile(r"(?<![\w.])0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}(?!\d)")
OURS = "technical|traceback|utter_|action_|nonetype|{|}"


class Player:
    """One service with its model, loaded once; each story is a new conversation."""

    def __init__(self, folder: Path) -> None:
        import os
        os.environ.update({"FRONTDOOR_CONVERSATIONS_URL": f"sqlite:///{folder / 'conversations.db'}", "FRONTDOOR_RATE_LIMIT": "off",
                           "FRONTDOOR_DATABASE_URL": f"sqlite:///{folder / 'contacts.db'}", "FRONTDOOR_KEYS": str(folder / "keys")})
        from bot.channel.build import build_door
        from bot.channel.website import WebsiteInput
        from bot.conversations.store import Conversations
        from bot.serve import Behind, quiet_logs
        from bot.settings import ChatSettings
        quiet_logs()
        conversations = Conversations.open("sqlite://", MultiFernet([Fernet(Fernet.generate_key())]))
        self._behind = Behind()
        self._behind.load(conversations)
        assert not self._behind.problem
        assert not self._behind.actions_problem
        channel = WebsiteInput()
        channel._on_message = self._behind.ask
        self.door = build_door(channel.ask_rasa, ChatSettings.from_env(), conversations)
        self._loop = asyncio.new_event_loop()

    def begin(self) -> str:
        return str(self.door.begin("127.0.0.1")["session"])

    def say(self, session: str, text: str) -> List[Dict[str, Any]]:
        return self._loop.run_until_complete(self.door.reply(session, text))


@dataclass(frozen=True)
class Turn:
    """What is said, and what a person would notice in the answer."""

    you: str
    opens: Optional[str] = None          # a pattern in the first 160 characters
    hears: List[str] = field(default_factory=list)
    hears_any: List[str] = field(default_factory=list)
    never: List[str] = field(default_factory=list)
    first: List[str] = field(default_factory=list)   # these stand in this order
    offers: List[str] = field(default_factory=list)  # buttons
    words_at_most: Optional[int] = None


@dataclass(frozen=True)
class Story:
    """A conversation with a title."""

    title: str
    talk: List[Turn]


def read_stories() -> List[Story]:
    """Every story of the folder. An unknown part of a turn is an error, so that no check is skipped by a slip of the pen."""
    stories = []
    for file in sorted(STORIES.glob("*.yml")):
        for node in read_yaml(file):
            turns = [Turn(**{k: v if isinstance(v, (int, list)) and not isinstance(v, str) else str(v) for k, v in turn.items()}) for turn in node["talk"]]
            stories.append(Story(f"{file.stem}: {node['story']}", turns))
    return stories


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).lower()


def problems(turn: Turn, reply: List[Dict[str, Any]], known_numbers: List[str]) -> List[str]:
    """What is wrong with a reply, in words."""
    said = plain("\n".join(str(m["text"]) for m in reply))
    buttons = [b["title"] for m in reply for b in m.get("buttons", [])]
    wrong = []
    if not said:
        wrong.append("it said nothing")
    if re.search(OURS, said):
        wrong.append("it showed its workings")
    wrong += [f"it gave a number that we do not hold: {n}" for n in PHONE.findall(said) if re.sub(r"\D", "", n) not in known_numbers]
    if turn.opens and not re.search(turn.opens, said[:160], re.I):
        wrong.append(f"it does not open with {turn.opens!r}")
    wrong += [f"it does not say {w!r}" for w in turn.hears if plain(str(w)) not in said]
    if turn.hears_any and not any(plain(str(w)) in said for w in turn.hears_any):
        wrong.append(f"it says none of {turn.hears_any}")
    wrong += [f"it says {w!r}" for w in turn.never if plain(str(w)) in said]
    places = [said.find(plain(str(w))) for w in turn.first]
    if -1 in places or places != sorted(places):
        wrong.append(f"it does not say {turn.first} in that order")
    wrong += [f"it does not offer {b!r}" for b in turn.offers if b not in buttons]
    if turn.words_at_most and len(said.split()) > turn.words_at_most:
        wrong.append(f"it says {len(said.split())} words")
    return wrong
