"""Clocks: what is due when, in working time, through weekends, holidays and the nights when clocks change."""
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contacts.directory import load_directory
from bot.contacts.hours import LONDON
from bot.contacts.working_time import Limit, WorkingTime
from bot.desk.clocks import how_long
from bot.desk.expectations import load_expectations
from bot.guidance_files import ROOT, GuidanceError

DIRECTORY = load_directory()
TIME = WorkingTime(DIRECTORY)
FOUR_HOURS, ONE_DAY, THREE_DAYS = Limit("x", working_hours=4), Limit("x", working_days=1), Limit("x", working_days=3)


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize("start, limit, due", [
    ("2026-11-23T09:30", FOUR_HOURS, "2026-11-23T13:30"), ("2026-11-23T15:07", FOUR_HOURS, "2026-11-24T11:07"),
    ("2026-11-20T16:00", FOUR_HOURS, "2026-11-23T12:00"),       # Friday afternoon
    ("2026-11-21T23:00", FOUR_HOURS, "2026-11-23T13:00"),       # Saturday night
    ("2026-12-24T16:00", FOUR_HOURS, "2026-12-29T12:00"),       # Christmas, the weekend, and Monday's bank holiday
    ("2026-11-23T09:30", ONE_DAY, "2026-11-24T09:30"), ("2026-11-20T16:00", ONE_DAY, "2026-11-23T16:00"),
    ("2026-11-20T22:00", ONE_DAY, "2026-11-24T09:00"),          # counts from Monday at nine
    ("2026-03-27T10:00", ONE_DAY, "2026-03-30T10:00"),          # the clocks go forward on the 29th
    ("2026-10-23T10:00", THREE_DAYS, "2026-10-28T10:00")])      # and back on the 25th
def test_working_time(start, limit, due):
    assert TIME.due(at(start), limit) == at(due)


@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 4, 30)))
@settings(max_examples=60, deadline=None)
def test_what_is_due_is_later_and_never_weeks_away(naive):
    start = naive.replace(tzinfo=dt.timezone.utc)
    for limit, days in ((FOUR_HOURS, 6), (ONE_DAY, 7), (THREE_DAYS, 11)):
        due = TIME.due(start, limit)
        assert start < due <= start + dt.timedelta(days=days)
        assert TIME.is_open(due) or TIME.is_open(due - dt.timedelta(seconds=1))


def test_hours_that_are_past_their_review_run_day_and_night():
    start = at("2031-01-04T20:00")
    assert TIME.due(start, FOUR_HOURS) == start + dt.timedelta(hours=4)
    assert TIME.due(start, ONE_DAY) == start + dt.timedelta(days=1)


@pytest.mark.parametrize("minutes, words", [(0, "under a minute"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (95, "1 hour 35 minutes"),
                                            (120, "2 hours"), (47 * 60, "47 hours"), (48 * 60, "2 days")])
def test_times_in_words(minutes, words):
    start = at("2026-11-23T09:30")
    assert how_long(start, start + dt.timedelta(minutes=minutes)) == words


@pytest.mark.parametrize("old, new", [("{working_hours: 4", "{working_hours: 0"), ("{working_hours: 4", "{working_hours: four"),
                                      ("{working_days: 1", "{days: 1"), ("  pass:", "  passed:"), ("decisions:", "decision:")])
def test_a_mistake_in_the_limits_names_file_line_and_mend(tmp_path, old, new):
    text = (ROOT / "guidance" / "desk.yml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "desk.yml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match=r"desk\.yml:\d+: .*; "):
        load_expectations(file)
