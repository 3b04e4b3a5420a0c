"""Quotes and speakers of the bundled corpus against its hand coding: floors that a change may raise, never lower."""

import pandas as pd
import pytest

from benchmarks import speakers
from benchmarks.quote_matching import Pair, end_to_end_f1, pairs, quotes_in_words
from tests.conftest import DATA

F1_FLOORS = {"all": 79.0, "quoted": 95.0}  # content and source together, in per cent
# Shares of `python -m benchmarks.speakers`, a little below what was measured.
SPEAKER_FLOORS = {
    "coded quotes found": 0.76,
    "own quotes that are coded": 0.83,
    "speaker right or correctly none, of quotes found": 0.96,
    "speaker right, where one is named": 0.93,
    "speaker right, where one is coded": 0.92,
    "side right, of quotes found": 0.88,
    "speaker right or correctly none, of all coded quotes": 0.72,
    "side right, of all coded quotes": 0.66,
}


@pytest.fixture(scope="module")
def spans(bundled):
    texts = dict(zip(bundled.articles["article_id"], bundled.articles["text"], strict=True))
    gold = pd.read_csv(DATA / "gold" / "quotes.csv", dtype={"article_id": "str"})
    found = bundled.quote_spans.merge(bundled.quotes[["quote_id", "article_id"]], on="quote_id")
    return texts, gold, found


def f1(texts, gold, found):
    return end_to_end_f1(
        quotes_in_words(gold, texts, quote="quote"), quotes_in_words(found, texts, quote="quote_id")
    )


def test_floor_over_all_quotes(spans):
    assert f1(*spans) >= F1_FLOORS["all"]


def test_floor_over_quotes_with_quotation_marks(spans):
    texts, gold, found = spans

    def quoted(spans, quote):
        marks = [
            row.role == "content"
            and any(mark in texts[row.article_id][row.start - 1 : row.end + 1] for mark in '“”"')
            for row in spans.itertuples()
        ]
        keys = set(zip(spans["article_id"][marks], spans[quote][marks], strict=True))
        return spans[[key in keys for key in zip(spans["article_id"], spans[quote], strict=True)]]

    assert f1(texts, quoted(gold, "quote"), quoted(found, "quote_id")) >= F1_FLOORS["quoted"]


@pytest.fixture(scope="module")
def speaker_scores(bundled):
    coding = speakers.coding(DATA / "gold" / "quotes.csv", DATA / "gold" / "speakers.csv")
    matched = speakers.match(bundled, *coding)
    return matched, speakers.speaker_scores(matched).set_index("measure")


def test_speakers_of_the_quotes_found_keep_their_floors(speaker_scores):
    _, table = speaker_scores
    shares = table["share"]
    assert {
        measure: shares[measure] for measure, floor in SPEAKER_FLOORS.items() if shares[measure] < floor
    } == {}


def test_each_share_is_of_what_it_says(speaker_scores, bundled):
    matched, table = speaker_scores
    n_coded = len(pd.read_csv(DATA / "gold" / "speakers.csv"))
    assert (matched["coded"] | matched["found"]).all()
    assert table.loc["coded quotes found", "n"] == matched["coded"].sum() == n_coded
    assert table.loc["own quotes that are coded", "n"] == matched["found"].sum() == len(bundled.quotes)
    assert matched.loc[matched["found"], "quote_id"].is_unique
    found = table.loc["coded quotes found", "right"]
    assert table.loc["speaker right or correctly none, of quotes found", "n"] == found
    both = [
        "speaker right or correctly none, of quotes found",
        "speaker right or correctly none, of all coded quotes",
    ]
    assert table.loc[both[0], "right"] == table.loc[both[1], "right"]
    assert table["share"].between(table["ci95_low"], table["ci95_high"]).all()


def words(**quotes):
    """Quotes of one article as sets of words, each (content, source)."""
    return {
        "a": {
            name: {"content": frozenset(content), "source": frozenset(source)}
            for name, (content, source) in quotes.items()
        }
    }


def test_a_quote_is_found_where_half_of_its_words_are_and_only_once():
    coded = words(one=({1, 2, 3, 4}, {0}), two=({8, 9}, {7}), three=({20, 21, 22}, set()))
    found = words(x=({3, 4}, {0}), y=({1, 2, 3}, {30}), z=({9, 10, 11}, {7}), w=({20, 21, 22}, set()))
    assert set(pairs(coded, found)) == {Pair("a", "one", "y", False), Pair("a", "three", "w", True)}
    assert end_to_end_f1(coded, found) == pytest.approx(200 / 7)


def test_the_command(capsys, monkeypatch, bundled, tmp_path):
    monkeypatch.setattr(speakers, "measured", lambda study: bundled)
    speakers.main(["--wrong", "--out", str(tmp_path / "table.csv")])
    said = capsys.readouterr().out
    table = pd.read_csv(tmp_path / "table.csv")
    assert set(SPEAKER_FLOORS) <= set(table["measure"]) and all(m in said for m in table["measure"])
    assert (
        said.count("    coded ")
        >= table.set_index("measure").eval("n - right")["side right, of quotes found"]
    )
