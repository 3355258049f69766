import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handoff.parcel import LETTERS, BadParcel, Parcel, new_reference, tidy_reference
from tests.handoff.cast import MARKER, MONDAY, a_contact

ID = "6f1c8f0e-4c5c-4c5e-9a3e-0d6e3f1b2a77"
ANYTHING = st.recursive(st.none() | st.booleans() | st.integers() | st.text(st.characters()),
                        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
                        max_leaves=8)


def a_parcel(**changes):
    return Parcel(**{**dict(contact_id=ID, reference="CDFH-JKMN", path="public", received_at=MONDAY, schema_version=1,
                            contact=a_contact()), **changes})


@given(contact=st.dictionaries(st.text(st.characters()), ANYTHING, min_size=1, max_size=4))
@settings(deadline=None)
def test_every_character_somebody_can_type_arrives_as_it_was(contact):
    assert Parcel.read(a_parcel(contact=contact).as_bytes()) == a_parcel(contact=contact)


def test_half_an_emoji_arrives_as_it_was():
    assert Parcel.read(a_parcel(contact={"worry": "\ud83d"}).as_bytes()).contact == {"worry": "\ud83d"}


def test_a_parcel_never_prints_what_was_typed():
    assert MARKER not in repr(a_parcel()) and MARKER not in str(a_parcel())


@pytest.mark.parametrize("key, value", [
    ("id", MARKER), ("id", ID.upper()), ("id", 5), ("reference", "ABCD-EFGH"), ("reference", f"CDFH-JKMN{MARKER}"),
    ("path", MARKER), ("path", ["public"]), ("received_at", "2026-11-23T09:30:00"), ("received_at", MARKER),
    ("received_at", "0001-01-01T00:00:00+14:00"), ("schema_version", True), ("schema_version", 0),
    ("schema_version", 10 ** 12), ("contact", {}), ("contact", MARKER), ("contact", None)])
def test_a_bad_key_is_named_and_its_value_is_not_repeated(key, value):
    content = {**json.loads(a_parcel().as_bytes()), key: value}
    with pytest.raises(BadParcel) as refused:
        Parcel.read(json.dumps(content).encode())
    assert [r.split('"')[1] for r in refused.value.reasons] == [key]
    assert MARKER not in str(refused.value)


def test_all_that_is_missing_is_named_at_once():
    with pytest.raises(BadParcel) as refused:
        Parcel.read(b"{}")
    assert len(refused.value.reasons) == 6


@given(data=st.binary(max_size=200) | st.sampled_from([b"[" * 100_000, b"1" * 5000, b"[]", b"null", b"NaN", b"\xff"]))
@settings(deadline=None)
def test_nothing_but_a_contact_is_read_as_one(data):
    with pytest.raises(BadParcel):
        Parcel.read(data)


def test_a_reference_holds_no_look_alikes_and_spells_no_word():
    assert not set(LETTERS) & set("0OQD1IL2Z5S6G8BUVAE4") - set("D4")
    assert len({new_reference() for _ in range(2000)}) == 2000


@given(reference=st.builds(new_reference), style=st.sampled_from([
    str.lower, lambda r: r.replace("-", " "), lambda r: r.replace("-", ""), lambda r: " ".join(r), lambda r: f" {r} \n",
    lambda r: r.replace("-", "–")]))
def test_a_reference_is_understood_however_it_is_typed(reference, style):
    assert tidy_reference(style(reference)) == reference


@given(typed=st.text())
def test_anything_else_is_no_reference(typed):
    tidy = tidy_reference(typed)
    assert tidy is None or len(tidy) == 9
