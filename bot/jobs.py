"""Jobs with children, and what Building Support can look like in each: guidance/practitioners.yml."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Pattern

from bot.guidance_files import read_yaml, required
from bot.safety.fold import fold

FILE = Path("guidance/practitioners.yml")


@dataclass(frozen=True)
class Job:
    """A job, an example for it, and a pattern for how people name it."""

    name: str
    example: str
    pattern: Pattern[str]


class Jobs:
    """Every job we hold an example for."""

    def __init__(self, jobs: List[Job]) -> None:
        self.all = tuple(jobs)

    def named_in(self, text: str) -> Optional[Job]:
        """The job a message names, by its longest word; None if it names none."""
        folded = fold(text)
        found = [(len(m.group()), n) for n, job in enumerate(self.all) for m in job.pattern.finditer(folded)]
        return self.all[max(found, key=lambda pair: (pair[0], -pair[1]))[1]] if found else None


@functools.lru_cache(maxsize=1)
def load_jobs(file: Path = FILE) -> Jobs:
    """Read the jobs. Raises ``GuidanceError`` for one without words or example."""
    jobs = []
    for node in read_yaml(file):
        words = sorted((fold(str(w)) for w in required(file, node, "words", list)), key=len, reverse=True)
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")s?(?!\w)")
        jobs.append(Job(required(file, node, "job"), required(file, node, "example"), pattern))
    return Jobs(jobs)
