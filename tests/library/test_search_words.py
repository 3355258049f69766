"""The words that the search takes for one another: read from the guidance, and a mistake says where it is and how it is mended."""
import re

import pytest

from bot.guidance_files import GuidanceError
from bot.library.words import load_search_words

WORDS = """passed_over: [the, "on"]
alike:
  - [money, cash]
  - [child, kid]
short_forms:
  cse: child sexual exploitation
"""


def read(tmp_path, content):
    file = tmp_path / "search_words.yml"
    file.write_text(content, encoding="utf-8")
    return load_search_words.__wrapped__(file)


def test_a_word_is_compared_as_the_first_of_its_line(tmp_path):
    words = read(tmp_path, WORDS)
    assert words.alike == {"cash": "money", "kid": "child"} and words.passed_over == {"the", "on"}
    assert words.any_short_form.search("is it CSE?") and not words.any_short_form.search("csec")


@pytest.mark.parametrize(("old", "new", "line", "says"), [
    ('"on"', "5", 1, "words in small letters belong here"),
    ("[child, kid]", "[child, cash]", 4, '"cash" is compared as "money" already; leave it out of one of the two lines'),
    ("[child, kid]", "[cash, coins]", 4, '"cash" stands first here and is compared as "money"; join the two lines'),
    ("[child, kid]", "[child, Kid]", 4, "words in small letters belong here"),
    ("[child, kid]", "child", 4, "words in small letters belong here"),
    ("cse: child", "CSE: child", 5, "words in small letters belong here"),
    ("short_forms:", "shorts:", 5, '"shorts" does not belong here'),
    ("alike:\n  - [money, cash]\n  - [child, kid]\n", "", 1, '"alike" is missing')])
def test_what_is_wrong_is_named_with_its_line(tmp_path, old, new, line, says):
    assert old in WORDS
    with pytest.raises(GuidanceError, match=re.escape(says)) as error:
        read(tmp_path, WORDS.replace(old, new, 1))
    assert f"search_words.yml:{line}: " in str(error.value)


@pytest.mark.parametrize("content", ["", "5\n", "passed_over: []\nalike: []\nshort_forms: {}\n"])
def test_a_file_without_words_is_refused(tmp_path, content):
    with pytest.raises(GuidanceError, match=r"search_words\.yml:\d+: .*; "):
        read(tmp_path, content)
