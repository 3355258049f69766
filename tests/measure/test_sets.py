"""The frozen sets measure, and nothing learns from them."""
import re

import pytest

from tests.measure.sets import FOLDER, read
from tests.measure.sides import read_examples


def _plain(text):
    return re.sub(r"\W+", " ", text.lower()).strip()


@pytest.mark.parametrize("name", sorted(f.stem for f in FOLDER.glob("*.tsv")))
def test_no_frozen_line_is_an_example_to_learn_from(name):
    learned = {_plain(line) for lines in read_examples(quick=False).values() for line in lines}
    frozen = {_plain(line.text) for line in read(name)}
    assert len(frozen) >= 125 and not frozen & learned
