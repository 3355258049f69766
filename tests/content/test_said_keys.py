"""A reply is known again by its key: a key that no wording has any more would never be met, and nothing would say so."""
from bot import said_keys
from bot.words import load_words

NAMED = {name: {value} if isinstance(value, str) else set(value) for name, value in vars(said_keys).items() if name.isupper()}


def test_every_key_by_which_a_reply_is_known_again_stands_in_the_wording():
    assert len(NAMED) == 7
    entries = load_words().entries
    assert {name: missing for name, keys in NAMED.items() if (missing := keys - set(entries))} == {}
