"""The benchmark's pure parts, and that it leaves no process behind."""
import asyncio
import json
import os
import random
import sys
import time
from pathlib import Path

import pytest
from aiohttp import web

from tests.measure import bench, sides
from tests.measure.chart import mark_of
from tests.measure.figures import DEFAULT, OURS, OURS_SQLITE, ROWS, Bar, Row, judged, median, percentile, ratio, table
from tests.measure.load import SAME, Heard, Talk, crowd, hundred_turns, sample, slip, summary
from tests.measure.processes import Broken, Started, stop_all, tree, tree_rss_mb
from tests.measure.rounds import is_right

HUNDRED = list(range(100, 0, -1))
EXAMPLES = {"greet": ["hello there", "good morning"], "ask_anonymous": ["will they know my name", "can i stay anonymous"], "goodbye": ["bye"]}


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (99, 99), (100, 100), (0.5, 1)])
def test_a_percentile_is_the_value_that_so_many_do_not_exceed(percent, value):
    assert percentile(HUNDRED, percent) == value


def test_a_percentile_of_one_value_is_that_value():
    assert percentile([7.0], 99) == 7.0


@pytest.mark.parametrize(("values", "percent"), [([], 50), ([1], 0), ([1], 101)])
def test_a_percentile_of_nothing_is_an_error(values, percent):
    with pytest.raises(ValueError):
        percentile(values, percent)


def test_the_median_of_an_even_number_lies_between():
    assert (median([3, 1, 2]), median([4, 1, 2, 3])) == (2, 2.5)


@pytest.mark.parametrize(("ours", "default", "expected"), [(1.0, 4.0, 0.25), (None, 4.0, None), (1.0, None, None), (1.0, 0.0, None)])
def test_a_ratio_needs_both_figures(ours, default, expected):
    assert ratio(ours, default) == expected


@pytest.mark.parametrize(("bar", "ours", "default", "reached"), [
    (Bar(0.2), 2, 10, True), (Bar(0.2), 2.1, 10, False), (Bar(4, at_least=True), 40, 10, True), (Bar(4, at_least=True), 39, 10, False),
    (Bar(10, of_ratio=False, unit="s"), 9.9, 100, True), (Bar(10, of_ratio=False, unit="s"), 10, 100, False),
    (Bar(1.5, of_ratio=False), 1.5, None, True), (Bar(0.2), None, 10, None), (Bar(0.2), 2, None, None)])
def test_a_bar_is_reached_or_not_or_not_measured(bar, ours, default, reached):
    assert bar.reached(ours, default) is reached


def test_the_bars_read_as_they_were_set():
    assert {row.key: [str(b) for b in row.bars] for row in ROWS if row.bars} == {
        "start_s": ["<= 0.2x", "< 10 s"], "training_s": ["<= 0.05x"], "alone_p95": ["<= 0.3x"], "ten_rate": [">= 4x"],
        "fifty_rate": [">= 4x"], "memory_mb": ["<= 0.65x"], "turn_ratio": ["<= 1.5x"]}


def test_the_table_says_what_was_reached_and_what_was_not_measured():
    rows = judged({OURS: {"a": 2.0}, OURS_SQLITE: {"a": 30.0}, DEFAULT: {"a": 40.0}},
                  [Row("start", "a", "s", (Bar(0.2), Bar(10, of_ratio=False, unit="s"))), Row("other", "b", "ms", (Bar(1),))])
    head, rule, start, start_too, other = table(rows).splitlines()
    assert start.split() == ["start", "40.0", "s", "2.00", "s", "0.050x", "30.0", "s", "0.75x", "<=", "0.2x", "reached", "NOT", "reached"]
    assert start_too.split() == ["<", "10", "s", "reached", "NOT", "reached"]
    assert other.split()[-4:] == ["not", "measured", "not", "measured"]
    assert len({line.rstrip().find("reached") for line in (start, start_too)}) == 1


def test_the_mark_in_the_chart_is_a_share_of_the_default_or_of_our_own_turn_2():
    found = {DEFAULT: {"start_s": 30.0}, OURS: {"turn2_ms": 12.0}}
    assert mark_of(("share", 0.2), "start_s", found) == pytest.approx(6)
    assert mark_of(("own", 1.5), "turn100_ms", found) == 18
    assert mark_of(("share", 0.2), "training_s", found) is None


def test_the_tree_of_a_process_is_it_and_its_descendants():
    assert tree(2, {1: 0, 2: 1, 3: 2, 4: 3, 5: 1, 6: 2}) == [2, 3, 6, 4]


def test_the_memory_of_a_tree_is_the_sum_over_its_processes(tmp_path):
    for pid, parent, kb in ((10, 1, 500_000), (11, 10, 250_000), (12, 11, 250_000), (13, 1, 999_000)):
        (tmp_path / str(pid)).mkdir()
        (tmp_path / str(pid) / "status").write_text(f"Name:\tx: y\nPPid:\t{parent}\nVmRSS:\t  {kb} kB\n")
    (tmp_path / "14").mkdir()  # it ended while we looked
    (tmp_path / "meminfo").write_text("not a process")
    assert tree_rss_mb(10, tmp_path) == pytest.approx(1024.0)
    with pytest.raises(Broken):
        tree_rss_mb(99, tmp_path)


def test_this_very_process_weighs_something():
    assert 5 < tree_rss_mb(os.getpid()) < 50_000


def _gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[-1][0] == "Z"
    except OSError:
        return True


def test_what_was_started_is_stopped_with_its_children_even_if_it_will_not(tmp_path):
    script = ("import signal, subprocess, sys, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
              "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True)\ntime.sleep(60)")
    process = Started(["-c", script], tmp_path, dict(os.environ), tmp_path / "log")
    deadline = time.monotonic() + 20
    while not process.last_words() and time.monotonic() < deadline:
        time.sleep(0.05)
    child = int(process.last_words())
    process._process.wait = lambda patience, wait=process._process.wait: wait(min(patience, 1))
    stop_all()
    deadline = time.monotonic() + 5
    while not _gone(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.ended == -9
    assert _gone(child)


def test_a_bad_end_says_where_to_look(tmp_path):
    process = Started(["-c", "print('Epochs: 1\\rEpochs: 2'); raise SystemExit(3)"], tmp_path, dict(os.environ), tmp_path / "log")
    with pytest.raises(Broken, match=r"code 3(.|\n)*Epochs: 2"):
        process.wait(30, print)


def test_a_process_that_takes_too_long_is_stopped(tmp_path):
    with pytest.raises(Broken, match="stopped after"):
        Started(["-c", "import time; time.sleep(60)"], tmp_path, dict(os.environ), tmp_path / "log").wait(0.2, print)


def test_the_same_seed_gives_the_same_messages_from_every_intent():
    once, again = sample(EXAMPLES, 60), sample(EXAMPLES, 60)
    assert once == again
    assert once != sample(EXAMPLES, 60, seed=1)
    plain = {e for lines in EXAMPLES.values() for e in lines}
    assert 0 < sum(text not in plain for text in once) < 20


def test_a_slip_changes_letters_only():
    chance = random.Random(4)
    assert all(abs(len(slip("hello", chance)) - 5) <= 1 for _ in range(50))
    assert slip("?! 1", chance) == "?! 1"


def _as_website(silent_after=10**6):
    """A small stand-in for our HTTP side; it remembers the turns of each conversation."""
    talks = {}

    async def begin(request):
        talks[f"s{len(talks)}"] = []
        return web.json_response({"session": f"s{len(talks) - 1}"}, status=201)

    async def speak(request):
        body = await request.json()
        talks[body["session"]].append(body["message"])
        return web.json_response([] if len(talks[body["session"]]) > silent_after else [{"text": "yes"}])

    app = web.Application()
    app.add_routes([web.post("/webhooks/website/session", begin), web.post("/webhooks/website/webhook", speak)])
    return app, talks


async def _with(app, use):
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        return await use(Talk(f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}", is_ours=True))
    finally:
        await runner.cleanup()


def test_every_message_is_said_once_and_a_conversation_is_ten_turns_long():
    app, talks = _as_website(silent_after=9)
    messages = [f"message {n}" for n in range(50)]
    heard = asyncio.run(_with(app, lambda talk: crowd(talk, 2, messages, 30)))
    assert sorted(m for said in talks.values() for m in said) == sorted(messages)
    assert max(len(said) for said in talks.values()) == 10
    assert (len(heard.ms), heard.failed, heard.silent) == (50, 0, 4)


def test_the_long_conversation_says_the_same_early_and_late():
    app, talks = _as_website()
    early, late, _ = asyncio.run(_with(app, lambda talk: hundred_turns(talk, [f"m{n}" for n in range(100)], 30)))
    (said,) = talks.values()
    assert len(said) == 100
    assert said[1:4] == said[97:100] == list(SAME)
    assert len(early) == len(late) == 3


def test_a_side_that_is_gone_counts_as_failed():
    async def ask():
        import aiohttp
        heard = Heard()
        async with aiohttp.ClientSession() as http:
            await heard.one(Talk("http://127.0.0.1:1", is_ours=False), http, "a", "b")
        return heard
    assert asyncio.run(ask()).failed == 1


def test_a_phase_is_summed_up_over_its_rounds():
    figures = summary("ten", [Heard(ms=[1.0, 2.0], seconds=1.0), Heard(ms=[3.0, 4.0], seconds=4.0)])
    assert (figures["ten_p50"], figures["ten_p99"], figures["ten_rate"], figures["ten_messages"]) == (2.0, 4.0, 1.25, 4)


@pytest.mark.parametrize(("messages", "right"), [([], False), (None, False), ([{"text": "something else"}], False),
                                                 ([{"text": "x"}, {"text": "y", "custom": {"key": "utter_ask_anonymous"}}], True),
                                                 ([{"text": "x", "custom": {"key": "help_lines"}}], False),
                                                 ([{"text": sides.answer_to("ask_anonymous")}], True)])
def test_only_the_answer_to_the_probe_ends_the_start_up(messages, right):
    assert is_right(messages) is right


@pytest.fixture(scope="module")
def examples():
    """Some of the real examples of every intent: to write and read all of them takes a minute."""
    return {intent: lines[:20] for intent, lines in sides.read_examples(quick=False).items()}


def test_the_default_project_is_the_templates_with_our_examples(tmp_path, examples):
    folder = sides.make_default(tmp_path / "default", examples, quick=False)
    config = (folder / "config.yml").read_text()
    assert "DIETClassifier" in config and "TEDPolicy" in config and "epochs: 100" in config
    assert sides.read_examples(False, folder / "data" / "nlu") == examples
    domain = (folder / "domain.yml").read_text()
    assert all(f"utter_{intent}:" in domain for intent in examples)
    steps = (folder / "data" / "stories.yml").read_text() + (folder / "data" / "rules.yml").read_text()
    assert steps.count("action: utter_") == len(examples)


def test_the_default_project_learns_from_no_more_examples_than_ours(tmp_path, examples):
    few = {intent: lines[:3] for intent, lines in examples.items()}
    folder = sides.make_default(tmp_path / "default", few, quick=False)
    assert sides.read_examples(False, folder / "data" / "nlu") == few


def test_a_folder_that_the_benchmark_did_not_make_is_not_emptied(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Broken, match="not made by the benchmark"):
        sides.fresh(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_neither_side_inherits_our_settings_or_this_checkout(monkeypatch, tmp_path):
    monkeypatch.setenv("FRONTDOOR_CONVERSATION_KEYS", "secret")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    env = sides.environment(tmp_path, FRONTDOOR_PORT="1")
    assert env["PYTHONPATH"] == str(tmp_path)
    assert env["FRONTDOOR_PORT"] == "1"
    assert not {"FRONTDOOR_CONVERSATION_KEYS", "OMP_NUM_THREADS"} & set(env)


def test_a_kept_default_is_refused_if_it_is_of_the_other_kind(tmp_path):
    with pytest.raises(Broken, match="--train-default-only"):
        bench.kept_training(tmp_path, EXAMPLES, quick=True)
    (tmp_path / "default" / "models").mkdir(parents=True)
    (tmp_path / "default" / "models" / "x.tar.gz").touch()
    record = {"seconds": 5, "quick": True, "examples": sides.fingerprint(EXAMPLES)}
    (tmp_path / "default_training.json").write_text(json.dumps(record))
    assert bench.kept_training(tmp_path, EXAMPLES, quick=True) == record
    with pytest.raises(Broken, match="the other kind"):
        bench.kept_training(tmp_path, EXAMPLES, quick=False)


def test_a_kept_default_of_older_examples_is_named(tmp_path, capsys):
    (tmp_path / "default" / "models").mkdir(parents=True)
    (tmp_path / "default" / "models" / "x.tar.gz").touch()
    (tmp_path / "default_training.json").write_text(json.dumps({"seconds": 5, "quick": False, "examples": "older"}))
    bench.kept_training(tmp_path, EXAMPLES, quick=False)
    assert "data/nlu has changed" in capsys.readouterr().out


@pytest.mark.parametrize("alone", ["--train-default-only", "--skip-default-training"])
def test_a_kept_model_needs_a_place(alone, monkeypatch):
    monkeypatch.setattr(sys, "stderr", open(os.devnull, "w"))
    with pytest.raises(SystemExit):
        bench.main([alone])
