import asyncio

from bot.channel.recent import RecentOfAll


class NothingShown:
    def shown(self, session):
        return []


def test_forgetting_everybody_keeps_whoever_waits_for_a_reply_so_that_two_turns_never_run_at_once():
    async def forgotten_while_hearing():
        of_all = RecentOfAll(NothingShown())
        waiting, idle = of_all.of("a", "key-a"), of_all.of("b", "key-b")
        idle.said.append("typed long ago")
        async with waiting.hearing:
            of_all.forget_all()
            assert of_all.of("a", "key-a") is waiting
            assert of_all.of("b", "key-b") is not idle and not of_all.of("b", "key-b").said
        of_all.forget_all()
        assert of_all.of("a", "key-a") is not waiting

    asyncio.run(forgotten_while_hearing())
