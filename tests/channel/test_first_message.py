"""Whoever is the first to write after a start is answered at once: nothing large is left to be read by then."""
import time

from tests.service import Service

SECONDS = 5.0    # on a machine that runs other tests beside; alone it takes half a second


def test_the_first_message_after_a_start_does_not_wait(tmp_path):
    service = Service(tmp_path).wait()
    try:
        session, began = service.begin(), time.monotonic()
        assert "999" in service.words("what is the number for gateway and when do I call 999", session)
        assert time.monotonic() - began < SECONDS
    finally:
        service.stop()
