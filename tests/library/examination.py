"""Put the questions of questions.yml to a library and count. Run as a module to see every miss."""
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Tuple

import yaml

from bot.library.answers import Answer
from bot.library.search import Library, open_ready

QUESTIONS = Path(__file__).with_name("questions.yml")


@dataclass(frozen=True)
class Result:
    """``right``: answered from a right section. ``wrong``: answered from another. ``abstained``: of the unanswerable."""

    answerable: int
    unanswerable: int
    right: int
    wrong: int
    abstained: int
    misses: Tuple[str, ...]

    def __str__(self) -> str:
        return (f"right at rank 1: {self.right}/{self.answerable} = {self.right / self.answerable:.1%}; "
                f"wrong: {self.wrong / self.answerable:.1%}; "
                f"abstained: {self.abstained}/{self.unanswerable} = {self.abstained / self.unanswerable:.1%}")


def read(file: Path = QUESTIONS) -> List[dict]:
    """The questions as written: ``ask`` and ``found``."""
    return list(yaml.safe_load(file.read_text(encoding="utf-8")))


def examine(library: Library, file: Path = QUESTIONS) -> Result:
    """Ask every question once."""
    answerable = unanswerable = right = wrong = abstained = 0
    misses = []
    for question in read(file):
        answer = library.answer(question["ask"])
        found: Optional[str] = answer.citations[0].found if isinstance(answer, Answer) else None
        if question["found"]:
            answerable += 1
            right += found in question["found"]
            wrong += found is not None and found not in question["found"]
        else:
            unanswerable += 1
            abstained += found is None
        if found not in (question["found"] or [None]):
            misses.append(f"{question['ask']} -> {found or 'nothing'}, not {' or '.join(question['found']) or 'nothing'}")
    return Result(answerable, unanswerable, right, wrong, abstained, tuple(misses))


if __name__ == "__main__":
    result = examine(open_ready())
    print(*result.misses, result, sep="\n")
