"""A reference that is typed asks about that contact; an emergency number typed three times does not."""
import pytest

from bot.understanding.intents import _REFERENCE


@pytest.mark.parametrize("text", ["CDFH-JKMN", "what about cdf hjk mnp", "my code is CDF-HJK-347"])
def test_a_reference_is_known(text):
    assert _REFERENCE.search(text)


@pytest.mark.parametrize("text", ["999 999 999", "call 999 999 999 please", "hmm hmm hmm", "CDFHJKMN", "999"])
def test_the_same_three_times_is_none(text):
    assert not _REFERENCE.search(text)
