"""Commands about secrets."""
from __future__ import annotations

import argparse

from bot.commands.group import Group


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    keys = commands.group("keys", "secrets")
    rotate = keys.add("rotate", "make a new pair of keys for contacts; older ones still open what was sealed to them", _rotate)
    rotate.add_argument("--reseal", action="store_true", help="also seal what the front door keeps to the new key; the desk still needs the older")
    keys.add("conversation", "print a new key for FRONTDOOR_CONVERSATION_KEYS", _new_key)


def _new_key(args: argparse.Namespace) -> int:
    from cryptography.fernet import Fernet
    print(Fernet.generate_key().decode())
    return 0


def _rotate(args: argparse.Namespace) -> int:
    import os

    from bot.handoff.retention import reseal
    from bot.handoff.sealing import SealingError, rotate
    from bot.handoff.settings import HandoffSettings
    from bot.handoff.store import Store
    settings = HandoffSettings.from_env(os.environ)
    try:
        kept = rotate(settings.keys)
    except SealingError as problem:
        print(problem)
        return 1
    print(f"Contacts are sealed to a new key from now on. The key before it is {kept}: keep it as long as something is sealed to it. "
          "Give the new public key to the chat, and restart the worker and the desk.")
    if args.reseal:
        print(f"{reseal(Store.open(settings.database_url), settings.keys)} contact(s) sealed again. "
              "What the desk holds is still sealed to the older keys: leave them with it.")
    return 0
