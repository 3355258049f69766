"""A rule that nobody's words could match, or that means nothing, is refused with file, line and mend."""
import re
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


@pytest.mark.parametrize(("written", "says"), [
    ("<of_dragons>", '"unless_after: <of_dragons>" is a list that words.yml does not have; add "of_dragons:" to words.yml or correct the name'),
    ("of_others", "is no list of words; write words in square brackets, or the <name>"),
    ("[his, 7]", "is no list of words"),
    ("", "is no list of words"),
])
def test_what_a_rule_does_not_stand_after_is_words_or_a_list_that_there_is(tmp_path, written, says):
    folder = shutil.copytree(ROOT / FOLDER, tmp_path / "safety")
    file = folder / "rules" / "telling.yml"
    as_it_is = file.read_text(encoding="utf-8")
    file.write_text(as_it_is.replace("unless_after: <of_others>", f"unless_after: {written}", 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match=re.escape(says)) as refused:
        load_patterns(folder)
    line = as_it_is[:as_it_is.index("unless_after:")].count("\n") + 1
    assert f"telling.yml:{line}: " in str(refused.value)


def test_the_rules_as_they_are_load():
    assert load_patterns()


def test_a_guard_that_yaml_takes_for_a_key_and_a_value_is_refused(tmp_path):
    folder = shutil.copytree(ROOT / FOLDER, tmp_path / "safety")
    file = folder / "guards.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("  - as a joke\n", "  - quiz paper :\n", 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match="key and a value") as refused:
        load_patterns(folder)
    assert "guards.yml:" in str(refused.value)
