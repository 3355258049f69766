"""A message that speaks of somebody is nobody's question to a report."""
import pytest

from bot.of_somebody import speaks_of_somebody, speaks_of_us


@pytest.mark.parametrize("text", ["what did u do", "I’ve read it", "im lost", "is it your report", "tell us"])
def test_the_writer_and_whom_they_write_to(text):
    assert speaks_of_us(text) and speaks_of_somebody(text)


@pytest.mark.parametrize("text", ["his school rang", "she is late", "They've moved", "who told him"])
def test_somebody_else(text):
    assert speaks_of_somebody(text) and not speaks_of_us(text)


@pytest.mark.parametrize("text", ["how much is in reserves", "who chairs the board", "menus and unions", "what does the report say of history"])
def test_nobody(text):
    assert not speaks_of_somebody(text) and not speaks_of_us(text)
