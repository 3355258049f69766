"""Writes guidance/forms/mash-contact-form.docx anew: ``python -m tests.handoff.make_template``. Staff edit the file in Word instead."""
from docx import Document
from docx.shared import Cm, Pt

from bot.guidance_files import ROOT
from bot.handoff.form_file import OURS


def main() -> None:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
    document.core_properties.title, document.core_properties.author, document.core_properties.language = "MASH Contact", "", "en-GB"
    document.add_heading("MASH Contact", level=1)
    for line in ("{%p if marking %}", "{{ marking }}", "{%p endif %}", "Made on {{ made_at }}. {{ not_sent }}",
                 "{%p for words in first %}", "To see first: {{ words }}", "{%p endfor %}", "{%p for section in sections %}"):
        document.add_paragraph(line)
    document.add_heading("{{ section.title }}", level=2)
    table = document.add_table(rows=3, cols=2)
    table.style = "Table Grid"
    table.rows[0].cells[0].text = "{%tr for row in section.rows %}"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "{{ row.label }}", "{{ row.text }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{%p endfor %}")
    (ROOT / OURS).parent.mkdir(parents=True, exist_ok=True)
    document.save(str(ROOT / OURS))


if __name__ == "__main__":
    main()
