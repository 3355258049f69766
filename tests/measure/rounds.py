"""One side of the benchmark through its rounds: start, talk, weigh, stop."""
from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Tuple

import aiohttp

from tests.measure import sides
from tests.measure.figures import median
from tests.measure.load import Heard, Talk, crowd, hundred_turns, summary
from tests.measure.processes import Broken, tree_rss_mb

START_LIMIT, PHASE_LIMIT = 180, 120  # seconds
PROBE = "ask_anonymous"              # both sides have one plain answer for it
_began = time.monotonic()


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    rounds: int
    alone: int
    ten: int
    fifty: int
    long_ones: int


def say(text: str) -> None:
    """A line with the elapsed time."""
    minutes, seconds = divmod(int(time.monotonic() - _began), 60)
    print(f"[{minutes:3d}:{seconds:02d}] {text}", flush=True)


def start(serve: Callable[[], sides.Serving], is_ours: bool, probes: List[str]) -> Tuple[sides.Serving, Talk, float, float, bool]:
    """Start a side. Returns it, the seconds to its first right answer, that message's ms, and whether the answer was the right one."""
    began = time.perf_counter()
    serving = serve()
    talk = Talk(serving.url, is_ours)
    ms, right = asyncio.run(_first_answer(talk, serving, began, probes))
    return serving, talk, time.perf_counter() - began, ms, right


async def _first_answer(talk: Talk, serving: sides.Serving, began: float, probes: List[str]) -> Tuple[float, bool]:
    first: Optional[float] = None
    async with aiohttp.ClientSession() as http:
        wrong = 0
        while wrong < len(probes):
            if time.perf_counter() - began > START_LIMIT or serving.processes[0].ended is not None:
                raise Broken(f"no answer; the output ends:\n{serving.processes[0].last_words()}")
            asked = time.perf_counter()
            try:
                status, messages = await talk.say(http, await talk.begin(http), probes[wrong])
            except (aiohttp.ClientError, ValueError, KeyError):
                await asyncio.sleep(0.05)
                continue
            if first is None and status == 200:
                first = (time.perf_counter() - asked) * 1000
            if status == 200 and is_right(messages):
                return first, True
            wrong += 1
    return first or 0.0, False


def is_right(messages: Any) -> bool:
    """True if the probe is answered: by the reply's key on our side, by its words on the default's."""
    return isinstance(messages, list) and any((m.get("custom") or {}).get("key") == f"utter_{PROBE}" or m.get("text") == sides.answer_to(PROBE)
                                              for m in messages)


class Measured:
    """What is gathered about one side over the rounds."""

    def __init__(self, name: str, serve: Callable[[], sides.Serving], is_ours: bool) -> None:
        self.name, self.serve, self.is_ours = name, serve, is_ours
        self.starts: List[float] = []
        self.firsts: List[float] = []
        self.phases: Dict[str, List[Heard]] = {"alone": [], "ten": [], "fifty": []}
        self.turn2: List[float] = []
        self.turn100: List[float] = []
        self.long: List[Heard] = []
        self.memory: List[float] = []
        self.memory_chat: List[float] = []
        self.wrong_starts = 0

    def first_start(self, probes: List[str]) -> float:
        """Start and stop once: the very first start may fill caches."""
        serving, _, seconds, _, _ = start(self.serve, self.is_ours, probes)
        serving.stop()
        say(f"{self.name}: the very first start took {seconds:.1f} s")
        return seconds

    def round(self, size: Size, messages: List[str], calm: List[str], probes: List[str]) -> None:
        """Start, talk, weigh, stop."""
        serving, talk, seconds, first, right = start(self.serve, self.is_ours, probes)
        try:
            self.starts.append(seconds)
            self.firsts.append(first)
            self.wrong_starts += not right
            say(f"{self.name}: answered {seconds:.1f} s after its start" + ("" if right else " (but not with the right answer)"))
            asyncio.run(crowd(talk, 1, messages[-20:], PHASE_LIMIT))  # not counted
            for phase, people, count in (("alone", 1, size.alone), ("ten", 10, size.ten), ("fifty", 50, size.fifty)):
                heard = asyncio.run(crowd(talk, people, messages[:count], PHASE_LIMIT))
                self.phases[phase].append(heard)
                s = summary(phase, [heard])
                say(f"{self.name}: {people:2d} at once: p50 {s[phase + '_p50']:.0f} ms, p95 {s[phase + '_p95']:.0f} ms, "
                    f"{s[phase + '_rate']:.0f} messages a second ({heard.failed} failed, {heard.silent} silent)")
            for n in range(size.long_ones):
                early, late, heard = asyncio.run(hundred_turns(talk, calm[n * 100:(n + 1) * 100], PHASE_LIMIT))
                self.turn2 += early
                self.turn100 += late
                self.long.append(heard)
            self.memory_chat.append(tree_rss_mb(serving.processes[0].pid))
            self.memory.append(sum(tree_rss_mb(p.pid) for p in serving.processes))
            say(f"{self.name}: a message at turn 100 costs {median(self.turn100) if self.turn100 else 0:.0f} ms, "
                f"at turn 2 {median(self.turn2) if self.turn2 else 0:.0f} ms; memory {self.memory[-1]:.0f} MB")
        finally:
            serving.stop()

    def figures(self) -> Dict[str, Any]:
        """The figures of the table, and what else is worth keeping."""
        everything = [h for rounds in self.phases.values() for h in rounds] + self.long
        out: Dict[str, Any] = {"start_s": median(self.starts), "starts": self.starts, "starts_without_right_answer": self.wrong_starts,
                               "first_ms": median(self.firsts), "memory_mb": median(self.memory), "memory_chat_mb": median(self.memory_chat),
                               "sent": sum(len(h.ms) for h in everything), "failed": sum(h.failed for h in everything),
                               "silent": sum(h.silent for h in everything)}
        for phase, rounds in self.phases.items():
            out.update(summary(phase, rounds))
        if self.turn2 and self.turn100:
            out.update(turn2_ms=median(self.turn2), turn100_ms=median(self.turn100), turn_ratio=median(self.turn100) / median(self.turn2))
        return out
