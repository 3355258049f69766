"""Of an intent with very many examples some are enough, evenly spread; of the others each counts."""
import numpy as np

from bot.understanding.readings import at_most


def test_few_are_kept_whole_and_many_are_thinned_evenly():
    labels = np.array([0] * 3 + [1] * 100 + [0] * 2)
    kept = at_most(10, labels, [1])
    assert [n for n in kept if labels[n] == 0] == [0, 1, 2, 103, 104]
    many = [n for n in kept if labels[n] == 1]
    assert len(many) == 10
    assert (many[0], many[-1]) == (3, 102)
    assert max(np.diff(many)) <= 12
    assert list(kept) == sorted(kept)


def test_what_is_not_named_is_kept_however_many_there_are():
    labels = np.array([0] * 50 + [1] * 100)
    assert list(np.bincount(labels[at_most(10, labels, [0])])) == [10, 100]
