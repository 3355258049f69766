"""Which of the Ten Wishes somebody means."""
import pytest

from bot.wishes import ordinals_in, shared_wishes


@pytest.mark.parametrize(("text", "places"), [("no 2 n no 9", (2, 9)), ("the 4th one", (4,)), ("wish one, then wish ten", (1, 10)), ("the last one", (-1,)),
                                              ("no one rang", ()), ("two wishes", ())])
def test_every_place_that_is_named_is_heard(text, places):
    assert ordinals_in(text) == places


@pytest.mark.parametrize(("text", "ids"), [
    ("the one about being late and the one about training", ["on_time", "trained"]), ("the ones on respect & long words", ["respect", "words"]),
    ("the one about being alone with my worker", ["one_to_one"])])
def test_several_wishes_at_once(text, ids):
    assert [wish.id for wish in shared_wishes().each_nearest(text)] == ids
