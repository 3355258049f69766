"""The file of what people say of themselves: a mistake in it says where it is and how it is mended."""
import re

import pytest

from bot.audience import Audience, load_audience_words
from bot.guidance_files import GuidanceError

WORDS = r"""
lists:
  job: [teacher, nurse]
taken_back:
  - '\bi am not a <job>\b'
said:
  - who: practitioner
    why: says their job
    words:
      - '\bi am a <job>\b'
  - who: child
    why: says so
    words: ['\bi am a child\b']
"""


def read(tmp_path, content):
    file = tmp_path / "audience.yml"
    file.write_text(content, encoding="utf-8")
    return load_audience_words.__wrapped__(file)


def test_the_first_that_fits_counts(tmp_path):
    words = read(tmp_path, WORDS)
    assert words.who("i am a child, and i am a nurse") is Audience.PRACTITIONER
    assert words.who("i am a child") is Audience.CHILD
    assert words.who("i am a baker") is None
    assert words.taken_back.search("but i am not a nurse")


@pytest.mark.parametrize(("old", "new", "line", "says"), [
    ("who: child", "who: kid", 11, 'nobody is called "kid"; choose from child, teenager, parent'),
    ("    why: says so\n", "", 11, '"why" is missing'),
    ("why: says so", "because: says so", 12, '"because" does not belong here; delete it, or choose from who, why, words'),
    (r"\bi am a child\b", r"\bI am a child\b", 13, "has a capital letter"),
    (r"\bi am a child\b", "|child", 13, "a pattern fits every message"),
    (r"\bi am a child\b", r"\bi am a (child\b", 13, "a pattern that cannot be read"),
    (r"\bi am a child\b", r"\bi am a <kid>\b", 13, 'there is no list <kid>; add "kid:" under lists'),
    (r"['\bi am a child\b']", "[]", 13, '"words" is empty'),
    (r"  - '\bi am not a <job>\b'", "  - 5", 4, '"taken_back" is empty, or has a pattern that YAML does not read as words'),
    ("lists:\n", "lists:\n  pet: [cat]\n", 3, 'no rule uses the list "pet"'),
    ("taken_back:", "taken:", 4, '"taken" does not belong here')])
def test_what_is_wrong_is_named_with_its_line(tmp_path, old, new, line, says):
    assert old in WORDS
    with pytest.raises(GuidanceError, match=re.escape(says)) as error:
        read(tmp_path, WORDS.replace(old, new, 1))
    assert f"audience.yml:{line}: " in str(error.value)


@pytest.mark.parametrize("content", ["", "5\n", "lists: {}\ntaken_back: [x]\nsaid: []\n", "lists: {}\ntaken_back: [x]\nsaid: [cats]\n"])
def test_a_file_without_patterns_is_refused(tmp_path, content):
    with pytest.raises(GuidanceError, match=r"audience\.yml:\d+: .*; "):
        read(tmp_path, content)
