import stat
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey

from bot.handoff.sealing import SealingError, make_keys, open_sealed, read_private, read_public, seal
from tests.handoff.cast import MARKER

KEY = PrivateKey.generate()


@given(content=st.binary(max_size=5000))
@settings(deadline=None)
def test_what_is_sealed_opens_to_the_same_bytes(content):
    assert open_sealed(KEY, seal(KEY.public_key, content)) == content


def test_a_sealed_contact_shows_nothing_of_what_was_typed():
    assert MARKER.encode() not in seal(KEY.public_key, MARKER.encode())


def test_another_key_opens_nothing_and_says_what_to_check():
    with pytest.raises(SealingError, match="contact.private"):
        open_sealed(PrivateKey.generate(), seal(KEY.public_key, b"hello"))


@pytest.mark.parametrize("spoil", [lambda s: s[:-1], lambda s: s[:20], lambda s: b"", lambda s: s[:-1] + bytes([s[-1] ^ 1])])
def test_a_changed_or_cut_contact_is_refused(spoil):
    with pytest.raises(SealingError):
        open_sealed(KEY, spoil(seal(KEY.public_key, b"hello")))


def test_keys_are_made_once_and_never_replaced(tmp_path):
    make_keys(tmp_path)
    before = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    make_keys(tmp_path)
    assert {f.name: f.read_bytes() for f in tmp_path.iterdir()} == before
    assert sorted(before) == ["contact.private", "contact.public"]


def test_only_the_owner_can_read_the_private_key(tmp_path):
    make_keys(tmp_path)
    assert stat.S_IMODE((tmp_path / "contact.private").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_one_pair(tmp_path):
    errors = []

    def start():
        try:
            make_keys(tmp_path)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(12)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert errors == []
    assert open_sealed(read_private(tmp_path), seal(read_public(tmp_path), b"hello")) == b"hello"


def test_a_lost_private_key_is_never_quietly_replaced(tmp_path):
    make_keys(tmp_path)
    (tmp_path / "contact.private").unlink()
    with pytest.raises(SealingError, match="put the private key back"):
        make_keys(tmp_path)
    assert not (tmp_path / "contact.private").exists()


def test_a_lost_public_key_is_made_again_from_the_private_one(tmp_path):
    make_keys(tmp_path)
    sealed = seal(read_public(tmp_path), b"hello")
    (tmp_path / "contact.public").unlink()
    make_keys(tmp_path)
    assert open_sealed(read_private(tmp_path), sealed) == b"hello"
    assert read_public(tmp_path) == read_private(tmp_path).public_key


def test_a_missing_key_says_what_to_do(tmp_path):
    with pytest.raises(SealingError, match="make the keys"):
        read_public(tmp_path)


def test_keys_in_each_others_place_are_noticed(tmp_path):
    make_keys(tmp_path)
    (tmp_path / "contact.public").write_bytes((tmp_path / "contact.private").read_bytes())
    with pytest.raises(SealingError, match="not the key it should be"):
        read_public(tmp_path)


@pytest.mark.parametrize("content", ["", "frontdoor-contact-public-1 !!!", "frontdoor-contact-public-1 aGVsbG8=", "é"])
def test_a_broken_key_file_is_named(tmp_path, content):
    (tmp_path / "contact.public").write_text(content, encoding="utf-8")
    with pytest.raises(SealingError, match="contact.public"):
        read_public(tmp_path)


def test_a_private_key_that_everybody_can_read_is_refused(tmp_path):
    make_keys(tmp_path)
    (tmp_path / "contact.private").chmod(0o644)
    with pytest.raises(SealingError, match="chmod 600"):
        read_private(tmp_path)
