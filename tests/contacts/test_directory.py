"""The contacts file: every mistake names file, line and mend."""
import re
from pathlib import Path

import pytest

from bot.contacts.directory import CONTACTS_FILE, MUST_HAVE, load_directory
from bot.guidance_files import ROOT, GuidanceError

TEXT = (ROOT / CONTACTS_FILE).read_text(encoding="utf-8")


def broken(tmp_path: Path, old: str, new: str) -> Path:
    assert old in TEXT
    file = tmp_path / "contacts.yml"
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return file


def test_the_numbers_are_those_of_the_sources():
    directory = load_directory()
    assert directory["gateway"].phone == "01752 668000"
    assert directory["out_of_hours"].phone == "01752 346984"
    assert directory["gateway"].email == "gateway@plymouth.gov.uk"
    assert directory["childline"].phone == "0800 1111"
    assert directory["samaritans"].phone == "116 123"
    assert directory["shout"].text_number == "85258"
    assert directory["nspcc"].phone == "0808 800 5000"


@pytest.mark.parametrize(("old", "new", "says"), [
    ("phone: 01752 668000", "phone: 01752-668000", "is not a number as people dial it"),
    ("source: Plymouth Safeguarding Children Partnership, Annual Report 2021-2022, cover and last page", "note2: x", '"source" is missing'),
    ("opening: {mon-fri: [\"09:00\", \"17:00\"]}", "opening: {mon-fri: [\"17:00\", \"09:00\"]}", "opens at 17:00"),
    ("childline:", "child_line:", '"childline" is missing'),
    ("gateway:\n", "gateway:\n  bad: [\n", "not valid YAML"),
    ("review_by: 2027-05-31", "review_by: soon", '"review_by" must be date'),
])
def test_a_mistake_names_file_line_and_mend(tmp_path, old, new, says):
    with pytest.raises(GuidanceError) as error:
        load_directory(broken(tmp_path, old, new))
    assert re.search(r"contacts\.yml:\d+: ", str(error.value)), error.value
    assert says in str(error.value)
    assert ";" in str(error.value)  # what to do follows


def test_a_typed_number_or_address_says_whose_it_is():
    directory = load_directory()
    assert [c.key for c in map(directory.typed_in, ("whose is 01752346984", "01752 668 000?", "gateway@plymouth.gov.uk or another")) if c] == [
        "out_of_hours", "gateway", "gateway"]
    assert directory.typed_in("01752 000000") is None and directory.typed_in("he is 111 cm tall") is None


def test_a_bare_name_asks_for_its_number():
    directory = load_directory()
    asked = directory.asked_barely("The NSPCC helpline, please")
    assert asked is not None and asked.key == "nspcc"
    assert directory.asked_barely("the police helpline cut me off") is None and directory.asked_barely("police") is None


def test_no_service_that_a_page_names_can_be_taken_away():
    pages = "".join(f.read_text(encoding="utf-8") for f in (ROOT / "bot/widget/templates").glob("*.html"))
    named = set(re.findall(r"\bfact\.(\w+)", pages))
    assert len(named) > 5
    assert {name.removesuffix("_email") for name in named} <= set(MUST_HAVE)
