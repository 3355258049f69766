"""How a question is asked, how much each sign counts, and learning that from the guidance's own questions."""
import datetime as dt
from dataclasses import fields, replace

import pytest

from bot.guidance_files import GuidanceError
from bot.library.learn import learn
from bot.library.manner import Manner
from bot.library.search import Library
from bot.library.weighing import FILE, WHETHER, WHICH, Signs, load_weights, written
from bot.understanding.encoder import shared_encoder
from tests.library.builders import GOOD, documents_from

NOTHING = Signs(**{field.name: 0.0 for field in fields(Signs)})
TOLD = ["who lights the lamp", "who fills the lamp", "who mends the lamp"]
UNTOLD = ["how many lamps are there", "how many keepers are there", "how many nights are there"]


@pytest.fixture(scope="module")
def manner():
    return Manner([*((text, True) for text in TOLD), *((text, False) for text in UNTOLD)])


def test_the_manner_of_told_questions_is_above_nought_and_of_untold_ones_below(manner):
    assert manner.of("who sells the lamp") > 0 > manner.of("how many wicks are there")
    assert manner.of("zebra") == 0.0


def test_a_question_that_is_left_out_says_less_for_itself(manner):
    assert 0 <= manner.of(TOLD[0], (True, TOLD[0])) < manner.of(TOLD[0])


def test_a_fact_that_lacks_speaks_against_an_answer_and_one_that_stands_there_for_it():
    weights = load_weights()
    between = weights.chance(NOTHING)
    assert weights.chance(replace(NOTHING, lacks=1.0)) < between < weights.chance(replace(NOTHING, holds=1.0))
    assert weights.chance(replace(NOTHING, says_untold=1.0)) < between


def test_what_is_written_is_read_back(tmp_path):
    file = tmp_path / "search.yml"
    weights = load_weights()
    file.write_text(written(weights.which, {**weights.whether, "constant": weights.constant}, weights.learned, ("a note",)), encoding="utf-8")
    assert load_weights(file) == weights
    assert set(weights.which) == set(WHICH)
    assert set(weights.whether) == set(WHETHER)


@pytest.mark.parametrize(("old", "new", "problem"), [
    ("  near:", "  nearly:", "is no sign"), ("  near: ", "  near: much", "is not a number"), ("learned:", "learnt:", "learned")])
def test_weights_that_are_wrong_are_refused_with_their_line(tmp_path, old, new, problem):
    file = tmp_path / "search.yml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match=rf"search\.yml:\d+: .*{problem}"):
        load_weights(file)


def test_without_vectors_nothing_can_be_learned_and_it_says_what_to_do(tmp_path):
    with pytest.raises(ValueError, match="make train"):
        learn(Library(documents_from(tmp_path), []), dt.date(2026, 1, 1), say=lambda _: None)


THINGS = {"boat": "harbour", "loaf": "bakery", "horse": "stable", "song": "choir", "rose": "garden", "coat": "tailor"}
SECTION = """
## The {thing} of the {place} {{#{thing}}}
<!-- page heading in the source: The {place} -->

The {place} of the city keeps one {thing} for everybody who lives there. Anna Miller looks after it on most days, and she lends it
to people who ask her kindly at the door.
"""


def test_weights_are_learned_from_told_and_untold_questions_and_are_the_same_each_time(tmp_path):
    text = GOOD[:GOOD.index("## Who")] + "".join(SECTION.format(thing=thing, place=place) for thing, place in THINGS.items())
    asked = "".join(f"{thing}\t{is_told}\t{question.format(thing=thing, place=place)}\n" for thing, place in THINGS.items() for is_told, question in (
        ("told", "who looks after the {thing}"), ("told", "where do people borrow a {thing}"), ("told", "does the {place} lend its {thing}"),
        ("told", "the {thing} of the {place}"), ("untold", "how many a {thing} costs in the {place}"), ("untold", "how old is the {thing}")))
    library = Library(documents_from(tmp_path, text, questions=asked), [], shared_encoder())
    library.index.wait()
    learned = learn(library, dt.date(2026, 1, 1), say=lambda _: None)
    assert learned.questions == 36
    assert learned.right > 0.9
    assert learned.apart > 0.9
    assert learn(library, dt.date(2026, 1, 1), say=lambda _: None).text == learned.text
    (tmp_path / "search.yml").write_text(learned.text, encoding="utf-8")
    assert load_weights(tmp_path / "search.yml").learned == dt.date(2026, 1, 1)
