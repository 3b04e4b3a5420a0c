"""Looking up a codebook again finds what the run found."""

import pandas as pd

from analysis.compare._core.codebook_hits import codebook_hits


def test_the_codebook_of_the_study_gives_the_table_of_the_run(bundled):
    some = set(bundled.articles["article_id"].head(5))
    again = codebook_hits(bundled, bundled.study.codebook, some)
    run = bundled.themes[bundled.themes["article_id"].isin(some)].reset_index(drop=True)
    columns = [name for name in run.columns if name != "probability"]
    pd.testing.assert_frame_equal(again[columns], run[columns])
