"""Several articles that were taken for one."""

import pytest

from analysis.ingest.mixed import several_articles

ONE = "The envoys met in the port.\n\nLENGTH of the talks: three hours.\n\nThey will meet again."


def test_an_article_is_an_article():
    assert several_articles(ONE, alone=True) is None


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n\n        2 of 9 DOCUMENTS\n\n{ONE}",
        f"{ONE}\n\nDokument 2 von 9\n\n{ONE}",
        f"LENGTH: 9 words\n{ONE}\nLOAD-DATE: May 1, 2020\nLENGTH: 9 words\n{ONE}\nLOAD-DATE: May 2, 2020",
        f"WC\n9 words\nAN\nx\n{ONE}\nWC\n9 words\nAN\ny",
    ],
)
def test_field_codes_of_an_export_are_asked_about(text):
    reason, question = several_articles(text, alone=False)
    assert reason == "not_split"
    assert "Is it an export?" in question


def test_a_very_long_file_is_asked_about_but_a_long_row_is_not():
    text = "word " * 20_001
    reason, question = several_articles(text, alone=True)
    assert (reason, "20,001 words. Does it hold several articles?" in question) == ("not_split", True)
    assert several_articles(text, alone=False) is None
