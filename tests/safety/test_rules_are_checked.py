"""A rule that nobody's words could match, or that means nothing, is refused with file, line and mend."""
import shutil

import pytest

from bot.guidance_files import ROOT, GuidanceError
from bot.safety.patterns import FOLDER, load_patterns


@pytest.mark.parametrize(("written", "says"), [
    ("    - please hurry\n    - call \"999\" now\n", "has a quotation mark"),
    ("    - please hurry\n    - the <dragon> is coming\n", "which words.yml does not have"),
])
def test_a_pattern_that_cannot_match_is_refused(tmp_path, written, says):
    folder = shutil.copytree(ROOT / FOLDER, tmp_path / "safety")
    file = folder / "rules" / "danger_now.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("    - please hurry\n", written, 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match=says) as refused:
        load_patterns(folder)
    assert "danger_now.yml:" in str(refused.value)


def test_the_rules_as_they_are_load():
    assert load_patterns()


def test_a_guard_that_yaml_takes_for_a_key_and_a_value_is_refused(tmp_path):
    folder = shutil.copytree(ROOT / FOLDER, tmp_path / "safety")
    file = folder / "guards.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("  - as a joke\n", "  - quiz paper :\n", 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match="key and a value") as refused:
        load_patterns(folder)
    assert "guards.yml:" in str(refused.value)
