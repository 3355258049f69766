"""A long message is heard to its end, and costs no more than so much."""
from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.net import load_net
from bot.safety.patterns import ENDLESS, SHARED, load_patterns
from bot.safety.pieces import LONG, is_long, pieces, said_alone
from bot.settings import ChatSettings

CALM = ("We moved here in the spring and like the school.", "Nan comes for tea on Sundays.", "It rained all week so we stayed in and did a jigsaw.",
        "My sister has a new book about whales.", "The bus was late again on Tuesday morning.")
QUIET = "Dad has locked us in and he is coming up the stairs with the belt."     # no pattern hears it: the classifier does
WORDS = st.lists(st.text("abcdefghij'", min_size=1, max_size=12), min_size=LONG + 1, max_size=900)


def calm(letters: int) -> str:
    said = ""
    while len(said) < letters:
        said += CALM[len(said) % len(CALM)] + " "
    return said


@pytest.mark.parametrize("stops", [True, False], ids=["in sentences", "without a full stop"])
@pytest.mark.parametrize("before", [0, 1_500, 2_300, 3_000, 3_800])
def test_quiet_danger_is_heard_wherever_it_stands_in_the_longest_message(before, stops):
    most = ChatSettings.max_characters
    said = f"{calm(before)}{QUIET} {calm(most)}"[:most]
    said = said if QUIET in said else f"{calm(before)[:most - len(QUIET) - 1]} {QUIET}"
    net = load_net()
    assert not net.check(QUIET).findings.first.voter == "pattern"
    assert not net.check(calm(most)[:most]).findings.alarm, "the rest is calm"
    assert net.check(said if stops else said.replace(".", "")).findings.certain


@given(words=WORDS, stop=st.integers(2, 60))
def test_every_word_is_in_a_piece_and_there_are_never_many(words, stop):
    said = " ".join(w + ("." if n % stop == 0 else "") for n, w in enumerate(words, 1))
    heard = pieces(said)
    assert is_long(said)
    assert len(heard) <= 100
    assert set(said.split()) <= {w for piece in heard for w in piece.split()}
    assert all(piece in said for piece in heard), "as it was written, in its order"


@pytest.mark.parametrize("letters", [4_000, 20_000])
def test_the_encoder_reads_each_piece_to_its_end(letters):
    from bot.understanding.encoder import MAX_TOKENS, safeguarding_encoder
    count = safeguarding_encoder()._tokenizer.encode
    for said in (calm(letters)[:letters], calm(letters)[:letters].replace(".", "")):
        assert all(len(count(piece).ids) < MAX_TOKENS for piece in pieces(load_net().standard(said)))


def test_nothing_has_no_pieces():
    assert pieces("") == []


RUN = "and then the bus was late again "


@pytest.mark.parametrize("before", [0, ENDLESS - SHARED - 3, ENDLESS - SHARED, ENDLESS - 8, ENDLESS - 3, ENDLESS, 3 * ENDLESS - 5, 9 * ENDLESS])
def test_a_pattern_is_found_wherever_it_stands_in_what_runs_on(before):
    patterns, _ = load_patterns()
    words = (RUN * (10 * ENDLESS)).split()
    said = words[:before] + "he is strangling my sister".split() + words[:2 * ENDLESS]
    assert [f.voter for f in patterns.find(" ".join(said))] == ["pattern"]
    assert not patterns.find(" ".join(words[:9 * ENDLESS]))


def test_no_pattern_is_longer_than_what_two_stretches_share():
    assert load_patterns()[0].longest <= SHARED


def test_a_long_run_costs_no_more_for_the_danger_in_it():
    patterns, _ = load_patterns()
    said = "he is strangling my sister right now " + RUN * 2_000
    began = time.thread_time()
    assert patterns.find(said)
    patterns.find_weak(said)
    assert time.thread_time() - began < 1     # at once, in one piece, it took four seconds


def test_sentences_are_heard_alone_but_not_those_of_few_words_nor_a_single_one():
    assert said_alone("he is at the door with a bat . help me . which form do i fill in ?") == ["he is at the door with a bat .", "which form do i fill in ?"]
    assert said_alone("he has a knife . she is out") == []
    assert said_alone("he is at the door with a bat and he will not go") == []
    assert len(said_alone("she is gone from the garden now . " * 40)) == 12


@pytest.mark.parametrize("message", [
    "Our student walked out at break, type one, her kit is still in her bag and nobody can reach her. Which form do I fill in for this?",
    "The twins have been quiet since their dad gave them the drops to sleep. He says it is a double dose tonight. What does your leaflet say about naps?"])
def test_a_calm_question_behind_it_makes_danger_no_less_plain(message):
    assert load_net().check(message).findings.certain
