"""What the public sees while contact-taking is off, on the real chat."""
import pytest

from bot.handoff.store import Store
from bot.handoff.switch import Standing, remember
from tests.service import Service


@pytest.mark.slow
def test_the_public_is_told_why_and_whom_to_ring_and_nothing_is_lost_on_the_way(tmp_path):
    service = Service(tmp_path).wait()
    try:
        session = service.begin()
        service.say("can you write down a worry for me, it's not urgent", session)      # begun while it was on
        store = Store.open(f"sqlite:///{tmp_path}/contacts.db")
        remember(store.engine, Standing(1, False, "Our computers are being mended until Monday."))
        said = service.words("can you write down a worry for me, it's not urgent")
        assert "being mended until Monday" in said
        for number in ("01752 668000", "01752 346984", "999", "0800 1111"):
            assert number in said
        assert "danger right now" not in said, "it does not begin to ask"
        _, form, _ = service.get("/help/tell")
        assert "being mended until Monday" in form and "01752 668000" in form and "<textarea" not in form
        remember(store.engine, Standing(2, True, ""))
        assert "being mended" not in service.get("/help/tell")[1]
        assert "danger right now" in service.words("can you write down a worry for me, it's not urgent")
    finally:
        service.stop()
