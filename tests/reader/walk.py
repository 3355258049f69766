"""One visit by keyboard and ear: what is pressed, and what the screen reader says to each step."""
from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional

from tests.reader.desktop import Desktop, Spoken

WORRY = "He is out on the street until ten most nights"
DANGER = "he is hitting my mum right now"
AFTER_A_KEY = 0.6     # seconds of silence that end what one press of Tab says


@dataclass
class Step:
    """What was done, in words, and what was said to it."""

    name: str
    said: List[Spoken] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All that was said, in one line."""
        return re.sub(r"\s+", " ", " ".join(one.text for one in self.said)).strip()


class Walk:
    """Walks with a desktop, writes every step down as it is taken."""

    def __init__(self, desk: Desktop) -> None:
        self.desk = desk
        self.steps: Dict[str, Step] = {}

    def heard(self, name: str, quiet: float = 4, within: float = 40, until: str = "") -> Step:
        """Name a step, with what was said since the last one; wait for the words ``until``, for a minute at most."""
        step = Step(name, self.desk.said(within, quiet))
        for _ in range(20):
            if until in step.words:
                break
            step.said += self.desk.said(within, quiet)
        self.steps[name] = step
        print(f"{name}: {step.words}", file=sys.stderr)
        return step

    def to(self, pattern: str, key: str = "Tab", most: int = 40) -> None:
        """Press ``key`` until what is said matches. Raises ``AssertionError`` if it never does."""
        passed = []
        for _ in range(most):
            self.desk.press(key)
            words = " ".join(one.text for one in self.desk.said(8, AFTER_A_KEY))
            passed.append(words)
            if re.search(pattern, words):
                self.steps[f"{key} to “{pattern}”"] = Step(f"{key} to “{pattern}”", [Spoken(" / ".join(passed), True)])
                return
        raise AssertionError(f"no “{pattern}” among: {passed}")

    def press(self, name: str, *keys: str, quiet: float = 4) -> Step:
        """Press keys and listen."""
        self.desk.press(*keys)
        return self.heard(name, quiet)

    def say(self, words: str, name: Optional[str] = None) -> Step:
        """Type words into the field that has the focus, send them with Enter, and listen."""
        self.desk.type(words)
        self.desk.said(10, 0.5)
        return self.press(name or f"sent: {words}", "Return")

    def whole_visit(self) -> None:
        """The page, the chat, a worry, a button, an error, the contact, danger, closing and opening, leaving."""
        self.heard("the page opens", within=12, until="Finished loading")
        self.desk.press("Control_L", "ctrl+Home")
        self.heard("the top of the page")
        self.to("Start the chat")
        self.desk.press("Return")
        self.heard("the chat opens", until="What would help you most?")
        self.press("first Tab in the chat", "Tab", quiet=1)
        self.desk.picture("open")
        self.to("Your message")
        self.say(WORRY, "a worry is sent")
        self.press("nothing written, and Enter", "Return")
        self.to("Send", most=2)
        self.press("nothing written, and Send", "Return")
        self.to("Yes, write it down", "shift+Tab")
        self.press("the button “Yes, write it down”", "Return")
        self.to("No push", most=4)
        self.press("the button “No”: nobody is in danger", "Return")
        self.to("member of the public", most=4)
        self.press("the button “member of the public”", "Return")
        self.contact()
        self.desk.type(DANGER)  # nothing is pressed before: the keyboard is in the field
        self.desk.said(10, 0.5)
        self.desk.press("Return")
        self.heard("danger is typed into the contact", until="Only a call gets help")
        self.desk.picture("urgent")
        self.press("Escape", "Escape")
        self.press("the chat is opened again", "Return")
        self.press("first Tab after opening again", "Tab", quiet=1)
        for n in range(3):
            self.press(f"Shift, press {n + 1}", "Shift_L", quiet=0.7 if n < 2 else 4)

    def contact(self) -> None:
        """A name, a date that is wrong and then right, and the next question."""
        self.to("Your message", most=14)
        self.say("Robin", "the child's name")
        self.to("Use the date boxes", most=3)
        self.press("the button “Use the date boxes”", "Return")
        for part in ("31", "February"):
            self.desk.type(part)
            self.to(r"Month|Year", most=1)
        self.desk.type("2019")
        self.desk.said(10, 0.5)
        self.press("31 February, and Enter", "Return")
        self.desk.press("ctrl+a")
        self.desk.type("3")
        self.desk.said(10, 0.5)
        self.press("3 February, and Enter", "Return")


def written(walks: Dict[str, List[Step]], to: Path) -> None:
    """The record of a pass: every step and what was said, word for word."""
    lines = []
    for name, steps in walks.items():
        lines.append(f"## {name}\n")
        for step in steps:
            said = " · ".join(one.text.strip() + ("" if one.whole else " [cut off by the next key]") for one in step.said if one.text.strip())
            lines.append(f"- **{step.name}**: {said or '(nothing)'}")
        lines.append("")
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text("\n".join(lines), encoding="utf-8")
