"""Whether talk of suicide is about somebody other than the writer. Pure; the words are in guidance/safety/about_whom.yml.

Clear signs of the writer's own come first, then clear signs of another's, then what the classifier hears (voter.py); where nothing is
clear, the writer is meant.
"""
from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Dict, FrozenSet, List, Sequence

from bot.guidance_files import complain, read_yaml, required

FILE = Path("guidance/safety/about_whom.yml")
LISTS = ("people", "selves", "acts", "mine", "taking", "taken", "keeping", "told_by", "goodbyes", "noticed", "noted")
SAYINGS = ("phrases", "given")
_ME = frozenset(("i", "me", "us", "we"))
_WRITER = frozenset(("i", "me", "my", "myself", "mine"))
_NO_SUBJECT = frozenset(("her", "him", "them", "his", "their"))
_ENDS = re.compile(r"[.,;!?]")
_THREATENED = re.compile(r"\b(?:kill|killing|stab|shoot|drown|murder|hurt) (?:me|us|our|my|the|both)\b")
AGAINST_MINE = 1.5  # by so much more the classifier must be sure where words seem to be of the writer's own doing: "it says i am jumping at four"
_REACH = 7  # words from whoever acts to what they do


class AboutWhom:
    """Built with ``load_about_whom``."""

    def __init__(self, words: Dict[str, FrozenSet[str]], phrases: Sequence[str], given: Sequence[str]) -> None:
        (self._people, self._selves, self._acts, self._mine, self._taking, self._taken, self._keeping, self._told_by, self._goodbyes,
         self._noticed, self._noted) = (words[name] for name in LISTS)
        self._phrases, self._given = (re.compile(r"\b(?:" + "|".join(map(re.escape, said)) + r")\b") for said in (phrases, given))

    def another(self, standard: str, heard: float = -math.inf) -> bool:
        """True if a message in standard words is clearly about somebody else; false if it is about the writer, or not clear.

        ``heard``: how clearly the classifier hears that it is about somebody else; above nothing it does.
        """
        if self._phrases.search(standard) or _THREATENED.search(standard):
            return False
        clauses = [clause.split() for clause in _ENDS.split(standard) if clause.strip()]
        note = self._is_a_note(clauses)
        if any(self._is_mine(clause, note) for clause in clauses):
            return heard > AGAINST_MINE
        return heard > 0 or self._given.search(standard) is not None or any(map(self._is_anothers, clauses))

    def _is_a_note(self, clauses: Sequence[Sequence[str]]) -> bool:
        """"pupil left site at two. last ping near the bridge"; not "student here, pills ready"."""
        opening = set(clauses[0][:3]) if clauses else set()
        return bool(self._noted & opening) and "here" not in clauses[0] and not any(_WRITER & set(clause) for clause in clauses)

    def _is_mine(self, words: Sequence[str], note: bool = False) -> bool:
        """"i am going to jump", "pills ready"; not "i think she will jump". In a ``note`` what has no subject is another's."""
        if any(word in ("myself", "ourselves") and words[at - 1:at] != ["by"] for at, word in enumerate(words)):
            return True
        own = [at for at, word in enumerate(words) if word == "i" and not self._noticed & set(words[at + 1:at + 4])]
        if any(self._acts_within(words, at, self._mine) for at in own):
            return True
        for at, word in enumerate(words):
            if note or self._is_person(word) or word in self._selves or word == "i":
                return False
            if self._is_act(words, at):
                return True
        return False

    def _is_anothers(self, words: Sequence[str]) -> bool:
        """"my mate just took 20 paracetamol", "is hanging herself", "she texted goodbye"; not "he made me take them"."""
        people = [at for at, word in enumerate(words) if self._is_person(word) and words[max(0, at - 2):max(0, at - 1)] != ["am"]]  # "am a pupil"
        if people and self._selves & set(words):
            return True
        told = [at for at, word in enumerate(words) if word in self._told_by and words[at + 2:at + 3] != ["to"]
                and any(at - 4 <= person < at for person in people)]
        if any((self._acts | self._goodbyes) & set(words[at + 1:]) for at in told):
            return True
        return any(words[at] not in _NO_SUBJECT and self._acts_within(words, at) for at in people)

    def _acts_within(self, words: Sequence[str], at: int, more: FrozenSet[str] = frozenset()) -> bool:
        """Whether who stands at this place acts, before anybody else is named."""
        for place in range(at + 1, min(at + 1 + _REACH, len(words))):
            word = words[place]
            somebody_else = self._is_person(word) or word in _ME or word in self._selves
            if somebody_else or word in self._told_by or word in self._keeping or self._takes_off(words, place):
                return False
            if word in more or self._is_act(words, place):
                return True
        return False

    def _is_act(self, words: Sequence[str], at: int) -> bool:
        if words[at] in self._taking:
            soon = ["#" if word.isdigit() else word for word in words[at + 1:at + 4]]
            return not self._takes_off(words, at) and bool(self._taken & set(soon))
        return words[at] in self._acts

    def _takes_off(self, words: Sequence[str], at: int) -> bool:
        return words[at] in self._taking and "off" in words[at + 1:at + 5]

    def _is_person(self, word: str) -> bool:
        return word in self._people or word.endswith("s") and word[:-1] in self._people


def load_about_whom(file: Path = FILE) -> AboutWhom:
    """Read the lists. Raises ``GuidanceError`` naming file, line and mend."""
    content = read_yaml(file)
    lists: Dict[str, List[str]] = {name: required(file, content, name, list) for name in (*LISTS, *SAYINGS)}
    for name, words in lists.items():
        for word in words:
            if not isinstance(word, str) or word != word.lower() or name not in SAYINGS and " " in word:
                complain(file, content, f'"{word}" under "{name}" is not one word in small letters', "write one word", name)
    return AboutWhom({name: frozenset(lists[name]) for name in LISTS}, lists["phrases"], lists["given"])
