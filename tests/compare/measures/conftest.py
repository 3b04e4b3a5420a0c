"""Four short articles on two sides, measured by the toolkit."""

import dataclasses

import pytest

from analysis.annotators.article import Article
from analysis.annotators.pipeline import annotate_batch
from analysis.schemas import TABLES
from analysis.tables import Tables

TEXTS = {
    "a": "Russia praised Iran. The two countries are strategic partners. Nobody minded the rain.",
    "b": "Iran condemned Russia. Russia and Iran signed a treaty. Israel attacked Iran.",
    "c": "Russia may attack Iran. They never trusted one another.",
    "d": "Iran sells carpets to Turkey. They are friends.",
}


@pytest.fixture(scope="session")
def tables(study):
    rows = annotate_batch([Article(name, "", text, None, "test") for name, text in TEXTS.items()], study)
    articles = TABLES["articles"].frame(
        [
            {
                "article_id": name, "outlet": "One" if name < "c" else "Two", "published": "2024-01-01",
                "title": "", "text": text, "language": "en", "family_id": name, "n_words": len(text.split()),
                "source_file": "test",
            }
            for name, text in TEXTS.items()
        ]
    )  # fmt: skip
    return dataclasses.replace(Tables.from_rows(rows, articles=articles), study=study)
