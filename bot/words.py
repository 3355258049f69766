"""Everything the service says, by key, from guidance/wording. Numbers fill in from contacts.yml by the clock."""
from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Mapping, Optional, Tuple

from bot.audience import Audience
from bot.contacts.directory import Directory, load_directory
from bot.contacts.hours import Status
from bot.contacts.routes import route_for_a_worry
from bot.guidance_files import ROOT, complain, read_yaml, yaml_files

FOLDER = Path("guidance/wording")
PAGE_OF_WISHES = "/wishes"  # on the chat's own site
_PLACEHOLDER = re.compile(r"{(\w+)}")
_ROUTES = {Status.OPEN: "route_open", Status.UNSURE: "route_unsure", Status.CLOSED: "route_closed"}
CLOSED_NOW = "gateway_closed_now"
GIVEN_AT_RUN_TIME = frozenset({"wish", "asks", "max_characters", "reference", "answer", "question", "when_read", "summary", "words",
                               "state", "date_in_words", "when", "place", "looked_after_by", "name_of_line", "matter", "number_of_line",
                               "hours_of_line", "line_checked_on", "word", "means", "source", "left", "over", "more", "code"})


@dataclass(frozen=True)
class Message:
    """One message as the public channel sends it. A button's payload is typed for the person, word for word."""

    text: str
    buttons: Tuple[str, ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> Dict[str, Any]:
        """The message in the shape of Rasa's REST channel."""
        out: Dict[str, Any] = {"text": self.text}
        if self.buttons:
            out["buttons"] = [{"title": b, "payload": b} for b in self.buttons]
        if self.custom:
            out["custom"] = dict(self.custom)
        return out


@dataclass(frozen=True)
class Entry:
    """One key of a wording file, not yet filled in."""

    key: str
    texts: Tuple[str, ...]
    buttons: Tuple[str, ...] = ()
    offers: Optional[str] = None
    opens_with_999: bool = False
    simpler: Tuple[str, ...] = ()
    shorter: Tuple[str, ...] = ()
    unsure: Tuple[str, ...] = ()   # said where it is not sure that this happened to the person
    for_audience: Mapping[Audience, Tuple[str, ...]] = field(default_factory=dict)
    buttons_for: Mapping[Audience, Tuple[str, ...]] = field(default_factory=dict)  # in place of buttons and offers
    elsewhere: Optional[str] = None

    def texts_for(self, audience: Optional[Audience]) -> Tuple[str, ...]:
        """The words that fit the audience."""
        nearest = self._nearest(audience)
        return self.texts if nearest is None else self.for_audience[nearest]

    def buttons_and_offers_for(self, audience: Optional[Audience]) -> Tuple[Tuple[str, ...], Optional[str]]:
        """What stands under those words, and what a plain "yes" to them starts."""
        own = self.buttons_for.get(nearest) if (nearest := self._nearest(audience)) is not None else None
        return (self.buttons, self.offers) if own is None else (own, None)

    def _nearest(self, audience: Optional[Audience]) -> Optional[Audience]:
        """What a child reads fits a teenager, unless teenagers have their own; so with parents and carers."""
        wider = {Audience.TEENAGER: Audience.CHILD, Audience.YOUNG_SAFEGUARDER: Audience.CHILD, Audience.CARER: Audience.PARENT}
        while audience is not None and audience not in self.for_audience:
            audience = wider.get(audience)
        return audience


class Words:
    """Says a key. Pure but for the moment, which is handed in."""

    def __init__(self, entries: Mapping[str, Entry], directory: Directory) -> None:
        self._entries, self._directory, self._facts = dict(entries), directory, _facts(directory)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every key with its words."""
        return self._entries

    @property
    def directory(self) -> Directory:
        """The services whose numbers fill in."""
        return self._directory

    @property
    def facts(self) -> Mapping[str, str]:
        """What fills in, by the name that stands in brackets for it."""
        return self._facts

    def say(self, key: str, now: dt.datetime, audience: Optional[Audience] = None, /, **given: str) -> List[Message]:
        """Return the messages of a key, filled in for this moment. Raises ``KeyError`` for an unknown key.

        ``audience``: who reads it, if known; the default words fit everyone.
        """
        entry = self.entries[key]
        buttons, offers = entry.buttons_and_offers_for(audience)
        custom: Dict[str, Any] = {"key": key, **({"offers": offers} if offers else {})}
        texts = self._with_the_number_of_now([self.fill(text, now, **given) for text in entry.texts_for(audience)], now)
        last = len(texts) - 1
        return [Message(text, buttons if n == last else (), custom if n == last else {})
                for n, text in enumerate(texts) if text]

    def text(self, key: str, now: dt.datetime, audience: Optional[Audience] = None, /, **given: str) -> str:
        """The messages of a key as one text."""
        return "\n\n".join(m.text for m in self.say(key, now, audience, **given))

    def fill(self, text: str, now: dt.datetime, **given: str) -> str:
        """Put facts into a text. What people typed is put in last and never read for placeholders."""
        def value(match: "re.Match[str]") -> str:
            name = match.group(1)
            if name in given:
                return given[name]
            return self.route(now) if name == "route" else self.facts[name]
        return _PLACEHOLDER.sub(value, text).strip()

    def unknown_in(self, text: str) -> List[str]:
        """The names in brackets in a text that stand for no fact."""
        return [name for name in _PLACEHOLDER.findall(text) if name not in self.facts]

    def fill_known(self, text: str, now: dt.datetime) -> str:
        """As ``fill``, outside of a conversation: what is only known in one is shown as dots."""
        return self.fill(text, now, **{name: "…" for name in _PLACEHOLDER.findall(text) if name in GIVEN_AT_RUN_TIME})

    def _with_the_number_of_now(self, texts: List[str], now: dt.datetime) -> List[str]:
        """Where Gateway's number stands alone while it is closed, the number that answers now is said behind it."""
        named = [n for n, text in enumerate(texts) if self.facts["gateway"] in text]
        both = any(self.facts["out_of_hours"] in text for text in texts)
        if not named or both or route_for_a_worry(self.directory, now).gateway is not Status.CLOSED:
            return texts
        last = named[-1]
        between = " " if texts[last][-1] in '.?!"' else "\n\n"     # a list ends without a full stop
        return [*texts[:last], texts[last] + between + self.fill(self.entries[CLOSED_NOW].texts[0], now), *texts[last + 1:]]

    def route(self, now: dt.datetime) -> str:
        """The sentence with the right number first for this moment; both numbers always."""
        key = _ROUTES[route_for_a_worry(self.directory, now).gateway]
        return _PLACEHOLDER.sub(lambda m: self.facts[m.group(1)], self.entries[key].texts[0])


def _facts(directory: Directory) -> Dict[str, str]:
    facts: Dict[str, str] = {"page_of_wishes": PAGE_OF_WISHES}
    for key, contact in directory.contacts.items():
        main = contact.phone or contact.text_number or contact.email or contact.website
        facts[key] = main or ""
        for name, value in (("email", contact.email), ("website", contact.website), ("word", contact.text_word)):
            if value:
                facts[f"{key}_{name}"] = value
        facts[f"{key}_checked_on"] = (f"{contact.checked_on.day} {contact.checked_on:%B %Y}" if contact.checked_on else "no date yet")
    return facts


def load_words(folder: Path = FOLDER, directory: Optional[Directory] = None) -> Words:
    """Read every wording file. Raises ``GuidanceError`` naming file, line and mend."""
    directory = directory or load_directory()
    base = folder if folder.is_absolute() else ROOT / folder
    files = yaml_files(base)
    return Words(dict(_entries(base, files, frozenset(_facts(directory)))), directory)


@functools.lru_cache(maxsize=2)
def _entries(base: Path, files: Tuple[Tuple[Path, int, int], ...], facts: FrozenSet[str]) -> Dict[str, Entry]:
    """What the files say, read once for as long as they stay as they are: they take a second or two."""
    entries: Dict[str, Entry] = {}
    for path, _, _ in files:
        content = read_yaml(path)
        for key, node in content.items():
            if key in entries:
                complain(path, content, f'the key "{key}" is written twice', "remove one of the two", key)
            entries[key] = _entry(path, content, key, node)
            for text in _every_text(entries[key]):
                for name in _PLACEHOLDER.findall(text):
                    if name not in facts and name not in GIVEN_AT_RUN_TIME and name != "route":
                        complain(path, content, f'"{key}" uses {{{name}}}, which contacts.yml does not have',
                                 "correct the name or add the contact", key)
            if entries[key].opens_with_999 and "{emergency}" not in entries[key].texts[0][:60]:
                complain(path, content, f'"{key}" must open with {{emergency}}', "put the number in its first words", key)
    for key, entry in entries.items():
        if entry.elsewhere and entry.elsewhere not in entries:
            complain(base, None, f'"{key}" has elsewhere: {entry.elsewhere}, which has no words', "correct the key", key)
    return entries


def _every_text(entry: Entry) -> List[str]:
    return [*entry.texts, *entry.simpler, *entry.shorter, *entry.unsure, *(t for texts in entry.for_audience.values() for t in texts)]


def _entry(path: Path, content: Any, key: str, node: Any) -> Entry:
    if isinstance(node, str):
        return Entry(key, (node,))
    if not isinstance(node, dict) or not node.get("says"):
        complain(path, content, f'"{key}" says nothing', 'write "says:" and a list of messages', key)
    unknown = set(node) - {"says", "buttons", "offers", "opens_with_999", "simpler", "shorter", "unsure", "for", "buttons_for", "elsewhere"}
    if unknown:
        complain(path, content, f'"{key}" has a part "{min(unknown)}"', "correct its name", key)
    fitted: Dict[Audience, Tuple[str, ...]] = {}
    for who, texts in (node.get("for") or {}).items():
        if who not in {a.value for a in Audience}:
            complain(path, content, f'"{key}" has words for "{who}"', f"choose from {', '.join(a.value for a in Audience)}", key)
        fitted[Audience(who)] = _texts(path, content, key, texts)
    own = node.get("buttons_for") or {}
    if set(own) - {who.value for who in fitted}:
        complain(path, content, f'"{key}" has buttons for "{min(own)}", but no words', 'write the words under "for:" first', key)
    buttons = {Audience(who): tuple(str(b) for b in labels) for who, labels in own.items()}
    return Entry(key, _texts(path, content, key, node["says"]), tuple(str(b) for b in node.get("buttons", [])), node.get("offers"),
                 bool(node.get("opens_with_999", False)), _texts(path, content, key, node.get("simpler") or []),
                 _texts(path, content, key, node.get("shorter") or []),
                 _texts(path, content, key, node.get("unsure") or []), fitted, buttons, node.get("elsewhere"))


def _texts(path: Path, content: Any, key: str, node: Any) -> Tuple[str, ...]:
    if not isinstance(node, list):
        complain(path, content, f'"{key}" has words that are not a list', "begin each message with a dash", key)
    if not all(isinstance(text, str) for text in node):
        complain(path, content, f'"{key}" has a message that is not text', "put it in quotes", key)
    return tuple(str(t) for t in node)
