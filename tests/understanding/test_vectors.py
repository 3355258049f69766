"""The vectors are computed once, and a spoilt cache costs time, never an answer."""
import numpy as np
import pytest

from bot.understanding import vectors
from bot.understanding.encoder import shared_encoder

TEXTS = ["a lantern", "a heron by the lake", "a lantern keeper walks home"]


@pytest.fixture
def encoder(monkeypatch):
    return shared_encoder()


def test_a_second_start_reads_the_cache(tmp_path, encoder, monkeypatch):
    first = vectors.vectors_of(TEXTS, encoder, tmp_path)
    monkeypatch.setattr(encoder, "encode_all", lambda *_: pytest.fail("encoded twice"))
    assert np.array_equal(vectors.vectors_of(TEXTS, encoder, tmp_path), first)


def test_every_text_gets_its_own_row(tmp_path, encoder):
    rows = vectors.vectors_of(TEXTS, encoder, tmp_path)
    for text, row in zip(TEXTS, rows):
        assert row @ encoder.encode(text) > 0.99999


def test_changed_guidance_is_encoded_again_and_the_old_cache_goes(tmp_path, encoder):
    vectors.vectors_of(TEXTS, encoder, tmp_path)
    vectors.vectors_of(TEXTS[:2], encoder, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("spoilt", [b"", b"not an archive", b"PK\x03\x04half"])
def test_a_spoilt_cache_is_written_anew(tmp_path, encoder, spoilt):
    first = vectors.vectors_of(TEXTS, encoder, tmp_path)
    next(tmp_path.iterdir()).write_bytes(spoilt)
    again = vectors.vectors_of(TEXTS, encoder, tmp_path)
    assert np.allclose(again, first, atol=0.05)


def test_a_place_where_nothing_can_be_kept_is_no_reason_to_fail(tmp_path, encoder):
    (tmp_path / "file").write_text("in the way")
    assert vectors.vectors_of(TEXTS, encoder, tmp_path / "file" / "cache").shape == (3, 384)


def test_a_change_encodes_only_what_is_new(tmp_path, encoder, monkeypatch):
    first = vectors.vectors_of(TEXTS, encoder, tmp_path)
    encoded = []
    real = encoder.encode_all
    monkeypatch.setattr(encoder, "encode_all", lambda texts: encoded.extend(texts) or real(texts))
    again = vectors.vectors_of([TEXTS[2], "a new lantern", TEXTS[0]], encoder, tmp_path)
    assert encoded == ["a new lantern"]
    assert np.array_equal(again[[2, 0]], first[[0, 2]])


def test_a_second_training_encodes_only_what_is_new_and_leaves_the_guidance_alone(tmp_path, encoder, monkeypatch):
    monkeypatch.setattr(vectors, "WORTH_KEEPING", 2)
    vectors.vectors_of(TEXTS[:1], encoder, tmp_path)
    first = vectors.vectors_of(TEXTS, encoder, tmp_path, kept_as="net")
    vectors.vectors_of(TEXTS[:1], encoder, tmp_path, kept_as="net")     # too few to keep
    monkeypatch.setattr(encoder, "encode_all", lambda *_: pytest.fail("encoded twice"))
    assert np.array_equal(vectors.vectors_of(TEXTS[::-1], encoder, tmp_path, kept_as="net"), first[::-1])
    assert sorted(file.name.split("-")[0] for file in tmp_path.iterdir()) == ["guidance", "net"]
