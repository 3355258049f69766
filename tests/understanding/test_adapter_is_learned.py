"""The adapter can be learned again, from the published weights and the examples, with what is installed here."""
import numpy as np
import pytest

tf = pytest.importorskip("tensorflow")

from bot.understanding.adapter import mean_of, prepared  # noqa: E402
from bot.understanding.adapter_model import Learner  # noqa: E402
from bot.understanding.encoder import ADAPTER, VOCABULARY, Encoder, model_file  # noqa: E402
from bot.understanding.learn_adapter import HIDDEN_WORD, begin_heads, covered, learn, main, padded  # noqa: E402

LINES = ["he is hitting me", "what time do you open on sunday morning", "my little brother is not breathing and he has gone blue"]


def _tokens(lines):
    from tokenizers import BertWordPieceTokenizer
    return [e.ids for e in BertWordPieceTokenizer(str(VOCABULARY), lowercase=True).encode_batch(lines)]


@pytest.fixture(scope="module")
def as_published():
    """What the model gives as it was published: its own graph, in floats."""
    import onnxruntime
    session = onnxruntime.InferenceSession(str(model_file()), providers=["CPUExecutionProvider"])
    rows = []
    for ids in (np.array([line], dtype=np.int64) for line in _tokens(LINES)):
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        rows.append(session.run(["last_hidden_state"], given)[0][0].mean(axis=0))
    return np.array(rows) / np.linalg.norm(rows, axis=1, keepdims=True)


def test_the_learner_starts_from_the_published_encoder(as_published):
    ids, mask = padded(_tokens(LINES))
    rows = Learner(intents=3, kinds=2, seed=1, dropout=0.0).encode(tf.constant(ids), tf.constant(mask)).numpy()
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert (rows * as_published).sum(axis=1).min() > 0.999


def test_the_encoder_in_use_is_the_published_one_but_for_its_eight_bits(as_published):
    assert (Encoder().encode_all(LINES) * as_published).sum(axis=1).min() > 0.98
    swapped = Encoder().encode_all(LINES[::-1])
    assert (swapped * as_published).sum(axis=1).min() < 0.9      # and sentences differ more than that


def test_what_is_learned_has_the_shape_of_the_adapter_in_use_and_changes_the_encoder(tmp_path):
    texts, names = ["he is hitting me now", "what time do you open", "my wobbly tooth bled"] * 12, ["danger_now", "ask_hours", "everyday_talk"] * 12
    arrays = learn(texts, names, epochs=2)
    with np.load(ADAPTER) as present:
        assert {n: max(a.shape) for n, a in arrays.items()} == {n: max(present[n].shape) for n in present.files}  # thin sides may differ
    file = tmp_path / "adapter.npz"
    np.savez(file, **arrays)
    assert prepared(model_file(), file) != prepared(model_file(), None)


def test_learning_on_begins_where_the_adapter_stands():
    texts, names = ["he is hitting me now", "what time do you open", "my wobbly tooth bled"] * 12, ["danger_now", "ask_hours", "everyday_talk"] * 12
    tokens = _tokens(texts)
    intents = np.array([sorted(set(names)).index(n) for n in names])
    learner, reads = (Learner(intents=3, kinds=2, seed=1, dropout=0.0) for _ in range(2))
    begin_heads(learner, reads, tokens, intents, np.array([int(n != "danger_now") for n in names]))
    rows = reads.encode(*map(tf.constant, padded(tokens)))
    assert (tf.argmax(tf.matmul(rows, learner.of_intents), axis=1).numpy() == intents).all()
    assert not (tf.argmax(tf.matmul(rows, reads.of_intents), axis=1).numpy() == intents).all()  # heads at random are not


def test_words_are_covered_but_never_a_sentence_s_ends():
    row = [101, *range(2000, 2400), 102]
    seen = covered(row, np.random.RandomState(1))
    hidden = [i for i, (was, now) in enumerate(zip(row, seen, strict=True)) if was != now]
    assert 5 <= len(hidden) <= 60 and {seen[i] for i in hidden} == {HIDDEN_WORD}
    assert 0 not in hidden and len(row) - 1 not in hidden


def test_help_says_what_it_does(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "make adapter" in capsys.readouterr().out


def test_the_mean_of_two_adapters_changes_each_matrix_by_the_mean_of_their_changes():
    chance = np.random.RandomState(1)
    with np.load(ADAPTER) as present:
        one, other = ({n: chance.normal(size=present[n].shape) for n in present.files} for _ in range(2))
    both = mean_of(one, other)
    name = "encoder.layer.3.output.dense"
    wanted = (one[f"{name}.B"] @ one[f"{name}.A"] + other[f"{name}.B"] @ other[f"{name}.A"]) / 2
    assert np.allclose(both[f"{name}.B"].astype(float) @ both[f"{name}.A"], wanted, atol=0.1)
