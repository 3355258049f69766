"""What the numbers show: how many, when, how fast. Counts only; nothing here was ever said by anybody."""
from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterable, List, Mapping, Sequence, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.contacts.hours import LONDON, london
from bot.desk.inbox import DeskState
from bot.desk.person import Person
from bot.desk.tables import contacts, counts
from bot.handoff.database import reading

Row = Tuple[str, int]
WEEKS = 12
_TOPICS = 15        # bars that can still be read


@dataclass(frozen=True)
class Chart:
    """One chart: what it shows, over which columns, and whether its bars lie."""

    title: str
    column: str
    number: str
    lying: bool = False
    says: str = ""


CHARTS: Mapping[str, Chart] = {
    "weeks": Chart("Contacts a week", "Week beginning", "Contacts"),
    "paths": Chart("Who told us", "Who", "Contacts"),
    "hours": Chart("When they told us", "Hour of the day", "Contacts", says="The hour in London at which the contact was sent."),
    "opened": Chart("How long until somebody opened it", "Time", "Contacts"),
    "states": Chart("Where they stand", "State", "Contacts"),
    "stopped": Chart("Where people stop in the form", "Last question", "Times", lying=True,
                     says="The question that stood open when somebody said stop."),
    "left": Chart("Where people leave the form", "Last question", "Times", lying=True,
                  says="The question that stood open when somebody went without a word: they closed the chat, or half an hour passed."),
    "forms": Chart("Forms begun and sent", "What", "Times"),
    "topic": Chart("What people ask about", "Topic", "Times", lying=True),
    "not_held": Chart("Questions that the library could not answer", "Nearest section", "Times", lying=True,
                      says="Counted by the section that came nearest. The questions themselves are not kept.")}
_OPENED = (("Under 1 hour", 1), ("1 to 4 hours", 4), ("4 to 24 hours", 24), ("1 to 3 days", 72), ("Longer", 10 ** 6))
_FORMS = (("begun", "Begun"), ("stopped", "Stopped"), ("left", "Left"), ("sent", "Sent"))
_PATHS = {"public": "Public", "practitioner": "Practitioner", "child": "Child"}
_STATES = {DeskState.DELIVERED: "Not opened", DeskState.SEEN: "Opened", DeskState.ACKNOWLEDGED: "Decided", DeskState.PASSED: "Passed on",
           DeskState.ERASED: "Erased"}


def figures(engine: Engine, person: Person, now: dt.datetime, say: Callable[[str], str]) -> Dict[str, Tuple[Row, ...]]:
    """The rows of every chart, of the last twelve weeks, for the front doors that the person sees."""
    monday = london(now).date() - dt.timedelta(days=london(now).weekday())
    first = monday - dt.timedelta(weeks=WEEKS - 1)
    since = dt.datetime.combine(first, dt.time(), LONDON)     # the week begins at midnight here, which in summer is not midnight UTC
    mine = [contacts.c.door.in_(person.doors)] if person.doors else []
    with reading(engine).begin() as db:
        rows = db.execute(sa.select(contacts.c.received_at, contacts.c.seen_at, contacts.c.path, contacts.c.state)
                          .where(contacts.c.received_at >= since, *mine)).all()
        counted = db.execute(sa.select(counts.c.what, counts.c.which, sa.func.sum(counts.c.many).label("many")).where(
            counts.c.day >= first, *([counts.c.door.in_(person.doors)] if person.doors else [])).group_by(counts.c.what, counts.c.which)).all()
    local = [london(r.received_at) for r in rows]
    weeks = [first + dt.timedelta(weeks=n) for n in range(WEEKS)]
    by_what: Dict[str, Dict[str, int]] = {}
    for r in counted:
        by_what.setdefault(r.what, {})[r.which] = int(r.many)
    return {
        "weeks": tuple((f"{week.day} {week:%b}", sum(week <= at.date() < week + dt.timedelta(weeks=1) for at in local)) for week in weeks),
        "paths": _counted((r.path for r in rows), _PATHS), "hours": tuple((f"{h:02d}", sum(at.hour == h for at in local)) for h in range(24)),
        "opened": _opened([(r.received_at, r.seen_at) for r in rows]),
        "states": _counted((DeskState(r.state) for r in rows), _STATES),
        "stopped": _most(by_what.get("stopped", {}), lambda k: say(f"label_{k}")),
        "left": _most(by_what.get("left", {}), lambda k: say(f"label_{k}")),
        "forms": tuple((label, sum(by_what.get(what, {}).values())) for what, label in _FORMS),
        "topic": _most(by_what.get("topic", {}), lambda k: k.replace("_", " ")), "not_held": _most(by_what.get("not_held", {}), str)}


def as_csv(found: Mapping[str, Sequence[Row]]) -> str:
    """Every figure as lines of chart, label, number."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("chart", "label", "number"))
    for name, rows in found.items():
        writer.writerows((CHARTS[name].title, _harmless(label), number) for label, number in rows)
    return out.getvalue()


def _harmless(label: str) -> str:
    """A spreadsheet must not take a label for a formula."""
    return f"'{label}" if label[:1] in "=+-@\t\r" else label


def _opened(times: List[Tuple[dt.datetime, "dt.datetime | None"]]) -> Tuple[Row, ...]:
    hours = [(seen - received).total_seconds() / 3600 for received, seen in times if seen is not None]
    rows, below = [], -1e9
    for label, limit in _OPENED:
        rows.append((label, sum(below <= h < limit for h in hours)))
        below = limit
    return (*rows, ("Not yet", len(times) - len(hours)))


def _counted(values: Iterable[object], words: Mapping[Any, str]) -> Tuple[Row, ...]:
    found = list(values)
    return tuple((label, found.count(key)) for key, label in words.items())


def _most(found: Mapping[str, int], label: Callable[[str], str]) -> Tuple[Row, ...]:
    """The largest first. What has the same label is one bar."""
    many: Counter[str] = Counter()
    for key, number in found.items():
        many[label(key)] += number
    return tuple(sorted(many.items(), key=lambda pair: (-pair[1], pair[0]))[:_TOPICS])
