"""What a second message means is weighed by readable signs; the weights are learned from pairs that are kept, and are refused with their mend."""
import numpy as np
import pytest

from bot.guidance_files import GuidanceError
from bot.understanding.learn_second import Seen, learned, right, written
from bot.understanding.second_message import FILE, load_weights, signs, weighed
from bot.understanding.second_pairs import PAIRS, STAY, MeantBefore, Pair, read_pairs
from bot.understanding.traits import domain_intents

NAMES = ["plain_visits", "ask_out_of_hours", "ask_number", "plain_case_closed"]


def odds(*shares):
    return np.array(shares)


def test_the_kind_of_the_topic_draws_a_guess_to_its_own():
    alone, behind = odds(0.0, 0.2, 0.05, 0.2), odds(0.0, 0.2, 0.6, 0.2)
    assert weighed("ask_number", "and if it is shut?", NAMES, alone, behind).name == "ask_out_of_hours"


def test_a_clear_message_is_no_more_about_the_topic():
    heard = weighed("plain_visits", "what number is it", NAMES, odds(0.0, 0.05, 0.9, 0.0), odds(0.2, 0.1, 0.7, 0.0))
    assert heard.name == "ask_number"
    assert heard.sure > 0.5


def test_what_is_likely_only_behind_the_first_stays_with_it():
    assert weighed("plain_visits", "and the garden?", NAMES, odds(0.1, 0.01, 0.01, 0.01), odds(0.97, 0.01, 0.01, 0.01)).name == STAY


def test_the_topic_is_not_weighed_against_itself():
    places, rows, stays = signs(0, "hm", NAMES, odds(0.9, 0.1, 0.0, 0.0), odds(0.9, 0.1, 0.0, 0.0), MeantBefore([], {}))
    assert places == [1, 2, 3]
    assert rows.shape == (3, 5)
    assert len(stays) == 6


def test_what_was_meant_after_the_topic_counts_and_no_pair_tells_its_own_answer():
    pair = Pair("plain_visits", "when do they come", "and then", "plain_case_closed")
    kinds = {"plain_visits": "workers", "ask_number": "workers"}
    before = MeantBefore([pair, pair._replace(first="how often"), pair._replace(topic="ask_number"), pair._replace(means=STAY)], kinds)
    assert before.times("plain_visits", "plain_case_closed") == (2, 1)
    assert before.times("plain_visits", "plain_case_closed", but=pair) == (1, 1)
    assert before.times("plain_visits", STAY) == (1, 0)
    assert before.times("ask_hours", "plain_case_closed") == (0, 0)
    even = odds(0.1, 0.1, 0.1, 0.1)
    _, rows, stays = signs(0, "hm", NAMES, even, even, before, but=pair)
    assert rows[:, 3].tolist() == [0.0, 0.0, np.log1p(1)] and stays[-1] == np.log1p(1)


def test_learning_finds_what_decides():
    """Where only the kind tells, the kind's weight grows, and the pairs are heard as meant."""
    even = np.log([[0.3], [0.3]])
    seen = [Seen(np.hstack([even, even, [[float(n % 2)], [float(1 - n % 2)]], np.zeros((2, 2))]), np.array([1.0, -9.0, -9.0, 0.0, 0.0, 0.0]), 0 if n % 2 else 1) for n in range(20)]
    weights = learned(seen)
    assert weights[2] > 1
    assert right(seen, weights) == 20


def test_every_pair_names_intents_and_none_stands_twice():
    pairs = read_pairs(sorted(domain_intents()))
    assert len(pairs) >= 300
    assert len({(p.first, p.second) for p in pairs}) == len(pairs)


def test_a_pair_that_names_no_intent_is_named_with_its_line():
    with pytest.raises(GuidanceError, match=rf"{PAIRS.name}:2: .* is no intent"):
        read_pairs([])


def test_weights_that_are_not_whole_are_refused_and_written_ones_are_read(tmp_path):
    import datetime as dt
    file = tmp_path / "second_messages.yml"
    file.write_text(written([0.5] * 11, 10, 7, dt.date(2026, 11, 21)), encoding="utf-8")
    assert load_weights.__wrapped__(file).kind == 0.5
    file.write_text(file.read_text(encoding="utf-8").replace("  kind: 0.500\n", ""), encoding="utf-8")
    with pytest.raises(GuidanceError, match="make second"):
        load_weights.__wrapped__(file)
    assert load_weights(FILE).kind > 0
