"""A mistake in any file of the guidance is found by the check and before the chat answers, not in somebody's turn."""
import subprocess
import sys
import textwrap

import pytest

from bot.did_you_mean import load_questions
from bot.guidance_files import ROOT, GuidanceError
from bot.openings import load_openings
from bot.serve import read_guidance

FOR_PEOPLE = {"README.md"}
OPENED = """
    import sys
    opened = set()
    sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
    {reads}
    print(*opened, sep="\\n")
"""


def left_out(reads):
    """The files of the guidance that nobody opens while a new process does this."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", textwrap.dedent(OPENED).format(reads=reads)],
                          cwd=ROOT, capture_output=True, text=True, check=True)
    files = [p for p in (ROOT / "guidance").rglob("*") if p.is_file() and "drafts" not in p.parts and p.name not in FOR_PEOPLE]
    assert len(files) > 100
    return sorted(str(p.relative_to(ROOT)) for p in files if str(p) not in done.stdout.splitlines())


def test_the_check_opens_every_file_of_the_guidance():
    assert left_out("from bot.cli import main; assert main(['guidance', 'check']) == 0") == []


def test_the_chat_reads_all_that_a_turn_needs_before_it_answers():
    not_for_a_turn = {"desk.yml", "lab.yml", "second_messages.tsv"}
    left = left_out("from bot.serve import read_guidance; read_guidance()")
    assert [f for f in left if not f.startswith(("guidance/words/", "guidance/forms/")) and f.split("/", 1)[1] not in not_for_a_turn] == []


def test_the_start_names_every_mistake_at_once_with_file_and_line(tmp_path, monkeypatch, caplog):
    first, second = tmp_path / "names.yml", tmp_path / "openings.yml"
    first.write_text('ask_cost: "Is it: free"\nplain_wait: How long: a wait?\n', encoding="utf-8")
    second.write_text("families: {}\nopenings:\n  - before: []\n", encoding="utf-8")

    def breaks():
        raise KeyError("no mistake of a file")

    monkeypatch.setattr("bot.all_guidance.for_the_chat", lambda: (breaks, lambda: load_questions(first), lambda: load_openings(second)))
    monkeypatch.setattr("bot.library.shared.shared_library", lambda: None)
    with pytest.raises(GuidanceError) as told:
        read_guidance()
    assert f"{first}:2: this is not valid YAML" in str(told.value) and f"{second}:2: opening 1 is not whole" in str(told.value)
    assert "error=KeyError" in caplog.text and "no mistake" not in caplog.text
