"""Commands about contacts on their way: what they hold, where they are, how long they are kept."""
from __future__ import annotations

import argparse

from bot.commands.group import Group


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    contact = commands.group("contact", "what a contact holds")
    contact.add("schema", "print the JSON Schema of a contact, as published in docs/contact.schema.json", _schema)


def _schema(args: argparse.Namespace) -> int:
    import json

    from bot.handoff.payload import json_schema
    print(json.dumps(json_schema(), indent=1))
    return 0
