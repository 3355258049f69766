"""The one command: frontdoor."""
from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from typing import TYPE_CHECKING, List, Optional

from bot.guidance_files import ROOT, GuidanceError

if TYPE_CHECKING:
    from bot.desk.inbox import Inbox


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
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontdoor", description="The conversational front door of the Plymouth Safeguarding "
                                     "Children Partnership.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, text: str, do: object, parent: "argparse._SubParsersAction[argparse.ArgumentParser]" = commands) -> argparse.ArgumentParser:
        command = parent.add_parser(name, help=text, description=text)
        command.set_defaults(do=do)
        return command

    add("run", "start everything on this machine: chat, delivery and desk", _run)
    add("chat", "start the chat alone", _chat)
    add("worker", "start the delivery of contacts alone", _worker)
    add("desk-server", "start the receiving desk alone", _desk_server)
    train = add("train", "train what has changed", _train)
    train.add_argument("--force", action="store_true", help="train even if nothing changed")

    def group(name: str, text: str) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
        return commands.add_parser(name, help=text, description=text).add_subparsers(title="commands", metavar="COMMAND", required=True)

    contacts = group("contacts", "numbers and hours")
    check = add("check", "list entries that nobody checked or that are due for review; fails if there are any", _contacts_check, contacts)
    check.add_argument("--on", type=dt.date.fromisoformat, default=None, metavar="DATE", help="the day to check for (default: today)")
    when = add("now", "who answers now, or at a moment", _contacts_now, contacts)
    when.add_argument("--at", type=dt.datetime.fromisoformat, default=None, metavar="MOMENT", help="such as 2026-12-25T10:00 (London time)")
    guidance = group("guidance", "documents, wording and wishes")
    add("check", "load every guidance file and say what is wrong with the first that is", _guidance_check, guidance)
    ask = add("ask", "what the library answers to a question", _guidance_ask, guidance)
    ask.add_argument("question", nargs="+")
    safety = group("safety", "the safety net")
    explain = add("explain", "what the net hears in a message, and which rule or vote heard it", _safety_explain, safety)
    explain.add_argument("message", nargs="+")
    desk = group("desk", "contacts that have arrived")
    add("list", "references, times and states", _desk_list, desk)
    show = add("show", "open one contact: this marks it as seen by you", _desk_show, desk)
    show.add_argument("reference")
    show.add_argument("--as", dest="who", required=True, metavar="NAME", help="your name, for the record of who opened it")
    keys = group("keys", "secrets")
    add("conversation", "print a new key for FRONTDOOR_CONVERSATION_KEYS", _new_key, keys)
    return parser


def _run(args: argparse.Namespace) -> int:
    from bot.supervise import run
    return run()


def _chat(args: argparse.Namespace) -> int:
    from bot.serve import main as serve
    return serve()


def _worker(args: argparse.Namespace) -> int:
    from bot.handoff.worker import main as work
    return work()


def _desk_server(args: argparse.Namespace) -> int:
    from bot.desk.server import main as serve
    return serve()


def _train(args: argparse.Namespace) -> int:
    from bot.train import main as train
    return train(force=args.force)


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


def _guidance_check(args: argparse.Namespace) -> int:
    from bot.library.documents import load_documents
    from bot.safety.net import load_net
    from bot.wishes import load_wishes
    from bot.words import load_words
    words, net, wishes = load_words(), load_net(), load_wishes()
    print(f"{len(words.entries)} wordings, {len(wishes.all)} wishes, {len(load_documents())} documents of guidance; safety net: {net.condition}.")
    return 0


def _guidance_ask(args: argparse.Namespace) -> int:
    from bot.library.answers import Answer, NotHeld
    from bot.library.search import open_library
    found = open_library().answer(" ".join(args.question))
    if isinstance(found, Answer):
        print(found.words, *(c.line() for c in found.citations), sep="\n")
    else:
        print(found.words if isinstance(found, NotHeld) else "The library holds no answer to that.")
    return 0


def _safety_explain(args: argparse.Namespace) -> int:
    from bot.safety.net import load_net
    net = load_net()
    text = " ".join(args.message)
    check = net.check(text)
    print(f"read as: {net.standard(text)}")
    for finding in check.findings.all:
        print(f"  {finding.kind.value}: {finding.voter} ({finding.why})")
    score = net.score(text)
    print(f"  score of the classifier: {score:.2f}" if score is not None else "  the classifier is not trained")
    print("Opens with the emergency number." if check.findings.alarm else "No alarm.")
    return 0


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


def _new_key(args: argparse.Namespace) -> int:
    from cryptography.fernet import Fernet
    print(Fernet.generate_key().decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
