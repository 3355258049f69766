"""Measure how messages are understood: intents by cross-validation, what does not belong here, and languages.

The adapter of the encoder was learned from the same examples, so the first figure flatters; the second, with the encoder as it
was published, has seen none of them and is a floor.
"""
from __future__ import annotations

import collections
from pathlib import Path
from typing import Counter, List, Tuple

import numpy as np

from bot.guidance_files import ROOT, read_yaml
from bot.safety.net import load_net
from bot.safety.noticing import load_noticer
from bot.understanding.encoder import Encoder, safeguarding_encoder, shared_encoder
from tests.measure.sets import bounds

FOLDS = 5
LOST = 0.05  # of the messages that belong here
ELSEWHERE = ("out_of_scope", "homework", "medical_question", "adult_safeguarding", "small_talk")
LANGUAGES = Path(__file__).with_name("languages.tsv")


def examples() -> List[Tuple[str, str]]:
    """(intent, text) of every training example."""
    found = []
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for node in read_yaml(file)["nlu"]:
            found += [(str(node["intent"]), line[2:]) for line in str(node["examples"]).splitlines() if line.startswith("- ")]
    return found


def cross_validated(encoder: Encoder, lines: List[Tuple[str, str]]) -> "Tuple[np.ndarray, np.ndarray, np.ndarray]":
    """(true intents, the classes' names, each line's probabilities from a classifier that did not see it)."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold
    vectors = encoder.encode_all([load_net().standard(text) for _, text in lines])
    truth = np.array([intent for intent, _ in lines])
    names = np.unique(truth)
    odds = np.zeros((len(lines), len(names)))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(vectors, truth):
        model = LogisticRegression(C=6.0, max_iter=300, class_weight="balanced").fit(vectors[seen], truth[seen])
        odds[unseen] = model.predict_proba(vectors[unseen])
    return truth, names, odds


def report(quiet: bool = False) -> None:
    """Print the figures and the confusions."""
    lines = examples()
    print(f"\nUnderstanding: {len(lines)} examples of {len({i for i, _ in lines})} intents, {FOLDS}-fold cross-validation")
    for what, encoder in (("with the adapter, which has seen them", safeguarding_encoder()), ("with the published encoder", shared_encoder())):
        truth, names, odds = cross_validated(encoder, lines)
        heard = names[odds.argmax(axis=1)]
        low, high = bounds(int((heard == truth).sum()), len(truth))
        per_intent = [float((heard[truth == n] == n).mean()) for n in names]
        print(f"  intent accuracy {what}: {(heard == truth).mean():.3f}  (95 %: {low:.3f} to {high:.3f}); mean over intents {np.mean(per_intent):.3f}")
        recall, of = out_of_scope(truth, names, odds)
        print(f"  out of scope heard at {LOST:.0%} in-scope loss: {recall:.3f} of {of}")
        if not quiet and encoder is safeguarding_encoder():
            wrong: Counter[Tuple[str, str]] = collections.Counter((str(t), str(h)) for t, h in zip(truth, heard, strict=True) if t != h)
            for (intent, taken_for), count in wrong.most_common(25):
                print(f"      {intent:30} taken for {taken_for:30} {count:4}")
            weak = sorted(zip(per_intent, names, strict=True))[:8]
            print("      weakest intents: " + ", ".join(f"{n} {rate:.2f}" for rate, n in weak))
    languages(lines, quiet)


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
