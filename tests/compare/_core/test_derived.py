"""Rows derived from texts are made once for all articles, and selections get their part."""

from analysis.compare._core.derived import derived_rows


def test_selections_get_their_part_of_the_rows_of_all(bundled):
    made, key = [], object()

    def make(tables):
        made.append(len(tables.metadata))
        return tables.articles[["article_id"]]

    ids = bundled.metadata["article_id"]
    assert len(derived_rows(bundled.select(ids[:3]), key, make)) == 3
    assert made == [3], "few articles of many are read alone"
    for chosen in (ids[3:], ids[:5], ids):
        rows = derived_rows(bundled.select(chosen), key, make)
        assert sorted(rows["article_id"]) == sorted(chosen)
    assert made == [3, len(ids)]
    changed = bundled.with_rejects()  # other tables, whose rows may differ
    derived_rows(changed, key, make)
    assert made == [3, len(ids), len(ids)]
