"""No source, no answer; and another area's facts are never given as Plymouth's."""
import dataclasses

import pytest

from bot.library.answers import Answer, Citation, NotHeld

HERE = Citation("Plymouth Safeguarding Children Partnership Annual Report 2021-2022", "Trauma-informed Plymouth", "2022", "Plymouth")
THERE = Citation("Portsmouth Annual Report 2019-20", "Health", "covers April 2019 to March 2020", "Portsmouth")


def test_an_answer_without_a_citation_cannot_be_built():
    with pytest.raises(ValueError, match="must name its source"):
        Answer("Nine.", ())


@pytest.mark.parametrize("missing", ["document", "section", "published"])
def test_an_answer_whose_source_lacks_its_document_section_or_date_cannot_be_built(missing):
    with pytest.raises(ValueError):
        Answer("Nine.", (dataclasses.replace(HERE, **{missing: ""}),))


def test_words_about_another_area_cannot_stand_as_plymouths():
    with pytest.raises(ValueError, match="must say so first"):
        Answer("There are nine.", (THERE,))
    assert Answer("In Portsmouth (another city), there are nine.", (THERE,))


def test_a_citation_reads_as_document_section_and_date():
    assert HERE.line() == ('Source: Plymouth Safeguarding Children Partnership Annual Report 2021-2022, '
                           '"Trauma-informed Plymouth" (published 2022).')


def test_a_citation_of_another_area_says_that_it_is_not_plymouths():
    assert THERE.line() == ('Source: Portsmouth Annual Report 2019-20, "Health" (covers April 2019 to March 2020). '
                            "This is about Portsmouth, not Plymouth.")


@pytest.mark.parametrize("thing", [HERE, NotHeld("No."), Answer("Yes.", (HERE,))])
def test_nothing_can_be_changed_after_it_was_made(thing):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(thing, dataclasses.fields(thing)[0].name, "other")
