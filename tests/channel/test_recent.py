from bot.channel import recent as recent_module
from bot.channel.recent import RecentOfAll


class NothingShown:
    def shown(self, session):
        return []


def test_forgetting_everybody_keeps_whoever_waits_for_a_reply():
    of_all = RecentOfAll(NothingShown())
    waiting, idle = of_all.of("a", "key-a"), of_all.of("b", "key-b")
    idle.said.append("typed long ago")
    with waiting.turn(), waiting.turn():
        of_all.forget_all()
        assert of_all.of("a", "key-a") is waiting
        assert of_all.of("b", "key-b") is not idle and not of_all.of("b", "key-b").said
    of_all.forget_all()
    assert of_all.of("a", "key-a") is not waiting


def test_where_too_many_speak_the_one_that_is_idle_longest_is_forgotten_and_nobody_who_waits(monkeypatch):
    monkeypatch.setattr(recent_module, "_REMEMBERED", 2)
    of_all = RecentOfAll(NothingShown())
    waiting, idle = of_all.of("a", "key-a"), of_all.of("b", "key-b")
    with waiting.turn():
        newest = of_all.of("c", "key-c")
        assert of_all.of("a", "key-a") is waiting
        assert of_all.of("c", "key-c") is newest
    assert of_all.of("b", "key-b") is not idle
