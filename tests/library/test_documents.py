"""The guidance files: every one loads, and a broken one says where and how to mend it."""
import datetime as dt
import re

import pytest

from bot.guidance_files import GuidanceError
from bot.library.documents import load_documents
from tests.library.builders import GOOD, QUESTIONS, documents_from

DOCUMENTS = load_documents()
SECTIONS = [(document, section) for document in DOCUMENTS for section in document.sections]


def test_the_documents_load_and_there_are_many_sections():
    assert len(DOCUMENTS) >= 12
    assert len(SECTIONS) >= 110


def test_every_section_names_the_heading_it_was_written_from():
    assert all(section.source_heading for _, section in SECTIONS)


def test_every_section_is_short_enough_to_be_quoted_whole():
    longest = max(SECTIONS, key=lambda pair: len(pair[1].text.split()))
    assert len(longest[1].text.split()) <= 150, longest[1].id


@pytest.mark.parametrize("words", ["Annual Report", "Multi-agency Safeguarding Arrangements", "Scrutiny Committee",
                                   "Safer Plymouth", "Portsmouth"])
def test_a_source_keeps_the_words_people_know_it_by(words):
    assert any(words in document.source for document in DOCUMENTS)


def test_no_telephone_number_and_no_email_address_stands_in_a_document():
    number = re.compile(r"(?<![\d,.£])\+?\d[\d ]{8,}\d|\b0\d{3,4} ?\d{3}")
    for document, section in SECTIONS:
        everything = " ".join((section.heading, section.source_heading, section.text, *section.asked_as))
        assert "@" not in everything, section.id
        assert not number.search(everything), section.id
        assert not re.search(r"(?<![\d,.])999\b", everything), section.id


def test_every_portsmouth_section_says_portsmouth_first_and_is_labelled_as_another_area():
    elsewhere = [(document, section) for document, section in SECTIONS if "portsmouth" in document.id]
    assert elsewhere
    for document, section in elsewhere:
        assert document.area == "Portsmouth"
        assert section.text.startswith("In Portsmouth (another city), "), section.id


def test_no_plymouth_section_speaks_of_portsmouth():
    assert not [s.id for d, s in SECTIONS if d.area == "Plymouth" and "Portsmouth" in s.text]


def test_the_ten_wishes_are_all_there_and_marked_as_quotations():
    wishes = next(s.text for d, s in SECTIONS if (d.id, s.id) == ("young-safeguarders", "ten-wishes"))
    quoted = re.findall(r'^\d+\. "(We want professionals .+)"$', wishes, re.MULTILINE)
    assert len(quoted) == 10
    assert quoted[8] == "We want professionals to ask us 'do you feel safe?'"


def test_every_document_has_a_day_by_which_to_read_it_again():
    assert all(document.review_by > dt.date(2026, 1, 1) for document in DOCUMENTS)


def test_a_good_file_loads(tmp_path):
    document, = documents_from(tmp_path)
    assert document.sections[0].asked_as[1] == "lantern lighter"


@pytest.mark.parametrize(("good", "broken", "line", "mend"), [
    ("---\ntitle", "title", 1, "begin with title"),
    ('area: Plymouth', 'area: Atlantis', 4, "write one of Plymouth, England, Portsmouth"),
    ('area: Plymouth\n', '', 1, 'write area: "…"'),
    ('title: "Lanterns"', 'title: "Lanterns', 3, "close the quotes around this value or the one above"),
    ("review_by: 2027-05-31", "review_by: soon", 8, "write review_by: 2027-05-31"),
    ('source: "Plymouth Lantern Report"', 'source: "Lantern Report"', 9, "name the place"),
    ("## Who", "# Who", 12, "write ## Heading {#short-id}"),
    (" {#who}", "", 12, "write ## Heading {#short-id}"),
    ("<!-- page", "<!-- a page", 13, "write <!-- page heading in the source"),
    ("The lantern keeper lights every lantern at dusk. ", "Ring 01632 960 001. ", 15, "guidance/contacts.yml"),
    ("nine keepers in", "nine keepers, keeper@lanterns.test, in", 15, "guidance/contacts.yml"),
    (GOOD[GOOD.index(" There are nine"):], "", 12, "write 20 to 150"),
    ("## Who", "Stray words.\n\n## Who", 12, 'put a line "## Heading {#short-id}" above it'),
])
def test_a_broken_file_names_the_file_the_line_and_the_mend(tmp_path, good, broken, line, mend):
    assert good in GOOD
    with pytest.raises(GuidanceError) as error:
        documents_from(tmp_path, GOOD.replace(good, broken, 1))
    place, _, rest = str(error.value).partition(": ")
    assert place.endswith(f"lanterns.md:{line}"), error.value
    assert mend in rest


def test_two_sections_with_one_id_are_refused(tmp_path):
    with pytest.raises(GuidanceError, match=r'lanterns.md:18: "who" is used twice'):
        documents_from(tmp_path, GOOD + "\n" + GOOD[GOOD.index("## Who"):])


@pytest.mark.parametrize(("good", "broken", "line", "mend"), [
    ("who\ttold\tlantern lighter", "whom\ttold\tlantern lighter", 2, "write one of who"),
    ("who\ttold\tlantern lighter", "who\tyes\tlantern lighter", 2, "write told if the section answers it, or untold"),
    ("who\ttold\tlantern lighter", "who\tlantern lighter", 2, "with one tab between them"),
    ("who\ttold\tlantern lighter", "who\ttold\t", 2, "with one tab between them"),
    ("lantern lighter", "Who lights lanterns?", 2, "take one of them out"),
    ("what is a keeper paid", "lamps at dusk!", 5, "take one of them out"),
    ("lantern lighter", "ring 01632 960 001", 2, "guidance/contacts.yml"),
    ("who\ttold\tlamps at dusk\n", "", 4, "write at least 4 lines that begin with who"),
])
def test_a_broken_question_names_the_file_the_line_and_the_mend(tmp_path, good, broken, line, mend):
    assert good in QUESTIONS
    with pytest.raises(GuidanceError) as error:
        documents_from(tmp_path, questions=QUESTIONS.replace(good, broken, 1))
    place, _, rest = str(error.value).partition(": ")
    assert place.endswith(f"lanterns.tsv:{line}"), error.value
    assert mend in rest


def test_a_document_without_questions_is_refused(tmp_path):
    documents_from(tmp_path)
    (tmp_path / "questions" / "lanterns.tsv").unlink()
    with pytest.raises(GuidanceError, match=r"lanterns.tsv:1: the questions of this document are missing"):
        load_documents(tmp_path / "documents")


def test_what_a_section_tells_and_what_nothing_tells_are_kept_apart(tmp_path):
    document, = documents_from(tmp_path)
    assert document.sections[0].untold == ("what is a keeper paid",)
    assert "what is a keeper paid" not in document.sections[0].asked_as


def test_one_question_cannot_be_told_by_two_sections(tmp_path):
    documents_from(tmp_path)
    with pytest.raises(GuidanceError, match=r"more-lanterns.tsv:1: .* keep it in one of them"):
        documents_from(tmp_path, name="more-lanterns")


def test_a_section_about_portsmouth_that_does_not_say_so_is_refused(tmp_path):
    elsewhere = GOOD.replace("area: Plymouth", "area: Portsmouth").replace("Plymouth Lantern", "Portsmouth Lantern")
    with pytest.raises(GuidanceError, match=r'lanterns.md:12: .* begin its text with "In Portsmouth \(another city\), "'):
        documents_from(tmp_path, elsewhere)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(GuidanceError, match="restore"):
        load_documents(tmp_path)
