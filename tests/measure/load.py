"""Talk to either side over HTTP as one person, as many at once, and for a hundred turns."""
from __future__ import annotations

import asyncio
import itertools
import random
import time
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Sequence, Tuple

import aiohttp

from tests.measure.figures import median, percentile

SEED = 20260
TURNS = 10                # a new conversation after so many
WITH_TYPO = 0.15
PATIENCE = aiohttp.ClientTimeout(total=60)
SAME = ("can i stay anonymous", "hello", "what are the ten wishes")  # said at turns 2 to 4 and at turns 98 to 100


def sample(examples: Mapping[str, Sequence[str]], count: int, seed: int = SEED) -> List[str]:
    """Messages that every intent gives alike, some with a slip of the finger. The same for the same seed."""
    chance = random.Random(seed)
    intents = sorted(examples)
    said = [chance.choice(list(examples[intents[n % len(intents)]])) for n in range(count)]
    chance.shuffle(said)
    return [slip(text, chance) if chance.random() < WITH_TYPO else text for text in said]


def slip(text: str, chance: random.Random) -> str:
    """The text with two neighbouring letters swapped, or one left out."""
    places = [i for i in range(len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + (text[at + 1] + text[at] if chance.random() < 0.5 else text[at + 1]) + text[at + 2:]


@dataclass(frozen=True)
class Talk:
    """Where one side listens and how it is spoken to."""

    url: str
    is_ours: bool
    names: Any = field(default_factory=itertools.count)

    async def begin(self, http: aiohttp.ClientSession) -> str:
        """Start a conversation. Ours issues its id; the default's REST channel takes any."""
        if not self.is_ours:
            return f"person-{next(self.names)}"
        async with http.post(f"{self.url}/webhooks/website/session", json={}) as reply:
            return str((await reply.json())["session"])

    async def say(self, http: aiohttp.ClientSession, who: str, text: str) -> Tuple[int, Any]:
        """Say something; return the status and the messages."""
        path, name = ("website", "session") if self.is_ours else ("rest", "sender")
        async with http.post(f"{self.url}/webhooks/{path}/webhook", json={name: who, "message": text}) as reply:
            return reply.status, await reply.json(content_type=None)


@dataclass
class Heard:
    """What came back in one phase."""

    ms: List[float] = field(default_factory=list)
    failed: int = 0
    silent: int = 0
    seconds: float = 0.0

    async def one(self, talk: Talk, http: aiohttp.ClientSession, who: str, text: str) -> float:
        """Say one thing and time it. A failure is counted, and its time is counted too: people waited for it."""
        began = time.perf_counter()
        try:
            status, messages = await talk.say(http, who, text)
            self.failed += status != 200
            self.silent += status == 200 and not messages
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
            self.failed += 1
        self.ms.append((time.perf_counter() - began) * 1000)
        return self.ms[-1]


async def crowd(talk: Talk, people: int, messages: Sequence[str], limit: float) -> Heard:
    """So many people at once, each waiting for an answer before the next message. Beginning a conversation costs wall time only."""
    heard = Heard()
    began = time.perf_counter()

    async def person(mine: Sequence[str]) -> None:
        who = ""
        for turn, text in enumerate(mine):
            if time.perf_counter() - began > limit:
                return
            if turn % TURNS == 0:
                who = await talk.begin(http)
            await heard.one(talk, http, who, text)

    async with aiohttp.ClientSession(timeout=PATIENCE, connector=aiohttp.TCPConnector(limit=0)) as http:
        await asyncio.gather(*(person(messages[n::people]) for n in range(people)))
    heard.seconds = time.perf_counter() - began
    return heard


async def hundred_turns(talk: Talk, messages: Sequence[str], limit: float) -> Tuple[List[float], List[float], Heard]:
    """One long conversation: the times at turns 2 to 4 and at turns 98 to 100, where the same things are said."""
    heard = Heard()
    began = time.perf_counter()
    said = [messages[0], *SAME, *messages[1:94], *SAME]
    async with aiohttp.ClientSession(timeout=PATIENCE) as http:
        who = await talk.begin(http)
        for text in said:
            if time.perf_counter() - began > limit:
                return [], [], heard
            await heard.one(talk, http, who, text)
    return heard.ms[1:4], heard.ms[97:100], heard


def summary(name: str, rounds: Sequence[Heard]) -> Dict[str, float]:
    """The figures of one phase: percentiles over all rounds together, and the median round's messages a second."""
    ms = [m for heard in rounds for m in heard.ms]
    return {f"{name}_p50": percentile(ms, 50), f"{name}_p95": percentile(ms, 95), f"{name}_p99": percentile(ms, 99),
            f"{name}_rate": median([len(heard.ms) / heard.seconds for heard in rounds]), f"{name}_messages": len(ms)}
