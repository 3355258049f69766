"""Learn how much each sign counts from the guidance's own questions: `frontdoor guidance learn`.

Each known question is asked as if nobody had written it down; whoever wrote it knew which section tells it, or that none does.
Nothing of tests/library/unseen is read here. The same guidance gives the same weights.
"""
from __future__ import annotations

import datetime as dt
from dataclasses import astuple, dataclass
from typing import Any, Callable, Dict, List, Tuple

import numpy as np
import numpy.typing as npt

from bot.guidance_files import ROOT
from bot.library.kinds import kind_of
from bot.library.search import Held, Library
from bot.library.weighing import FILE, SCALE, WHETHER, WHICH, written

_CANDIDATES, _HOLD_BACK = 24, 1e-4
_GROUPS = 5  # for the figures: sections in five parts, each judged by weights learned from the other four
Columns = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Learned:
    """``right``: share of told questions whose section comes first; ``apart``: how well the chance tells told from untold ones
    (area under the curve), each section judged by weights that were learned from others."""

    text: str
    questions: int
    right: float
    apart: float


def learn(library: Library, today: dt.date, say: Callable[[str], None] = print) -> Learned:
    """Learn the weights of a library that has its vectors. Raises ``ValueError`` if it has none."""
    asked = library.index.asked()
    if not asked:
        raise ValueError("the guidance has no vectors yet; run make train, then this again")
    say(f"Reading {len(asked)} questions, each as if it were not known (about a minute) …")
    columns = _columns(library, asked, say)
    which = _which(columns, [(n, entry) for n, (entry, told, _) in enumerate(asked) if told or _is_topic(library, entry)])
    rows, groups, told = _signs(library, asked, columns, which)
    whether, apart = _whether(rows, told, groups)
    sections = [(n, entry) for n, (entry, is_told, _) in enumerate(asked) if is_told]
    right = float(np.mean([int(np.argmax(_scored(library, asked[n][2], columns[n], which))) == entry for n, entry in sections]))
    notes = (f"From {len(asked)} questions, each left out in turn: {right:.3f} find their section at once; told and untold are told apart with an",
             f"area under the curve of {apart:.3f} (sections in {_GROUPS} parts).")
    return Learned(written(which, whether, today, notes), len(asked), right, apart)


def write(learned: Learned) -> None:
    """Put the weights where the search reads them."""
    (ROOT / FILE).write_text(learned.text, encoding="utf-8")


def _is_topic(library: Library, entry: int) -> bool:
    return not isinstance(library.thing(entry), Held)


def _columns(library: Library, asked: List[Tuple[int, bool, str]], say: Callable[[str], None]) -> List[Columns]:
    found = []
    for n, (_, _, text) in enumerate(asked):
        evidence = library.index.evidence(text, without=n)
        assert evidence is not None
        found.append(library.columns(text, evidence).astype(np.float32))
        if n % 2000 == 1999:
            say(f"  {n + 1} read")
    return found


def _which(columns: List[Columns], targets: List[Tuple[int, int]]) -> Dict[str, float]:
    """A choice among the nearest entries, fitted by maximum likelihood."""
    from scipy.optimize import minimize
    crude = np.array([1.0 if name in ("near", "belongs") else 0.3 if name == "words" else 0.0 for name in WHICH], dtype=np.float32)
    chosen = []
    for n, entry in targets:
        near = [int(e) for e in np.argsort(-(columns[n] @ crude), kind="stable")[:_CANDIDATES] if e != entry]
        chosen.append(columns[n][[entry, *near[:_CANDIDATES - 1]]])
    table = np.array(chosen, dtype=np.float64)

    def loss(weights: Columns) -> Tuple[float, Columns]:
        totals = table @ weights
        totals -= totals.max(axis=1, keepdims=True)
        shares = np.exp(totals)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -np.log(shares[:, 0] + 1e-12).mean() + _HOLD_BACK * float(weights @ weights)
        shares[:, 0] -= 1
        return value, np.einsum("qe,qes->s", shares, table) / len(table) + 2 * _HOLD_BACK * weights
    found = minimize(loss, np.zeros(len(WHICH)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return dict(zip(WHICH, (float(value) for value in found), strict=True))


def _scored(library: Library, text: str, columns: Columns, which: Dict[str, float]) -> Columns:
    scores = np.asarray(columns @ np.array([which[name] for name in WHICH]) / SCALE, dtype=np.float64)
    library.fence(text, scores)
    return scores


def _signs(library: Library, asked: List[Tuple[int, bool, str]], columns: List[Columns],
           which: Dict[str, float]) -> Tuple[Columns, Columns, Columns]:
    """The signs of each question for the section that comes first: of those that are told there, and of all that nothing tells."""
    rows, groups, told = [], [], []
    for n, (entry, is_told, text) in enumerate(asked):
        scores = _scored(library, text, columns[n], which)
        first, second = (int(e) for e in np.argsort(-scores, kind="stable")[:2])
        if _is_topic(library, first) or (is_told and first != entry):
            continue
        evidence = library.index.evidence(text, without=n)
        signs, _ = library.signs(text, kind_of(text), evidence, first, float(scores[first]), float(scores[first] - scores[second]))
        rows.append(astuple(signs))
        groups.append(entry)
        told.append(is_told)
    return np.array(rows), np.array(groups), np.array(told)


def _whether(rows: Columns, told: Columns, groups: Columns) -> Tuple[Dict[str, float], float]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    even = (rows - middle) / spread
    model = LogisticRegression(max_iter=2000, class_weight="balanced")
    apart = float(roc_auc_score(told, cross_val_predict(model, even, told, cv=GroupKFold(_GROUPS), groups=groups, method="decision_function")))
    model.fit(even, told)
    weights = model.coef_[0] / spread
    found = dict(zip(WHETHER, (float(value) for value in weights), strict=True))
    found["constant"] = float(model.intercept_[0] - weights @ middle)
    return found, apart
