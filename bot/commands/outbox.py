"""Commands about contacts on their way, and about forgetting them."""
from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from typing import TYPE_CHECKING, Callable, FrozenSet, List, Optional, Sequence

from bot.commands.group import Group

if TYPE_CHECKING:
    from bot.handoff.store import Store


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    outbox = commands.group("outbox", "contacts on their way")
    outbox.add("status", "how many are where, what is stuck, and whether the worker lives; fails if somebody must act", _status)
    retry = outbox.add("retry", "try a stuck contact again, after what stopped it was mended", _retry)
    retry.add_argument("reference")
    _who(retry)
    retention = commands.add("retention", "erase what was delivered and decided about long enough ago, as the worker does every day", _retention)
    retention.add_argument("--days", type=int, default=None, help="how long after the decision (default: FRONTDOOR_RETENTION_DAYS, or 30)")
    for name, text, do in (("erase", "erase one contact by its reference", _erase), ("hold", "keep a contact from being erased", _hold),
                           ("release", "end such a hold", _release), ("export", "print all that is held about one contact, for a reviewer", _export)):
        command = commands.add(name, text, do)
        command.add_argument("reference")
        _who(command)
        command.add_argument("--reason", required=True, help="why; it is written down")
        if name == "erase":
            command.add_argument("--manager", action="store_true", help="you are a manager: needed for a contact that was delivered")


def _who(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as", dest="who", required=True, metavar="NAME", help="your name; it is written down")


def _status(args: argparse.Namespace) -> int:
    from bot.handoff.our_clock import DIFFER_BY
    from bot.handoff.outbox import stuck
    from bot.handoff.worker import SILENT_AFTER
    store, now = _store(), _now()
    counts, beat = store.counts(now), store.last_beat()
    print(f"waiting {counts.waiting}, sending {counts.sending}, delivered {counts.delivered}, stuck {counts.stuck}; "
          f"not delivered within a day: {counts.late}.")
    for row in stuck(store):
        print(f"  stuck: {row.reference} to {row.destination}: {row.reason}. Mend that, then `frontdoor outbox retry {row.reference} --as NAME`.")
    silent = beat is None or abs(now - beat) > SILENT_AFTER     # a beat that is still to come is a wrong clock's
    print("The worker has never run." if beat is None else f"The worker was last heard of {int((now - beat).total_seconds())} s ago.")
    if beat is not None and beat > now + DIFFER_BY:
        print("That is still to come: a clock of the worker's machine or of this one is wrong. Set it.")
    if silent and (counts.waiting or counts.sending):
        print("Nothing is delivered while it is silent: start it with `frontdoor worker`.")
    return 1 if counts.stuck or counts.late or (silent and (counts.waiting or counts.sending)) else 0


def _retry(args: argparse.Namespace) -> int:
    from bot.handoff.outbox import put_back
    freed = put_back(_store(), args.reference, args.who, _now())
    print(f"{freed} delivery(ies) will be tried at once." if freed else "Nothing of that reference is stuck.")
    return 0 if freed else 1


def _retention(args: argparse.Namespace) -> int:
    from bot.handoff.retention import forget_due
    from bot.handoff.settings import retention_days
    from bot.settings import SettingsError
    problems: List[str] = []
    days = args.days if args.days is not None else retention_days(os.environ, problems)
    if problems:
        raise SettingsError(problems)
    if days < 1:
        print("--days must be 1 or more.", file=sys.stderr)
        return 2
    done = forget_due(_store(), _now(), _ask_desk, days)
    print(f"{done.erased} contact(s) erased; {done.held} kept by a legal hold, here or at the desk. What nobody has decided about is never erased.")
    if done.unsure:
        print(f"{done.unsure} kept because the desk did not say whether it holds them: start the desk, then run this again.", file=sys.stderr)
    return 1 if done.unsure else 0


def _erase(args: argparse.Namespace) -> int:
    from bot.handoff.retention import erase
    return _may(lambda: erase(_store(), args.reference, args.who, args.reason, _now(), _ask_desk, args.manager),
                lambda: "Erased here. What the desk or another system received is erased there.")


def _hold(args: argparse.Namespace) -> int:
    from bot.handoff.retention import hold
    return _may(lambda: hold(_store(), args.reference, args.who, args.reason, _now()), lambda: (
        "On hold: it will not be erased, here or at the desk." if _told_desk() else
        "On hold here. The desk could not be told: until the worker tells it, a manager could erase it there."))


def _release(args: argparse.Namespace) -> int:
    from bot.handoff.retention import release
    return _may(lambda: release(_store(), args.reference, args.who, args.reason, _now()), lambda: (
        "Released here. If the desk holds it too, it stays until a manager ends that hold there." if _told_desk() else
        "Released here. The desk could not be told; the worker tells it when it answers."))


def _export(args: argparse.Namespace) -> int:
    import json

    from bot.handoff.retention import MayNot, export
    from bot.handoff.sealing import read_all_private
    from bot.handoff.settings import HandoffSettings
    try:
        found = export(_store(), args.reference, args.who, args.reason, read_all_private(HandoffSettings.from_env(os.environ).keys), _now())
    except MayNot as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps(found, indent=2, ensure_ascii=False))
    return 0


def _may(do: Callable[[], None], done: Callable[[], str]) -> int:
    from bot.handoff.retention import MayNot
    try:
        do()
    except MayNot as problem:
        print(problem, file=sys.stderr)
        return 1
    print(done())
    return 0


def _ask_desk(ids: Sequence[str]) -> Optional[FrozenSet[str]]:
    from bot.handoff.delivery import held_at_desk
    from bot.handoff.settings import HandoffSettings
    return held_at_desk(ids, HandoffSettings.from_env(os.environ))


def _told_desk() -> bool:
    """Tell the desk at once what is on hold here. False if it did not hear."""
    import requests

    from bot.handoff.pulse import beat
    from bot.handoff.settings import HandoffSettings
    from bot.settings import SettingsError
    try:
        beat(_store(), HandoffSettings.from_env(os.environ), _now())
    except (requests.RequestException, SettingsError, ValueError, KeyError, TypeError):    # the hold is written: it is told later
        return False
    return True


def _store() -> "Store":
    from bot.handoff.settings import StoreSettings
    from bot.handoff.store import Store
    return Store.open(StoreSettings.from_env(os.environ).database_url)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)
