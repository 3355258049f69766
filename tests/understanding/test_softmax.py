"""Our fit hears what scikit-learn's does, and the same each time."""
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from bot.understanding.softmax import fitted_softmax


@pytest.fixture(scope="module")
def clouds():
    """Rows around four middles, one label with twenty times the rows of another."""
    chance = np.random.default_rng(1)
    labels = np.repeat([0, 1, 2, 3], [1000, 50, 300, 300])
    rows = chance.normal(size=(4, 16))[labels] + 0.8 * chance.normal(size=(len(labels), 16))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), labels


def test_it_gives_the_odds_that_scikit_learn_gives(clouds):
    rows, labels = clouds
    weights, added = fitted_softmax(rows, labels, 4.0, 60)
    theirs = LogisticRegression(C=4.0, max_iter=400, class_weight="balanced").fit(rows, labels)
    ours, expected = rows @ weights.T + added, theirs.decision_function(rows)
    assert (ours.argmax(axis=1) == expected.argmax(axis=1)).mean() > 0.99
    assert np.corrcoef((ours - ours.mean(axis=1, keepdims=True)).ravel(), expected.ravel())[0, 1] > 0.99


def test_the_same_rows_give_the_same_weights(clouds):
    one, other = fitted_softmax(*clouds, 4.0), fitted_softmax(*clouds, 4.0)
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
