"""Where no reply is held, the person hears who is likely to know: no intent may be likely, and still all that come near be of one kind."""
import re

import pytest

from bot.guidance_files import GuidanceError
from bot.understanding.traits import intents_that_are
from bot.who_knows import load_kinds
from bot.words import load_words

NAMES = ["plain_school_absence", "plain_excluded", "plain_school_places", "plain_debt", "child_telling"]


def test_shares_of_one_kind_add_up():
    near = load_kinds().nearest(NAMES, [0.19, 0.18, 0.17, 0.10, 0.05])
    assert near.kind == "school" and near.share == pytest.approx(0.54)


@pytest.mark.parametrize("odds", [[0.15, 0.15, 0.1, 0.3, 0.1], [0.1, 0.1, 0.0, 0.1, 0.6], [0.2, 0.2, 0.0, 0.3, 0.1], [0.0] * 5])
def test_what_is_of_no_kind_names_nobody(odds):
    assert load_kinds().nearest(NAMES, odds) is None


def test_every_kind_has_words_and_danger_is_of_no_kind():
    kinds = load_kinds()
    assert {f"who_knows_{kind}" for kind in kinds.kinds} <= set(load_words().entries)
    assert not kinds.kind_of.keys() & {"danger_now", "suicide_now", "child_telling", "self_harm_me", "self_harm_other", "practitioner_urgent"}
    assert not kinds.kind_of.keys() & intents_that_are("harm_in_a_reflection")


@pytest.mark.parametrize("kinds, others, wrong", [("school: [plain_scool]", "{}", "is no intent"), ("a: [plain_debt]\n  b: [plain_debt]", "{}", "two kinds"),
                                                  ("a: [zebra_*]", "{}", "is no intent"), ("a: [plain_debt]", "{zebra: [a]}", "nobody writes"),
                                                  ("a: [plain_debt]", "{parent: [b]}", "is no kind")])
def test_what_is_wrong_is_named_with_its_line(tmp_path, kinds, others, wrong):
    file = tmp_path / "who_knows.yml"
    file.write_text(f"kinds:\n  {kinds}\nwritten_for_others: {others}\n")
    with pytest.raises(GuidanceError, match=wrong) as error:
        load_kinds.__wrapped__(file)
    assert re.search(r"who_knows.yml:\d", str(error.value))
