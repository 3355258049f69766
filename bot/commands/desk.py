"""Commands of the desk: contacts that have arrived."""
from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from typing import TYPE_CHECKING

from bot.commands.group import Group

if TYPE_CHECKING:
    from bot.desk.inbox import Inbox


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    desk = commands.group("desk", "contacts that have arrived")
    desk.add("list", "references, times and states", _desk_list)
    show = desk.add("show", "open one contact: this marks it as seen by you", _desk_show)
    show.add_argument("reference")
    show.add_argument("--as", dest="who", required=True, metavar="NAME", help="your name, for the record of who opened it")


def _desk_list(args: argparse.Namespace) -> int:
    listed = _inbox().list_contacts()
    for one in listed:
        print(f"{one.reference}  received {one.received_at:%Y-%m-%d %H:%M} UTC  {one.state.value}")
    print(f"{len(listed)} contact(s).")
    return 0


def _desk_show(args: argparse.Namespace) -> int:
    import json

    from bot.desk.inbox import NoSuchContact
    try:
        parcel = _inbox().show(args.reference, args.who, dt.datetime.now(dt.timezone.utc))
    except NoSuchContact:
        print("No contact has that reference. `frontdoor desk list` shows them.", file=sys.stderr)
        return 1
    print(f"{parcel.reference}, received {parcel.received_at:%Y-%m-%d %H:%M} UTC. You are on record as having opened it.")
    print(json.dumps(parcel.contact, indent=2, ensure_ascii=False, default=str))
    return 0


def _inbox() -> "Inbox":
    from bot.desk.inbox import Inbox
    from bot.handoff.settings import DeskSettings
    settings = DeskSettings.from_env(os.environ)
    return Inbox.open(settings.database_url, settings.keys)
