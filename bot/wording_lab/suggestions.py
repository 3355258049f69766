"""From words to change: the group suggests, an editor accepts or says why not, and a second person signs what could harm."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, List, Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.contacts.hours import london
from bot.desk.record import write_event
from bot.guidance_files import GuidanceError
from bot.handoff.database import reading, utc
from bot.handoff.sealing import open_sealed, read_all_private
from bot.wording.said import Said, fingerprint
from bot.wording_lab.tables import changes, flags, texts
from bot.wording_lab.tally import publish, tally
from bot.wording_lab.text_in_file import CannotChange
from bot.wording_lab.wording_files import Proposal, propose, texts_by_id, write

LONGEST_REASON = 300
_OPEN = ("open", "asked", "waiting")


@dataclass(frozen=True)
class Suggestion:
    """Words of somebody in the group, about one text (``said``; "" if it is about none that can be changed).

    ``state``: flagged (sealed apart) · open · asked (the group compares it) · waiting (for a second person) · accepted · rejected.
    ``reason``: why it was rejected, which the group reads; or why accepted words may be harder.
    """

    id: str
    kind: str
    said: str
    state: str
    words: str
    final: str
    reason: str
    by: str
    day: Any


@dataclass(frozen=True)
class Change:
    """A text that was changed because of the group."""

    at: datetime
    said: str
    old: str
    new: str
    credit: str
    accepted_by: str
    signed_by: str


class Suggestions:
    """Everything that was suggested and what became of it."""

    def __init__(self, engine: Engine, keys: Path) -> None:
        self.engine, self._keys = engine, keys

    def open(self) -> List[Suggestion]:
        """What waits for an editor, the oldest first. Nothing that was flagged."""
        return self._all(texts.c.state.in_(_OPEN))

    def asked(self) -> List[Suggestion]:
        """What the group is asked to compare."""
        return self._all(sa.and_(texts.c.state == "asked", texts.c.said != ""))

    def rejected(self) -> List[Suggestion]:
        """What was not taken, with the reasons."""
        return self._all(texts.c.state == "rejected")

    def find(self, suggestion_id: str) -> Optional[Suggestion]:
        """One that is open to an editor, or None."""
        found = self._all(sa.and_(texts.c.id == suggestion_id, texts.c.state != "flagged"))
        return found[0] if found else None

    def proposal(self, said: Said, final: str, now: datetime) -> Proposal:
        """The change that these words would make, held against the group's votes. Raises ``CannotChange``."""
        return propose(said, final, credit(now), tally(self.engine))

    def ask_the_group(self, suggestion: Suggestion, final: str, who: str, now: datetime) -> Proposal:
        """Let the next meetings compare these words with the old ones. Raises ``CannotChange``."""
        proposal = self.proposal(texts_by_id()[suggestion.said], final, now)
        self._decide(suggestion, ("open",), "asked", who, now, final=proposal.new.text)
        return proposal

    def accept(self, suggestion: Suggestion, final: str, seen: str, who: str, now: datetime, why: str = "") -> Proposal:
        """Change the words, or let them wait for a second person. ``seen``: the old text that the editor looked at; ``why`` it may be harder,
        if it is. Raises ``CannotChange``."""
        said = texts_by_id().get(suggestion.said)
        if said is None or said.text.split() != seen.split():
            raise CannotChange("These words were changed in the meantime. Look at them again.")
        if suggestion.state == "waiting":
            if suggestion.by == who:
                raise CannotChange("A second person must sign this. Ask somebody else.")
            if final.split() != suggestion.final.split():
                raise CannotChange("Sign the words as they are. If they are not right, say why not.")
        proposal, why = self.proposal(said, final, now), " ".join(why.split()) or suggestion.reason
        if proposal.harder and not 10 <= len(why) <= LONGEST_REASON:
            raise CannotChange(f"Say why it may be harder, in a sentence. It is kept with the words. {LONGEST_REASON} letters at most.")
        if proposal.second and suggestion.state != "waiting":
            self._decide(suggestion, ("open", "asked"), "waiting", who, now, final=proposal.new.text, reason=why if proposal.harder else "")
            return proposal
        first = suggestion.by if suggestion.state == "waiting" else who
        self._decide(suggestion, _OPEN, "accepted", first, now, final=proposal.new.text, reason=why if proposal.harder else "",
                     change=(proposal, who if first != who else ""))
        return proposal

    def reject(self, suggestion: Suggestion, reason: str, who: str, now: datetime) -> None:
        """Say no, and why: the group reads it. Raises ``CannotChange``."""
        reason = " ".join(reason.split())
        if not 10 <= len(reason) <= LONGEST_REASON:
            raise CannotChange(f"Say why, in a sentence that the group can read. {LONGEST_REASON} letters at most.")
        self._decide(suggestion, _OPEN, "rejected", who, now, reason=reason)

    def changes(self) -> Tuple[Change, ...]:
        """What was changed because of the group, newest first."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(changes).order_by(changes.c.number.desc()).limit(100)).all()
        return tuple(Change(r.at, r.said, r.old, r.new, r.credit, r.accepted_by, r.signed_by) for r in rows)

    def _decide(self, suggestion: Suggestion, before: Tuple[str, ...], state: str, who: str, now: datetime, *, final: str = "", reason: str = "",
                change: "Tuple[Proposal, str] | None" = None) -> None:
        with self.engine.begin() as db:
            done = db.execute(texts.update().where(texts.c.id == suggestion.id, texts.c.state == suggestion.state, texts.c.state.in_(before))
                              .values(state=state, final=final, reason=reason, by=who, at=utc(now)))
            if done.rowcount != 1:
                raise CannotChange("Somebody has decided about this already. Look at the list again.")
            write_event(db, f"a wording suggestion was {state}", who, suggestion.said, now)
            if change:
                proposal, signed = change
                db.execute(changes.insert().values(at=utc(now), said=proposal.said.id, file=proposal.said.file, old=proposal.said.text,
                                                   new=proposal.new.text, credit=credit(now), accepted_by=who, signed_by=signed))
                self._write(proposal, who, signed, reason, now)     # last: if it cannot be written, nothing is said to be done

    def _write(self, proposal: Proposal, first: str, second: str, why: str, now: datetime) -> None:
        mark = fingerprint(proposal.new.text) if proposal.less else None
        try:
            publish(self.engine)
        except (OSError, GuidanceError) as problem:
            raise CannotChange(f"The group's votes cannot be written ({problem}). Ask whoever runs the service.") from None
        write(proposal.said, proposal.new, credit(now), (mark, (first, second), why, london(now).date()) if proposal.harder else None)

    def _all(self, which: Any) -> List[Suggestion]:
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(texts).where(which).order_by(texts.c.day, texts.c.id).limit(500)).all()
        private = read_all_private(self._keys) if rows else ()
        return [Suggestion(r.id, r.kind, r.said, r.state, open_sealed(private, r.sealed).decode(), r.final, r.reason, r.by, r.day) for r in rows]

    def flagged(self) -> List[Tuple[Any, str]]:
        """What the net flagged: its row, and the words for the worker who may read them. What nobody has seen comes first."""
        with reading(self.engine).begin() as db:
            rows = db.execute(sa.select(flags, texts.c.sealed, texts.c.state).join(texts, texts.c.id == flags.c.id)
                              .order_by(flags.c.seen_at.is_not(None), flags.c.at.desc()).limit(200)).all()
        private = read_all_private(self._keys) if rows else ()
        return [(r, open_sealed(private, r.sealed).decode()) for r in rows]

    def see_flag(self, flag_id: str, release: bool, who: str, now: datetime) -> None:
        """A worker has seen it and acts. ``release``: it was about our words after all, and may be looked at as a suggestion."""
        with self.engine.begin() as db:
            db.execute(flags.update().where(flags.c.id == flag_id, flags.c.seen_at.is_(None)).values(seen_by=who, seen_at=utc(now)))
            if release:
                db.execute(texts.update().where(texts.c.id == flag_id, texts.c.state == "flagged").values(state="open"))
            write_event(db, "a lab flag was let go" if release else "a lab flag was seen", who, flag_id, now)


def credit(now: datetime) -> str:
    """Who is thanked, beside the words in their file."""
    return f"Young Safeguarders, {london(now):%B %Y}"
