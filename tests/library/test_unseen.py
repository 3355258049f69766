"""The frozen questions stay frozen: nothing learns from them, and there are enough."""
import re

import pytest
import yaml

from bot.guidance_files import ROOT
from bot.library.documents import load_documents
from bot.library.not_held import load_not_held
from bot.library.search import open_ready
from tests.measure.library import FOLDER, Question, cites, is_right, ours, questions, wrong_city

EVERY = [q.text for file in sorted((FOLDER / "unseen").glob("*.tsv")) for q in questions(file.stem)]


def plain(text):
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


@pytest.fixture(scope="module")
def search():
    return ours(open_ready())


def test_there_are_two_hundred_questions_and_sixty_that_nothing_answers():
    assert len(questions("answerable_1")) + len(questions("unanswerable_1")) >= 200
    assert len(questions("unanswerable_1")) >= 60


def test_no_frozen_question_stands_in_the_guidance_the_training_or_another_set():
    held = {plain(p) for d in load_documents() for s in d.sections for p in s.asked_as} | {plain(p) for t in load_not_held() for p in t.asked_as}
    for file in (ROOT / "data" / "nlu").glob("*.yml"):
        held |= {plain(line.strip()[2:]) for line in file.read_text(encoding="utf-8").splitlines() if line.strip().startswith("- ")}
    for name in ("calibration.yml", "questions.yml"):
        held |= {plain(q["ask"]) for q in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))}
    assert not [text for text in EVERY if plain(text) in held]


def test_every_expected_pattern_is_one():
    for question in questions("answerable_1"):
        assert question.sources
        assert question.expected
        is_right(question, "")
        cites(question, "")


def test_spaces_around_the_marks_of_a_pattern_are_not_part_of_it():
    both = Question("what are they", expected="oil && wick")
    assert is_right(both, "- Wicks\n- Oil")
    assert not is_right(both, "- Oil")


def test_at_least_nine_in_ten_are_right_and_cite_the_right_document(search):
    said = [(q, search(q.text)) for q in questions("answerable_1")]
    right = [(q, answer) for q, answer in said if answer and is_right(q, answer[0])]
    assert len(right) >= 0.9 * len(said)
    assert sum(cites(q, answer[1]) for q, answer in right) >= 0.95 * len(right)


def test_no_answer_gives_another_citys_facts_without_its_name_first(search):
    assert wrong_city(search, "1") == 0
