"""What is special in exports of Europresse."""

# ruff: noqa: E501 (the lines of an export stay whole)

from pathlib import Path

import pytest

from analysis.ingest import read
from benchmarks.made_exports import europresse_html, made_articles

SHARED = Path(__file__).parents[4] / "shared" / "data" / "formats" / "europresse"
MADE = made_articles(2)
OLD = """<html><body><table><tr><td><span class="DocPublicationName">La Gazette, no. 59</span><br><span class="DocHeader">Monde,
</span><span class="DocHeader">jeudi </span><span class="DocHeader">4 octobre 2012</span><br><br>Un surtitre<br><span
class="TitreArticleVisu">Un <span style="color:red">titre</span></span><br><br>Anne Plume<br><p></p>Le premier paragraphe.<p></p>
Le second.<p></p><b><i>© 2012 La Gazette. Tous droits réservés.</i></b><p></p>Numéro de document : news·20121004·LG·15<br>
<table><tr><td>Ce certificat est émis à <b>une université</b>.</td></tr></table></td></tr></table></body></html>"""


def test_the_older_layout(tmp_path):
    (tmp_path / "a.html").write_text(OLD, "utf-8")
    (row,) = read(tmp_path / "a.html").articles.to_dict("records")
    assert (row["title"], row["outlet"], row["author"]) == ("Un titre", "La Gazette", "Anne Plume")
    assert row["text"] == "Le premier paragraphe.\n\nLe second."
    assert (row["article_id"], f"{row['published']:%Y-%m-%d}") == ("news·20121004·LG·15", "2012-10-04")
    assert (row["extra_section"], row["extra_issue"], row["extra_subtitle"]) == (
        "Monde",
        "no. 59",
        "Un surtitre",
    )


def test_page_and_length_of_the_present_layout(tmp_path):
    (tmp_path / "a.html").write_bytes(europresse_html(MADE))
    rows = read(tmp_path / "a.html").articles.set_index("title")
    assert rows.loc[MADE[0].title, ["extra_page", "extra_length"]].tolist() == ["1", f"{MADE[0].words} mots"]


def test_an_article_without_text_is_refused(tmp_path):
    text = europresse_html(MADE).decode()
    start, end = text.index("<section>"), text.index("</section>")
    (tmp_path / "a.html").write_text(text[:start] + text[end:], "utf-8")
    assert read(tmp_path / "a.html").rejects["title"].tolist() == [MADE[0].title]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/formats, which is not published")
@pytest.mark.parametrize(("number", "n"), [(1, 3), (2, 4)])
def test_real_exports(number, n):
    assert len(read(SHARED / f"tm.plugin.europresse__texts__europresse_test{number}.html").articles) == n
