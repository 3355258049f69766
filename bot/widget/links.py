"""The numbers and addresses of the contacts file as links, for the pages and for the widget."""
from __future__ import annotations

import re
from typing import Dict, Mapping

from markupsafe import Markup, escape

from bot.contacts.directory import Contact, Directory

# Numbers that do nothing useful when they are dialled alone: digits pressed during a silent call, and relay prefixes.
_NOT_RUNG = frozenset({"silent_999", "relay"})
# A page to leave to is not offered in a conversation.
_NOT_SHOWN = frozenset({"leaving"})

_SOURCE = re.compile(r'(Source: [^\n]*?)(https://[^\s<>"]*[^\s<>".,;:!?)\]])(.*)', re.DOTALL)


def links(directory: Directory) -> Dict[str, str]:
    """What may become a link, as people read it -> where it goes: tel:, sms:, mailto:, or a website that somebody has checked."""
    found: Dict[str, str] = {}
    for key, contact in directory.contacts.items():
        if key not in _NOT_SHOWN:
            found.update(_of(key, contact))
    return found


def web(address: str) -> str:
    """The https address of a website as contacts.yml writes it."""
    return address if address.startswith("https://") else f"https://{address}"


def linked(text: str, known: Mapping[str, str]) -> Markup:
    """The text as HTML, escaped, with its lines kept, and with links: what is known, and the address in a line that names a source."""
    source = _SOURCE.fullmatch(text)
    if source:
        return linked(source[1], known) + Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(source[2]) + linked(source[3], known)
    if not known:
        return Markup("<br>\n").join(text.split("\n"))
    parts = []
    done = 0
    for match in _pattern(known).finditer(text):
        href = known[next(k for k in known if _flat(k) == _flat(match[0]))]
        parts += [_lines(text[done:match.start()]), Markup('<a href="{}" rel="noreferrer">{}</a>').format(href, match[0])]
        done = match.end()
    parts.append(_lines(text[done:]))
    return Markup("").join(parts)


def _of(key: str, contact: Contact) -> Dict[str, str]:
    found = {}
    if contact.phone and key not in _NOT_RUNG:
        found[contact.phone] = "tel:" + re.sub(r"\s", "", contact.phone)
    if contact.text_number:
        found[contact.text_number] = "sms:" + re.sub(r"\s", "", contact.text_number)
    if contact.email:
        found[contact.email] = "mailto:" + contact.email
    if contact.website and contact.checked_on:
        found[contact.website] = web(contact.website)
    return found


def _pattern(known: Mapping[str, str]) -> "re.Pattern[str]":
    alternatives = "|".join(re.escape(shown).replace(r"\ ", r"[ \u00a0]?") for shown in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<![\w.@£/])(?<!\d[ \u00a0])(?:{alternatives})(?!\w|[ \u00a0]?\d)", re.IGNORECASE)


def _flat(shown: str) -> str:
    return re.sub(r"\s", "", shown).lower()


def _lines(text: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))
