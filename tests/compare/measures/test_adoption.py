"""Adoption: own, distanced and quoted uses, counted on articles small enough to count by hand."""

import dataclasses

import pytest

import analysis
from analysis.compare.measures import adoption
from analysis.errors import FramingError
from analysis.evidence.sentences import with_sentences
from tests.compare.made_up import one
from tests.conftest import record

TEXT = (
    "The invasion of Ukraine goes on, and the so-called special military operation has cost much. "
    "In the third year a “special military operation” has become a way of life.\n\n"
    "“The special military operation goes as planned,” a Russian diplomat said on Monday in the capital."
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory, study):
    import json

    path = tmp_path_factory.mktemp("adoption") / "articles.jsonl"
    rows = [record(n, text=f"{TEXT} Number {n}.", outlet=f"Outlet {n % 2}") for n in range(8)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return analysis.annotate(analysis.read_articles(str(path)), study, progress=False)


def test_distance_is_neither_use_nor_quote(tables):
    hits = adoption.term_hits(tables)
    first = hits[hits["article_id"] == hits["article_id"].iloc[0]]
    assert list(zip(first["term"], first["use"], first["voice"], strict=True)) == [
        ("invasion", "own", "outlet"),
        ("special_operation", "distanced", "outlet"),
        ("special_operation", "distanced", "outlet"),
        ("special_operation", "quoted", "russia"),
    ]
    texts = with_sentences(hits, tables)["sentence_text"]
    assert all(hit in sentence for hit, sentence in zip(hits["text"], texts, strict=True))


def test_shares_of_uses_add_up(tables):
    shares = adoption.term_adoption(tables)
    used = shares[shares["denominator"] > 0]
    assert set(used["term"]) == {"invasion", "special_operation"}
    quoted = one(used, outlet="Outlet 0", term="special_operation", use="quoted")
    assert (quoted["numerator"], quoted["denominator"], quoted["n"]) == (4, 12, 4)
    assert used.groupby(["outlet", "term"])["estimate"].sum().round(9).eq(1).all()


def test_word_choice_is_about_the_outlets_own_words(tables):
    chosen = adoption.word_choice(tables, by=[])
    assert one(chosen, term="invasion")["estimate"] == 1
    assert one(chosen, term="special_operation")[["numerator", "denominator"]].tolist() == [0, 8]


def test_rates_are_per_words_of_the_voice(tables):
    rates = adoption.term_rates(tables, by=[])
    words = tables.tones.groupby("voice")["n_words"].sum()
    own = one(rates, term="invasion", voice="outlet")
    assert own["estimate"] == pytest.approx(1000 * 8 / words["outlet"])
    assert one(rates, term="special_operation", voice="outlet")["numerator"] == 0
    assert one(rates, term="special_operation", voice="quoted")["numerator"] == 8


def test_theme_adoption_on_the_bundled_corpus(bundled):
    found = adoption.theme_adoption(bundled, by=[], themes=["sanctions"])
    hits = bundled.themes[bundled.themes["theme"] == "sanctions"]
    assert one(found)[["numerator", "denominator"]].tolist() == [(hits["voice"] == "outlet").sum(), len(hits)]
    assert one(found)["ci95_low"] < one(found)["estimate"] < one(found)["ci95_high"]


def test_a_study_without_terms_says_so(tables):
    without = dataclasses.replace(tables, study=dataclasses.replace(tables.study, loaded_terms=None))
    with pytest.raises(FramingError, match=r"no loaded terms.*loaded_terms\.yml"):
        adoption.term_hits(without)
