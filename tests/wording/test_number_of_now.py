"""Whoever is told Gateway's number while Gateway is closed is told the number that answers now."""
import datetime as dt

import pytest

from bot.words import load_words

WORDS = load_words()
SUNDAY_NIGHT, MONDAY_NOON = (dt.datetime(2026, 11, day, hour, tzinfo=dt.timezone.utc) for day, hour in ((22, 23), (23, 12)))


def said(key, audience, now):
    return "\n".join(m.text for m in WORDS.say(key, now, audience, **{name: "…" for name in WORDS.unknown_in(_raw(key, audience))}))


def _raw(key, audience):
    return "\n".join(WORDS.entries[key].texts_for(audience))


EVERY = [(key, audience) for key, entry in WORDS.entries.items() for audience in (None, *entry.for_audience)]


@pytest.mark.parametrize("now", [SUNDAY_NIGHT, MONDAY_NOON])
def test_gateways_number_never_stands_alone_at_night_and_is_left_alone_by_day(now):
    gateway, out_of_hours = WORDS.facts["gateway"], WORDS.facts["out_of_hours"]
    alone = [(key, audience) for key, audience in EVERY if gateway in (text := said(key, audience, now)) and out_of_hours not in text]
    if now is SUNDAY_NIGHT:
        assert alone in ([], [("route_closed", None)])
    else:
        assert len(alone) > 100
        assert not any(WORDS.fill(WORDS.entries["gateway_closed_now"].texts[0], now) in said(key, audience, now) for key, audience in EVERY if key != "gateway_closed_now")
