"""Fingerprints: the same for the same content, another for any change."""

from hypothesis import given
from hypothesis import strategies as st

from analysis import provenance

parts = st.lists(st.text(max_size=5), max_size=4)


@given(parts, parts)
def test_different_parts_have_different_fingerprints(one, other):
    assert (provenance.fingerprint(*one) == provenance.fingerprint(*other)) == (one == other)


def test_articles_have_one_fingerprint_in_any_order_and_another_when_a_word_changes(bundled):
    articles = bundled.articles
    same = provenance.articles_fingerprint([articles.iloc[9:], articles.iloc[:9]])
    assert same == provenance.articles_fingerprint([articles])
    changed = articles.assign(text=articles["text"].where(articles.index != 3, "another text"))
    assert provenance.articles_fingerprint([changed]) != same


def test_a_run_is_recorded_without_the_time_of_day(bundled, study):
    run = provenance.run_record([bundled.articles], 52, study.fingerprint(), bundled.run["language_model"])
    assert run == bundled.run
    assert run["libraries"].keys() >= {"python", "spacy", "pandas"}
    other = provenance.run_record([bundled.articles], 52, "another study", bundled.run["language_model"])
    assert other["fingerprint"] != run["fingerprint"]
