"""Where conversations rest: encrypted, for half an hour, then gone. SQLite, PostgreSQL, or memory alone.

A row holds the latest state of a conversation (what Rasa needs for the next turn) and what was shown in a turn
is a row of its own, so that a turn costs the same however long people talk. Ids are kept as
their SHA-256 only: whoever reads the database cannot join a conversation.
"""
from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Tuple

import sqlalchemy as sa
from cryptography.fernet import InvalidToken, MultiFernet

State = Dict[str, Any]
IDLE_SECONDS = 30 * 60
SHOWN_AT_MOST = 100  # turns
_metadata = sa.MetaData()
_conversation = sa.Table(
    "conversation", _metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("seen_at", sa.BigInteger, nullable=False, index=True),  # seconds since 1970, UTC
    sa.Column("state", sa.LargeBinary))
_shown = sa.Table(
    "shown", _metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation_id", sa.String(64), sa.ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("message", sa.LargeBinary, nullable=False))
# Built once: SQLAlchemy takes longer to build a statement than SQLite to run it.
_HERE = _conversation.c.id == sa.bindparam("key")
_SEEN_AT = sa.select(_conversation.c.seen_at).where(_HERE, _conversation.c.seen_at > sa.bindparam("since"))
_STATE = sa.select(_conversation.c.state).where(_HERE)
_TOUCH = _conversation.update().where(_HERE).values(seen_at=sa.bindparam("now"))
_SAVE = _conversation.update().where(_HERE).values(state=sa.bindparam("locked"))
_SHOW = _shown.insert()
_SHOWN = (sa.select(_shown.c.message).where(_shown.c.conversation_id == sa.bindparam("key"))
          .order_by(_shown.c.n.desc()).limit(SHOWN_AT_MOST))
_IN_MEMORY = (None, "", ":memory:")
_FORGOTTEN_AT_ONCE = 50
_TOUCHED_ANEW = 60  # a session is marked as alive when its last mark is older than this part of the while it may idle


def hashed_id(session: str) -> str:
    """The form in which a session id is kept."""
    return hashlib.sha256(session.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Conversations:
    """The store. ``clock`` returns seconds since 1970."""

    engine: sa.engine.Engine
    fernet: MultiFernet
    clock: Callable[[], float] = time.time
    idle_seconds: int = IDLE_SECONDS

    @classmethod
    def open(cls, url: str, fernet: MultiFernet, idle_seconds: int = IDLE_SECONDS) -> "Conversations":
        """Connect and create the tables. Raises ``sqlalchemy.exc.SQLAlchemyError``; never prints what people typed."""
        engine = sa.create_engine(url, future=True, hide_parameters=True, **_options(url))
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _sqlite_for_one_writer)
        else:
            sa.event.listen(engine, "connect", _postgresql_without_waiting)
        _metadata.create_all(engine)
        return cls(engine, fernet, idle_seconds=idle_seconds)

    def begin(self) -> str:
        """Start a conversation and return its session id, 192 bits that nobody can guess."""
        session = secrets.token_urlsafe(24)
        with self.engine.begin() as db:
            db.execute(_conversation.insert().values(id=hashed_id(session), seen_at=int(self.clock())))
        return session

    def touch(self, session: str) -> bool:
        """True if the session was issued here and has not expired; it then lives on for another while."""
        now, key = int(self.clock()), hashed_id(session)
        with self.engine.connect() as db:
            seen_at = db.execute(_SEEN_AT, {"key": key, "since": now - self.idle_seconds}).scalar()
        if seen_at is not None and now - seen_at >= self.idle_seconds // _TOUCHED_ANEW:
            with self.engine.begin() as db:
                return bool(db.execute(_TOUCH, {"key": key, "now": now}).rowcount)
        return seen_at is not None

    def end(self, session: str) -> Tuple[State, ...]:
        """Forget a conversation at once. Returns the state that it had, if any."""
        return self._forget(sa.true(), [hashed_id(session)])[1]

    def forget_idle(self) -> Tuple[int, Tuple[State, ...]]:
        """Forget conversations that have been idle for too long, so few at once that nobody waits for it: until it is none, call it again.

        Returns how many, and the states that they had.
        """
        idle = _conversation.c.seen_at <= int(self.clock()) - self.idle_seconds
        with self.engine.connect() as db:
            ids = list(db.execute(sa.select(_conversation.c.id).where(idle).limit(_FORGOTTEN_AT_ONCE)).scalars())
        return self._forget(idle, ids)

    def _forget(self, if_so: Any, ids: List[str]) -> Tuple[int, Tuple[State, ...]]:
        """Forget those of the conversations of which it is still so. Each is reported once, whoever else forgets at the same moment."""
        rows, forget = [], _conversation.delete().where(_HERE, if_so)     # with what was shown
        with self.engine.begin() as db:
            for key in ids:
                row = db.execute(_STATE, {"key": key}).scalar()
                rows += [row] if db.execute(forget, {"key": key}).rowcount else []
        return len(rows), tuple(state for state in (self._unlock(row) for row in rows if row) if state)

    def show(self, session: str, messages: List[Dict[str, Any]]) -> None:
        """Keep messages for redrawing the page. Those of one turn are one row: a lock each would cost more than the rest of it."""
        if messages:
            with self.engine.begin() as db:
                db.execute(_SHOW, {"conversation_id": hashed_id(session), "message": self._lock({"messages": messages})})

    def shown(self, session: str) -> List[Dict[str, Any]]:
        """The messages so far, oldest first (the last few hundred)."""
        with self.engine.connect() as db:
            rows = db.execute(_SHOWN, {"key": hashed_id(session)}).scalars()
            turns = [turn for turn in (self._unlock(row) for row in reversed(list(rows))) if turn is not None]
        return [message for turn in turns for message in turn.get("messages", [turn])]  # before, a message was a row of its own

    def forget_words(self, session: str) -> None:
        """Forget every message shown so far; the conversation itself goes on."""
        with self.engine.begin() as db:
            db.execute(_shown.delete().where(_shown.c.conversation_id == hashed_id(session)))

    def save_state(self, key: str, state: Dict[str, Any]) -> None:
        """Keep Rasa's state of a conversation. ``key`` is the hashed id. A conversation that was ended stays ended."""
        with self.engine.begin() as db:
            db.execute(_SAVE, {"key": key, "locked": self._lock(state)})

    def state(self, key: str) -> Optional[Dict[str, Any]]:
        """Rasa's state of a conversation, or None."""
        with self.engine.connect() as db:
            row = db.execute(_STATE, {"key": key}).scalar()
        return self._unlock(row) if row else None

    def write_back(self) -> None:
        """Bring SQLite's log into its file and empty it: what was forgotten leaves the disk, and no turn waits for the disk.

        Call it now and then, beside the turns: it waits for the disk. Other databases do this themselves.
        """
        if self.engine.dialect.name == "sqlite" and self.engine.url.database not in _IN_MEMORY:
            with self.engine.connect() as db:
                db.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")    # without holding up a writer ...
                db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")   # ... so that little is left for this one, which does

    def _lock(self, content: Dict[str, Any]) -> bytes:
        return self.fernet.encrypt(json.dumps(content, separators=(",", ":")).encode())

    def _unlock(self, row: bytes) -> Optional[Dict[str, Any]]:
        try:
            return dict(json.loads(self.fernet.decrypt(bytes(row))))
        except InvalidToken:
            return None  # a key was thrown away: the conversation is as good as forgotten


def _options(url: str) -> Dict[str, Any]:
    if url in ("sqlite://", "sqlite:///:memory:"):
        return {"poolclass": sa.pool.StaticPool, "connect_args": {"check_same_thread": False}}
    if url.startswith("sqlite"):
        # SQLAlchemy 1.4 would open and close the file at every turn, which costs more than the turn
        return {"poolclass": sa.pool.QueuePool, "connect_args": {"check_same_thread": False}}
    return {"pool_pre_ping": True}


def _sqlite_for_one_writer(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # NORMAL: no turn waits for the disk. The log is written back beside the turns; by itself only if nobody does, at 40 MB.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "wal_autocheckpoint=10000", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _postgresql_without_waiting(connection: Any, _record: Any) -> None:
    """As NORMAL in SQLite: a conversation survives a killed process; half a second of it may go with the server's power. A contact may not."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = 'off'")
    connection.commit()
