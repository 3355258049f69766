"""What is wrong with our words, each finding with its place and what to do."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Callable, Iterable, Iterator, List, Match, Optional, Tuple

import spacy
from spacy.language import Language
from spacy.matcher import Matcher

from bot.wording.plain import Swap, load_plain
from bot.wording.reading import grade, is_a_long_word, own_words, split
from bot.wording.rules import load_rules
from bot.wording.said import Said

FAILS = ("grade", "long", "hard", "banned", "blame", "short form", "reader", "harder")
_EXPLAINED_AFTER = re.compile(r"""["”]?(?:\)|:| \(|, (?:an?|the|which|who)\b| means?\b| (?:is|are) (?:an?|the|when|people)\b|"""
                              r"""\. (?:That|This|It|They|These) (?:is|are|means?)\b)""")
_EXPLAINED_BEFORE = re.compile(r"""(?:\bcalled (?:the |an? )?["“]?|\()$""")
_DENIED = re.compile(r"\b(?:no|not|never)(?: an?| your)? $")  # "no silly questions", "not a nuisance"
_SHORT_FORM = re.compile(r"(?<![\w{/.-])[A-Z]{2,}s?(?![\w}-])")
_PLACEHOLDER = re.compile(r"{\w+}")
_TRAPS: Tuple[Tuple["re.Pattern[str]", str, str], ...] = (
    (re.compile("[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]"), "has a picture or sign that a screen reader spells out", "use words"),
    (re.compile(r"[→←⇒|*_~^<>=#&]|(?<!\w)[+/](?!\w)|\band/or\b|\(s\)"), "has a sign that is read out oddly", "use words"),
    (re.compile(r"(?:https?://|www\.)\S+"), "has a bare web address", "name it in contacts.yml and write {its_name}"),
    (re.compile(r"\b(?:e\.g|i\.e|etc)\b\.?"), "has a Latin short form", 'say "for example", "that is" or leave it out'),
    (re.compile(r"!{2,}|\?{2,}|\.{4,}"), "shouts with signs", "use one"),
    (re.compile(r"(?<![\w{])[A-Z]{4,}(?![\w}]) [A-Z]{3,}(?![\w}])"), "is in capitals, which are hard to read", "use small letters"),
    (re.compile(r"\b(?:click|tap|press) here\b|\bread more\b|\bthis link\b(?! (?:was|is|signs)\b)", re.I),
     "has a link that says nothing when it is read alone", "name where it leads"),
    (re.compile(r"^.*\S {3,}\S", re.M), "has columns made of blanks", "make it a list"),
)


@dataclass(frozen=True)
class Finding:
    """One thing about one text. ``kind`` is one of ``FAILS``, or "passive", which is only advice."""

    said: Said
    kind: str
    problem: str
    mend: str

    @property
    def fails(self) -> bool:
        """Whether the check fails for it."""
        return self.kind in FAILS

    def __str__(self) -> str:
        return f"{self.said.file}:{self.said.line}: {self.said.id} {self.problem}; {self.mend}"


def findings(texts: Iterable[Said], told: Optional[Callable[[], None]] = None) -> List[Finding]:
    """Everything found, in the order of the texts. ``told`` is called after each text, for progress."""
    found: List[Finding] = []
    for said in texts:
        found += findings_in(said)
        if told:
            told()
    return found


def findings_in(said: Said) -> List[Finding]:
    """What is wrong with one text. Quotations, translations and answers from the documents are left alone (docs/words.md says why)."""
    if said.kind in ("quotation", "translation", "guidance", "typed"):
        return []
    found = [Finding(said, kind, problem, mend) for kind, problem, mend in [*_words(said), *_traps(said)]]
    if said.kind == "message":
        found += [Finding(said, kind, problem, mend) for kind, problem, mend in [*_hardness(said), *_passives(said)]]
    return found


def passives_in(text: str) -> int:
    """How many times a text says what is done and not who does it."""
    return sum(len(_passive()(_nlp()(sentence))) for sentence in split(text))


_Found = Iterator[Tuple[str, str, str]]


def _hardness(said: Said) -> _Found:
    read, limit = grade(said.text), load_rules().limits[said.audience]
    if read.grade > limit.grade:
        yield "grade", f"reads at grade {read.grade}, above {limit.grade:g}", "use shorter words and shorter sentences"
    for sentence in read.sentences:
        if sentence.words > limit.words:
            yield "long", f"has a sentence of {sentence.words} words: “{sentence.text[:60]}…”", f"say it in sentences of at most {limit.words} words"


def _words(said: Said) -> _Found:
    text, plain = own_words(said.text), load_plain()
    for swap in plain.swaps:
        match = next((m for m in swap.pattern.finditer(text) if not _may_stand(swap, m, text, said)), None)
        if match:
            yield swap.kind, f"says “{match.group()}”", f"say instead: {swap.say}"
    known = plain.short_forms | (plain.short_forms_at_work if said.audience in ("practitioner", "staff") else frozenset())
    for match in _SHORT_FORM.finditer(text):
        if match.group().rstrip("s") not in known and not _explained(match, text) and not is_a_long_word(match.group()):
            yield "short form", f"has the short form “{match.group()}”", "write it out, or say in the same message what it means"


def _may_stand(swap: Swap, match: "Match[str]", text: str, said: Said) -> bool:
    if swap.kind == "blame":
        return bool(_DENIED.search(text[:match.start()]))
    if swap.kind == "banned":
        return False
    return (swap.at_work and said.audience in ("practitioner", "staff")) or _explained(match, text)


def _explained(match: "Match[str]", text: str) -> bool:
    return bool(_EXPLAINED_AFTER.match(text, match.end()) or _EXPLAINED_BEFORE.search(text[:match.start()]))


def _traps(said: Said) -> _Found:
    for pattern, problem, mend in _TRAPS:
        if pattern.search(_PLACEHOLDER.sub("it", own_words(said.text))):
            yield "reader", problem, mend


def _passives(said: Said) -> _Found:
    for _ in range(min(1, passives_in(said.text))):
        yield "passive", "says what is done and not who does it", "say who does it, unless nobody knows or it would blame someone"


@functools.lru_cache(maxsize=1)
def _nlp() -> Language:
    return spacy.blank("en")


@functools.lru_cache(maxsize=1)
def _passive() -> Matcher:
    plain, matcher = load_plain(), Matcher(_nlp().vocab)
    ending = r"^(?!(?:" + "|".join(sorted(plain.not_passive)) + r")$)(?:\w{2,}ed|" + "|".join(sorted(plain.irregular)) + r")$"
    between = {"LOWER": {"REGEX": r"^(?:not|never|only|also|all|now|then|\w+ly)$"}, "OP": "*"}
    matcher.add("passive", [[{"LOWER": {"IN": ["am", "is", "are", "was", "were", "be", "been", "being"]}}, between, {"LOWER": {"REGEX": ending}}]],
                greedy="LONGEST")
    return matcher
