"""Who answers now: which number comes first, and how sure we are."""
from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Tuple

from bot.contacts.directory import Contact, Directory
from bot.contacts.hours import Status, bank_holidays, london


@dataclass(frozen=True)
class Route:
    """The numbers to give for a worry about a child, the likeliest to answer first; always all of them."""

    contacts: Tuple[Contact, ...]
    gateway: Status


def status(directory: Directory, contact: Contact, moment: dt.datetime) -> Status:
    """Open, closed, or unsure (sources differ, none gives hours, or the entry is past its review date)."""
    local = london(moment)
    statements = [s for s in contact.statements if s.valid_from <= local.date()]
    if not statements or local.date() > contact.review_by or local.year > max(d.year for d in bank_holidays()):
        return Status.UNSURE
    answers = set()
    for statement in statements:
        if statement.opening.outside:
            other = status(directory, directory[statement.opening.outside], moment)
            answers.add({Status.OPEN: Status.CLOSED, Status.CLOSED: Status.OPEN}.get(other, Status.UNSURE))
        else:
            answers.add(Status.OPEN if statement.opening.is_open(moment) else Status.CLOSED)
    return answers.pop() if len(answers) == 1 else Status.UNSURE


def route_for_a_worry(directory: Directory, moment: dt.datetime) -> Route:
    """Gateway first while any source says it is open, else the out of hours line first. Both are always given."""
    gateway, out_of_hours = directory["gateway"], directory["out_of_hours"]
    now = status(directory, gateway, moment)
    if now is Status.CLOSED:
        return Route((out_of_hours, gateway), now)
    return Route((gateway, out_of_hours), now)


def problems(directory: Directory, today: dt.date) -> Tuple[str, ...]:
    """What an operator must mend: entries that nobody checked or that are past review, a line each."""
    found = []
    for key, contact in directory.contacts.items():
        if contact.checked_on is None:
            found.append(f"{key}: nobody has checked this entry; compare it with {contact.source} and write checked_on")
        if contact.review_by < today:
            found.append(f"{key}: was due for review by {contact.review_by}; compare it with {contact.source}, "
                         "then move checked_on and review_by")
    if today.year >= max(d.year for d in bank_holidays()):
        found.append("bank holidays: the list ends this year; update the package govuk-bank-holidays")
    return tuple(found)
