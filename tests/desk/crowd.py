"""Ten thousand contacts at a desk, in every state, so that its pages can be timed."""
import uuid
from datetime import timedelta

from bot.desk.inbox import DeskState
from bot.desk.tables import contacts
from bot.handoff.parcel import LETTERS
from tests.desk.conftest import a_contact_of


def crowd(inbox, now, many=10_000):
    """Fill the inbox with contacts that came a minute apart until ``now``. Returns their references, newest first."""
    sealed = inbox.seal(a_contact_of().as_bytes())
    rows = []
    for n in range(many):
        state = list(DeskState)[min(3, n % 10 // 2)] if n % 3 else DeskState.PASSED
        at = now - timedelta(minutes=n)
        opened, decided = state is not DeskState.DELIVERED, state in (DeskState.ACKNOWLEDGED, DeskState.PASSED)
        rows.append(dict(id=str(uuid.uuid4()), reference=_reference(n), path=("public", "child", "practitioner")[n % 3], received_at=at,
                         arrived_at=at, sealed=sealed, state=state.value, door="here", flags="staff_risk" if n % 7 == 0 else "",
                         flagged=int(n % 7 == 0), open_by=at + timedelta(hours=4), decide_by=at + timedelta(days=1), pass_by=at + timedelta(days=3),
                         seen_at=at if opened else None, worker_seen_at=at if opened else None, acknowledged_at=at if decided else None,
                         passed_at=at if state is DeskState.PASSED else None, version=1))
    with inbox.engine.begin() as db:
        db.execute(contacts.insert(), rows)
    return [row["reference"] for row in rows]


def pages(references, n):
    """The n-th page of a round through the inbox: the first, a later one, filters, a search."""
    return ("/", f"/?page={n * 6 + 1}", "/?state=delivered", "/?overdue=yes&flagged=yes", f"/?reference={references[n]}")[n % 5]


def _reference(n):
    digits = [LETTERS[(n // len(LETTERS) ** i) % len(LETTERS)] for i in range(8)]
    return "".join(digits[:4]) + "-" + "".join(digits[4:])
