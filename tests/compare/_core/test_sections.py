"""The part of a hit, and words by voice and part, on the bundled corpus."""

from analysis.compare._core.sections import with_parts, words_by_part


def test_words_add_up_to_those_of_each_voice(bundled):
    words = words_by_part(bundled)
    summed = words.groupby(["article_id", "voice"])["n_words"].sum()
    told = bundled.tones.set_index(["article_id", "voice"])["n_words"]
    assert summed.to_dict() == told[told > 0].to_dict()
    assert set(words["part"]) == {"headline", "lead", "body"}
    per_article = words[words["part"] != "body"].groupby("article_id")["part"].nunique()
    assert (per_article == 2).all() and len(per_article) == len(bundled.articles)


def test_every_hit_has_a_part(bundled):
    titles = bundled.articles.set_index("article_id")["title"]
    for rows in (bundled.themes, bundled.mentions, bundled.quotes):
        found = with_parts(rows, bundled)
        assert found.drop(columns="part").equals(rows)
        in_headline = found["start"] < found["article_id"].map(titles.str.len())
        assert ((found["part"] == "headline") == in_headline).all()
