"""Which of the Ten Wishes somebody means."""
from pathlib import Path

import pytest

from bot.guidance_files import GuidanceError
from bot.ordinals import ordinals_in
from bot.wishes import FILE, Matter, Wish, load_wishes, shared_wishes

BLIND = [line.split("\t") for line in (Path(__file__).parent / "which_wish.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("text", "places"), [("no 2 n no 9", (2, 9)), ("the 4th one", (4,)), ("wish one, then wish ten", (1, 10)), ("the last one", (-1,)),
                                              ("no one rang", ()), ("two wishes", ())])
def test_every_place_that_is_named_is_heard(text, places):
    assert ordinals_in(text) == places


@pytest.mark.parametrize(("text", "ids"), [
    ("the one about being late and the one about training", ["on_time", "trained"]), ("the ones on respect & long words", ["respect", "words"]),
    ("the one about being alone with my worker", [])])
def test_several_wishes_at_once(text, ids):
    assert [wish.id for wish in shared_wishes().several(text)] == ids


def _found(text):
    found = shared_wishes().which(text)
    return found.id if isinstance(found, Wish) else "none" if isinstance(found, Matter) else "unsure"


def test_wishes_are_found_by_meaning_in_messages_of_a_writer_who_saw_only_the_wishes():
    """The first half set the limits; the second was never read. Where the ten hold nothing, saying so and listing all are both right."""
    read, unread = BLIND[::2], BLIND[1::2]
    for lines, least in ((read, 0.83), (unread, 0.87)):
        right = [found == wish or (wish, found) == ("none", "unsure") for wish, found in ((wish, _found(text)) for wish, text in lines)]
        another = [found not in (wish, "none", "unsure") for wish, found in ((wish, _found(text)) for wish, text in lines)]
        assert sum(right) / len(right) >= least
        assert sum(another) / len(another) <= 0.04, "another wish is named as the one"


@pytest.mark.parametrize(("text", "matter"), [("is there a wish about keeping the same worker", "same_worker"), ("got one for pocket money", "money")])
def test_a_matter_that_no_wish_is_about_is_named_as_such(text, matter):
    found = shared_wishes().which(text)
    assert isinstance(found, Matter) and found.id == matter


@pytest.mark.parametrize("text", ["what time is the bus", "My son will not eat peas", "good morning"])
def test_no_wish_is_touched_by_what_has_nothing_to_do_with_them(text):
    assert shared_wishes().nearest(text) is None


def test_a_matter_that_comes_nearest_to_no_wish_of_the_ten_is_refused_with_its_line(tmp_path):
    file = tmp_path / "ten_wishes.yml"
    file.write_text(FILE.read_text(encoding="utf-8").replace("nearest: one_to_one", "nearest: eleventh", 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match=r'ten_wishes.yml:\d+: "eleventh" is no wish; choose from easier_to_contact'):
        load_wishes(file)
