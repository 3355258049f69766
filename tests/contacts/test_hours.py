"""Opening hours: London time, daylight saving, bank holidays, boundary minutes, sources that differ."""
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contacts.directory import load_directory
from bot.contacts.hours import LONDON, Opening, OpeningError, Status, bank_holidays
from bot.contacts.next_open import in_words, next_open
from bot.contacts.routes import problems, route_for_a_worry, status

DIRECTORY = load_directory()
MONDAY = dt.datetime(2026, 11, 23, tzinfo=LONDON)


def at(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment).replace(tzinfo=LONDON)


@pytest.mark.parametrize(("moment", "expected"), [
    ("2026-11-23T07:59", Status.CLOSED), ("2026-11-23T08:00", Status.UNSURE), ("2026-11-23T08:59", Status.UNSURE),
    ("2026-11-23T09:00", Status.OPEN), ("2026-11-23T16:59", Status.OPEN), ("2026-11-23T17:00", Status.UNSURE),
    ("2026-11-23T19:59", Status.UNSURE), ("2026-11-23T20:00", Status.CLOSED),
    ("2026-11-21T08:59", Status.CLOSED), ("2026-11-21T09:00", Status.UNSURE), ("2026-11-21T17:00", Status.CLOSED),
    ("2026-12-25T10:00", Status.UNSURE), ("2026-12-25T18:00", Status.CLOSED),  # a bank holiday that is a Friday
])
def test_gateway_is_open_closed_or_unsure_to_the_minute(moment, expected):
    assert status(DIRECTORY, DIRECTORY["gateway"], at(moment)) is expected


def test_summer_time_is_london_time_and_not_utc():
    in_july = dt.datetime(2026, 7, 6, 8, 30, tzinfo=dt.timezone.utc)  # 9.30 in London
    assert status(DIRECTORY, DIRECTORY["gateway"], in_july) is Status.OPEN


@pytest.mark.parametrize("moment", ["2026-03-29T00:59", "2026-03-29T02:01", "2026-10-25T01:30"])
def test_the_nights_when_clocks_change_are_closed_and_give_both_numbers(moment):
    route = route_for_a_worry(DIRECTORY, at(moment))
    assert [c.key for c in route.contacts] == ["out_of_hours", "gateway"]


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        status(DIRECTORY, DIRECTORY["gateway"], dt.datetime(2026, 11, 23, 10))


@given(moment=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2029, 12, 31), timezones=st.just(ZoneInfo("UTC"))))
@settings(max_examples=300, deadline=None)
def test_nobody_is_sent_to_a_closed_line_first_and_both_numbers_are_always_given(moment):
    route = route_for_a_worry(DIRECTORY, moment)
    assert {c.key for c in route.contacts} == {"gateway", "out_of_hours"}
    assert status(DIRECTORY, route.contacts[0], moment) is not Status.CLOSED


def test_past_its_review_date_nothing_is_sure():
    assert status(DIRECTORY, DIRECTORY["gateway"], at("2027-06-01T10:00")) is Status.UNSURE


def test_the_operator_is_told_what_was_not_checked_and_what_is_past_review():
    now = problems(DIRECTORY, dt.date(2026, 11, 21))
    assert any(p.startswith("childline: nobody has checked") for p in now)
    assert not any(p.startswith("gateway:") for p in now)
    later = problems(DIRECTORY, dt.date(2027, 6, 1))
    assert any(p.startswith("gateway: was due for review") for p in later)


def test_the_next_opening_after_friday_night_is_monday_morning():
    opening = next_open(DIRECTORY, "gateway", at("2026-11-20T22:00"))
    assert opening == at("2026-11-23T09:00")
    assert in_words(opening, at("2026-11-20T22:00")) == "9am on Monday 23 November"


def test_the_next_opening_after_christmas_skips_the_bank_holidays():
    assert next_open(DIRECTORY, "gateway", at("2026-12-24T23:00")) == at("2026-12-29T09:00")


def test_bank_holidays_agree_with_an_independent_calendar():
    # Easter Monday by the Gauss algorithm, and the fixed dates that fall on weekdays
    assert {dt.date(2027, 3, 29), dt.date(2026, 12, 25), dt.date(2027, 1, 1)} <= bank_holidays()


@pytest.mark.parametrize("written", [{"mon-fri": ["17:00", "09:00"]}, {"mon-fri": ["9am", "5pm"]}, {"someday": ["09:00", "17:00"]}, {}])
def test_hours_that_make_no_sense_are_refused(written):
    with pytest.raises(OpeningError):
        Opening.read(written)
