"""The one command: frontdoor."""
from __future__ import annotations

import argparse
import os
import sys
from typing import List, Optional

from bot.commands import comments, contact, contacts, database, desk, guidance, keys, outbox, safety, services, words
from bot.commands.group import Group
from bot.guidance_files import ROOT, GuidanceError
from bot.settings import SettingsError


def main(argv: Optional[List[str]] = None) -> int:
    """Run a command; prints what to do when something is wrong. Returns the exit code."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    args = _parser().parse_args(argv)
    os.chdir(ROOT)
    try:
        return int(args.do(args))
    except GuidanceError as problem:
        print(f"A guidance file needs mending.\n{problem}", file=sys.stderr)
        return 2
    except SettingsError as problem:
        print(f"A setting needs mending.\n{problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontdoor", description="The conversational front door of the Plymouth Safeguarding "
                                     "Children Partnership.")
    commands = Group(parser.add_subparsers(title="commands", metavar="COMMAND", required=True))
    for part in (services, contact, contacts, guidance, words, safety, comments, outbox, desk, database, keys):
        part.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
