"""The second voter of the safety net: a classifier that hears danger in words no pattern foresaw.

It is trained on the examples in data/nlu (their intents are the labels) and may only add findings.
Two halves, so that it still votes when the sentence encoder cannot load:
meaning (sentence vectors, if the encoder is there) and spelling (hashed words and letter groups).
"""
from __future__ import annotations

import functools
import math
import os
import tempfile
from concurrent.futures import Future
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from bot.guidance_files import ROOT, read_yaml
from bot.safety.findings import Finding, Kind
from bot.safety.likeness import Likeness, kept
from bot.understanding.encoder import Encoder, EncoderUnavailable, forget_sentences, safeguarding_encoder
from bot.understanding.readings import log_odds
from bot.understanding.softmax import fitted_softmax
from bot.understanding.vectors import vectors_of

VOTER_FILE = ROOT / "models" / "safety-voter.npz"
LIMITS_FILE = Path("guidance/safety/voter.yml")
OTHER = "other"
LABELS: Tuple[str, ...] = tuple(k.value for k in Kind if k is not Kind.POSSIBLE_DANGER) + (OTHER,)
SAME_AS = {"practitioner_urgent": Kind.WORRY.value}
SPELLING_COUNTS = 0.6  # beside meaning; 0.35 to 0.6 hears a little more of the development sets, more adds nothing
CARE = tuple(label for label in LABELS if label not in (Kind.DANGER_NOW.value, Kind.SUICIDE_NOW.value, OTHER))
LIKENESS_COUNTS = 16.0   # a tenth nearer to danger than to the nearest harmless example is worth 1.6 of the score
FEW = 4                  # words: a thing, a place or a person alone ("the tablets") sounds like the danger that it may stand in
FAR_FROM_DANGER = -9.0   # a lower score is not asked for its likeness: all the examples kept would be read for what sounds like nothing of the kind
UNTIL_SETTLED = 60      # rounds of the fit: its scores are then those of scikit-learn's after 400 steps, in 7 seconds and not 50
ALARMS = [LABELS.index(Kind.DANGER_NOW.value), LABELS.index(Kind.SUICIDE_NOW.value)]
OWN_OR_ANOTHERS = frozenset((Kind.SUICIDE_NOW.value, Kind.SELF_HARM_ME.value, Kind.SELF_HARM_OTHER.value))
WHO_STRENGTH = 10.0     # of the regularisation of who is in danger: its inverse


class VoterUnavailable(Exception):
    """The voter's file is missing or broken. The patterns still serve."""


@dataclass(frozen=True)
class Limits:
    """Scores from which a message alarms, with the encoder and without it. From guidance/safety/voter.yml."""

    certain: float
    certain_in_contact: float
    certain_in_piece: float
    certain_in_sentence: float
    certain_in_few: float
    possible: float
    possible_in_few: float
    conceivable: float
    part: float
    spelling_only: float
    another: float


def load_limits(file: Path = LIMITS_FILE) -> Limits:
    """Read the limits. Raises ``GuidanceError``."""
    content = read_yaml(file)
    return Limits(**{each.name: float(content[each.name]) for each in fields(Limits)})


def hashed(texts: Sequence[str], features: int = 2 ** 16) -> Any:
    """Words, word groups and groups of letters of standard text, hashed: a sparse row a text. No word is kept."""
    from scipy.sparse import hstack
    words, letters = _hashers(features)
    return hstack([words.transform(texts), letters.transform(texts)]).tocsr()


def hashed_alone(text: str, features: int = 2 ** 16) -> Tuple[np.ndarray, np.ndarray]:
    """``hashed`` of one text, as (which features, their values), in a third of the time: no matrix is built for one row."""
    from sklearn.utils import murmurhash3_32
    which, values = [], []
    for n, analyse in enumerate(_analysers(features)):
        hashes = np.array([murmurhash3_32(part) for part in analyse(text)], dtype=np.int64)
        found, counts = np.unique(np.abs(hashes) % features, return_counts=True)
        which.append(found + n * features)
        values.append(counts / (np.sqrt(counts @ counts) or 1.0))
    return np.concatenate(which), np.concatenate(values)


@functools.lru_cache(maxsize=4)
def _analysers(features: int) -> Tuple[Any, ...]:
    return tuple(vectoriser.build_analyzer() for vectoriser in _hashers(features))


@functools.lru_cache(maxsize=4)
def _hashers(features: int) -> Tuple[Any, Any]:
    from sklearn.feature_extraction.text import HashingVectorizer
    words = HashingVectorizer(analyzer="word", ngram_range=(1, 3), n_features=features, alternate_sign=False, norm="l2",
                              token_pattern=r"\S+")  # noqa: S106 - not a password
    letters = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), n_features=features, alternate_sign=False, norm="l2")
    return words, letters


def label_of(intent: str) -> str:
    """The voter's label for an intent of data/nlu."""
    intent = SAME_AS.get(intent, intent)
    return intent if intent in LABELS else OTHER


@dataclass(frozen=True)
class Scores:
    """How strongly a message sounds like an alarm (log odds): ``alarm`` with the likeness to examples, ``alone`` without; and the likeliest alarm."""

    alarm: float
    alone: float
    kind: Kind
    with_meaning: bool


class Voter:
    """Scores standard text."""

    def __init__(self, arrays: Any, encoder: Optional[Encoder], limits: Limits) -> None:
        self._meaning = (arrays["meaning_coef"], arrays["meaning_intercept"])
        self._another = (arrays["another_coef"], float(arrays["another_intercept"]))
        # a row a feature, so that a message reads only the rows of its own features and not 130,000
        self._spelling = (np.ascontiguousarray(arrays["spelling_coef"].T, dtype=np.float32), arrays["spelling_intercept"])
        self._encoder = encoder
        self._likeness = Likeness(arrays["danger"], arrays["harmless"]) if encoder is not None else None
        self._limits = limits
        self.score = functools.lru_cache(maxsize=512)(self._score)  # the last messages of a hundred people at once
        self._by_spelling = functools.lru_cache(maxsize=32)(self._heard_by_spelling)

    def forget(self) -> None:
        """Forget what people typed."""
        self.score.cache_clear()
        self._by_spelling.cache_clear()
        forget_sentences()

    def begin(self, standard: str) -> "Optional[Future[np.ndarray]]":
        """Begin to hear a message in another thread; ``score`` then has little left to do."""
        return self._encoder.begin(standard) if self._encoder is not None and standard else None

    @property
    def hears_meaning(self) -> bool:
        """True if the sentence encoder is there."""
        return self._encoder is not None

    def _score(self, standard: str) -> Scores:
        """Return the scores of one message in standard words."""
        spelling, kind = self._by_spelling(standard)
        if self._encoder is None or self._likeness is None:
            return Scores(spelling, spelling, kind, False)
        coef, intercept = self._meaning
        vector = self._encoder.encode(standard)
        logits = coef @ vector + intercept
        alone = float(_alarm_odds(logits)) + SPELLING_COUNTS * spelling
        near = LIKENESS_COUNTS * self._likeness.of(vector) if alone >= FAR_FROM_DANGER else 0.0
        return Scores(alone + near, alone, _kind(logits), True)

    def _heard_by_spelling(self, standard: str) -> Tuple[float, Kind]:
        features, values = hashed_alone(standard)
        logits = values @ self._spelling[0][features] + self._spelling[1]
        return float(_alarm_odds(logits)), _kind(logits)

    def vote(self, standard: str, in_contact: bool = False) -> List[Finding]:
        """Return an alarm, a possible alarm, or nothing.

        ``in_contact``: a contact is being taken and its first question, whether there is danger now, was
        answered with no. An account of a worry then sounds alarming by its nature, and more is needed to stop it.
        """
        scores = self.score(standard)
        if not scores.with_meaning:
            return [Finding(scores.kind, "spelling", "sounds_like")] if scores.alarm >= self._limits.spelling_only else []
        few = standard.count(" ") < FEW
        certain = self._limits.certain_in_few if few else self._limits.certain
        if scores.alarm >= (max(certain, self._limits.certain_in_contact) if in_contact else certain):
            return [Finding(scores.kind, "meaning", "sounds_like")]
        if scores.alarm >= (self._limits.possible_in_few if few else self._limits.possible):
            return [Finding(Kind.POSSIBLE_DANGER, "meaning", "may_sound_like")]
        return []

    def vote_on_piece(self, standard: str, in_contact: bool = False, may_be: bool = False) -> List[Finding]:
        """Return a plain alarm or nothing for a piece of a message: cut from its neighbours it sounds graver than it is.

        ``may_be``: the whole message may be danger, so that less is enough.
        """
        scores = self.score(standard)
        if not scores.with_meaning:
            return self.vote(standard, in_contact)
        apart = self._limits.certain_in_sentence if may_be else self._limits.certain_in_piece
        limit = max(apart, self._limits.certain_in_contact if in_contact else self._limits.certain)
        return [Finding(scores.kind, "meaning", "sounds_like")] if scores.alarm >= limit else []

    def chances(self, standard: str) -> Dict[str, float]:
        """How likely each of ``LABELS`` is by meaning alone, 0 to 1; empty without the encoder. Few labels, where there are many intents."""
        if self._encoder is None or not standard:
            return {}
        coef, intercept = self._meaning
        return dict(zip(LABELS, np.exp(log_odds(coef @ self._encoder.encode(standard) + intercept)).tolist(), strict=True))

    def about_another(self, standard: str) -> float:
        """How clearly talk of suicide or self-harm is about somebody else than the writer: above nothing it is. Without the encoder always below."""
        if self._encoder is None or not standard:
            return -math.inf
        coef, intercept = self._another
        return float(coef @ self._encoder.encode(standard)) + intercept - self._limits.another

    def finds_it_conceivable(self, standard: str) -> bool:
        """True if a weak pattern may count: the score is not far below an alarm. Always true without the encoder."""
        scores = self.score(standard)
        return not scores.with_meaning or scores.alarm >= self._limits.conceivable

    def may_be_part(self, standard: str) -> bool:
        """True if the message may be one part of danger told over several; false for talk that is far from any alarm."""
        scores = self.score(standard)
        return not scores.with_meaning or scores.alone >= self._limits.part


def _alarm_odds(logits: np.ndarray) -> Any:
    """Log odds of any alarm label against all the others: of one message's logits, or of each row's."""
    others = [i for i in range(logits.shape[-1]) if i not in ALARMS]
    return np.logaddexp.reduce(logits[..., ALARMS], axis=-1) - np.logaddexp.reduce(logits[..., others], axis=-1)


def _kind(logits: np.ndarray) -> Kind:
    return Kind(LABELS[max(ALARMS, key=lambda i: logits[i])])


def train_voter(standard: Sequence[str], intents: Sequence[str], about_another: Sequence[bool], file: Path = VOTER_FILE) -> None:
    """Fit meaning, spelling and who is in danger on the examples and write them to ``file`` in one step. Raises ``EncoderUnavailable``.

    ``about_another``: for each example, whether it was marked as told of somebody else; asked of suicide and self-harm alone.
    """
    from sklearn.linear_model import LogisticRegression
    labels = np.array([LABELS.index(label_of(i)) for i in intents])
    encoder = safeguarding_encoder()
    vectors = vectors_of(standard, encoder, kept_as="net")
    coef, intercept = fitted_softmax(vectors, labels, 4.0, UNTIL_SETTLED)
    spelling = LogisticRegression(C=10.0, max_iter=60, class_weight="balanced", tol=1e-2).fit(hashed(standard), labels)
    who, who_added = _fitted_who(vectors, intents, about_another)
    danger, harmless = kept(vectors, np.isin(labels, ALARMS), _alarm_odds(vectors @ coef.T + intercept))
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".npz", delete=False) as out:
        np.savez_compressed(out, meaning_coef=coef, meaning_intercept=intercept, another_coef=who, another_intercept=who_added,
                            spelling_coef=spelling.coef_.astype(np.float16), spelling_intercept=spelling.intercept_, danger=danger, harmless=harmless,
                            encoder=np.array(encoder.identity))
    os.replace(out.name, file)


def _fitted_who(vectors: np.ndarray, intents: Sequence[str], about_another: Sequence[bool]) -> Tuple[np.ndarray, float]:
    """Return (weights, what is added): the log odds that talk of suicide or self-harm is about somebody else."""
    told = [n for n, intent in enumerate(intents) if intent in OWN_OR_ANOTHERS]
    another = np.array([about_another[n] or intents[n] == Kind.SELF_HARM_OTHER.value for n in told], dtype=int)
    coef, intercept = fitted_softmax(vectors[told], another, WHO_STRENGTH, UNTIL_SETTLED)
    return coef[1] - coef[0], float(intercept[1] - intercept[0])


def load_voter(file: Path = VOTER_FILE, limits: Optional[Limits] = None) -> Voter:
    """Load the voter; without the encoder (or with another one than it was trained with) it votes by spelling only.

    Raises ``VoterUnavailable`` if the file cannot be used.
    """
    try:
        arrays = dict(np.load(file, allow_pickle=False))
        trained_with = str(arrays["encoder"])
        arrays["meaning_coef"], arrays["spelling_coef"], arrays["danger"], arrays["harmless"], arrays["another_coef"]
    except Exception as error:
        raise VoterUnavailable(f"{file.name} cannot be read ({type(error).__name__}); run make train") from None
    try:
        encoder: Optional[Encoder] = safeguarding_encoder()
    except EncoderUnavailable:
        encoder = None
    return Voter(arrays, encoder if encoder is not None and encoder.identity == trained_with else None, limits or load_limits())
