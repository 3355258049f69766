"""Tidying up never removes what people wrote or what opens it: `make clean` and `make forget-everything`, in a folder of their own."""
import re
import shutil
import subprocess

import pytest

from bot.guidance_files import ROOT

KEPT = ("contacts.db", "desk.db", "conversations.db", "keys/contact.private")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def recipe(target):
    return re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)[1]


@pytest.fixture
def folder(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in (*KEPT, "cache/vectors"):
        file = tmp_path / "var" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    return tmp_path


def left_after(folder, target, typed=""):
    run = subprocess.run(["make", target], cwd=folder, input=typed, capture_output=True, text=True, check=False)
    return run, [name for name in KEPT if (folder / "var" / name).exists()]


def test_clean_names_nothing_of_var_but_its_cache():
    words = recipe("clean").split()
    assert [word for word in words if "var" in word] == ["var/cache"]
    assert not re.search(r"[*?$`]|git|find", recipe("clean"))  # nothing that could come to mean more than it says


def test_after_clean_contacts_desk_conversations_and_keys_are_there(folder):
    run, left = left_after(folder, "clean")
    assert run.returncode == 0
    assert left == list(KEPT)
    assert not (folder / "var" / "cache").exists()


@pytest.mark.parametrize("typed", ["", "\n", "y\n", "no\n", "YES please\n"])
def test_everything_is_forgotten_on_a_typed_yes_only(folder, typed):
    run, left = left_after(folder, "forget-everything", typed)
    assert run.returncode != 0
    assert "Nothing was removed" in run.stdout
    assert left == list(KEPT)


def test_a_typed_yes_removes_it(folder):
    assert left_after(folder, "forget-everything", "yes\n")[1] == []


def test_no_other_target_forgets_everything():
    assert "make forget-everything" in subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # listed, not run
    named = [line for line in MAKEFILE.splitlines() if "forget-everything" in line]
    assert [line.split(":")[0] for line in named] == [".PHONY", "forget-everything"]
