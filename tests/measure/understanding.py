"""Measure how messages are understood: intents by cross-validation and by an exam, what does not belong here, and languages.

The adapters of the encoder were learned from the same examples, so the first figure of cross-validation flatters; the second, with
the encoder as it was published, has seen none of them and is a floor. The exam (unseen/intents_1.tsv) was written by somebody who knew
the replies but not the examples: what the classifier in use makes of it is the honest figure.
"""
from __future__ import annotations

import collections
from pathlib import Path
from typing import Counter, List, Sequence, Tuple

import numpy as np
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.guidance_files import ROOT, read_yaml
from bot.safety.findings import URGENT
from bot.safety.net import load_net
from bot.safety.noticing import load_noticer
from bot.understanding.encoder import Encoder
from bot.understanding.intents import MOST_OF_AN_ALARM, IntentClassifier
from bot.understanding.nearest import Nearest
from bot.understanding.readings import at_most, encoders, log_odds, side_by_side
from bot.understanding.softmax import fitted_softmax
from bot.understanding.trained import trained_classifier
from tests.measure.sets import bounds

FOLDS = 5
LOST = 0.05  # of the messages that belong here
ELSEWHERE = ("out_of_scope", "homework", "medical_question", "adult_safeguarding", "small_talk")
LANGUAGES = Path(__file__).with_name("languages.tsv")
EXAM = Path(__file__).parent / "unseen" / "intents_1.tsv"


def examples() -> List[Tuple[str, str]]:
    """(intent, text) of every training example."""
    found = []
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for node in read_yaml(file)["nlu"]:
            found += [(str(node["intent"]), line[2:]) for line in str(node["examples"]).splitlines() if line.startswith("- ")]
    return found


def cross_validated(readings: Sequence[Encoder], lines: List[Tuple[str, str]]) -> "Tuple[np.ndarray, np.ndarray, np.ndarray]":
    """(true intents, the classes' names, each line's probabilities from classifiers that did not see it)."""
    from sklearn.model_selection import StratifiedKFold
    standard = [load_net().standard(text) for _, text in lines]
    truth = np.array([intent for intent, _ in lines])
    names, strength = np.unique(truth), IntentClassifier.get_default_config()["C"]
    labels = np.searchsorted(names, truth)
    vectors = [encoder.encode_all(standard) for encoder in readings]
    both, odds = side_by_side(vectors), np.zeros((len(lines), len(names)))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(vectors[0], truth):
        kept = seen[at_most(MOST_OF_AN_ALARM, labels[seen], [n for n, name in enumerate(names) if name in URGENT])]
        weights, added = fitted_softmax(both[kept], labels[kept], strength)
        heard = log_odds(both[unseen] @ weights.T + added)
        nearest = Nearest(*Nearest.kept(vectors[0][kept], labels[kept]))
        odds[unseen] = [nearest.weighed(*one) for one in zip(heard, vectors[0][unseen], strict=True)]
    return truth, names, np.exp(odds)


def report(quiet: bool = False) -> None:
    """Print the figures and the confusions."""
    lines = examples()
    print(f"\nUnderstanding: {len(lines)} examples of {len({i for i, _ in lines})} intents, {FOLDS}-fold cross-validation")
    for what, readings in (("as in use, whose adapter has seen them", encoders()), ("with the published encoder alone", encoders()[-1:])):
        truth, names, odds = cross_validated(readings, lines)
        heard = names[odds.argmax(axis=1)]
        low, high = bounds(int((heard == truth).sum()), len(truth))
        per_intent = [float((heard[truth == n] == n).mean()) for n in names]
        print(f"  intent accuracy {what}: {(heard == truth).mean():.3f}  (95 %: {low:.3f} to {high:.3f}); mean over intents {np.mean(per_intent):.3f}")
        recall, of = out_of_scope(truth, names, odds)
        print(f"  out of scope heard at {LOST:.0%} in-scope loss: {recall:.3f} of {of}")
        if not quiet and len(readings) > 1:
            wrong: Counter[Tuple[str, str]] = collections.Counter((str(t), str(h)) for t, h in zip(truth, heard, strict=True) if t != h)
            for (intent, taken_for), count in wrong.most_common(25):
                print(f"      {intent:30} taken for {taken_for:30} {count:4}")
            weak = sorted(zip(per_intent, names, strict=True))[:8]
            print("      weakest intents: " + ", ".join(f"{n} {rate:.2f}" for rate, n in weak))
    exam(quiet)
    languages(lines, quiet)


def exam(quiet: bool) -> None:
    """Print how many messages of the exam the model in use takes for what they were written as, and how far its confidence can be trusted."""
    rows = [line.split("\t") for line in EXAM.read_text(encoding="utf-8").splitlines()[1:]]
    classifier = trained_classifier()
    heard = [classifier.process([Message({TEXT: text})])[0] for _, text in rows]
    right = [message.get(INTENT)["name"] == intent for message, (intent, _) in zip(heard, rows, strict=True)]
    among = [intent in [r["name"] for r in m.get("intent_ranking")[:3]] for m, (intent, _) in zip(heard, rows, strict=True)]
    low, high = bounds(sum(right), len(rows))
    print(f"  exam of {len(rows)} messages, {EXAM.name}: {np.mean(right):.3f} right (95 %: {low:.3f} to {high:.3f}); among the first three {np.mean(among):.3f}")
    sure = np.array([m.get(INTENT)["confidence"] for m in heard])
    for least, most in ((0.0, 0.35), (0.35, 0.6), (0.6, 0.8), (0.8, 1.01)):
        chosen = (sure >= least) & (sure < most)
        print(f"      sure {least:.2f} to {min(most, 1.0):.2f}: {int(chosen.sum()):5} messages, {np.mean(np.array(right)[chosen]):.2f} right")
    if not quiet:
        wrong = collections.Counter((i, m.get(INTENT)["name"]) for (i, _), m, ok in zip(rows, heard, right, strict=True) if not ok)
        for (intent, taken_for), count in wrong.most_common(25):
            print(f"      {intent:30} taken for {taken_for:30} {count:4}")


def out_of_scope(truth: np.ndarray, names: np.ndarray, odds: np.ndarray) -> Tuple[float, int]:
    """Recall of what belongs elsewhere, where a message counts as such when the probability of those intents together exceeds the
    value that loses ``LOST`` of the messages that belong here."""
    elsewhere = np.isin(truth, ELSEWHERE)
    score = odds[:, np.isin(names, ELSEWHERE)].sum(axis=1)
    limit = np.quantile(score[~elsewhere], 1 - LOST)
    return float((score[elsewhere] > limit).mean()), int(elsewhere.sum())


def languages(lines: List[Tuple[str, str]], quiet: bool) -> None:
    """Print how many short messages in other languages are noticed, and how many English ones are taken for another language."""
    noticer = load_noticer()
    rows = [line.split("\t", 1) for line in LANGUAGES.read_text(encoding="utf-8").splitlines() if "\t" in line]
    missed = [(code, text, noticer.notice(text)) for code, text in rows if noticer.notice(text) != code]
    mistaken = [(noticer.notice(text), text) for _, text in lines if noticer.notice(text)]
    print(f"  languages noticed: {len(rows) - len(missed)}/{len(rows)} short messages of {len({c for c, _ in rows})} languages; "
          f"English (or mixed) taken for another: {len(mistaken)}/{len(lines)}")
    if not quiet:
        for code, text, heard in missed:
            print(f"      {code} taken for {heard}: {text}")
