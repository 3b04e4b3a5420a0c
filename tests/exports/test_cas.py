"""UIMA CAS files: every row is an annotation on its words, and coding is read back."""

import pytest

import analysis

cassis = pytest.importorskip("cassis")


@pytest.fixture(scope="module")
def few(bundled):
    return bundled.select(bundled.articles["article_id"].iloc[:2])


@pytest.fixture(scope="module")
def files(few, tmp_path_factory):
    return analysis.export(few, tmp_path_factory.mktemp("cas") / "xmi", to="xmi").files


def test_every_row_is_an_annotation_on_its_words(few, files):
    types = cassis.load_typesystem(files[0].read_bytes().decode("utf-8"))
    words, spans = [], 0
    for path in files[1:]:
        cas = cassis.load_cas_from_xmi(path.read_text(encoding="utf-8"), typesystem=types)
        words += [(a.theme, a.get_covered_text()) for a in cas.select("framing.Theme")]
        spans += len(cas.select("framing.QuoteSpan"))
    assert sorted(words) == sorted(zip(few.themes["theme"], few.themes["text"], strict=True))
    assert spans == len(few.quote_spans) > 0
    assert [path.name for path in files] == ["TypeSystem.xml", "00001.xmi", "00002.xmi"]
