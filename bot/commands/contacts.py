"""Commands about numbers and hours."""
from __future__ import annotations

import argparse
import datetime as dt

from bot.commands.group import Group


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    contacts = commands.group("contacts", "numbers and hours")
    check = contacts.add("check", "list entries that nobody checked or that are due for review; fails if there are any", _contacts_check)
    check.add_argument("--on", type=dt.date.fromisoformat, default=None, metavar="DATE", help="the day to check for (default: today)")
    when = contacts.add("now", "who answers now, or at a moment", _contacts_now)
    when.add_argument("--at", type=dt.datetime.fromisoformat, default=None, metavar="MOMENT", help="such as 2026-12-25T10:00 (London time)")


def _contacts_check(args: argparse.Namespace) -> int:
    from bot.contacts.directory import load_directory
    from bot.contacts.routes import problems
    found = problems(load_directory(), args.on or dt.date.today())
    print("\n".join(found) if found else "Every contact is checked and in date.")
    return 1 if found else 0


def _contacts_now(args: argparse.Namespace) -> int:
    from bot.contacts.hours import LONDON
    from bot.contacts.routes import status
    from bot.words import load_words
    words = load_words()
    moment = args.at.replace(tzinfo=LONDON) if args.at else dt.datetime.now(LONDON)
    print(f"{moment:%A %d %B %Y, %H:%M} in London\n{words.route(moment)}")
    for key, contact in words.directory.contacts.items():
        if contact.statements:
            print(f"  {key}: {status(words.directory, contact, moment).value}")
    return 0
