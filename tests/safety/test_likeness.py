"""What is nearer to danger than to anything harmless is heard as more dangerous, and only the hardest harmless examples are kept."""
import numpy as np
import pytest

from bot.safety import likeness
from bot.safety.likeness import Likeness, kept
from bot.safety.net import load_net


def unit(*rows):
    rows = np.array(rows, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_likeness_is_the_nearest_danger_less_the_nearest_harmless_one():
    danger, harmless = unit([1, 0, 0], [0, 1, 0]), unit([0, 0, 1], [1, 0, 1])
    near = Likeness(danger, harmless)
    assert near.of(unit([1, 0, 0])[0]) == pytest.approx(1 - 2 ** -0.5, abs=1e-3)
    assert near.of(unit([0, 0, 1])[0]) == pytest.approx(-1, abs=1e-3)


def test_all_danger_is_kept_and_of_the_rest_what_is_most_like_it(monkeypatch):
    monkeypatch.setattr(likeness, "HARMLESS", 2)
    monkeypatch.setattr(likeness, "HARD", 3)
    vectors = unit([1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0.5, 0.5, 0], [0, 0, 1], [1, 0, 0.2])
    danger = np.array([True, False, False, False, False, False])
    scores = np.array([9, 3, 2, 1, 0, -9])      # the last would be near, and the classifier is sure that it is harmless
    alarms, others = kept(vectors, danger, scores)
    assert alarms.shape == (1, 3) and others.shape == (2, 3)
    assert np.allclose(others.astype(np.float32), vectors[[1, 3]], atol=1e-3)


def test_the_nets_own_examples_tell_apart_what_the_line_alone_does_not():
    voter = load_net()._voter
    alone, near = (voter.score(load_net().standard("he has stopped breathing and his lips are blue")), voter.score(load_net().standard("thank you")))
    assert alone.alarm > alone.alone, "it is nearer to danger than to anything harmless"
    assert near.alarm <= near.alone
