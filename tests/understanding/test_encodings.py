"""Sentences that are encoded beside the turns: the same vectors, forgotten like the others, and nobody waits for ever."""
import threading

import numpy as np
import pytest

from bot.understanding.encoder import safeguarding_encoder
from bot.understanding.encodings import REMEMBERED, Encodings, nobody_waits

LINES = [f"my neighbour's child {what} and i do not know what to do" for what in ("cries every night", "is never at school", "has no coat", "is alone")]


def test_many_at_once_give_what_each_gives_alone():
    encoder = safeguarding_encoder()
    encoder.forget()
    alone = [encoder._encode_one(line) for line in LINES]
    begun = [encoder.begin(line) for line in LINES * 20]
    assert all((one.result() == alone[n % len(LINES)]).all() for n, one in enumerate(begun))
    assert all((encoder.encode(line) == row).all() for line, row in zip(LINES, alone))
    assert len(encoder.last) == len(LINES)


def test_what_is_begun_is_encoded_once_and_forgotten_when_asked():
    asked = []
    encodings = Encodings(lambda text: (asked.append(text), np.zeros(3))[1])
    assert encodings.begin("one") is encodings.begin("one")
    encodings.of("one")
    assert asked == ["one"]
    encodings.forget()
    assert len(encodings) == 0
    encodings.of("one")
    assert asked == ["one", "one"]


def test_no_more_than_the_last_are_remembered():
    encodings = Encodings(lambda text: np.zeros(3))
    for n in range(REMEMBERED + 50):
        encodings.of(f"line {n}")
    assert len(encodings) == REMEMBERED


def test_a_failure_is_told_to_whoever_asks_and_not_remembered():
    fails = [True]

    def encode(_text):
        if fails.pop() if fails else False:
            raise MemoryError
        return np.ones(3)
    encodings = Encodings(encode)
    with pytest.raises(MemoryError):
        encodings.begin("one").result()
    with pytest.raises(MemoryError):
        encodings.of("one")
    assert encodings.of("one").sum() == 3


def test_what_may_not_be_needed_is_not_begun_while_somebody_waits():
    may_go_on = threading.Event()
    slow = Encodings(lambda _text: (may_go_on.wait(20), np.zeros(3))[1])
    assert nobody_waits()
    begun = [slow.begin(f"line {n}") for n in range(4)]
    assert not nobody_waits()
    may_go_on.set()
    [one.result(20) for one in begun]
    assert slow.of("line 1").sum() == 0
