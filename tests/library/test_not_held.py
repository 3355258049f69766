"""What we do not hold is said kindly, with a place to look and never a figure."""
import re

import pytest

from bot.guidance_files import GuidanceError
from bot.library.not_held import load_not_held

TOPICS = load_not_held()


def test_the_topics_load():
    assert len(TOPICS) >= 15
    assert all(len(topic.asked_as) >= 4 for topic in TOPICS)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_what_is_said_is_short_says_that_we_do_not_hold_it_and_has_no_figure(topic):
    assert not re.search(r"\d|@", topic.says)
    assert "not hold" in topic.says
    assert len(topic.says.split()) <= 45


@pytest.mark.parametrize(("text", "mend"), [
    ("figures:\n  asked_as: [how many]\n  says: There were 12.\n", "notes.yml:3: figures gives a figure"),
    ("figures:\n  asked_as: [how many]\n", '"says" is missing; add "says'),
    ("figures:\n  asked_as: []\n  says: No.\n", "write at least one"),
    ("figures:\n  asked_as: [a]\n  says: No.\n  after_year: then\n", "notes.yml:4: after_year of figures is not a year"),
])
def test_a_broken_file_says_where_and_how_to_mend_it(tmp_path, text, mend):
    file = tmp_path / "notes.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GuidanceError) as error:
        load_not_held(file)
    assert mend in str(error.value)
