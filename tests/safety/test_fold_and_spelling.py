"""Folding and spelling: what people hide or mistype is read; what is English already is left alone."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.fold import fold
from bot.safety.net import load_net
from bot.safety.spelling import load_spelling

SPELLING = load_spelling(["hitting", "beating", "strangling", "bleeding", "breathing", "unconscious", "ambulance"])


@pytest.mark.parametrize(("typed", "read"), [
    ("s t r a n g l i n g  me", "strangling me"),
    ("st*r*angling", "strangling"),
    ("s.t.r.a.n.g.l.i.n.g", "strangling"),
    ("stran\u200bgling", "strangling"),          # a zero-width space
    ("strаngling", "strangling"),                # a Cyrillic а
    ("STRANGLING", "strangling"),
    ("s7rangl1ng", "strangling"),
    ("ｓｔｒａｎｇｌｉｎｇ", "strangling"),          # full-width letters
    ("stranglinggggg", "stranglingg"),
])
def test_hidden_words_are_folded(typed, read):
    assert fold(typed) == read


@pytest.mark.parametrize(("typed", "read"), [
    ("shes bleedin rn", "she is bleeding right now"),
    ("he wont stop stranglng her", "he will not stop strangling her"),
    ("can't breathe", "can not breathe"),
    ("uncoscious", "unconscious"),
    ("ambulence", "ambulance"),
])
def test_text_speak_and_slips_are_written_out(typed, read):
    assert SPELLING.standard(fold(typed)) == read


@pytest.mark.parametrize(("typed", "read"), [
    ("he stubbed it", "he stubbed it"), ("splashing about", "splashing about"), ("my squashed hat", "my squashed hat"), ("staffing levels", "staffing levels"),
    ("they keep fining us", "they keep fining us"), ("she is faking", "she is faking"), ("i was sexting", "i was sexting"),
    ("he stabed it", "he stabbed it"), ("it drowns him", "it drown him"), ("she slashd it", "she slashed it")])
def test_a_rarer_english_word_is_no_slip_of_another_word(typed, read):
    assert load_net().spelling.standard(fold(typed)) == read


@pytest.mark.parametrize("english", ["batting", "heating", "breeding", "wedding", "sitting", "me and you and him"])
def test_english_words_are_never_changed(english):
    assert SPELLING.standard(fold(english)) == english


@given(st.text(max_size=300))
def test_folding_never_fails_and_folding_twice_changes_little(text):
    folded = fold(text)
    assert isinstance(SPELLING.standard(folded), str)
    assert len(fold(folded)) <= len(folded) + 2
