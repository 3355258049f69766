"""Readable patterns of danger, matched with spaCy. The files under guidance/safety/ hold them.

How a pattern is written (one line, matched against standard words, see spelling.py):
  word            that word
  one|two         either word
  <list>          any word of that list in words.yml
  word?           that word or nothing
  ..              up to three words of any kind
  ....            up to seven words of any kind

A pattern counts in one sentence only. It does not count where a guard stands: said not to be so
("nobody is ..."), over ("last year ..."), imagined ("what if ..."), or a story ("in the film ...").
A word of now ("right now", "again tonight") lifts the guard of the past; what somebody's own people then do
("and dad …") lifts that of a story before it.

What is under ``said`` counts alone. What is under ``said_weakly`` is said in play and of pets as well
("collapsed", "not moving"): it counts together with a classifier that finds danger at least conceivable,
or alone when there is no classifier.
"""
import re
from dataclasses import dataclass
from pathlib import Path
from typing import AbstractSet, Any, Dict, FrozenSet, Iterator, List, Mapping, Sequence, Tuple

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span

from bot.guidance_files import ROOT, complain, read_yaml, required
from bot.safety.findings import Finding, Kind

FOLDER = Path("guidance/safety")
GUARDS = ("negated", "past", "imagined", "story")
_GAPS = {"..": 3, "....": 7}
_MASK = "figureofspeech"
ENDLESS, SHARED = 240, 40  # words: what runs on for longer without a full stop is matched in stretches, and two of them share so many


@dataclass(frozen=True)
class Rule:
    """One entry of a safety file: what it means, why, how it is said, what cancels it, and the words it does not stand after."""

    id: str
    kind: Kind
    why: str
    patterns: Tuple[str, ...]
    weak: Tuple[str, ...]
    guards: FrozenSet[str]
    unless_after: FrozenSet[str] = frozenset()


class Needs:
    """What must stand in a sentence before any of some patterns can: for each word that a pattern needs, one of its options.

    Asking this first changes nothing that is found, and nearly every sentence then needs no matching at all.
    """

    def __init__(self, patterns: Sequence[Sequence[Mapping[str, Any]]]) -> None:
        self._by_word: Dict[str, List[Tuple[FrozenSet[str], ...]]] = {}
        self._nothing_needed = False
        for pattern in patterns:
            needed = sorted({frozenset(token["LOWER"]["IN"]) for token in pattern if "LOWER" in token and "OP" not in token}, key=len)
            self._nothing_needed |= not needed
            for word in needed[0] if needed else ():
                self._by_word.setdefault(word, []).append(tuple(needed[1:]))

    def met_by(self, words: AbstractSet[str]) -> bool:
        """False only if no pattern can stand among these words (in lower case), in whatever order."""
        return self._nothing_needed or any(all(not options.isdisjoint(words) for options in others)
                                           for word in words for others in self._by_word.get(word, ()))


class Patterns:
    """Finds rules in standard words (see ``Spelling.standard``). Pure and deterministic."""

    def __init__(self, rules: Sequence[Rule], words: Mapping[str, Sequence[str]], guards: Mapping[str, Sequence[str]],
                 idioms: Sequence[str]) -> None:
        self._nlp = spacy.blank("en")
        self._nlp.tokenizer = _split_on_spaces(self._nlp.vocab)
        self._rules = {rule.id: rule for rule in rules}
        strong = {rule.id: [_tokens(p, words) for p in rule.patterns] for rule in rules if rule.patterns}
        weak = {rule.id: [_tokens(p, words) for p in rule.weak] for rule in rules if rule.weak}
        self._strong, self._weak = self._matcher_of(strong), self._matcher_of(weak)
        self.longest = max((len(p) for said in (strong, weak) for patterns in said.values() for p in patterns), default=0)  # in words
        self._guards = Matcher(self._nlp.vocab)
        for name, patterns in guards.items():
            self._guards.add(name, [_tokens(p, words) for p in patterns], greedy="LONGEST")
        self._idioms = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._idioms.add("idiom", [self._nlp.make_doc(i) for i in idioms if "<" not in i and ".." not in i and "|" not in i])
        self._loose_idioms = Matcher(self._nlp.vocab)
        loose = [_tokens(i, words) for i in idioms if "<" in i or ".." in i or "|" in i]
        if loose:
            self._loose_idioms.add("idiom", loose, greedy="LONGEST")

    def find(self, standard: str) -> List[Finding]:
        """Return a finding for each rule that stands in the text and is not cancelled by a guard."""
        return self._matches(standard, *self._strong)

    def find_weak(self, standard: str) -> List[Finding]:
        """The same for what counts only together with the classifier."""
        return self._matches(standard, *self._weak)

    def _matcher_of(self, said: Mapping[str, List[List[Dict[str, Any]]]]) -> Tuple[Matcher, Needs]:
        matcher = Matcher(self._nlp.vocab)
        for rule, patterns in said.items():
            # the longest match may begin at "the teacher" of "I told the teacher my dad hit me", and what stands before it is another word
            matcher.add(rule, patterns, greedy=None if self._rules[rule].unless_after else "LONGEST")
        return matcher, Needs([pattern for patterns in said.values() for pattern in patterns])

    def _matches(self, standard: str, matcher: Matcher, needs: Needs) -> List[Finding]:
        found: Dict[str, Finding] = {}
        for sentence in (stretch for whole in sentences(standard) for stretch in _stretches(whole)):
            if not needs.met_by(set(sentence.lower().split())):  # hiding idioms, below, only takes words away
                continue
            doc = self._without_idioms(self._nlp.make_doc(sentence))
            hits = [(self._rules[self._nlp.vocab.strings[i]], Span(doc, s, e)) for i, s, e in matcher(doc)]
            if not hits:
                continue
            guards = [(self._nlp.vocab.strings[i], s, e) for i, s, e in self._guards(doc)]
            for rule, span in hits:
                if rule.id not in found and not _of_others(rule, span) and not _cancelled(rule, span, guards):
                    found[rule.id] = Finding(rule.kind, "pattern", rule.id)
        return list(found.values())

    def _without_idioms(self, doc: Doc) -> Doc:
        spans = [(s, e) for _, s, e in self._idioms(doc)] + [(s, e) for _, s, e in self._loose_idioms(doc)]
        if not spans:
            return doc
        hidden = {i for s, e in spans for i in range(s, e)}
        return Doc(doc.vocab, [_MASK if i in hidden else t.text for i, t in enumerate(doc)])


def sentences(standard: str) -> Iterator[str]:
    """Split standard words into sentences; a joining "but" begins a new one."""
    for part in re.split(r"(?:(?<=[.!?;]) |\s(?=but\b)| - |\n)", standard):
        if part.strip():
            yield part.strip()


def _stretches(sentence: str) -> Iterator[str]:
    """A sentence; one that runs on for pages in parts that no pattern is longer than, for matching all at once would keep everybody waiting."""
    words = sentence.split()
    if len(words) <= ENDLESS:
        yield sentence
        return
    for start in range(0, len(words) - SHARED, ENDLESS - SHARED):
        yield " ".join(words[start:start + ENDLESS])


def _of_others(rule: Rule, span: Span) -> bool:
    before = span.start - 1
    if before > 0 and span.doc[before].text.lower() == "step":
        before -= 1
    return before >= 0 and span.doc[before].text.lower() in rule.unless_after


def _cancelled(rule: Rule, span: Span, guards: Sequence[Tuple[str, int, int]]) -> bool:
    now = any(name == "now" for name, _, _ in guards)
    for name, start, end in guards:
        if name not in rule.guards:
            continue
        if name == "negated":
            # "not", "nobody" count where they stand just before the match or within it
            if span.start - 4 < start < span.end - 1:
                return True
        elif name == "past":
            if not now:
                return True
        elif name == "story" and any(other == "goes_on" and end <= begins <= span.start for other, begins, _ in guards):
            continue  # "I was doing my homework and dad …"
        else:
            return True
    return False


def _split_on_spaces(vocab: Any) -> Any:
    """Standard words are apart already, so spaCy's own tokeniser rules would only split "cannot" again."""
    def tokenise(text: str) -> Doc:
        return Doc(vocab, words=text.split() or [""])
    return tokenise


def _tokens(pattern: str, words: Mapping[str, Sequence[str]]) -> List[Dict[str, Any]]:
    tokens: List[Dict[str, Any]] = []
    for part in pattern.split():
        if part in _GAPS:
            tokens += [{"OP": "?"}] * _GAPS[part]
            continue
        optional, part = part.endswith("?"), part.rstrip("?")
        options: List[str] = []
        for piece in part.split("|"):
            options += list(words[piece[1:-1]]) if piece.startswith("<") else [piece]
        tokens.append({"LOWER": {"IN": options}, **({"OP": "?"} if optional else {})})
    return tokens


def load_patterns(folder: Path = FOLDER) -> Tuple[Patterns, FrozenSet[str]]:
    """Read words.yml, guards.yml and rules/*.yml. Returns the patterns and every word in them.

    Raises ``GuidanceError`` naming the file, the line and the mend.
    """
    words_file, guards_file = folder / "words.yml", folder / "guards.yml"
    words: Dict[str, List[str]] = {}
    for name, entry in read_yaml(words_file).items():
        words[name] = [str(w).lower() for w in entry]
    guards = read_yaml(guards_file)
    rules: List[Rule] = []
    base = folder if folder.is_absolute() else ROOT / folder
    for path in sorted((base / "rules").glob("*.yml")):
        rules += [_rule(path, entry, words) for entry in read_yaml(path)]
    names = [rule.id for rule in rules]
    for rule in rules:
        if names.count(rule.id) > 1:
            complain(folder / "rules", None, f'the id "{rule.id}" is used twice', "give one of them another id")
    for name in guards:
        for pattern in guards[name]:
            if not isinstance(pattern, str):
                complain(guards_file, guards, f"{pattern} under {name} is no pattern but a key and a value",
                         "put it in single quotes: it holds a colon", name)
            _check_lists(guards_file, guards, pattern, words)
    idioms = [str(i) for i in guards.pop("idioms")]
    only_before = {rule.unless_after for rule in rules}    # no slip is mended to what no pattern hears
    every_word = {w for entry in words.values() if frozenset(entry) not in only_before for w in entry} | {
        w for rule in rules for p in rule.patterns + rule.weak for part in p.split() for w in re.findall(r"[a-z]+", re.sub(r"<\w+>", "", part))}
    return Patterns(rules, words, {k: [str(p) for p in v] for k, v in guards.items()}, idioms), frozenset(every_word)


def _rule(path: Path, entry: Any, words: Mapping[str, Any]) -> Rule:
    kind = required(path, entry, "means")
    if kind not in {k.value for k in Kind}:
        complain(path, entry, f'"means: {kind}" is not known', "use one of " + ", ".join(k.value for k in Kind), "means")
    ignored = entry.get("even_if", [])
    for guard in ignored:
        if guard not in GUARDS:
            complain(path, entry, f'"even_if: {guard}" is not known', "use one of " + ", ".join(GUARDS), "even_if")
    patterns = tuple(str(p) for p in required(path, entry, "said", list))
    weak = tuple(str(p) for p in entry.get("said_weakly", []))
    if not patterns + weak:
        complain(path, entry, "the rule has no pattern", "write one under said", "said")
    for pattern in patterns + weak:
        _check_lists(path, entry, pattern, words)
    return Rule(required(path, entry, "id"), Kind(kind), required(path, entry, "why"), patterns, weak,
                frozenset(GUARDS) - frozenset(ignored), _unless_after(path, entry, words))


def _unless_after(path: Path, entry: Any, words: Mapping[str, Sequence[str]]) -> FrozenSet[str]:
    said = entry.get("unless_after", [])
    named = re.fullmatch(r"<(\w+)>", said) if isinstance(said, str) else None
    if named and named[1] not in words:
        complain(path, entry, f'"unless_after: {said}" is a list that words.yml does not have', f'add "{named[1]}:" to words.yml or correct the name',
                 "unless_after")
    after = words[named[1]] if named else said
    if not isinstance(after, list) or not all(isinstance(word, str) for word in after):
        complain(path, entry, f'"unless_after: {said}" is no list of words', "write words in square brackets, or the <name> of a list of words.yml",
                 "unless_after")
    return frozenset(after)


def _check_lists(path: Path, node: Any, pattern: str, words: Mapping[str, Any]) -> None:
    if '"' in pattern:
        complain(path, node, f"the pattern {pattern} has a quotation mark, which nobody's words would match", "write the words without it")
    for name in re.findall(r"<(\w+)>", pattern):
        if name not in words:
            complain(path, node, f'the pattern "{pattern}" uses <{name}>, which words.yml does not have',
                     f'add "{name}:" to words.yml or correct the name')
