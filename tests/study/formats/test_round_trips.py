"""What is written is read again: everything in our own formats, and in the others all that they can hold."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from analysis.study.codebook import Codebook
from analysis.study.formats import WRITTEN, read_codebook, write_codebook

LOSSLESS = [".yml", ".csv", ".qdc"]
PLAIN = [".dic", ".cat", ".ykd", ".lcd", ".lc3"]
NESTING = {".dic", ".cat", ".ykd"}
DEFINITIONS = {".ykd"}

words = st.from_regex(r"[a-zäß]{1,6}\*?", fullmatch=True)
terms = st.lists(words, min_size=1, max_size=3).map(" ".join)
rich = st.one_of(
    terms,
    terms.map(lambda t: f"={t}"),
    st.tuples(words, words).map(lambda w: f"{w[0]} NEAR/3 ({w[1]}|~negotiate)"),
    st.tuples(words, words, words).map(lambda w: f"({w[0]}|{w[1]}) {{0,2}} {w[2]}"),
)
_quiet = re.compile(r"^'")
texts = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"], include_characters="\n"), max_size=30
).map(str.strip)
lines = texts.map(lambda t: " ".join(t.split())).filter(lambda t: t and not _quiet.match(t))
labels = st.text(
    st.characters(categories=["L", "N", "P"], exclude_characters="()%@+'"), min_size=1, max_size=9
)


@st.composite
def codebooks(draw, pattern, label, definition):
    names = draw(st.lists(label, min_size=1, max_size=5, unique_by=str.casefold))
    themes = []
    for number, name in enumerate(names):
        parents = [None, *(theme["id"] for theme in themes)]
        themes.append(
            {
                "id": f"theme{number}",
                "label": name,
                "definition": draw(definition),
                "parent": draw(st.sampled_from(parents)),
                "patterns": draw(st.lists(pattern, min_size=1, max_size=4, unique_by=str.casefold)),
            }
        )
    return Codebook.from_data({"title": "book", "themes": themes})


def read_back(codebook, folder, suffix):
    path = folder / f"book{suffix}"
    notes = write_codebook(codebook, path)
    return read_codebook(path), notes


def tree(codebook, *, nesting=True, definitions=False):
    """Names by path, with the terms that count for each theme: its own and all below it."""
    found = {}
    for theme in codebook.themes:
        chain = (theme.id, *codebook.ancestors(theme.id)) if nesting else (theme.id,)
        for theme_id in chain:
            found.setdefault(theme_id, set()).update(pattern.casefold() for pattern in theme.patterns)
    labels = {theme.id: theme.label for theme in codebook.themes}
    return {
        (
            labels[theme.id],
            labels.get(theme.parent) if nesting else None,
            theme.definition if definitions else None,
            frozenset(found[theme.id]),
        )
        for theme in codebook.themes
    }


@pytest.mark.parametrize("suffix", LOSSLESS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_own_formats_keep_everything(suffix, tmp_path, data):
    codebook = data.draw(codebooks(rich, lines, texts.filter(lambda t: t and not _quiet.match(t))))
    extended = codebook.model_dump()
    for theme in extended["themes"]:
        theme["group"] = data.draw(st.sampled_from(["issue", "generic", "relationship"]))
        theme["include"], theme["exclude"] = data.draw(lines), data.draw(lines)
        theme["exceptions"] = data.draw(st.lists(rich, max_size=2, unique_by=str.casefold))
    codebook = Codebook.from_data(extended)
    found, _ = read_back(codebook, tmp_path, suffix)
    assert found.notes == ()
    assert {theme.id: theme for theme in found.codebook.themes} == {
        theme.id: theme for theme in codebook.themes
    }


@pytest.mark.parametrize("suffix", PLAIN)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_formats_of_words_keep_words_and_nesting(suffix, tmp_path, data):
    codebook = data.draw(codebooks(terms, labels, lines))
    found, notes = read_back(codebook, tmp_path, suffix)
    kept = {"nesting": suffix in NESTING, "definitions": suffix in DEFINITIONS}
    if suffix in NESTING:
        assert tree(found.codebook, **kept) == tree(codebook, **kept)
    else:  # a term that stands below a theme, too, is written there only
        below = {theme.label: set(theme.patterns) for theme in found.codebook.themes}
        for theme in codebook.themes:
            assert below.get(theme.label, set()) <= set(theme.patterns)
        everything = {p.casefold() for theme in codebook.themes for p in theme.patterns}
        assert {p.casefold() for ps in below.values() for p in ps} == everything
    assert suffix in DEFINITIONS or "this format holds no definitions" in notes


def test_the_bundled_codebook(study, tmp_path):
    for suffix in LOSSLESS:
        found, _ = read_back(study.codebook, tmp_path, suffix)
        assert found.codebook.themes == study.codebook.themes, suffix
    for suffix in PLAIN:
        found, notes = read_back(study.codebook, tmp_path, suffix)
        assert len(found.codebook.themes) == len(study.codebook.themes)
        assert any("gaps, NEAR or stems left out" in note for note in notes)
        assert any("capitals count no longer" in note for note in notes)
        assert any("no exceptions" in note for note in notes)
    assert {*LOSSLESS, *PLAIN, ".yaml"} == set(WRITTEN)


def test_the_scope(study, tmp_path):
    wide = Codebook.from_data(study.codebook.model_dump() | {"scope": "codebook"})
    found, notes = read_back(wide, tmp_path, ".yml")
    assert found.codebook == wide and notes == ()
    found, notes = read_back(wide, tmp_path, ".csv")
    assert "this format does not hold the scope 'codebook'" in notes


def test_alternatives_are_written_out(tmp_path):
    theme = {
        "id": "a",
        "label": "A",
        "definition": "-",
        "patterns": ["(oil|natural gas) (field*|hub)", "=SCO"],
    }
    codebook = Codebook.from_data({"title": "t", "themes": [theme]})
    found, _ = read_back(codebook, tmp_path, ".lc3")
    expected = ("oil field*", "oil hub", "natural gas field*", "natural gas hub", "SCO")
    assert found.codebook.themes[0].patterns == expected


def test_equal_labels_and_empty_themes(tmp_path):
    themes = [
        {"id": "a", "label": "Same", "definition": "-", "patterns": ["fish"]},
        {"id": "b", "label": "Same", "definition": "-", "patterns": ["grain"]},
        {"id": "c", "label": "Gone", "definition": "-", "patterns": ["a {0,1} b"]},
    ]
    codebook = Codebook.from_data({"title": "t", "themes": themes})
    for suffix in PLAIN:
        found, notes = read_back(codebook, tmp_path, suffix)
        assert [theme.label for theme in found.codebook.themes] == ["Same", "Same b"]
        assert any("'Same' to 'Same b'" in note for note in notes)
        assert any("left out: 'Gone'" in note for note in notes)


def test_cells_of_a_table_are_harmless(tmp_path):
    theme = {"id": "a", "label": "=cmd|' /C calc'!A0", "definition": "@x", "patterns": ["=SCO"]}
    codebook = Codebook.from_data({"title": "t", "themes": [theme]})
    found, _ = read_back(codebook, tmp_path, ".csv")
    assert found.codebook.themes == codebook.themes
    cells = (tmp_path / "book.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")
    assert not any(cell.startswith(("=", "@", "+", "-")) for cell in cells)


# The rules of the schema once more, in a schema language, so that qdc_rules.py is not the judge of itself.
_RULES = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:QDA-XML:codebook:1.0"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="CodeBook"><optional><attribute name="origin" ns=""/></optional>
    <element name="Codes"><oneOrMore><ref name="code"/></oneOrMore></element></element></start>
  <define name="code"><element name="Code">
    <attribute name="guid" ns=""><data type="token">
      <param name="pattern">[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}</param></data></attribute>
    <attribute name="name" ns=""/><attribute name="isCodable" ns=""><data type="boolean"/></attribute>
    <optional><element name="Description"><text/></element></optional><zeroOrMore><ref name="code"/></zeroOrMore>
  </element></define>
</grammar>
"""


def test_what_is_written_as_refi_qda_obeys_the_schema(study, tmp_path):
    write_codebook(study.codebook, tmp_path / "book.qdc")
    schema = etree.RelaxNG(etree.fromstring(_RULES))
    written = etree.parse(tmp_path / "book.qdc")
    schema.assertValid(written)
    assert len(written.findall(".//{*}Code")) == len(study.codebook.themes)
    first = (tmp_path / "book.qdc").read_bytes()
    write_codebook(study.codebook, tmp_path / "book.qdc")
    assert (tmp_path / "book.qdc").read_bytes() == first


def test_a_word_of_a_theme_and_of_one_below_it_is_written_below(tmp_path):
    themes = [
        {"id": "sea", "label": "Sea", "definition": "-", "patterns": ["fish*", "caspian sea"]},
        {"id": "fish", "label": "Fish", "definition": "-", "parent": "sea", "patterns": ["Fish*"]},
    ]
    codebook = Codebook.from_data({"title": "t", "themes": themes})
    read_back(codebook, tmp_path, ".cat")
    assert (tmp_path / "book.cat").read_text() == "Sea\n\tcaspian_sea (1)\n\tFish\n\t\tFish* (1)\n"
    read_back(codebook, tmp_path, ".dic")
    assert (tmp_path / "book.dic").read_text() == "%\n1\tSea\n\t2\tFish\n%\nFish*\t1\t2\ncaspian sea\t1\n"
