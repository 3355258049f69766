"""A second message that leans on the first, over the whole service: second_turns.tsv holds the pairs, and what the second reply must hold early."""
import csv
import re
from pathlib import Path

import pytest

from tests.conversations.player import Player, plain

EARLY = 420  # letters: what is read before anybody scrolls
AT_LEAST = 0.66  # 0.74 to 0.79 with the models of one day: each training moves a few
with open(Path(__file__).with_name("second_turns.tsv"), encoding="utf-8") as _file:
    PAIRS = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def replies(tmp_path_factory):
    player, found = Player(tmp_path_factory.mktemp("pairs")), []
    for pair in PAIRS:
        session = player.begin()
        player.say(session, pair["first"])
        found.append(player.say(session, pair["second"]))
    return found


def test_there_are_enough_pairs_and_none_twice():
    assert len(PAIRS) >= 120
    assert len({(p["first"], p["second"]) for p in PAIRS}) == len(PAIRS)


def test_most_second_messages_are_answered_by_what_they_are_about(replies):
    wrong = [f'{pair["first"]} / {pair["second"]}: {said[:120]}' for pair, reply in zip(PAIRS, replies, strict=True)
             for said in ["\n".join(m["text"] for m in reply)] if not re.search(pair["opens_or_says"], said[:EARLY], re.I)]
    assert len(wrong) <= (1 - AT_LEAST) * len(PAIRS), "\n".join(wrong)


def test_no_second_message_is_met_with_silence_or_with_words_for_a_child_who_was_hurt(replies):
    said = [plain("\n".join(m["text"] for m in reply)) for reply in replies]
    assert all(said)
    assert [p["second"] for p, s in zip(PAIRS, said, strict=True) if "i believe you, and it is not your fault" in s] == []
