"""Play dialogues against the real service: ``python -m tests.dialogues.play FILE.json [ID …] [--talk]``.

Each is played by a simulated person, sent, opened with the private key, and compared field by field with what the person last said.
"""
from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any, Mapping

from bot.handoff.parcel import Parcel
from bot.handoff.sealing import open_sealed, read_private
from tests.dialogues.person import Person, differences
from tests.service import Service


def play(service: Service, folder: Path, dialogue: Mapping[str, Any]) -> Person:
    """Play one dialogue; ``problems`` holds all that went wrong."""
    session = service.begin()
    person = Person(dialogue, lambda text: [m["text"] for m in service.say(text, session)]).play()
    if person.reference:
        person.problems += differences(person, kept(folder, person.reference))
    return person


def kept(folder: Path, reference: str) -> Mapping[str, Any]:
    """The contact under a reference, opened."""
    with sqlite3.connect(folder / "contacts.db") as db:
        sealed = db.execute("SELECT sealed FROM contact WHERE reference = ?", (reference,)).fetchone()[0]
    return Parcel.read(open_sealed(read_private(folder / "keys"), sealed)).contact


def main() -> int:
    """Play a file's dialogues and say what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("only", nargs="*", metavar="ID")
    parser.add_argument("--talk", action="store_true", help="show what was said")
    args = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        service = Service(Path(name)).wait()
        try:
            for dialogue in json.loads(args.file.read_text(encoding="utf-8")):
                if args.only and dialogue["id"] not in args.only:
                    continue
                person = play(service, Path(name), dialogue)
                bad += bool(person.problems)
                print(f"{dialogue['id']}: {'as it should be' if not person.problems else 'NOT as it should be'}, {len(person.transcript)} messages")
                print(*(f"   {p}" for p in person.problems), sep="\n")
                if args.talk:
                    print(*(f"  > {said}\n{reply}\n" for said, reply in person.transcript), sep="\n")
        finally:
            service.stop()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
