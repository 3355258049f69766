"""Commands about how our words read."""
from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Dict, List

from bot.commands.group import Group

if TYPE_CHECKING:
    from bot.wording import Said
    from bot.wording.check import Finding

REPORT = Path("var/words/report.html")


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    words = commands.group("words", "how hard our words are to read")
    check = words.add("check", "find hard, long, blaming and unexplained words in everything that can be said; fails if there are any", _check)
    check.add_argument("only", nargs="*", metavar="KEY", help="the beginning of a key or of a file, such as utter_greet or guidance/glossary.yml")
    check.add_argument("--advice", action="store_true", help="also show what only might be better, such as the passive voice")
    report = words.add("report", "make a page with every message and its sentences, the hardest first", _report)
    report.add_argument("--to", type=Path, default=REPORT, metavar="FILE", help=f"where to write it (default: {REPORT})")
    measure = words.add("grade", "how hard a text of your own is, sentence by sentence", _grade)
    measure.add_argument("text", nargs="+")
    measure.add_argument("--reader", choices=["child", "public", "practitioner", "staff"], default="public", help="who reads it (default: public)")
    words.add("baseline", "agree on the words as they are: later changes are compared with them", _baseline)


def _check(args: argparse.Namespace) -> int:
    from bot.wording import catalogue
    from bot.wording.baseline import can_change, compared, load_baseline, load_signed_off
    from bot.wording.check import findings
    from bot.wording.exceptions import left, load_exceptions
    from bot.wording.votes import load_votes
    excepted, agreed, signed, votes = load_exceptions(), load_baseline(), load_signed_off(), load_votes()
    texts = [s for s in catalogue() if not args.only or any(s.id.startswith(o) or s.file.startswith(o) for o in args.only)]
    if not texts:
        print(f"There is no text of that name: {' '.join(args.only)}. Give the beginning of a key or of a file.", file=sys.stderr)
        return 2
    found = findings(texts, _progress("Reading", len(texts))) + compared(texts, agreed, signed, votes)
    failing, unused = left(found, excepted)
    print(*failing, sep="\n", end="\n" if failing else "")
    if args.advice:
        print(*(f for f in found if not f.fails), sep="\n")
    if not args.only:
        for name, kind in sorted(unused):
            print(f"guidance/words/exceptions.yml: {name} no longer needs its exception ({kind}); take it out")
    _sum_up(texts, found, failing, len(excepted), sum(can_change(s) and s.id not in agreed for s in texts))
    return 1 if failing or (unused and not args.only) else 0


def _sum_up(texts: List[Said], found: List[Finding], failing: List[Finding], excepted: int, new: int) -> None:
    messages = [s for s in texts if s.kind == "message"]
    by_reader: Dict[str, int] = {}
    for said in messages:
        by_reader[said.audience] = by_reader.get(said.audience, 0) + 1
    print(f"{len(texts)} texts, {len(messages)} of them messages ({', '.join(f'{n} {who}' for who, n in by_reader.items())}). "
          f"{len({f.said.id for f in failing})} to mend, {excepted} excepted, {sum(not f.fails for f in found)} with advice (--advice).")
    if new:
        print(f"{new} messages are new since the last agreement. When they are right: frontdoor words baseline")


def _report(args: argparse.Namespace) -> int:
    from bot.guidance_files import ROOT
    from bot.wording import catalogue
    from bot.wording.report import page
    texts = catalogue()
    to = args.to if args.to.is_absolute() else ROOT / args.to
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(page(texts, _progress("Measuring", len(texts))), encoding="utf-8")
    print(f"{args.to}: open it in a browser. It needs no network.")
    return 0


def _grade(args: argparse.Namespace) -> int:
    from bot.wording import grade
    from bot.wording.check import findings_in
    from bot.wording.said import text_of
    text = " ".join(args.text)
    read = grade(text)
    for sentence in read.sentences:
        print(f"  {sentence.words:3} words, grade {sentence.grade:5.1f}: {sentence.text}")
    print(f"Grade {read.grade}, {read.words} words, longest sentence {read.longest}.")
    for finding in findings_in(text_of(Path(), "", "", "", text, 0, (), args.reader, "message")):
        print(f"It {finding.problem}; {finding.mend}.")
    return 0


def _baseline(args: argparse.Namespace) -> int:
    from bot.wording import catalogue
    from bot.wording.baseline import BASELINE, compared, load_baseline, load_signed_off, write_baseline
    from bot.wording.votes import load_votes
    texts = catalogue()
    harder = compared(texts, load_baseline(), load_signed_off(), load_votes())
    if harder:
        print(*harder, sep="\n", file=sys.stderr)
        print(f"{len(harder)} became harder. Nothing was agreed.", file=sys.stderr)
        return 1
    print(f"{BASELINE}: {write_baseline(texts)} messages agreed. Commit it with the words.")
    return 0


def _progress(doing: str, of: int) -> Callable[[], None]:
    """Counts on the error output while somebody looks; called once for each text."""
    done, shown = 0, time.monotonic()

    def told() -> None:
        nonlocal done, shown
        done += 1
        if sys.stderr.isatty() and (done == of or time.monotonic() - shown > 0.2):
            shown = time.monotonic()
            print(f"\r{doing} {done} of {of} texts", end="\n" if done == of else "", file=sys.stderr, flush=True)
    return told
