"""The sweep picks what it says it picks, and its sums agree with the net itself."""
import shutil

import numpy as np
import pytest

from bot.guidance_files import ROOT
from bot.safety.net import build_net
from bot.safety.voter import LIMITS_FILE, load_limits
from tests.measure import thresholds
from tests.measure.sets import DEVELOPMENT, read
from tests.measure.thresholds import Heard, Setting, best, hear, nets_for, settings, write


def _heard(scores, always=(), weakly=()):
    where = np.arange(len(scores))
    return Heard(np.array(scores, dtype=float), np.isin(where, always), np.isin(where, weakly))


def test_it_hears_most_within_the_share_that_was_asked_for():
    danger = _heard([4, 1, -1, -8], always=[3])
    alike = _heard([-9, -9, -9, 0])
    chosen = best(list(settings(danger, alike, certain=3.0)), needless=0.1)
    assert (chosen.recall, chosen.needless) == (0.75, 0.0) and 0 < chosen.possible <= 1
    generous = best(list(settings(danger, alike, certain=3.0)), needless=0.25)
    assert (generous.recall, generous.needless) == (1.0, 0.25) and generous.possible <= -1


def test_a_weak_pattern_counts_from_conceivable_only():
    alike, danger = _heard([-9]), _heard([-6], weakly=[0])
    assert best(list(settings(danger, alike, certain=3.0)), 0.0).conceivable <= -6


def test_it_says_so_when_patterns_alone_alarm_too_often():
    alike = _heard([-9, -9], always=[0])
    with pytest.raises(ValueError, match="no setting stays within 0.03; the least is 0.500"):
        best(list(settings(_heard([1]), alike, certain=3.0)), 0.03)


def test_the_sums_agree_with_the_net_at_the_settings_that_are_in_use():
    limits = load_limits()
    texts = [line.text for line in read("danger_2")[:25] + read("lookalike_2")[:25]]
    net = build_net()
    worked_out = hear(nets_for(limits), texts).alarms(limits.possible, limits.conceivable)
    assert worked_out == pytest.approx(np.mean([net.check(t).findings.alarm for t in texts]))


def test_writing_changes_the_two_thresholds_and_keeps_every_other_word(tmp_path):
    file = tmp_path / "voter.yml"
    shutil.copy(ROOT / LIMITS_FILE, file)
    before = file.read_text()
    write(Setting(1.0, 0.0, -1.25, -4.5), file)
    limits = load_limits(file)
    assert (limits.possible, limits.conceivable) == (-1.25, -4.5)
    assert before.count("#") == file.read_text().count("#") and before.splitlines()[0] == file.read_text().splitlines()[0]


def test_no_fresh_set_can_be_swept():
    with pytest.raises(SystemExit):
        thresholds.main(["--sets", str(int(DEVELOPMENT[-1]) + 1)])
