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


@pytest.mark.parametrize(("typed", "read"), [
    ("my 2 year old", "my 2 year old"), ("my 3yo n 14yr old", "my 3 year old and 14 year old"), ("15 y/o", "15 year old"), ("2 kids of 2 and 4", "2 kids of 2 and 4"),
    ("shes only 4", "she is only 4"), ("hes 2 and shes 4.", "he is 2 and she is 4 ."), ("4 men at the door", "4 men at the door"), ("since 4", "since 4"),
    ("at 1am on the 10th", "at 1 am on the 10th"), ("10mins ago", "10 minutes ago"), ("wish 2", "wish 2"), ("year 4 teacher", "year 4 teacher")])
def test_an_age_a_time_or_a_count_stays_a_number(typed, read):
    assert load_net().standard(typed) == read


@pytest.mark.parametrize(("typed", "read"), [
    ("its 2 late 4 that", "it is to late for that"), ("i want 2 die", "i want to die"), ("got 2 go 2 her", "got to go to her"), ("its 4 my mum", "it is for my mum"),
    ("wait 4 me", "wait for me"), ("can i talk 2 some1", "can i talk to someone"), ("i cant 4get", "i can not forget"), ("h3lp h3s g0t a kn1f3", "help he is got a knife"),
    ("3nd it", "end it")])
def test_a_digit_that_stands_for_a_word_or_a_letter_is_read_as_that(typed, read):
    assert load_net().standard(typed) == read


@pytest.mark.parametrize("english", ["batting", "heating", "breeding", "wedding", "sitting", "me and you and him"])
def test_english_words_are_never_changed(english):
    assert SPELLING.standard(fold(english)) == english


@given(st.text(max_size=300))
def test_folding_never_fails_and_folding_twice_changes_little(text):
    folded = fold(text)
    assert isinstance(SPELLING.standard(folded), str)
    assert len(fold(folded)) <= len(folded) + 2
