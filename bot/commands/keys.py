"""Commands about secrets."""
from __future__ import annotations

import argparse

from bot.commands.group import Group


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    keys = commands.group("keys", "secrets")
    keys.add("conversation", "print a new key for FRONTDOOR_CONVERSATION_KEYS", _new_key)


def _new_key(args: argparse.Namespace) -> int:
    from cryptography.fernet import Fernet
    print(Fernet.generate_key().decode())
    return 0
