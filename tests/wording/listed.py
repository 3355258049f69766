"""Is everything that was said in the list of what can be said? Numbers and names of the moment may stand where the list has a {placeholder}."""
from __future__ import annotations

import re
from typing import Any, Iterable, Iterator, List, Mapping, Set

from bot.glossary import load_glossary
from bot.library.documents import load_documents
from bot.library.not_held import load_not_held
from bot.wording import catalogue
from bot.words import load_words

# Said by code and not by a file: the line that cites, and two buttons.
BY_CODE = (r"Source: .+ \(.+\)\.(?: https?://\S+)?", r"This is about Portsmouth, not Plymouth\.", r"This is national guidance\.", r"It is not Plymouth's own procedure\.",
           r"This is national guidance\. It is not Plymouth's own procedure\.", r"https?://\S+", r"Tell me more", r"Finish")
_PLACEHOLDER = re.compile(r"{(\w+)}")
_SENTENCE = re.compile(r"(?<=[.!?:])[\"”)]?\s+")
_BULLET = re.compile(r"^\s*[-•]\s+")
INSIDE = {"route": ("route_open", "route_unsure", "route_closed"), "when_read": ("read_soon", "read_later", "read_unsure"),
          "state": ("state_waiting", "state_delivered", "state_seen", "state_acknowledged", "state_stuck", "state_erased")}


class Listed:
    """The list, ready to be compared with."""

    def __init__(self) -> None:
        self._words = load_words()
        self._plain: Set[str] = set()
        self._patterns: List["re.Pattern[str]"] = [re.compile(p) for p in BY_CODE]
        labels = [re.escape(term.word) for term in load_glossary().terms]
        listed = [s for s in catalogue() if not s.id.startswith("page.")]      # the desk's own words are nothing that the chat may say
        for said in listed:
            if said.kind == "label":
                labels.append(re.escape(_even(said.text)))
            for text in self._filled(said.text):
                for line in text.splitlines():
                    self._add(line)
        self._patterns.append(re.compile("(?:" + "|".join(sorted(labels, key=len, reverse=True)) + r")(?: \d+)?:(?: .*)?"))  # a row of a summary
        self._buttons = {s.text for s in listed if s.part == "buttons" or s.kind == "label"}
        self._buttons |= {asked for d in load_documents() for s in d.sections for asked in (s.heading, *s.asked_as)}
        self._buttons |= {asked for topic in load_not_held() for asked in topic.asked_as}

    def missing(self, reply: List[Mapping[str, Any]], typed: Iterable[str] = ()) -> List[str]:
        """What was said and is not listed, piece by piece. A line that is what the person ``typed`` is theirs."""
        theirs = {_even(t) for t in typed}
        lines = [line for message in reply for line in str(message["text"]).splitlines() if _even(line) not in theirs]
        wrong = [piece for line in lines for piece in self._unlisted(line)]
        return wrong + [b["title"] for m in reply for b in m.get("buttons", []) if b["title"] not in self._buttons and not self._known(b["title"])]

    def _unlisted(self, line: str) -> Iterator[str]:
        if line.strip() and not self._known(line):
            yield from (piece for piece in _SENTENCE.split(_BULLET.sub("", line)) if piece.strip() and not self._known(piece))

    def _known(self, text: str) -> bool:
        text = _even(text)
        return text in self._plain or any(p.fullmatch(text) for p in self._patterns)

    def _add(self, line: str) -> None:
        for piece in [line, *_SENTENCE.split(_BULLET.sub("", line))]:
            piece = _even(piece)
            if not _PLACEHOLDER.search(piece):
                self._plain.add(piece)
            elif len(_PLACEHOLDER.sub("", piece).strip()) >= 6:
                self._patterns.append(re.compile(".+?".join(re.escape(part) for part in _PLACEHOLDER.sub("\0", piece).split("\0"))))

    def _filled(self, text: str) -> Iterator[str]:
        text = _PLACEHOLDER.sub(lambda m: self._words.facts.get(m.group(1), m.group()), text)
        name = next((n for n in INSIDE if f"{{{n}}}" in text), None)
        if name is None:
            yield text
            return
        for key in INSIDE[name]:
            yield from self._filled(text.replace(f"{{{name}}}", self._words.entries[key].texts[0].strip()))


def _even(text: str) -> str:
    return " ".join(_BULLET.sub("", text).split()).strip('"“”')
