"""Changed guidance is read again without a restart, and a broken change is not."""
import os
import shutil

import pytest

from bot.guidance_files import ROOT
from bot.library.ageing import load_ageing
from bot.library.documents import load_documents
from bot.library.not_held import load_not_held
from bot.library.search import Library
from bot.library.shared import LOOK_EVERY, Shared
from tests.library.builders import GOOD, documents_from


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def guidance(tmp_path):
    documents_from(tmp_path)
    for name in ("not_held.yml", "ageing.yml"):
        shutil.copy(ROOT / "guidance" / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def shared(guidance):
    clock = Clock()
    made = Shared(lambda: Library(load_documents(guidance / "documents"), load_not_held(guidance / "not_held.yml"),
                                  ageing=load_ageing(guidance / "ageing.yml")), guidance, clock)
    made.clock = clock
    return made


def write(guidance, text):
    file = guidance / "documents" / "lanterns.md"
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(1, file.stat().st_mtime_ns + 1_000_000_000))


def asked_later(shared):
    shared.clock.now += LOOK_EVERY + 1
    shared.get()
    shared.wait()
    return shared.get().answer("who lights lanterns").words


def test_a_changed_document_answers_without_a_restart(shared, guidance):
    assert "nine keepers" in shared.get().answer("who lights lanterns").words
    write(guidance, GOOD.replace("nine keepers", "ninety keepers"))
    assert "ninety keepers" in asked_later(shared)


def test_a_broken_change_leaves_the_last_good_guidance_and_says_where_it_is(shared, guidance, caplog):
    shared.get()
    write(guidance, GOOD.replace("## Who", "# Who"))
    assert "nine keepers" in asked_later(shared)
    assert "lanterns.md:12" in caplog.text
    write(guidance, GOOD.replace("nine keepers", "ninety keepers"))
    assert "ninety keepers" in asked_later(shared)


def test_files_are_not_looked_at_for_every_question(shared, guidance):
    first = shared.get()
    write(guidance, GOOD.replace("nine", "ninety"))
    assert shared.get() is first
