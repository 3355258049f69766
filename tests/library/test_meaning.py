"""The best and second-best likeness of each entry's rows."""
import numpy as np

from bot.library.meaning import Runs


def test_each_run_has_its_best_then_its_second_and_an_empty_one_has_none():
    runs = Runs([range(0, 3), range(3, 3), range(5, 7), range(3, 4)])
    near = np.array([0.2, 0.9, 0.5, -0.4, 9.0, 0.7, 0.1])
    best = runs.best(near)
    assert best.tolist() == [0.9, 0.0, 0.7, 0.0]     # a run of its own rows only; nothing below 0
    runs.hide_best(near, best)
    assert runs.best(near).tolist() == [0.5, 0.0, 0.1, 0.0]


def test_no_runs_at_all():
    assert Runs([range(0, 0)]).best(np.array([0.3])).tolist() == [0.0]
