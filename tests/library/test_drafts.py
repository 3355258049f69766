"""A partnership's own document becomes a draft that a person finishes."""
import docx
import pytest
from fpdf import FPDF

from bot.cli import main
from bot.guidance_files import GuidanceError
from bot.library.documents import load_document
from bot.library.drafts import DraftError, draft_of

BODY = "The lantern keeper lights every lantern at dusk. There are nine keepers in the city, and each of them walks one street in the evening."


def pdf(file, pages, password=""):
    out = FPDF()
    for heading, body in pages:
        out.add_page()
        out.set_font("Helvetica", size=16)
        out.cell(0, 10, heading, new_x="LMARGIN", new_y="NEXT")
        out.set_font("Helvetica", size=11)
        out.multi_cell(0, 6, body)
    if password:
        out.set_encryption(owner_password=password, user_password=password)
    out.output(str(file))
    return file


def test_a_pdf_keeps_its_headings_and_pages(tmp_path):
    draft = draft_of(pdf(tmp_path / "lamps.pdf", [("Lighting The Lamps", BODY), ("Mending The Lamps", BODY.replace("lights", "mends"))]))
    assert draft.sections == 2
    assert "## Lighting The Lamps {#lighting-the-lamps}" in draft.text
    assert "Mending The Lamps, page 2" in draft.text
    assert "There are nine keepers in the city" in " ".join(draft.text.split())


def test_a_word_document_keeps_its_headings_and_tables(tmp_path):
    document = docx.Document()
    document.add_heading("Lighting", 1)
    document.add_paragraph(BODY)
    table = document.add_table(rows=2, cols=2)
    for row, (what, cost) in zip(table.rows, [("Oil", "£1,400"), ("Wicks", "£90")], strict=True):
        row.cells[0].text, row.cells[1].text = what, cost
    document.save(str(tmp_path / "lamps.docx"))
    text = draft_of(tmp_path / "lamps.docx").text
    assert "## Lighting {#lighting}" in text
    assert "- Oil: £1,400" in text


@pytest.mark.parametrize("name", ["lamps.txt", "lamps.md"])
def test_plain_text_is_cut_where_its_headings_are(tmp_path, name):
    (tmp_path / name).write_text(f"# Lighting\n\n{BODY}\n\n# Mending\n\n{BODY}\n", encoding="utf-8")
    assert draft_of(tmp_path / name).sections == 2


def test_a_long_section_is_cut_where_a_paragraph_ends(tmp_path):
    (tmp_path / "lamps.md").write_text("# Lighting\n\n" + "\n\n".join([BODY] * 9), encoding="utf-8")
    assert "## Lighting (2) {#lighting-2}" in draft_of(tmp_path / "lamps.md").text


def test_numbers_and_addresses_do_not_reach_a_draft(tmp_path):
    (tmp_path / "lamps.md").write_text(f"# Lighting\n\n{BODY} Ring 01632 960 001 or keeper@lanterns.test.", encoding="utf-8")
    draft = draft_of(tmp_path / "lamps.md")
    assert draft.taken_out == 2
    assert "960" not in draft.text
    assert "@" not in draft.text


def test_a_draft_cannot_go_live_before_somebody_has_finished_it(tmp_path):
    (tmp_path / "lamps.md").write_text(f"# Lighting\n\n{BODY}", encoding="utf-8")
    (tmp_path / "draft.md").write_text(draft_of(tmp_path / "lamps.md").text, encoding="utf-8")
    with pytest.raises(GuidanceError, match=r'draft.md:2: "title" is missing'):
        load_document(tmp_path / "draft.md")


@pytest.mark.parametrize(("name", "content", "says"), [
    ("lamps.pdf", b"not a pdf at all", "save it again as PDF"), ("lamps.docx", b"not word", "save it again"), ("lamps.odt", b"x", "save it as one of them"),
    ("lamps.txt", b"few words", "use the version that was typed")])
def test_what_cannot_be_read_says_what_to_do(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DraftError, match=says):
        draft_of(tmp_path / name)


def test_a_locked_pdf_says_what_to_do(tmp_path):
    with pytest.raises(DraftError, match="save a copy without one"):
        draft_of(pdf(tmp_path / "lamps.pdf", [("Lighting", BODY)], password="dusk"))


def test_the_command_writes_a_draft_and_never_over_one(tmp_path, capsys):
    (tmp_path / "lamps.md").write_text(f"# Lighting\n\n{BODY}", encoding="utf-8")
    command = ["guidance", "import", str(tmp_path / "lamps.md"), "--to", str(tmp_path / "draft.md")]
    assert main(command) == 0
    assert (tmp_path / "draft.tsv").read_text(encoding="utf-8").splitlines()[0] == "lighting\ttold\t"
    assert "Nothing of it is live" in capsys.readouterr().out
    assert main(command) == 2
    assert "there is a draft already" in capsys.readouterr().err
