"""Training is asked for when what it depends on has changed, and not for a comment."""
import pytest

from bot import train
from bot.train import what_counts

CODE = '"""What it is."""\nLIMIT = 3\n\n\ndef double(n):\n    """Twice as much."""\n    return n * 2  # plainly\n'


def written(tmp_path, name, content):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    return what_counts(file)


@pytest.mark.parametrize(("old", "new"), [
    ("  # plainly", ""), ('"""What it is."""', '"""What it was."""'), ('    """Twice as much."""\n', ""), ("n * 2", "(n * 2)"), ("\n\n\ndef", "\n\ndef")])
def test_nobody_trains_for_a_comment(tmp_path, old, new):
    assert old in CODE
    assert written(tmp_path, "a.py", CODE.replace(old, new)) == written(tmp_path, "b.py", CODE)


@pytest.mark.parametrize(("old", "new"), [("n * 2", "n * 3"), ("LIMIT = 3", "LIMIT = 4"), ("LIMIT = 3", 'LIMIT = """What it is."""')])
def test_what_code_does_counts(tmp_path, old, new):
    assert old in CODE
    assert written(tmp_path, "a.py", CODE.replace(old, new)) != written(tmp_path, "b.py", CODE)


def test_every_byte_of_an_example_counts(tmp_path):
    assert written(tmp_path, "a.yml", "- hello\n") != written(tmp_path, "b.yml", "- hello # now\n")


def test_the_fingerprint_is_of_what_counts(monkeypatch):
    before = train.fingerprint()
    monkeypatch.setattr(train, "what_counts", lambda path: what_counts(path) + b"changed")
    assert train.fingerprint() != before
