"""Rasa component: which intent a message has, by two readings of the sentence encoder with one logistic regression on both."""
from __future__ import annotations

import logging
import re
import unicodedata
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.audience import Audience
from bot.did_you_mean import load_questions
from bot.handoff.parcel import LETTERS
from bot.safety.findings import URGENT
from bot.safety.net import load_net
from bot.safety.voter import CARE, hashed
from bot.understanding.asking import asking_sentence
from bot.understanding.encoder import Encoder, EncoderUnavailable, identity
from bot.understanding.for_whom import for_whom, weighed_for
from bot.understanding.leaning import behind
from bot.understanding.nearest import Nearest
from bot.understanding.readings import at_most, encoders, log_odds, side_by_side
from bot.understanding.settled import settled
from bot.understanding.softmax import fitted_softmax
from bot.understanding.topics import ORDINARY, PLAIN, SURE, two_topics
from bot.understanding.traits import intents_that_are
from bot.understanding.vectors import vectors_of
from bot.who_knows import load_kinds

log = logging.getLogger(__name__)
SPELLING_FEATURES = 2 ** 13
UNSEEN_COUNTS = 0.05  # of a word that no example of an intent has
RANKED = 5
SETTLED_BY_WORDS = "settled_by_words"  # the intent that words settled, and how sure the classifier was of it
MOST_OF_AN_ALARM = 1500  # of eleven thousand examples of danger: what is danger is for the net to hear
# Log odds for e times as many examples. The fit takes every intent for as likely as any other, so that two worries about a child in three went to
# a rarer intent. Of a twelfth of the examples, not learned: 0.33 of those worries were heard as such, 0.47 with this, and 0.01 fewer of the rare.
COMMONNESS_COUNTS, COMMON = 0.45, 300  # more examples than that count for no more: a young carer is no child who is hurt
# a reference, or the code that goes with it; not "999 999 999"
_THREE = rf"[{LETTERS}]{{3}}"
_REFERENCE = re.compile(rf"(?<![A-Z0-9])(?!(\w{{3}})[- ]\1)(?:[{LETTERS}]{{4}}-[{LETTERS}]{{4}}|{_THREE}[- ]{_THREE}[- ]{_THREE})(?![A-Z0-9])", re.I)
SHORT = 8  # words: an example as short as this is known word for word
UNSURE = 0.30
UNDERSTOOD = 0.21       # just above the fallback's threshold
CARING_TOGETHER = 0.15  # two in three of those were care; the odds are spread so thin among the intents that 0.33 was hardly ever reached
HARD_TO_PLACE = 0.30  # below it two in five are wrong
HALF_RIGHT = 0.22     # what is right no more often gives way to care
LIKELY_CARE = 0.25    # of the odds: what may have happened to somebody counts more than what is asked
CLEARLY_ASKED, NOT_RULED_OUT = 0.50, 0.05  # of the sentence that asks, and of the same in the whole; half each on all of them made it worse
PLAIN_SURE = 0.80   # a plain question is as sure as this, or what somebody may be telling of themselves comes first
MAY_BE_TOLD = 0.18  # with this share of the odds
HARDLY_MORE = 0.50  # a plain question below this is right two times in three, and gives way to less
MAY_BE_TOLD_THEN = 0.10
GUESS = 0.40        # an ordinary reply below this is wrong as often as right
MAY_BE_A_WORRY = 0.15
# Of the net's classifier, where little is likely: of 47 quiet tellings that would have got no words or a wrong guess 25 reach it, of 486
# everyday messages 25; and where a guess is likelier (LIKELY_GUESS), which is right one time in four: 6 of 18, and 4 of 416.
SURE_OF_CARE, SURE_OF_ANY = 0.62, 0.50
LIKELY_GUESS, QUITE_SURE = 0.33, 0.95
SURE_ENOUGH = {"self_harm_me": 0.70}        # last letters, told in half a line, come to 0.72; of 4,100 messages three more are met so for nothing
SURE_OF_KIND = {"self_harm_other": 0.80}    # it is heard in many a worry about a relative
WISH = "wish_"
TOLD_AT_WORK, FOR_WORK = ("child_telling", "worry_about_child"), ("practitioner_urgent", "practitioner_support")
CHILD_TELLS, GROWN_UPS = "child_telling", (Audience.PARENT.value, Audience.CARER.value)
SEEN, WORRY = "seen_something", "worry_about_child"  # the kind of what is noticed of other people's children, and one of them


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Classifies by meaning; by spelling alone (hashed words) if the encoder cannot load."""

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource,
                 arrays: Optional[Dict[str, np.ndarray]] = None) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._arrays = arrays or {}
        self._names = [str(n) for n in self._arrays.get("names", ())]
        self._short = dict(zip(map(str, self._arrays.get("short_texts", ())), map(int, self._arrays.get("short_labels", ())), strict=True))
        self._nearest = Nearest(self._arrays["near_vectors"], self._arrays["near_starts"]) if self._arrays else None
        self._commonness = COMMONNESS_COUNTS * np.log(np.minimum(np.diff(self._arrays["near_starts"]), COMMON)) if self._arrays else np.zeros(0)
        self._encoders: Tuple[Encoder, ...] = ()
        if arrays is not None:
            try:
                found = encoders()
                self._encoders = found if identity(found) == str(arrays["encoder"]) else ()
            except EncoderUnavailable as error:
                log.warning("encoder_unavailable reason=%s", error)

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """C: inverse strength of regularisation."""
        return {"C": 6.0}

    @classmethod
    def required_packages(cls) -> List[str]:
        """Checked by Rasa before training."""
        return ["sklearn", "onnxruntime", "tokenizers", "onnx"]

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "IntentClassifier":
        """A new, untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples and keep the weights in Rasa's model."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        standard = [load_net().standard(e.get(TEXT)) for e in examples]
        names = sorted({e.get(INTENT) for e in examples})
        labels = np.array([names.index(e.get(INTENT)) for e in examples])
        found = encoders()
        few = at_most(MOST_OF_AN_ALARM, labels, [n for n, name in enumerate(names) if name in URGENT])
        vectors = [vectors_of([standard[n] for n in few], encoder, kept_as=f"intents-{number}") for number, encoder in enumerate(found)]
        near_vectors, near_starts = Nearest.kept(vectors[0], labels[few])
        coef, intercept = fitted_softmax(side_by_side(vectors), labels[few], self._config["C"])
        short = {_as_typed(e.get(TEXT)): n for e, n in zip(examples, labels, strict=True) if len(e.get(TEXT).split()) <= SHORT}
        with self._storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / "weights.npz", names=np.array(names), encoder=np.array(identity(found)),
                                meaning_coef=coef, meaning_intercept=intercept,
                                spelling_coef=_by_spelling(standard, labels).astype(np.float16),
                                near_vectors=near_vectors, near_starts=near_starts,
                                short_texts=np.array(sorted(short)), short_labels=np.array([short[t] for t in sorted(short)]))
        return self._resource

    @classmethod
    def load(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> "IntentClassifier":
        """Load the weights; works without the encoder."""
        with model_storage.read_from(resource) as folder:
            arrays = dict(np.load(folder / "weights.npz", allow_pickle=False))
        arrays["spelling_coef"] = arrays["spelling_coef"].astype(np.float32)
        return cls(config, model_storage, resource, arrays)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set ``intent`` and a short ranking on each message."""
        return self.hear(messages)

    def hear(self, messages: List[Message], earlier: Sequence[str] = (), on_a_topic: bool = False) -> List[Message]:
        """The same, for whoever said ``earlier`` (oldest first) before. ``on_a_topic``: it may go on with what was spoken of."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._classify(message, load_net().standard(text), for_whom([*earlier, text]), on_a_topic)
        return messages

    def _odds(self, standard: str) -> np.ndarray:
        if self._encoders:
            for encoder in self._encoders[1:]:
                encoder.begin(standard)  # beside the first one's
            vectors = [encoder.encode(standard) for encoder in self._encoders]
            logits = log_odds(self._arrays["meaning_coef"] @ side_by_side(vectors) + self._arrays["meaning_intercept"])
            logits = self._nearest.weighed(logits + self._commonness, vectors[0]) if self._nearest else logits
        else:
            row = hashed([standard], SPELLING_FEATURES)
            logits = np.asarray(row @ self._arrays["spelling_coef"].T)[0]
        odds = np.exp(log_odds(logits))
        if not load_net().spelling.knows_a_word(standard):
            odds *= 0.01  # nothing in it is a word: not understood, whatever it is nearest to
        return odds

    def _with_its_question(self, text: str, odds: np.ndarray) -> np.ndarray:
        """The odds of a message that is hard to place; half of them its asking sentence's, if that is clear and the whole does not rule it out."""
        question = asking_sentence(text) if odds.max() < HARD_TO_PLACE and load_net().spelling.knows_a_word(load_net().standard(text)) else None
        if question is None or odds[self._which("care_scripts")].sum() >= LIKELY_CARE:
            return odds
        asked = self._odds(load_net().standard(question))
        about = int(asked.argmax())
        says_much = not any(self._names[about] in intents_that_are(trait) for trait in ("never_second", "vague", "no_topic", "care_scripts"))
        return (odds + asked) / 2 if says_much and asked[about] >= CLEARLY_ASKED and odds[about] >= NOT_RULED_OUT else odds

    def _which(self, trait: str) -> List[int]:
        return [n for n, name in enumerate(self._names) if name in intents_that_are(trait)]

    def _most_likely(self, text: str) -> Tuple[str, float]:
        typed = self._short.get(_as_typed(text))
        if typed is not None:
            return self._names[typed], 1.0
        odds = self._odds(load_net().standard(text))
        return str(self._arrays["names"][int(odds.argmax())]), float(odds.max())

    @property
    def names(self) -> List[str]:
        """Every intent, in the order of the odds."""
        return self._names

    def odds_alone_and_behind(self, text: str, before: str, earlier: Sequence[str] = ()) -> Tuple[np.ndarray, np.ndarray]:
        """The odds (0 to 1, in the order of ``names``) of a message alone, and behind the end of the one ``before`` it."""
        writer = for_whom([*(earlier or [before]), text])
        typed = self._short.get(_as_typed(text))
        if typed is not None:
            alone = np.where(np.arange(len(self._names)) == typed, 1.0, 0.0)
        else:
            alone = weighed_for(writer, self._odds(load_net().standard(text)), self._names)
        return alone, weighed_for(writer, self._odds(load_net().standard(behind(before, text))), self._names)

    def _classify(self, message: Message, standard: str, writer: str, on_a_topic: bool) -> None:
        text = message.get(TEXT)
        odds = self._settled_by_words(message, self._weighed(text, standard, writer, on_a_topic))
        near = load_kinds().nearest(self._names, odds.tolist())
        if near is not None:
            message.set("near", near.kind, add_to_output=True)
        certain = self._certain(text)
        best = np.argsort(odds)[::-1][:RANKED]
        ranking = [{"name": certain, "confidence": 1.0}] if certain else [{"name": self._names[i], "confidence": float(odds[i])} for i in best]
        first, second = two_topics(str(ranking[0]["name"]), text, self._most_likely)
        if first is not None:
            ranking.insert(0, {"name": first, "confidence": SURE})
        if second is not None:
            message.set("also", {"intent": second.name, "text": second.text}, add_to_output=True)
        message.set("intent", ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)

    def _weighed(self, text: str, standard: str, writer: str, on_a_topic: bool) -> np.ndarray:
        """The odds by all that is known of the message; care comes before what is only likely."""
        odds = weighed_for(writer, self._odds(standard), self._names)
        typed = self._short.get(_as_typed(text))
        if typed is not None:
            odds = np.where(np.arange(len(odds)) == typed, 1.0, 0.0)  # "nvm", "lol": as it stands in the examples
        else:
            odds = self._with_its_question(text, odds)
        odds = _guess_gives_way(_plain_gives_way(_caring_together(odds, self._names), self._names), self._names)
        if not on_a_topic and odds.max() < LIKELY_GUESS and self._names[int(odds.argmax())] not in intents_that_are("caring"):
            odds = _cared_for(odds, self._names, load_net().chances(standard), writer)
        return odds

    def _settled_by_words(self, message: Message, odds: np.ndarray) -> np.ndarray:
        """The odds, with one intent's 1 if the message is a button's words, or words settle what it is about."""
        by_button = load_questions().meant_by(message.get(TEXT))
        by_words = by_button or settled(message.get(TEXT), self._names[int(odds.argmax())])
        if by_words not in self._names:
            return odds
        place = self._names.index(by_words)
        if not by_button:
            message.set(SETTLED_BY_WORDS, {"name": by_words, "confidence": float(odds[place])})
        return np.where(np.arange(len(odds)) == place, 1.0, odds * 0.01)

    def _certain(self, text: str) -> Optional[str]:
        """What no odds say anything of: a reference asks about that contact, and another language only resembles English."""
        as_typed = _as_typed(text) in self._short
        if not as_typed and load_net().noticed(text):
            return "ask_language"
        return "contact_status" if _REFERENCE.search(text) else None


def _by_spelling(standard: Sequence[str], labels: np.ndarray) -> np.ndarray:
    """Naive Bayes on hashed words and letters: the log odds of each for every label. It serves only without the encoder, where it has 0.71 of the
    exam right in a second; a logistic regression has 0.74 in a minute."""
    from scipy.sparse import csr_matrix
    which = csr_matrix((np.ones(len(labels)), (labels, np.arange(len(labels)))))
    counts = (which @ hashed(standard, SPELLING_FEATURES)).toarray() + UNSEEN_COUNTS
    found: np.ndarray = np.log(counts / counts.sum(axis=1, keepdims=True))
    return found


def _as_typed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().replace("’", "'").split()).rstrip(".!")


def _caring_together(odds: np.ndarray, names: List[str]) -> np.ndarray:
    """Hard to place, but some kind of care has a fair share: the likeliest of them, in its softer words, rather than "I did not understand".

    A child who tells comes first if that is half as likely. It is a worry where all that is noticed
    of other people's children is likelier than any other care.
    """
    caring = [names.index(n) for n in intents_that_are("caring") if n in names]
    together = float(odds[caring].sum())
    if float(odds.max()) >= UNSURE or together < CARING_TOGETHER:
        return odds
    likeliest = max(caring, key=lambda n: odds[n])
    told = names.index("child_telling") if "child_telling" in names else likeliest
    if odds[told] >= odds[likeliest] / 2:
        likeliest = told
    elif load_kinds().share_of(SEEN, names, odds.tolist()) >= sum(odds[n] for n in caring if names[n] != WORRY):
        likeliest = names.index(WORRY)
    raised = odds.copy()
    raised[likeliest] = max(together, UNDERSTOOD, float(odds.max()) + 0.001)
    return raised


def _cared_for(odds: np.ndarray, names: List[str], chances: Mapping[str, float], writer: str) -> np.ndarray:
    """Nothing would be said to this, but the net's classifier, which has few kinds to choose from, is sure of one of care: its softer words.

    Many intents share the odds of what was told sideways.
    """
    likeliest = max(CARE, key=lambda kind: chances.get(kind, 0.0))
    together = sum(chances.get(kind, 0.0) for kind in CARE)
    if together < SURE_ENOUGH.get(likeliest, SURE_OF_CARE) or chances[likeliest] < SURE_OF_KIND.get(likeliest, SURE_OF_ANY):
        return odds
    if odds.max() >= HALF_RIGHT and (likeliest not in TOLD_AT_WORK or chances[likeliest] < QUITE_SURE):
        return odds
    if names[int(odds.argmax())].startswith(WISH):
        return odds  # "they talk about me as if I was not there" is what the wishes are about
    if likeliest == CHILD_TELLS and writer in GROWN_UPS:
        return odds  # "I'm dad, and every letter is addressed to mum" is no child who tells
    at_work = writer == Audience.PRACTITIONER.value and likeliest in TOLD_AT_WORK
    places = [names.index(name) for name in (FOR_WORK if at_work else (likeliest,))]
    raised = odds.copy()
    raised[max(places, key=lambda n: odds[n])] = max(UNDERSTOOD, float(odds.max()) + 0.001)
    return raised


def _plain_gives_way(odds: np.ndarray, names: List[str]) -> np.ndarray:
    """A plain question that is no more than likely gives way with all its odds, to harm that somebody may be telling."""
    heard = int(odds.argmax())
    told = _likeliest("told_before_plain", odds, names)
    least = MAY_BE_TOLD if odds[heard] >= HARDLY_MORE else MAY_BE_TOLD_THEN
    if not names[heard].startswith(PLAIN) or odds[heard] >= PLAIN_SURE or odds[told] < least:
        return odds
    return _given(odds, heard, told)


def _guess_gives_way(odds: np.ndarray, names: List[str]) -> np.ndarray:
    """An ordinary reply that is only guessed gives way with all its odds, to what somebody may have seen done to a child."""
    heard = int(odds.argmax())
    worry = _likeliest("told_before_a_guess", odds, names)
    if not names[heard].startswith(ORDINARY) or odds[heard] >= GUESS or odds[worry] < MAY_BE_A_WORRY:
        return odds
    return _given(odds, heard, worry)


def _likeliest(trait: str, odds: np.ndarray, names: List[str]) -> int:
    return max((names.index(n) for n in intents_that_are(trait) if n in names), key=lambda n: float(odds[n]))


def _given(odds: np.ndarray, by: int, to: int) -> np.ndarray:
    raised = odds.copy()
    raised[to] += raised[by]
    return raised
