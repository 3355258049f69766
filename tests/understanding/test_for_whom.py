"""A reply that speaks to parents is not said to whoever watches next door, nor a child's to a teacher."""
import numpy as np
import pytest

from bot.understanding.for_whom import for_whom, weighed_for
from bot.understanding.whose_child import tells_of_another_child
from bot.words import load_words

NAMES = ["plain_teen_out_late", "plain_out_till_closing", "plain_left_out", "child_telling"]
EVEN = np.array([0.4, 0.2, 0.2, 0.2])


@pytest.mark.parametrize("said", [
    "the boy next door is out on the street until ten most nights", "my neighbours leave their kids alone", "the family across the road never open the curtains",
    "kids upstairs cry a lot", "a lad on our estate sits on the wall all day", "our neighbour is nice but her little girl looks cold"])
def test_neighbours_children_are_heard(said):
    assert tells_of_another_child(said)
    assert for_whom(["hello", said]) == "neighbour"


@pytest.mark.parametrize("said", [
    "my son plays with the boy next door and now he swears", "my daughter is upstairs and will not come down", "my lad is out until ten most nights",
    "how long is the queue", "the neighbours park across our drive"])
def test_ones_own_children_are_not_neighbours(said):
    assert not tells_of_another_child(said)


def test_who_says_what_they_are_is_not_a_neighbour():
    assert for_whom(["i am a teacher", "the kids next door to school are loud"]) == "practitioner"


@pytest.mark.parametrize("writer, less", [("neighbour", [0, 2]), ("practitioner", [0, 1, 2]), ("", [])])
def test_what_is_written_for_others_counts_for_less_and_nothing_is_lost(writer, less):
    weighed = weighed_for(writer, EVEN, NAMES)
    assert weighed.sum() == pytest.approx(EVEN.sum())
    assert [n for n in range(len(NAMES)) if weighed[n] < EVEN[n]] == less


def test_a_reply_with_words_for_the_writer_stands():
    assert load_words().entries["utter_plain_teen_out_late"].texts_for("child")
    assert weighed_for("child", EVEN, NAMES) is EVEN or weighed_for("child", EVEN, NAMES)[0] >= EVEN[0]
