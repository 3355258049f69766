"""Another place is heard as one, and a street, a name or where somebody came from is not."""
import pytest

from bot.places import load_places


@pytest.mark.parametrize(("text", "place", "council"), [
    ("i live in bristol", "Bristol", "Bristol City Council"), ("what about devon", "Devon", "Devon County Council"),
    ("number for portsmouth", "Portsmouth", "Portsmouth City Council"), ("worried about a kid in cornwall", "Cornwall", "Cornwall Council"),
    ("the pupil lives in Saltash", "Saltash", "Cornwall Council"), ("do you cover Torquay", "Torquay", "Torbay Council"),
])
def test_a_place_and_its_council(text, place, council):
    found = load_places().named_in(text)
    assert (found.name, found.looked_after_by) == (place, council)


@pytest.mark.parametrize("text", [
    "we just moved from Exeter and she is not settling", "Devon and Cornwall police came round", "i live in plymouth, my nephew was in bristol",
    "the flat on Exeter Street is cold", "we live in Devonport", "is it open", "i have been reading about neglect", "we are in Plympton",
    "she says she is going on holiday to Pakistan with a cousin and is not coming back", "they are taking her to Somalia in the summer",
])
def test_what_is_not_another_place(text):
    assert load_places().named_in(text) is None


def test_plymouth_named_later_brings_plymouth_back():
    places = load_places()
    assert places.last_named(["i live in bristol", "what number"]).name == "Bristol"
    assert places.last_named(["i live in bristol", "sorry the child lives in plymouth", "what number"]) is None


@pytest.mark.parametrize("text", ["help for a family, i live in Devonport", "I live in Saltash but the child lives in Plymouth, which council?",
                                  "we are in Plympton, who do we ask", "my nephew lives in Keyham and i am in Exeter"])
def test_a_child_who_lives_here_is_here(text):
    assert load_places().is_here(text)


@pytest.mark.parametrize("text", ["i dont live in plymouth", "we don't live in Plymouth", "I live in Plymouth and my niece is in Exeter", "just outside Plymouth",
                                  "we moved from Plymouth to Leeds", "which council is it", "my nan in Devon"])
def test_who_lives_elsewhere_or_does_not_say_is_not(text):
    assert not load_places().is_here(text)
