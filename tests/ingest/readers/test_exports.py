"""What all exports and corpora have in common: every article with its fields, and no words of the archive."""

import re

import pandas as pd
import pytest

from analysis.corpus import families
from analysis.ingest import read
from benchmarks.formats import mutations
from benchmarks.made_corpora import CORPORA
from benchmarks.made_exports import EXPORTS, made_articles

MADE = made_articles(5)
FILES = {**EXPORTS, **CORPORA}
CASES = [
    (name, language)
    for name, (_, languages) in FILES.items()
    for language in languages
    if not name.startswith("telegram")  # posts have no headline; see test_telegram.py
]
NOT_IN_A_TEXT = re.compile(
    r"Copyright|©|\(c\)|Rights Reserved|LOAD-DATE|Load-Date|UPDATE:|LENGTH|Length:|gcat|\^[А-Я]{2}:|"
    r"\d+ (?:words|Wörter|mots|palabras|字)\b|DOCUMENTS|Dokument|End of Document|Classification|ProQuest|HARTI|"
    r"certificat|Job Number|Language"
)


@pytest.fixture(scope="module")
def readings(tmp_path_factory):
    """What is read of each export, read once."""
    folder = tmp_path_factory.mktemp("exports")
    found = {}
    for name, language in CASES:
        path = folder / f"{language}_{name}"
        path.write_bytes(FILES[name][0](MADE, language))
        found[name, language] = read(path)
    return found


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_article_is_read_with_its_fields(readings, name, language):
    reading = readings[name, language]
    assert reading.rejects.empty, reading.rejects["detail"].tolist()
    assert reading.notes == ()
    archive = re.split(r"[_.]", name)[0]
    assert {form.lower() for form in reading.formats.values()} == {archive}
    rows = {row["title"]: row for row in reading.articles.to_dict("records")}
    assert set(rows) == {made.title for made in MADE}
    for made in MADE:
        row = rows[made.title]
        assert row["outlet"] == made.outlet
        assert f"{row['published']:%Y-%m-%d}" == str(made.day)
        assert row["author"] == made.author
        assert row["text"] == "\n\n".join(made.paragraphs)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_no_words_of_the_archive_are_in_a_text(readings, name, language):
    for text in readings[name, language].articles["text"]:
        assert not NOT_IN_A_TEXT.search(text)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_the_name_of_the_file_does_not_matter(readings, name, language, tmp_path):
    if name.endswith((".txt", ".docx", ".rtf", ".conllu")):
        path = tmp_path / "download.dat"
        path.write_bytes(FILES[name][0](MADE, language))
        assert read(path).articles["title"].tolist() == readings[name, language].articles["title"].tolist()


@pytest.mark.parametrize(("name", "language"), CASES)
def test_the_clean_table_gives_the_same_ids_as_the_file(readings, name, language, tmp_path):
    before = readings[name, language].articles
    before.to_parquet(tmp_path / "articles.parquet")
    after = read(tmp_path / "articles.parquet").articles
    assert after["article_id"].tolist() == before["article_id"].tolist()
    assert after["family_id"].tolist() == before["family_id"].tolist()


@pytest.mark.parametrize("name", ["mail.mbox", "newsml_g2.xml", "factiva.xml"])
def test_articles_that_were_saved_keep_their_ids_and_fields(readings, name, tmp_path):
    before = readings[name, "en"].articles
    before.to_parquet(tmp_path / "articles.parquet")  # as `framing inspect --out` does
    after = read(tmp_path / "articles.parquet").articles
    pd.testing.assert_frame_equal(after.drop(columns="source_file"), before.drop(columns="source_file"))


def test_the_same_article_in_two_archives_is_one_family(readings):
    nexis, factiva = (readings[name, "en"].articles for name in ("nexis.docx", "factiva.html"))
    assert nexis["text"].tolist() != factiva["text"].tolist() or set(nexis["article_id"]) != set(
        factiva["article_id"]
    )
    both = families(pd.concat([nexis, factiva], ignore_index=True))
    assert both.groupby("title")["family_id"].nunique().tolist() == [1] * len(MADE)


def test_damaged_exports_lose_no_article_without_a_word():
    """Some seeds of `python -m benchmarks.formats --mutations 5000`; each document is an article or is refused."""
    found = mutations(148)
    assert [one for one in found if one.error or one.lost] == []
    assert sum(one.articles for one in found) > sum(one.refused for one in found) > 0
