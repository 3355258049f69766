"""The list of contacts as one person sees it: filtered, in the order in which they need somebody, a page at a time."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Dict, List, Mapping, Optional, Tuple
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.desk.inbox import DeskState, Listed, listed, without_content
from bot.desk.person import Person
from bot.desk.tables import contacts
from bot.handoff.database import reading, utc
from bot.handoff.parcel import tidy_reference
from bot.handoff.questions import Path

PAGE = 40
_MOST_PAGES = 10_000
_RANK = sa.case({state.value: number for number, state in enumerate(DeskState)}, value=contacts.c.state)


@dataclass(frozen=True)
class Wanted:
    """What somebody filters for; ``reference`` as they typed it."""

    state: str = ""
    path: str = ""
    mine: str = ""          # "me" or "nobody"
    overdue: bool = False
    flagged: bool = False
    door: str = ""
    reference: str = ""
    page: int = 1

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Wanted":
        """From a query; what makes no sense is left out."""
        page = given.get("page", "1")
        return cls(_one_of(given.get("state"), [s.value for s in DeskState] + ["open"]),
                   _one_of(given.get("path"), [p.value for p in Path]), _one_of(given.get("mine"), ["me", "nobody"]),
                   given.get("overdue") == "yes", given.get("flagged") == "yes", given.get("door", "")[:40],
                   given.get("reference", "")[:40],
                   int(page) if page.isascii() and page.isdigit() and 0 < int(page[:6]) <= _MOST_PAGES else 1)

    def query(self, **other: Any) -> str:
        """As the query of an address, with some things different. A reference grants nothing and may stand there."""
        changed = replace(self, **other)
        pairs = {"state": changed.state, "path": changed.path, "mine": changed.mine, "overdue": "yes" if changed.overdue else "",
                 "flagged": "yes" if changed.flagged else "", "door": changed.door, "reference": changed.reference,
                 "page": str(changed.page) if changed.page > 1 else ""}
        return urlencode({k: v for k, v in pairs.items() if v})

    @property
    def any(self) -> bool:
        """True if anything is filtered."""
        return bool(self.query(page=1))


@dataclass(frozen=True)
class Page:
    """One page of what was found."""

    contacts: Tuple[Listed, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class Standing:
    """How the inbox of one person stands, for the top of the page and the live count."""

    unopened: int
    overdue: int
    undecided: int
    unpassed: int


def search(engine: Engine, person: Person, wanted: Wanted, now: datetime) -> Page:
    """What the person may see and wants to see. A reference that cannot be one finds nothing."""
    conditions = _conditions(person, wanted, now)
    with reading(engine).begin() as db:
        total = int(db.execute(sa.select(sa.func.count()).select_from(contacts).where(*conditions)).scalar_one())
        pages = max(1, -(-total // PAGE))
        number = min(wanted.page, pages)
        turn = (_RANK, contacts.c.flagged.desc(), contacts.c.received_at, contacts.c.id)
        ids = db.execute(sa.select(contacts.c.id).where(*conditions).order_by(*turn).limit(PAGE).offset((number - 1) * PAGE)).scalars().all()
        rows = db.execute(sa.select(*without_content()).where(contacts.c.id.in_(ids)).order_by(*turn)).all()
    return Page(tuple(listed(r) for r in rows), number, pages, total)


def standing(engine: Engine, person: Person, now: datetime) -> Standing:
    """How many wait for what."""
    c = contacts.c

    def many(condition: Any) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    with reading(engine).begin() as db:
        row = db.execute(sa.select(
            many(c.state == DeskState.DELIVERED.value), many(_overdue(now)), many(c.acknowledged_at.is_(None)), many(c.passed_at.is_(None)))
            .where(c.passed_at.is_(None), c.erased_at.is_(None), *_seen_by(person))).one()
    return Standing(*(int(n) for n in row))


def doors(engine: Engine) -> Tuple[str, ...]:
    """The front doors from which contacts have come."""
    with reading(engine).begin() as db:
        return tuple(db.execute(sa.select(contacts.c.door).distinct().order_by(contacts.c.door)).scalars())


def _conditions(person: Person, wanted: Wanted, now: datetime) -> List[Any]:
    c = contacts.c
    found = _seen_by(person)
    if wanted.state == "open":
        found += [c.passed_at.is_(None), c.erased_at.is_(None)]
    elif wanted.state:
        found.append(c.state == wanted.state)
    plain: Dict[str, Any] = {"path": c.path, "door": c.door}
    found += [column == getattr(wanted, key) for key, column in plain.items() if getattr(wanted, key)]
    if wanted.mine:
        found.append(c.assigned_to == person.name if wanted.mine == "me" else c.assigned_to.is_(None))
    if wanted.overdue:
        found.append(_overdue(now))
    if wanted.flagged:
        found.append(c.flagged > 0)
    if wanted.reference.strip():
        found.append(c.reference == (tidy_reference(wanted.reference) or "none"))
    return found


def _seen_by(person: Person) -> List[Any]:
    return [contacts.c.door.in_(person.doors)] if person.doors else []


def _overdue(now: datetime) -> Any:
    c, moment = contacts.c, utc(now)
    return sa.and_(c.erased_at.is_(None), sa.or_(
        sa.and_(c.worker_seen_at.is_(None), c.open_by < moment),
        sa.and_(c.worker_seen_at.is_not(None), c.acknowledged_at.is_(None), c.decide_by < moment),
        sa.and_(c.acknowledged_at.is_not(None), c.passed_at.is_(None), c.pass_by < moment)))


def _one_of(given: Optional[str], allowed: List[str]) -> str:
    return given if given in allowed else ""
