"""Measure the times that a contact takes: ``python -m tests.measure.contact_times [N]``.

From the yes to the reference (over HTTP, the real chat), and what the conversation store costs in a turn, early and late in a long talk.
Beside other work, the store's own cost is seen when nothing may interrupt the process: ``chrt -f 5 python -m tests.measure.contact_times 0``.
"""
from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable, List

from cryptography.fernet import Fernet, MultiFernet

from bot.conversations.store import Conversations, hashed_id
from tests.answering import fill_in
from tests.service import Service, reference_in


def in_words(times: List[float]) -> str:
    times = sorted(t * 1000 for t in times)
    return f"median {statistics.median(times):.1f} ms, 95th percentile {times[min(len(times) - 1, int(len(times) * 0.95))]:.1f} ms, n {len(times)}"


def yes_to_reference(folder: Path, many: int) -> List[float]:
    service, times = Service(folder).wait(), []
    try:
        for _ in range(many):
            session = service.begin()
            fill_in(service, session)
            began = time.perf_counter()
            said = service.words("yes, send it", session)
            times.append(time.perf_counter() - began)
            reference_in(said)
    finally:
        service.stop()
    return times


def store_turn(url: str, turns: int, pause: float = 0.0, clock: Callable[[], float] = time.perf_counter) -> List[float]:
    """What a turn asks of the store (touch, read, write, show twice), in each of ``turns`` turns, with a pause of so many seconds between them."""
    store, times = Conversations.open(url, MultiFernet([Fernet(Fernet.generate_key())])), []
    session = store.begin()
    state = {"events": [{"event": "user", "text": "x" * 60, "parse_data": {"intent": {"name": "inform", "confidence": 0.9}}} for _ in range(30)]}
    for _ in range(turns):
        began = clock()
        store.touch(session)
        store.state(hashed_id(session))
        store.save_state(hashed_id(session), state)
        store.show(session, [{"from": "you", "text": "x" * 60}, {"from": "bot", "text": "y" * 400}])
        times.append(clock() - began)
        time.sleep(pause)
    return times


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as name:
        if many:
            print("yes to reference:", in_words(yes_to_reference(Path(name), many)))
        times = store_turn(f"sqlite:///{name}/c.db", 400, pause=0.01)
        print("store, turns 1-100:", in_words(times[:100]))
        print("store, turns 301-400:", in_words(times[300:]))


if __name__ == "__main__":
    main()
