"""What docs/hazard-log.md says lowers a hazard is held by a test that exists, and no figure is repeated there that would grow stale."""
import re

import pytest

from bot.guidance_files import ROOT

ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in (ROOT / "docs" / "hazard-log.md").read_text(encoding="utf-8").splitlines()
        if re.match(r"\| \d+ \|", line)]
NO_TEST = {"14"}     # people decide about a made-up contact, no program does


def test_every_row_has_its_seven_cells():
    assert [row[0] for row in ROWS] == [str(n) for n in range(1, len(ROWS) + 1)]
    assert {len(row) for row in ROWS} == {7}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_every_hazard_names_a_test_that_exists(row):
    if row[0] in NO_TEST:
        assert row[5] == "–"
        return
    named = re.findall(r"`([^`]+)`", row[5])
    assert named
    for test in named:
        file, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), test


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_what_is_left_repeats_no_figure(row):
    assert not re.search(r"\d|\bin (?:ten|twenty|forty|a hundred)\b", row[6].replace("999", ""))
