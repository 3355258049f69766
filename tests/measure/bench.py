"""Measure our front door beside the project that ``rasa init`` makes: same examples, same messages, same machine, one run.

usage: make bench  [ARGS="--quick"]      or: python -m tests.measure.bench [--quick] [--keep DIR] [--skip-default-training]
The default's training takes about an hour. It can be run first and on its own: --train-default-only --keep DIR,
and then: --skip-default-training --keep DIR.
"""
from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import signal
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, Dict, List, Optional

from bot.guidance_files import ROOT
from tests.measure import search_speed, sides
from tests.measure.figures import DEFAULT, OURS, OURS_SQLITE, QUICK_WARNING, judged, table
from tests.measure.load import sample
from tests.measure.processes import Broken, end_on_signals, stop_all
from tests.measure.rounds import PROBE, Measured, Size, say

BENCH = ROOT / "var" / "bench"
TRAINING_LIMIT = 4 * 3600  # seconds
FULL, QUICK = Size(2, 250, 400, 500, 3), Size(1, 60, 80, 100, 1)


START_OF_TRAINING = 40.0  # seconds that a default training takes before its first epoch, whatever their number


def train_default(work: Path, examples: sides.Examples, quick: bool, epochs: Optional[int] = None) -> Dict[str, Any]:
    """Make and train the default project; keep the time beside it. With fewer ``epochs`` than 100 the time of 100 is estimated."""
    folder = sides.make_default(work / "default", examples, quick, epochs)
    say(f"default: training on {len(examples)} intents, {sum(map(len, examples.values()))} examples" + ("" if quick else "; about an hour"))
    before = os.getloadavg()[0]
    seconds = sides.train(folder, ours=False).wait(TRAINING_LIMIT, lambda line: say(f"default: still training: {line}"))
    if not list((folder / "models").glob("*.tar.gz")):
        raise Broken(f"the default's training left no model; see {folder / 'logs' / 'training.log'}")
    measured = seconds
    if epochs:
        seconds = START_OF_TRAINING + (measured - START_OF_TRAINING) * 100 / epochs
        say(f"default: {epochs} epochs took {measured:.0f} s; 100 would take about {seconds:.0f} s (estimated, not run)")
    record = {"seconds": seconds, "measured_seconds": measured, "epochs": epochs or 100, "quick": quick, "examples": sides.fingerprint(examples), "finished": _now(), "load_before": before,
              "cpus": os.cpu_count()}
    (work / "default_training.json").write_text(json.dumps(record, indent=2), encoding="utf-8")
    say(f"default: trained in {measured:.0f} s")
    return record


def kept_training(work: Path, examples: sides.Examples, quick: bool) -> Dict[str, Any]:
    """The record of an earlier training. Raises ``Broken`` if it cannot serve this run."""
    try:
        record: Dict[str, Any] = json.loads((work / "default_training.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Broken(f"{work} holds no default_training.json; run with --train-default-only --keep {work} first") from None
    if not list((work / "default" / "models").glob("*.tar.gz")):
        raise Broken(f"{work / 'default'} holds no model; run with --train-default-only --keep {work} first")
    if record["quick"] != quick:
        raise Broken("the kept model was trained " + ("with" if record["quick"] else "without") + " --quick; this run is the other kind")
    if record["examples"] != sides.fingerprint(examples):
        say("NOTE: data/nlu has changed since the kept default model was trained; its training time and answers are of the older examples")
    return record


def train_ours(work: Path, examples: sides.Examples, quick: bool) -> float:
    """Train a copy of ours that has no cache; return the seconds."""
    folder = sides.make_ours(work / "ours", examples, quick)
    say("ours: training cold")
    seconds = sides.train(folder, ours=True).wait(TRAINING_LIMIT, lambda line: say(f"ours: still training: {line}"))
    say(f"ours: trained in {seconds:.0f} s")
    return seconds


def measure(work: Path, examples: sides.Examples, size: Size) -> Dict[str, Dict[str, Any]]:
    """Serve and measure every side, in turns, so that a busy quarter of an hour touches all of them."""
    messages = sample(examples, size.fifty)
    calm = sample({i: e for i, e in examples.items() if i != "start_contact"}, 100 * size.long_ones)
    probes = examples[PROBE][:5]
    all_sides = [Measured(DEFAULT, lambda: sides.serve_default(work / "default"), is_ours=False),
                 Measured(OURS, lambda: sides.serve_ours(work / "ours", sqlite=False), is_ours=True),
                 Measured(OURS_SQLITE, lambda: sides.serve_ours(work / "ours", sqlite=True), is_ours=True)]
    first = {side.name: side.first_start(probes) for side in all_sides[:2]}
    for n in range(size.rounds):
        say(f"round {n + 1} of {size.rounds}; the machine's load is {os.getloadavg()[0]:.1f} (it includes what we measured last)")
        for side in all_sides:
            side.round(size, messages, calm, probes)
    return {side.name: {**side.figures(), **({"first_start_s": first[side.name]} if side.name in first else {})} for side in all_sides}


def report(found: Dict[str, Dict[str, Any]], about: Dict[str, Any], quick: bool) -> None:
    """Print the table; write the figures and the chart. A quick run never overwrites a real one's."""
    from tests.measure.chart import draw
    rows = judged(found)
    prefix = "quick-" if quick else ""
    result, picture = BENCH / f"{prefix}result.json", BENCH / f"{prefix}bench.png"
    BENCH.mkdir(parents=True, exist_ok=True)
    result.write_text(json.dumps({"about": about, "rows": rows, "sides": found}, indent=2), encoding="utf-8")
    draw(found, about, picture)
    print(f"\n{table(rows)}\n")
    print("ratio = ours / default. Both keep conversations in memory; ours+SQLite is what a deployment without PostgreSQL runs.\n"
          "memory: the default is Rasa and its action server; ours is the chat process, which runs its actions itself (delivery and desk\n"
          "are processes of their own, and the default has no such thing). turn 2 and turn 100: medians over the same three messages at\n"
          "turns 2 to 4 and 98 to 100. Our replies run the safety net and the guidance search; the default's only utter one sentence.\n"
          "A silent answer (HTTP 200 and an empty list) costs the default less than a spoken one, so silences flatter it.")
    for name, side in found.items():
        print(f"{name}: {side['sent']} messages sent, {side['failed']} failed, {side['silent']} answered with silence")
    print(f"written: {result} and {picture}")
    if quick:
        print(f"\n*** {QUICK_WARNING} ***")


def about_this_run(quick: bool, examples: sides.Examples, training: Dict[str, Any], size: Size) -> Dict[str, Any]:
    """What somebody needs who reads the figures later."""
    return {"quick": quick, "warning": QUICK_WARNING if quick else "", "finished": _now(), "cpus": os.cpu_count(),
            "machine": platform.machine(), "python": platform.python_version(), "rasa": version("rasa"), "intents": len(examples),
            "examples": sum(map(len, examples.values())), "rounds": size.rounds, "load_at_end": os.getloadavg(),
            "default_trained": training, "default_trained_on_same_examples": training["examples"] == sides.fingerprint(examples)}


def _now() -> str:
    return dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds")


def main(argv: Optional[List[str]] = None) -> int:
    """Run the benchmark. Returns 1 with a clear line if it cannot finish, 130 if it is stopped; nothing is left running."""
    parser = argparse.ArgumentParser(prog="python -m tests.measure.bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="12 intents, 40 examples each, 5 epochs: a smoke run, no comparison")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work here and keep both projects and their models")
    parser.add_argument("--skip-default-training", action="store_true", help="use the default model that is in --keep DIR")
    parser.add_argument("--train-default-only", action="store_true", help="only train the default project in --keep DIR")
    parser.add_argument("--default-epochs", type=int, metavar="E", help="train the default for E epochs instead of 100 and estimate the time of "
                        "100: the cost of a message does not depend on it")
    parser.add_argument("--examples", type=int, metavar="N", help="at most N examples of each intent, on both sides (the default's training "
                        "takes many hours with all of them)")
    args = parser.parse_args(argv)
    if (args.skip_default_training or args.train_default_only) and not args.keep:
        parser.error("this needs --keep DIR")
    work: Path = (args.keep or BENCH / "work").resolve()
    work.mkdir(parents=True, exist_ok=True)
    end_on_signals()
    if args.quick:
        say(f"*** {QUICK_WARNING} ***")
    try:
        say("Searching the guidance (alone: python -m tests.measure.search_speed)")
        search_speed.report()
        examples = sides.read_examples(args.quick)
        if args.examples:
            examples = {intent: lines[:args.examples] for intent, lines in examples.items()}
        training = (kept_training(work, examples, args.quick) if args.skip_default_training
                    else train_default(work, examples, args.quick, args.default_epochs))
        if args.train_default_only:
            return 0
        seconds = train_ours(work, examples, args.quick)
        size = QUICK if args.quick else FULL
        found = measure(work, examples, size)
        found[DEFAULT]["training_s"], found[OURS]["training_s"] = training["seconds"], seconds
        report(found, about_this_run(args.quick, examples, training, size), args.quick)
        return 0
    except Broken as problem:
        say(f"The benchmark cannot go on: {problem}")
        return 1
    except KeyboardInterrupt:
        say("stopped; everything that was started is being ended")
        return 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave anything behind
        stop_all()
        if not args.keep:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
