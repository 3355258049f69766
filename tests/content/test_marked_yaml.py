"""Guidance files are read by a fast parser: it must read what ruamel reads, and know the line of everything."""
import datetime as dt
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.guidance_files import ROOT, GuidanceError, line_of, read_yaml
from bot.marked_yaml import MarkedYAMLError, load_marked

FILES = sorted((ROOT / "guidance").rglob("*.yml"))


def same(theirs, ours):
    """Whether both parsers read the same, with the same lines."""
    if isinstance(theirs, dict):
        assert list(theirs) == list(ours)
        for key in theirs:
            assert theirs.lc.key(key)[0] + 1 == line_of(ours, key)
            same(theirs[key], ours[key])
    elif isinstance(theirs, list):
        assert len(theirs) == len(ours)
        for n, item in enumerate(theirs):
            assert theirs.lc.item(n)[0] + 1 == line_of(ours, n)
            same(item, ours[n])
    else:
        assert theirs == ours and isinstance(theirs, type(ours))


@pytest.mark.parametrize("file", [f for f in FILES if f.stat().st_size < 30_000], ids=lambda f: f.stem)
def test_a_file_reads_as_ruamel_reads_it(file):
    same(YAML(typ="rt").load(file.read_text(encoding="utf-8")), read_yaml(file))


def test_words_and_times_stay_words():
    read = load_marked("a: yes\nb: off\nc: 08:00\nd: 2026-03-01\ne: ~\nf: 12\ng: 1.5\nh: true\n")
    assert read == {"a": "yes", "b": "off", "c": "08:00", "d": dt.date(2026, 3, 1), "e": None, "f": 12, "g": 1.5, "h": True}


@pytest.mark.parametrize(("text", "line"), [
    ("a: 1\nb:\n  c: 2\n  c: 3\n", 4), ("a: [1\nb: 2\n", 2), ("a: 1\nb: \"\x07\"\n", 2), ("a:\n? [1]\n: 2\n", 2)])
def test_a_mistake_names_its_line(tmp_path, text, line):
    file = tmp_path / "wrong.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MarkedYAMLError):
        load_marked(text)
    with pytest.raises(GuidanceError, match=rf"wrong\.yml:{line}: "):
        read_yaml(Path(file))
