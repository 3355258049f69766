"""The safety net: from a message (and the last few) to what was found in it. A pure function, no framework.

Two voters, and neither can lower what the other raised: patterns that anyone can read
(guidance/safety/rules) and a classifier (voter.py). One thing alone is weighed again: suicide
that the classifier, which knows English, hears in another language. The service asks it twice, once at the
public door and once in Rasa's pipeline, so that danger is heard even when Rasa fails.
"""
from __future__ import annotations

import asyncio
import functools
import logging
import math
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Dict, List, Optional, Sequence, Tuple

from bot.safety.about_whom import AboutWhom, load_about_whom
from bot.safety.findings import CERTAIN, Finding, Findings, Kind
from bot.safety.fold import fold
from bot.safety.languages import Language, Languages, load_languages
from bot.safety.noticing import load_noticer
from bot.safety.patterns import Patterns, load_patterns
from bot.safety.pieces import is_long, pieces, said_alone
from bot.safety.spelling import Spelling, english_words, load_spelling
from bot.safety.voter import Limits, Voter, VoterUnavailable, load_voter

SHORT_TOGETHER = 40  # words: earlier messages are joined to this one up to here
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """What the net found, and whether a suicide alarm is about somebody other than the writer."""

    findings: Findings
    about_another: bool
    language: Optional[str] = None


class SafetyNet:
    """Hears danger. Build it with ``load_net``."""

    def __init__(self, spelling: Spelling, patterns: Patterns, languages: Languages, voter: Optional[Voter], about_whom: AboutWhom) -> None:
        self.spelling = spelling
        self._about_whom = about_whom
        self._patterns = patterns
        self._languages = languages
        self._voter = voter
        self._by_patterns = SafetyNet(spelling, patterns, languages, None, about_whom) if voter is not None else None
        # The public door and Rasa's pipeline ask about the same message: the second answer is the first one.
        # Each of these depends on nothing but what it is given, the earlier messages among it, so whose conversation asked does not matter.
        self._once = functools.lru_cache(maxsize=32)(self._check)
        self._language_once = functools.lru_cache(maxsize=32)(lambda text: languages.hear(text, fold(text)))
        self._noticed_once = functools.lru_cache(maxsize=32)(load_noticer().notice)
        self._heard_once = functools.lru_cache(maxsize=32)(self._heard_in)
        self._heard_whole_once = functools.lru_cache(maxsize=32)(self._heard_whole)
        self.standard = functools.lru_cache(maxsize=512)(self._standard)

    def language(self, code: str) -> Optional[Language]:
        """A language by its code ("pl")."""
        return self._languages.by_code.get(code)

    def noticed(self, text: str) -> Optional[str]:
        """The code of the language that a message is noticed to be in, or None if it may be English. A detector that fails hides no danger."""
        try:
            return self._noticed_once(text)
        except Exception as error:
            log.error("no_language_noticed error=%s", type(error).__name__)
            return None

    @property
    def condition(self) -> str:
        """"whole"; "spelling" if the sentence encoder is missing; "patterns" if the voter is missing too."""
        if self._voter is None:
            return "patterns"
        return "whole" if self._voter.hears_meaning else "spelling"

    def _standard(self, text: str) -> str:
        """``standard``: the message in standard words, as both voters and the intent classifier read it."""
        return self.spelling.standard(fold(text))

    def score(self, text: str) -> Optional[float]:
        """The classifier's score of a message, for explaining and measuring; None without the classifier."""
        return self._voter.score(self.standard(text)).alarm if self._voter else None

    def chances(self, standard: str) -> Dict[str, float]:
        """How likely each kind of finding is for a message in standard words, as the classifier hears its meaning; empty without it."""
        return self._voter.chances(standard) if self._voter else {}

    def check(self, text: str, earlier: Sequence[str] = (), in_contact: bool = False) -> Check:
        """Return what was found. ``earlier`` are the person's last few messages since the last alarm, oldest first.

        ``in_contact``: see ``Voter.vote``; patterns count the same everywhere.
        """
        try:
            return self._once(text, tuple(earlier), in_contact)
        except Exception as error:
            if self._by_patterns is None:
                raise
            log.error("net_without_classifier error=%s", type(error).__name__)  # what the patterns hear stands
            return self._by_patterns.check(text, earlier, in_contact)

    def begin(self, text: str) -> None:
        """Begin to hear a message, or a part of one, in another thread."""
        self._begin([self.standard(text)])

    async def check_aside(self, text: str, earlier: Sequence[str] = (), in_contact: bool = False) -> Check:
        """``check``; while the encoders read in other threads, others are answered."""
        try:
            await self._read_aside(text, earlier, in_contact)
        except Exception as error:
            log.error("net_not_read_aside error=%s", type(error).__name__)
        return self.check(text, earlier, in_contact)

    async def _read_aside(self, text: str, earlier: Sequence[str], in_contact: bool) -> None:
        standard = self.standard(text)
        parts = self._parts(earlier, standard)
        await self._read(parts)
        if self._voter is not None and standard:
            await self._read(_heard_apart(standard, self._heard_whole_once(standard, in_contact, self._is_english(text))))
        if (len(parts) > 1 and self._voter is not None and not in_contact and any(self._voter.may_be_part(p) for p in parts)
                and not any(f.is_alarm for f in self._heard_once(standard, in_contact, self._is_english(text)))):
            await self._read([" ".join(parts)])

    async def _read(self, standard: Sequence[str]) -> None:
        begun = self._begin(standard)
        if begun:
            await asyncio.wait([asyncio.wrap_future(one) for one in begun])  # what fails is raised where the vector is asked for

    def _begin(self, standard: Sequence[str]) -> "List[Future[Any]]":
        begun = [self._voter.begin(text) for text in standard] if self._voter is not None else []
        return [one for one in begun if one is not None and not one.done()]

    def forget(self) -> None:
        """Forget what people typed: a conversation ended, and the answers to repeated questions held its words."""
        for remembered in (self._once, self._language_once, self._noticed_once, self._heard_once, self._heard_whole_once,
                           self.standard, fold):
            remembered.cache_clear()
        self.spelling.forget()
        if self._voter is not None:
            self._voter.forget()
        if self._by_patterns is not None:
            self._by_patterns.forget()

    def _check(self, text: str, earlier: Tuple[str, ...], in_contact: bool) -> Check:
        heard = self._language_once(text)
        standard = self.standard(text)
        found = list(self._heard_once(standard, in_contact, self._is_english(text)))
        if heard is not None and (heard.danger or heard.language is None or all(f.kind is Kind.POSSIBLE_DANGER for f in found)):
            found.append(Finding(Kind.POSSIBLE_DANGER, "language", heard.language.code if heard.language else "unknown"))
        if not any(f.is_alarm for f in found):
            found += self._heard_together(earlier, standard, in_contact)
        noticed = None if heard is not None else self.language(self.noticed(text) or "")
        if noticed is not None and found and all(f.kind is Kind.POSSIBLE_DANGER for f in found):
            found.append(Finding(Kind.POSSIBLE_DANGER, "language", noticed.code))
        language = heard.language if heard else None
        return Check(Findings.of(found), self._is_about_another(standard, found), language.code if language else ("unknown" if heard else None))

    def _is_about_another(self, standard: str, found: Sequence[Finding]) -> bool:
        heard = self._voter.about_another(standard) if self._voter is not None and any(f.is_alarm for f in found) else -math.inf
        return self._about_whom.another(standard, heard)

    def _is_english(self, text: str) -> bool:
        """False if the message is in a language that is known to be another."""
        heard = self._language_once(text)
        return (heard is None or heard.language is None) and self.noticed(text) is None

    def _heard_in(self, standard: str, in_contact: bool, english: bool) -> Tuple[Finding, ...]:
        found = list(self._heard_whole_once(standard, in_contact, english))
        if self._voter is not None:
            may_be = any(f.is_alarm for f in found)
            for piece in _heard_apart(standard, found):
                heard = self._voter.vote_on_piece(piece, in_contact, may_be)
                found += heard if english else [_unless_suicide(vote) for vote in heard]
        return tuple(found)

    def _heard_whole(self, standard: str, in_contact: bool, english: bool) -> Tuple[Finding, ...]:
        found = self._patterns.find(standard)
        if self._voter is not None and standard:
            votes = self._voter.vote(standard, in_contact)
            if not english:
                votes = [_unless_suicide(vote) for vote in votes]
            if self.spelling.knows_a_word(standard):
                found += votes
            else:   # of what holds no word at all the classifier can only guess: a guess is not enough for an alarm
                found += [f for f in votes if f.kind in CERTAIN]
            if not any(f.kind in CERTAIN for f in found) and (not english or self._voter.finds_it_conceivable(standard)):
                found += self._patterns.find_weak(standard)  # what it makes of another language rules nothing out
        if self._voter is None:
            found += self._patterns.find_weak(standard)
        return tuple(found)

    def _heard_together(self, earlier: Sequence[str], standard: str, in_contact: bool) -> List[Finding]:
        """Danger said over several messages: "he's got a knife" is danger after "my dad just came in"."""
        parts = self._parts(earlier, standard)
        if len(parts) == 1:
            return []
        flat = " ".join(parts)
        found = self._patterns.find(flat)
        if self._voter is None:
            found += self._patterns.find_weak(flat)
        elif any(self._voter.may_be_part(p) for p in parts):  # reading it all once more costs as much as the rest of the turn
            found += [] if in_contact else self._voter.vote(flat)
            weak = self._patterns.find_weak(flat)
            found += weak if weak and self._voter.finds_it_conceivable(flat) else []
        return [f for f in found if f.kind in CERTAIN]

    def _parts(self, earlier: Sequence[str], standard: str) -> List[str]:
        """The message and as many of the earlier ones as are short enough together, oldest first."""
        parts = [standard]
        for text in reversed(earlier[-3:]):
            parts.insert(0, self.standard(text))
            if sum(p.count(" ") + 2 for p in parts) > SHORT_TOGETHER:
                parts.pop(0)
                break
        return parts


def _heard_apart(standard: str, found: Sequence[Finding]) -> List[str]:
    """What the classifier hears apart: the pieces of a long message, the sentences of one that may be danger; nothing where it is plain."""
    if any(f.kind in CERTAIN for f in found):
        return []
    if is_long(standard):
        return pieces(standard)
    return said_alone(standard) if any(f.is_alarm for f in found) else []


def _unless_suicide(finding: Finding) -> Finding:
    """The classifier knows English only: suicide that it hears in another language is a guess, and that language's card is the answer."""
    return replace(finding, kind=Kind.POSSIBLE_DANGER) if finding.voter != "pattern" and finding.kind is Kind.SUICIDE_NOW else finding


def _is_suicide(check: Check) -> bool:
    """Suicide alone was heard, or a pattern names it while danger was only the classifier's guess."""
    heard = {(f.kind, f.voter == "pattern") for f in check.findings.all}
    if (Kind.SUICIDE_NOW, True) in heard:
        return (Kind.DANGER_NOW, True) not in heard
    return Kind.SUICIDE_NOW in {k for k, _ in heard} and Kind.DANGER_NOW not in {k for k, _ in heard}


@functools.lru_cache(maxsize=1)
def load_net() -> SafetyNet:
    """The process's one net. Raises ``GuidanceError`` if a safety file is wrong; a missing voter only weakens it."""
    return build_net()


def build_net(limits: Optional[Limits] = None) -> SafetyNet:
    """A net with other limits than those of guidance/safety/voter.yml, for measuring. Raises as ``load_net`` does."""
    patterns, words = load_patterns()
    voter: Optional[Voter]
    try:
        voter = load_voter(limits=limits)
    except VoterUnavailable:
        voter = None
    return SafetyNet(load_spelling(words), patterns, load_languages(english_words()), voter, load_about_whom())


def urgent_key(check: Check) -> Tuple[str, ...]:
    """The wording key that answers an alarm, or nothing if there is no alarm."""
    first = check.findings.first
    if first is None or not first.is_alarm:
        return ()
    if first.kind in CERTAIN:
        if not _is_suicide(check):
            return ("utter_danger_now",)
        return ("utter_suicide_now_other" if check.about_another else "utter_suicide_now_me",)
    # what the classifier made of words in another language says less than that they are in it
    return ("utter_other_language" if any(f.voter == "language" for f in check.findings.all) else "utter_maybe_danger",)
