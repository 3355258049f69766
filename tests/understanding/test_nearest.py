"""The nearest example decides between intents that are likely anyway."""
import numpy as np
import pytest

from bot.understanding.nearest import AMONG, Nearest
from bot.understanding.readings import log_odds


def unit(*numbers):
    vector = np.array([*numbers, *[0.0] * (12 - len(numbers))], dtype=np.float32)
    return vector / np.linalg.norm(vector)


VECTORS = np.array([unit(1, 0), unit(1, 1), unit(0, 1), unit(1, 0.1), unit(0, 0, 1)])
LABELS = np.array([1, 0, 0, 1, 2])


@pytest.fixture
def nearest():
    return Nearest(*Nearest.kept(VECTORS, LABELS))


def test_of_two_that_are_as_likely_the_one_with_the_nearer_example_is_heard(nearest):
    even = np.log(np.array([0.4, 0.4, 0.2]))
    assert int(nearest.weighed(even, unit(1, 0.05)).argmax()) == 1
    assert int(nearest.weighed(even, unit(0.1, 1)).argmax()) == 0


def test_what_is_heard_stays_a_chance(nearest):
    assert np.exp(nearest.weighed(np.log(np.array([0.7, 0.2, 0.1])), unit(1, 1))).sum() == pytest.approx(1.0)


def test_what_is_not_among_the_likeliest_gains_nothing():
    many = AMONG + 5
    rows = np.eye(many, dtype=np.float32)
    odds = log_odds(-np.arange(many, dtype=np.float32))
    heard = Nearest(*Nearest.kept(rows, np.arange(many))).weighed(odds, rows[many - 1])
    assert int(heard.argmax()) == 0


def test_a_clear_message_is_not_turned_by_a_likeness(nearest):
    assert int(nearest.weighed(np.log(np.array([0.998, 0.001, 0.001])), unit(1, 0)).argmax()) == 0
