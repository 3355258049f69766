"""The README leads to every page of docs/, and to none that is not there."""
import re

from bot.guidance_files import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKS = set(re.findall(r"\]\(([^)#:]+)", README))


def test_every_page_of_the_docs_is_linked():
    assert {f"docs/{page.name}" for page in (ROOT / "docs").iterdir() if page.is_file()} <= LINKS


def test_every_link_leads_to_something():
    assert not [link for link in LINKS if not (ROOT / link).exists()]


def test_every_task_it_names_is_one():
    tasks = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    lines = re.findall(r"^make (.*?)(?:  |$)|`make ([a-z -]+)`", README, re.MULTILINE)
    assert {task for either in lines for task in "".join(either).split()} <= tasks
    assert {"run", "test"} <= tasks
