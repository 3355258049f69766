"""Whole contacts, taken from a simulated person who does not know what will be asked; what is kept is what they last said."""
import json
from pathlib import Path

import pytest

from tests.dialogues.play import play
from tests.service import Service
from tests.wording.listed import Listed

LISTED = Listed()
DIALOGUES = json.loads((Path(__file__).parent / "own.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dialogues")
    opened = Service(folder).wait()
    yield opened, folder
    opened.stop()


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[d["id"] for d in DIALOGUES])
def test_a_contact_is_taken_to_its_end_and_kept_as_it_was_said(service, dialogue):
    person = play(*service, dialogue)
    unlisted = [w for _, reply in person.transcript for w in LISTED.missing([{"text": reply}])]
    assert not unlisted
    assert not person.problems, "\n".join([*person.problems, *(f"> {a}\n{b}" for a, b in person.transcript)])
