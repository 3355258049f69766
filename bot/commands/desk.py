"""Commands of the desk: contacts that have arrived, and the people who may open them."""
from __future__ import annotations

import argparse
import datetime as dt
import getpass
import sys
from typing import TYPE_CHECKING, Callable

from bot.commands.group import Group

if TYPE_CHECKING:
    from bot.desk.desk import Desk

ROLES = ("reader", "worker", "manager")


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    desk = commands.group("desk", "contacts that have arrived, and who may open them")
    desk.add("list", "references, times and states", _list)
    show = desk.add("show", "open one contact: this marks it as seen by you", _show)
    show.add_argument("reference")
    show.add_argument("--as", dest="who", required=True, metavar="NAME", help="your name, for the record of who opened it")
    add = desk.add("add-user", "let somebody sign in; prints the link with which they choose a password and set up codes", _add_user)
    add.add_argument("name", help="the sign-in name, such as a work e-mail address")
    add.add_argument("--shown-as", required=True, metavar="FULL NAME", help="it stands beside every contact they open")
    add.add_argument("--role", choices=ROLES, default="worker", help="reader: opens and reads; worker: also notes, gives, decides, takes "
                     "copies; manager: also adds people and turns contact-taking off (default: worker)")
    add.add_argument("--door", action="append", default=[], metavar="NAME", help="a front door whose contacts they see; may be given "
                     "again (default: every front door)")
    for name, text, do in (("link", "a new one-time link for somebody who lost password or phone", _link),
                           ("end-access", "sign somebody out and let them in no more", _end_access),
                           ("unlock", "let somebody try again at once after wrong tries", _unlock)):
        desk.add(name, text, do).add_argument("name")
    desk.add("users", "everybody who may sign in", _users)
    desk.add("look", "look at the clocks once and ring what must ring, as the desk does every minute", _look)
    prepare = desk.add("prepare-database", "PostgreSQL: make the tables as their owner, and give the desk's role its rights", _prepare)
    prepare.add_argument("--role", required=True, metavar="ROLE", help="the role with which the desk signs in to the database")


def _list(args: argparse.Namespace) -> int:
    def show(desk: "Desk") -> None:
        found = desk.inbox.list_contacts()
        for one in found:
            print(f"{one.reference}  received {one.received_at:%Y-%m-%d %H:%M} UTC  {one.state.value}")
        print(f"{len(found)} contact(s).")
    return _do(show)


def _show(args: argparse.Namespace) -> int:
    import json

    from bot.desk.inbox import NoSuchContact
    def show(desk: "Desk") -> None:
        try:
            parcel = desk.inbox.show(args.reference, args.who, _now())
        except NoSuchContact:
            raise ValueError("No contact has that reference. `frontdoor desk list` shows them.") from None
        print(f"{parcel.reference}, received {parcel.received_at:%Y-%m-%d %H:%M} UTC. You are on record as having opened it.")
        print(json.dumps(parcel.contact, indent=2, ensure_ascii=False, default=str))
    return _do(show)


def _add_user(args: argparse.Namespace) -> int:
    from bot.desk.person import Role
    from bot.desk.settings import HERE

    def add(desk: "Desk") -> None:
        unknown = set(args.door) - {HERE, *desk.options.doors}
        if unknown:
            raise ValueError(f"There is no front door {', '.join(sorted(unknown))}. FRONTDOOR_DESK_DOORS lists them; this one is {HERE}.")
        desk.people.add(args.name, args.shown_as, Role(args.role), tuple(args.door), _by(), _now())
        print(f"Added {args.shown_as} as {args.role}.")
        _print_link(desk, args.name)
    return _do(add)


def _link(args: argparse.Namespace) -> int:
    return _do(lambda desk: _print_link(desk, args.name))


def _end_access(args: argparse.Namespace) -> int:
    def end(desk: "Desk") -> None:
        desk.people.change(args.name, _by(), _now(), disabled=True)
        print(f"{args.name} is signed out and cannot sign in.")
    return _do(end)


def _unlock(args: argparse.Namespace) -> int:
    def unlock(desk: "Desk") -> None:
        desk.people.unlock(args.name, _by(), _now())
        print(f"{args.name} can try again.")
    return _do(unlock)


def _users(args: argparse.Namespace) -> int:
    def show(desk: "Desk") -> None:
        for p in desk.people.all():
            state = "ended" if p.disabled else "demonstration" if p.demonstration else "can sign in" if p.ready else "has not set up yet"
            print(f"{p.name}  {p.role.value}  {state}  sees {', '.join(p.doors) or 'every front door'}  ({p.shown_as})")
    return _do(show)


def _look(args: argparse.Namespace) -> int:
    def once(desk: "Desk") -> None:
        from bot.desk.alarms import WORDS
        from bot.desk.watch import look
        look(desk, _now())
        for alarm in desk.alarms.ringing():
            print(f"{alarm.reference or alarm.door}: {WORDS[alarm.kind]}.")
        print(f"{len(desk.alarms.ringing())} alarm(s).")
    return _do(once)


def _prepare(args: argparse.Namespace) -> int:
    def prepare(desk: "Desk") -> None:
        from bot.desk.roles import give_rights
        give_rights(desk.inbox.engine, args.role)
        print(f"The tables are there, and {args.role} may use them: add to the record, and never change it. "
              "Start the desk with that role's address in FRONTDOOR_DESK_DATABASE_URL.")
    return _do(prepare)


def _do(act: "Callable[[Desk], None]") -> int:
    from bot.desk.people import PeopleError
    desk = _desk()
    if desk is None:
        return 2
    try:
        act(desk)
    except (PeopleError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _print_link(desk: "Desk", name: str) -> None:
    token = desk.people.make_link(name, _by(), _now())
    print(f"Hand this link over in a way that only they can read. It works once, for 24 hours:\n  {desk.settings.desk_url}/welcome/{token}")


def _desk() -> "Desk | None":
    from bot.desk.desk import Desk
    from bot.desk.settings import from_environment
    from bot.settings import SettingsError
    try:
        settings, options = from_environment()
        return Desk.build(settings, options, _now)
    except SettingsError as problem:
        print(f"The desk's settings need mending: {problem}", file=sys.stderr)
        return None


def _by() -> str:
    return f"{getpass.getuser()} at the command line"[:120]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)
