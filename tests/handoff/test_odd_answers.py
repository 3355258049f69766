"""A hundred odd answers for each kind of field: each does the right thing, and none is changed."""
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.handoff.birth import InTheFuture, NoSuchDate, read_birth
from bot.handoff.reading import Problem, read_answer
from tests.handoff.taking import TODAY

ODD = [line.split("\t") for line in Path(__file__).with_name("odd_answers.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")]
QUESTION = {"birth": "birth", "phone": "phone", "email": "email", "address": "address", "text": "child"}


def what_it_came_to(question, said):
    """The expectation in the words of the file."""
    reading = read_answer(question, said, {}, TODAY)
    if isinstance(reading, Problem):
        return reading.key
    answer = reading.answer
    if answer["state"] != "given":
        return answer["state"]
    assert answer["said"] == said.strip(), "what was typed is kept as it was typed"
    if question == "birth":
        return " ".join(str(p) for p in (answer["kind"], answer.get("date", answer.get("years"))) if p is not None)
    if question in QUESTION.values():
        return "odd" if reading.remarks else "given"
    return answer.get("value", "said")


def test_there_are_a_hundred_of_each_kind():
    counted = Counter(kind.split()[0] for kind, _, _ in ODD)
    assert set(counted) == {*QUESTION, "choice"}
    assert min(counted.values()) >= 100


@pytest.mark.parametrize("kind, expected, said", ODD, ids=lambda v: v[:40] if isinstance(v, str) else None)
def test_it_does_the_right_thing(kind, expected, said):
    said = said.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\x00")
    assert what_it_came_to(QUESTION.get(kind, kind.partition(" ")[2]), said) == expected


DAYS = st.dates(dt.date(TODAY.year - 100, 1, 1), TODAY)
WAYS = ("{0:%d}/{0:%m}/{0:%Y}", "{0.day}.{0.month}.{0.year}", "{0.day}-{0.month}-{0.year}", "{0:%Y}-{0:%m}-{0:%d}", "{0.day} {0:%B} {0.year}",
        "{0.day} {0:%b} {0.year}", "the {0.day}th of {0:%B} {0.year}", "born {0:%d}/{0:%m}/{0:%Y} I think", "{0:%B} {0.day}, {0.year}")


@given(day=DAYS, way=st.sampled_from(WAYS))
def test_every_date_in_every_way_of_writing_is_read_as_itself(day, way):
    birth = read_birth(way.format(day), TODAY)
    assert (birth.kind, birth.date) == ("exact", day)


@given(day=DAYS.filter(lambda d: d.year >= 2000))
def test_two_figures_of_a_year_are_of_this_century_and_day_first(day):
    assert read_birth(f"{day:%d/%m/%y}", TODAY).date == day


@given(day=st.dates(TODAY + dt.timedelta(days=1), dt.date(2099, 12, 31)), way=st.sampled_from(WAYS))
def test_no_birthday_is_still_to_come_but_a_due_date_may_be(day, way):
    with pytest.raises(InTheFuture):
        read_birth(way.format(day), TODAY)
    assert read_birth(f"not born yet, due {way.format(day)}", TODAY).date == day


@given(day=st.integers(0, 99), month=st.integers(0, 99), year=st.integers(1800, 2026), mark=st.sampled_from("/.-"))
def test_a_written_date_is_that_day_or_an_error_and_never_another_day(day, month, year, mark):
    try:
        birth = read_birth(f"{day}{mark}{month}{mark}{year}", TODAY)
    except (InTheFuture, NoSuchDate):
        return
    if birth.kind == "exact":
        assert (birth.date.day, birth.date.month, birth.date.year) == (day, month, year)


@given(said=st.text())
@example("0000-00-00")
@example("１４/０３/２０１７")
@example("14/03/2017/2018")
def test_anything_is_read_or_kept_as_it_was_said(said):
    try:
        birth = read_birth(said, TODAY)
    except (InTheFuture, NoSuchDate):
        return
    if birth.kind == "exact":
        assert str(birth.date.year)[2:] in said or any(c.isdigit() and not c.isascii() for c in said)
    elif birth.kind in ("age", "said", "school_year"):
        assert birth.in_words == said.strip()


@given(age=st.integers(0, 18))
def test_an_age_is_an_age_and_never_a_date(age):
    for way in ("{}", "about {}", "he's {}", "{} years old", "nearly {}", "{}ish"):
        birth = read_birth(way.format(age), TODAY)
        assert (birth.kind, birth.date) == ("age", None)
