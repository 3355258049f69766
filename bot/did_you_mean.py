"""What a question is called when it is not sure which one was asked (guidance/did_you_mean.yml). Pure."""
from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from bot.guidance_files import ROOT, complain, read_yaml
from bot.safety.fold import fold
from bot.understanding.traits import NOT_UNDERSTOOD, domain_intents

FILE = ROOT / "guidance" / "did_you_mean.yml"
MOST_LETTERS = 45
MOST_OFFERED = 2
NOT_SURE = 0.40      # below this fewer than half are right
HARDLY = 0.12        # below this more than half are wrong, and among the first three stand seven in ten: they are offered, and none is said
A_GUESS = 0.22       # below this it is said to be a guess even to somebody who asked nothing
MOST_TO_CHOOSE = 3
LIKELY_ENOUGH, WORTH_CHOOSING = 0.07, 0.05  # the likeliest, and each: what is less likely makes an odd list
FEW_WORDS = 3        # "who is it" asks too little to be guessed at, or to say that no answer is held
WORTH_ASKING = 0.05  # of the odds: what is less likely is a stray word


class Questions:
    """The names of questions, and which of them a message may have been."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = dict(names)
        self._intents = {_plain(name): intent for intent, name in names.items()}

    def meant_by(self, text: str) -> Optional[str]:
        """The intent of a question that is typed just as it is called here, as a button does."""
        return self._intents.get(_plain(text))

    def taken_for(self, ranking: Sequence[Mapping[str, Any]]) -> "Optional[Tuple[str, List[str]]]":
        """(the question that a message was taken for, the others that it may have been), or None if there is nothing to ask.

        ``ranking``: intents with their ``name`` and ``confidence``, the likeliest first.
        """
        if not ranking or float(ranking[0]["confidence"]) >= NOT_SURE or str(ranking[0]["name"]) not in self.names:
            return None
        others = [self.names[str(r["name"])] for r in ranking[1:1 + MOST_OFFERED]
                  if str(r["name"]) in self.names and float(r["confidence"]) >= WORTH_ASKING]
        return self.names[str(ranking[0]["name"])], others

    def guessed(self, ranking: Sequence[Mapping[str, Any]]) -> Optional[Mapping[str, Any]]:
        """The likeliest intent of a message that was not understood, if it is a question and likely enough to be answered as a guess."""
        heard = what_was_heard(ranking)
        return heard[0] if heard and str(heard[0]["name"]) in self.names and float(heard[0]["confidence"]) >= HARDLY else None

    def to_choose_from(self, ranking: Sequence[Mapping[str, Any]]) -> List[str]:
        """The questions that a message may have been where none is likely enough to be answered; empty if one is, or if there is none."""
        heard = what_was_heard(ranking)
        if not heard or str(heard[0]["name"]) not in self.names or not LIKELY_ENOUGH <= float(heard[0]["confidence"]) < HARDLY:
            return []
        likely = [str(r["name"]) for r in heard if float(r["confidence"]) >= WORTH_CHOOSING]
        return [self.names[name] for name in likely if name in self.names][:MOST_TO_CHOOSE]


def what_was_heard(ranking: Sequence[Mapping[str, Any]]) -> List[Mapping[str, Any]]:
    """The ranking as the classifier made it, without Rasa's word for what it did not understand."""
    return [r for r in ranking if r["name"] != NOT_UNDERSTOOD]


@functools.lru_cache(maxsize=1)
def load_questions(file: Path = FILE) -> Questions:
    """Read the names. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    known = domain_intents()
    names: Dict[str, str] = {}
    seen: Dict[str, str] = {}
    for intent, name in content.items():
        if intent not in known or not str(intent).startswith(("ask_", "plain_", "work_")):
            complain(file, content, f'"{intent}" is no question that may be offered',
                     "choose an intent of domain.yml that begins with ask_, plain_ or work_", intent)
        if not isinstance(name, str) or not 0 < len(name) <= MOST_LETTERS:
            complain(file, content, f'the name of "{intent}" does not fit on a button', f"write 1 to {MOST_LETTERS} letters", intent)
        if seen.setdefault(_plain(name), intent) != intent:
            complain(file, content, f'"{name}" names two questions', "give one of them another name", intent)
        names[str(intent)] = name
    return Questions(names)


def _plain(text: str) -> str:
    return fold(text).strip().rstrip("?.! ")
