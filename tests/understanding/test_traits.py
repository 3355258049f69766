"""The table of what each intent is like: every name is an intent, and a mistake in it says where it is."""
import pytest

from bot.guidance_files import ROOT, GuidanceError
from bot.library.documents import load_documents
from bot.understanding.traits import FILE, families, in_order, intents_that_are, load_traits, same_as_own_words

TABLE = (ROOT / FILE).read_text(encoding="utf-8")


def changed(tmp_path, old, new):
    assert old in TABLE
    file = tmp_path / "intents.yml"
    file.write_text(TABLE.replace(old, new, 1), encoding="utf-8")
    return file


def test_the_table_is_read_in_its_order():
    assert in_order("care")[:2] == ("self_harm_me", "child_telling")
    assert "greet" in intents_that_are("light")
    assert all(len(family) > 1 for family in families())


def test_a_name_that_is_no_intent_is_refused_with_its_line(tmp_path):
    with pytest.raises(GuidanceError, match=r'intents\.yml:\d+: "self_harm_mee" under "care" is no intent; choose one that stands in domain'):
        load_traits(changed(tmp_path, "[self_harm_me, child_telling", "[self_harm_mee, child_telling"))


def test_a_name_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(GuidanceError, match=r'"self_harm_me" stands twice under "care"; delete one'):
        load_traits(changed(tmp_path, "[self_harm_me, child_telling", "[self_harm_me, self_harm_me, child_telling"))


def test_a_family_of_unknown_intents_is_refused(tmp_path):
    with pytest.raises(GuidanceError, match="is no intent"):
        load_traits(changed(tmp_path, "- [ask_hours, ask_out_of_hours]", "- [ask_hours, ask_out_of_hour]"))


def test_sections_that_say_no_more_than_own_words_are_there_and_their_intents_are_known(tmp_path):
    places = {f"{document.id}#{section.id}" for document in load_documents() for section in document.sections}
    assert same_as_own_words() and all(sections <= places for sections in same_as_own_words().values())
    with pytest.raises(GuidanceError, match='"building_support_wat" under "same_as_own_words" is no intent'):
        load_traits(changed(tmp_path, "  building_support_what: [", "  building_support_wat: ["))


def test_danger_never_goes_to_the_guidance_and_never_leans_on_the_reply_before():
    for trait in ("never_guidance", "stands_alone"):
        assert {"danger_now", "suicide_now", "self_harm_me"} <= intents_that_are(trait)
