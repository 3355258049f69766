"""A figure is compared with its source, and so is whose figure it is."""
import pytest

from bot.library.figures import SourceText, compare, read_sources
from tests.library.builders import GOOD, documents_from

SOURCE = ("Plymouth Lantern Report. The lantern keeper lights every lantern at dusk. Keepers in the city walk one street in the evening and again "
          "in the morning. There are 12 keepers.\nOil\t£1,400\nWicks\t£90\nLadders\t£35\nPaint\t£20\nFinished 30.9.18.")


def doubts(folder, text, source=SOURCE):
    written = GOOD[:GOOD.index("The lantern keeper")] + text
    texts = [SourceText("report.txt", source), SourceText("other.txt", "Something else about boats.")]
    return compare(documents_from(folder, written), texts, {"lanterns": written.splitlines()}).doubts


WORDS = "The lantern keeper lights every lantern at dusk, and the keepers in the city walk one street in the evening and again in the morning. "


def test_figures_that_the_source_bears_out_raise_no_doubt(tmp_path):
    assert not doubts(tmp_path, WORDS + "There are 12 keepers. It was finished on 30 September 2018.\n\n- Oil: £1400\n- Wicks: £90\n")


def test_a_figure_that_the_source_does_not_hold_is_named_with_file_and_line(tmp_path):
    doubt, = doubts(tmp_path, WORDS + "There are 21 keepers.\n")
    assert (doubt.line, doubt.figure) == (15, "21")
    assert "lanterns.md:15: 21: report.txt does not hold this figure" in str(doubt)


def test_a_figure_of_somebody_else_is_found_out(tmp_path):
    doubt, = doubts(tmp_path, WORDS + "\n\n- Oil: £1,400\n- Wicks: £35\n")
    assert doubt.figure == "£35"
    assert "near none of the words" in doubt.problem


def test_a_figure_of_our_own_arithmetic_is_named_in_the_front_matter(tmp_path):
    text = GOOD[:GOOD.index("The lantern keeper")].replace("area:", 'worked_out: ["1490"]\narea:') + WORDS + "Oil and wicks together cost £1,490.\n"
    assert not compare(documents_from(tmp_path, text), [SourceText("report.txt", SOURCE)], {"lanterns": text.splitlines()}).doubts


def test_a_document_whose_source_is_not_there_is_named_and_not_passed(tmp_path):
    compared = compare(documents_from(tmp_path), [SourceText("boats.txt", "Boats sail.")], {"lanterns": GOOD.splitlines()})
    assert compared.without_source == ("lanterns",)
    assert not compared.figures


def test_a_folder_without_texts_says_what_to_give(tmp_path):
    with pytest.raises(FileNotFoundError, match="give the folder that holds the sources as text"):
        read_sources(tmp_path)
