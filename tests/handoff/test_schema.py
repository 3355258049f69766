"""The one schema: complete in words, published, and the same for the conversation, the form and the desk."""
import json

import pytest
from jsonschema import Draft202012Validator

from bot.guidance_files import ROOT
from bot.handoff.choices import CHOICES, choose
from bot.handoff.payload import First, json_schema, payload
from bot.handoff.plan import missing, next_asked, path_of, plan, words_key
from bot.handoff.questions import BY_ID, CHECK, QUESTIONS, Group, Kind, Path, State
from bot.handoff.reading import Problem, Read, read_answer, read_form
from bot.handoff.view import first_things, sections
from bot.words import load_words
from tests.handoff.taking import CHILD, PUBLIC, TODAY, WORK, at

WORDS = load_words().entries
PATHS = {Path.PUBLIC: PUBLIC, Path.PRACTITIONER: WORK, Path.CHILD: CHILD}


def test_every_question_has_its_words_its_why_its_label_and_its_choices():
    for question in QUESTIONS:
        keys = [f"ask_{question.id}", f"why_{question.id}", f"label_{question.id}"] + [f"ask_{question.id}_{p.value}" for p in question.own_words]
        keys += [f"choice_{question.id}_{choice}" for choice in question.choices] + ([f"need_{question.id}"] if question.required else [])
        assert not [key for key in keys if key not in WORDS]
    for key in [f"label_group_{g.value}" for g in Group] + [f"first_{f.value}" for f in First] + [f"answer_{s.value}" for s in State if s is not State.GIVEN]:
        assert key in WORDS


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.kind is Kind.CHOICE], ids=lambda q: q.id)
def test_each_button_and_each_choice_in_words_is_read_as_itself(question):
    assert {value for value, _ in CHOICES[question.id]} == set(question.choices)
    for value in question.choices:
        assert choose(question.id, WORDS[f"choice_{question.id}_{value}"].texts[0]) == value
        assert read_answer(question.id, value, {}, TODAY).answer["value"] == value, "the value itself, from the HTML form"
    for button in WORDS[f"ask_{question.id}"].buttons:
        reading = read_answer(question.id, button, {}, TODAY)
        assert "value" in reading.answer or reading.answer["state"] == "unknown"


@pytest.mark.parametrize("path", PATHS)
def test_what_is_kept_follows_the_published_schema(path):
    Draft202012Validator.check_schema(json_schema())
    content = payload(at(CHECK, PATHS[path]).answers)
    Draft202012Validator(json_schema()).validate(content)
    assert content["path"] == path.value


def test_the_published_schema_is_the_one_that_is_made_from_the_questions():
    published = json.loads((ROOT / "docs" / "contact.schema.json").read_text(encoding="utf-8"))
    assert published == json_schema(), "write it again: frontdoor contact schema > docs/contact.schema.json"


@pytest.mark.parametrize("path", PATHS)
def test_a_filled_in_form_and_a_conversation_come_to_the_same(path):
    answers, problems = read_form(PATHS[path], TODAY)
    assert not problems
    assert payload(answers) == payload(at(CHECK, PATHS[path]).answers)
    assert not missing(answers)


def test_a_form_tells_every_problem_at_once_and_keeps_the_rest():
    answers, problems = read_form({**PUBLIC, "worry": "", "birth": "31/02/2015", "you": "Sam", "phone": "12", "email": "sam@"}, TODAY)
    assert {key: problem.key for key, problem in problems.items()} == {
        "worry": "need_worry", "birth": "birth_no_such_date", "phone": "phone_not_possible", "email": "email_not_possible"}
    assert answers["child"]["said"] == "Robin"
    assert "worry" in missing(answers)


def test_an_empty_field_is_skipped_and_one_that_does_not_apply_is_left_out():
    answers, _ = read_form({**PUBLIC, "school": "", "phone": "01632 960123"}, TODAY)
    assert answers["school"] == {"state": "skipped"}
    assert "phone" not in answers, "anonymous"


@pytest.mark.parametrize("path", PATHS)
def test_every_row_is_shown_under_its_heading_and_can_be_changed_by_its_key(path):
    answers = at(CHECK, PATHS[path]).answers
    shown = sections(payload(answers), lambda key: WORDS[key].texts[0])
    rows = [row for section in shown for row in section.rows]
    assert {row.key for row in rows} == set(payload(answers)["answers"]) | {f"{key}" for key in payload(answers)["children"][0]}
    assert all(row.text.strip() and row.label.strip() for row in rows)
    assert first_things({"first": ["deaf"]}, lambda key: key) == ("first_deaf",)


def test_a_practitioner_is_asked_and_never_inferred():
    assert path_of({}) is Path.PUBLIC
    assert next_asked({"danger": {"state": "given", "value": "no"}}).key == "who"


def test_no_reading_ever_raises_and_every_problem_has_words():
    odd = ["", " ", "?", "y" * 9000, "31/31/3131", "😟", "@", "..", "0", "00000000000000000000", "+", "no", "n/a", "\n\n", "\ud83d", "a@b", "x at y dot z"]
    for question in QUESTIONS:
        for said in odd:
            for answers in ({}, {"who": {"state": "given", "value": "job"}}):
                reading = read_answer(question.id, said, answers, TODAY)
                assert isinstance(reading, Read) or reading.key in WORDS
                remarks = reading.remarks if isinstance(reading, Read) else ()
                assert all(key in WORDS for key, _ in remarks)


def test_later_children_have_their_own_words_and_keys():
    answers = {"who": {"value": "public"}, "more_children": {"state": "given", "value": "yes"}}
    keys = [asked.key for asked in plan(answers)]
    assert "birth:2" in keys and "more_children:2" in keys
    assert words_key("ask", "child:2", answers) == "ask_child_next"
    assert isinstance(read_answer("worry", "skip", answers, TODAY), Problem)
    assert BY_ID["birth"].kind is Kind.BIRTH


def test_the_short_privacy_notice_stands_before_the_first_question_and_has_at_most_sixty_words():
    notice = WORDS["contact_begin"].texts[0].split("\n\n")[1]
    assert len(notice.split()) <= 60
    for promise in ("locked", "only if you say yes", "read by people", "stop"):
        assert promise in notice
