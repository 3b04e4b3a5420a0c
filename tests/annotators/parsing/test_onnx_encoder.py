"""Word pieces, windows and the session: offsets are those of the text, and windows are invisible."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from analysis.annotators.parsing import onnx_encoder as module
from analysis.annotators.parsing.onnx_encoder import MODELS, Encoder, pack_windows, tokenize
from analysis.errors import FramingError

needs_model = pytest.mark.skipif(
    not (MODELS / "quotes" / "model.onnx").is_file(),
    reason="analysis/models/quotes/model.onnx is not there yet",
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """A toy vocabulary of the same kind as the shipped one: lower case, letters as pieces, two whole words."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,:;!?\"'“”"
    vocabulary = ["[UNK]", "trade", "said", *letters, *(f"##{letter}" for letter in letters)]
    made = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(vocabulary)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(MODELS / "quotes")


@given(text=st.text())
@settings(max_examples=200)
def test_pieces_lie_in_the_text_in_order(tokenizer: Tokenizer, text: str) -> None:
    pieces = tokenize(text, tokenizer)
    assert (pieces.starts >= 0).all() and (pieces.ends <= len(text)).all()
    assert (pieces.starts <= pieces.ends).all()
    assert (np.diff(pieces.starts) >= 0).all()
    assert set(np.diff(pieces.words, prepend=-1)) <= {0, 1}
    assert set(np.diff(pieces.paragraphs, prepend=-1)) <= {0, 1}
    assert pieces.first.tolist() == sorted(
        {int(np.flatnonzero(pieces.words == w)[0]) for w in set(pieces.words)}
    )


def test_words_and_paragraphs_are_counted_across_the_text(tokenizer: Tokenizer) -> None:
    text = "Trade, said Ann.\n \n\nTrade."
    pieces = tokenize(text, tokenizer)
    words = [text[pieces.starts[i] : pieces.ends[i]] for i in pieces.first]
    assert words == ["Trade", ",", "said", "A", ".", "Trade", "."]
    assert pieces.paragraphs.tolist() == [0] * 7 + [1] * 2
    assert pieces.words.tolist() == [0, 1, 2, 3, 3, 3, 4, 5, 6]


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\u200f", "\x00"])
def test_nothing_to_read(tokenizer: Tokenizer, text: str) -> None:
    assert len(tokenize(text, tokenizer)) == 0


def test_accents_and_wide_characters_keep_their_offsets(tokenizer: Tokenizer) -> None:
    text = "🙂 Café 🇮🇷 said"
    pieces = tokenize(text, tokenizer)
    assert text[pieces.starts[-1] : pieces.ends[-1]] == "said"
    assert "Café" in {
        text[pieces.starts[pieces.words == w].min() : pieces.ends[pieces.words == w].max()]
        for w in pieces.words
    }


@given(words=st.lists(st.sampled_from(["Trade", "said", "“no”", "x."]), max_size=12), data=st.data())
def test_line_ends_do_not_matter(tokenizer: Tokenizer, words: list[str], data: st.DataObject) -> None:
    gaps = [data.draw(st.sampled_from([" ", "\n", "\n\n"])) for _ in words]
    unix = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    windows_text = unix.replace("\n", "\r\n")
    one, other = tokenize(unix, tokenizer), tokenize(windows_text, tokenizer)
    assert one.ids.tolist() == other.ids.tolist()
    assert one.paragraphs.tolist() == other.paragraphs.tolist()
    assert [unix[a:b] for a, b in zip(one.starts, one.ends, strict=True)] == [
        windows_text[a:b] for a, b in zip(other.starts, other.ends, strict=True)
    ]


@given(
    lengths=st.lists(st.integers(1, 90), max_size=30),
    size=st.integers(8, 60),
    overlap=st.integers(0, 6),
)
def test_every_piece_is_read_from_one_window(lengths: list[int], size: int, overlap: int) -> None:
    paragraphs = np.repeat(np.arange(len(lengths)), lengths)
    packed = pack_windows(paragraphs, size=size, overlap=overlap)
    kept = [i for window in packed for i in range(window.kept_start, window.kept_stop)]
    assert kept == list(range(len(paragraphs)))
    for window in packed:
        assert 0 <= window.start <= window.kept_start < window.kept_stop <= window.stop <= window.start + size


@given(lengths=st.lists(st.integers(1, 20), min_size=1, max_size=30))
def test_short_paragraphs_are_not_cut(lengths: list[int]) -> None:
    edges = {0, *np.cumsum(lengths).tolist()}
    packed = pack_windows(np.repeat(np.arange(len(lengths)), lengths), size=20, overlap=4)
    assert {window.start for window in packed} | {window.stop for window in packed} <= edges


def test_a_cut_paragraph_is_read_away_from_the_cut() -> None:
    first, second = pack_windows(np.zeros(30, dtype=np.int64), size=20, overlap=8)
    assert (first.start, first.stop, first.kept_stop) == (0, 20, 16)
    assert (second.start, second.kept_start, second.stop) == (12, 16, 30)


@needs_model
def test_the_weights_of_the_quote_tagger_stay_small() -> None:
    assert (MODELS / "quotes" / "model.onnx").stat().st_size <= 25_000_000


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(FramingError, match=str(tmp_path)):
        Encoder(tmp_path)


@needs_model
@pytest.mark.parametrize("name", ["quotes", "tone"])
def test_a_network_with_other_answers_than_known_is_refused(tmp_path: Path, name: str) -> None:
    """Sums that overflow in one head of the tone network were not noticed for two days."""
    for path in (MODELS / name).glob("*.*"):
        (tmp_path / path.name).symlink_to(path)
    Encoder(tmp_path)
    known = tmp_path / module.KNOWN_ANSWERS
    answers = json.loads(known.read_text(encoding="utf-8"))
    last = np.array(answers[-1]["output"])
    answers[-1]["output"] = (last + 2 * (np.arange(last.shape[-1]) == 1)).tolist()
    known.unlink()
    known.write_text(json.dumps(answers), encoding="utf-8")
    with pytest.raises(FramingError, match=r"model\.onnx: the network gives wrong results on this processor"):
        Encoder(tmp_path)


@needs_model
def test_the_network_answers_for_each_piece(encoder: Encoder) -> None:
    pieces = encoder.tokenize("The minister said trade would grow.\n" * 60)
    features = np.zeros((len(pieces), 3), dtype=np.int64)
    found = encoder.run(pieces, features=features)
    assert found.shape == (len(pieces), encoder.config["columns"])
    assert np.isfinite(found).all() and (np.abs(found).sum(axis=1) > 0).all()
    assert np.array_equal(found, encoder.run(pieces, features=features))


@needs_model
def test_a_window_knows_nothing_of_the_others(encoder: Encoder) -> None:
    line = "The minister said trade would grow this year.\n"
    size = len(encoder.tokenize(line))
    whole = encoder.config["window"] // size * size  # pieces of the first window
    pieces = encoder.tokenize(line * 60)
    features = np.zeros((len(pieces), 3), dtype=np.int64)
    alone = encoder.tokenize(line * (whole // size))
    found = encoder.run(pieces, features=features)
    assert np.array_equal(found[:whole], encoder.run(alone, features=features[:whole]))


@pytest.mark.parametrize(
    ("added", "expected"), [(255 * 127 * 16, {}), (2**15 * 8, {"session.x64quantprecision": "1"})]
)
def test_exact_sums_are_asked_for_where_8_bit_products_overflow(monkeypatch, added, expected):
    class Network:
        def run(self, outputs, inputs):
            return [np.full((16, 16), added)]

    opened = []
    monkeypatch.setattr(
        module, "_open", lambda path, **entries: opened.append((path.name, entries)) or Network()
    )
    module._int8_overflows.cache_clear()
    module._session(Path("model.onnx"))
    module._int8_overflows.cache_clear()
    assert opened == [("eight_bit_sums.onnx", {}), ("model.onnx", expected)]
