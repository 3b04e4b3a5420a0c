"""What is written is read again: everything in our own formats, and in the others all that they can hold."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from analysis.errors import StudyError
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
odd = st.one_of(  # what formats of words trip over
    st.sampled_from(
        ["a_b", "+a", "@a", "50%", "<of> a", "a*b", "wh?t", "2015", "article 5", "#a", '"a b"', "“a b”"]
    ),
    st.sampled_from(
        ["(=US|us|American) strike*", "cut from =SWIFT", "(a_b|wom?n|c*d|+e) f", "(a|~negotiate)", "-a"]
    ),
    st.sampled_from(["a\tb", "a\x0bb", "a\u2028b", "a; b", "'s", "a's", "a&b <c", "anti-war*", "É*", "a,b"]),
)
_quiet = re.compile(r"^'")
texts = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"], include_characters="\n"), max_size=30
).map(str.strip)
lines = texts.map(lambda t: " ".join(t.split())).filter(lambda t: t and not _quiet.match(t))
labels = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=9).filter(
    str.strip
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
    written = write_codebook(codebook, path)
    return read_codebook(path), written


def tree(codebook, *, nesting=True, definitions=False):
    """Ids with the terms that count for each theme: its own and, where themes are nested, all below it."""
    found = {theme.id: set() for theme in codebook.themes}
    for theme in codebook.themes:
        for theme_id in (theme.id, *codebook.ancestors(theme.id)) if nesting else (theme.id,):
            found[theme_id].update(pattern.casefold() for pattern in theme.patterns)
    return {
        (
            theme.id,
            theme.parent if nesting else None,
            theme.definition if definitions else None,
            frozenset(found[theme.id]),
        )
        for theme in codebook.themes
    }


@pytest.mark.parametrize("suffix", LOSSLESS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_formats_of_words_keep_words_and_nesting(suffix, tmp_path, data):
    codebook = data.draw(codebooks(terms, labels, lines))
    found, written = read_back(codebook, tmp_path, suffix)
    kept = {"nesting": suffix in NESTING, "definitions": suffix in DEFINITIONS}
    assert tree(found.codebook, **kept) == tree(codebook, **kept)
    assert written.count("pattern", "left out") == written.count("pattern", "changed") == 0
    assert (written.count("definition", "left out") == 0) == (suffix in DEFINITIONS)
    if suffix == ".dic":
        lost = {loss.theme: loss.written for loss in written.losses if loss.what == "label"}
        for theme in codebook.themes:
            label = lost.get(theme.id, theme.label) or theme.id
            assert found.codebook[theme.id].label == " ".join(label.split())


@pytest.mark.parametrize("suffix", PLAIN)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_written_is_read_and_the_rest_is_listed(suffix, tmp_path, data):
    book = codebooks(st.one_of(rich, odd), labels, texts.filter(bool))
    codebook = data.draw(book)
    try:
        found, written = read_back(codebook, tmp_path, suffix)
    except StudyError as error:
        assert "cannot represent any pattern" in str(error)
        return
    left_out = {loss.theme for loss in written.losses if loss.what == "theme"}
    assert [note for note in found.notes if "kept in the subcategory" not in note] == []
    assert {theme.id for theme in found.codebook.themes} == {t.id for t in codebook.themes} - left_out
    assert sum(len(theme.patterns) for theme in found.codebook.themes) == written.n_terms
    told = {(loss.theme, loss.text): loss for loss in written.losses if loss.what == "pattern"}
    counted = {row[0]: row[3] for row in tree(found.codebook, nesting=suffix in NESTING)}
    for theme in codebook.themes:
        for pattern in theme.patterns:
            loss = told.get((theme.id, pattern))
            if loss is None:  # then every word and phrase of it is in the file
                assert not re.search(r"[{~]|NEAR|^=|[(|\s]=", pattern)
                terms = expanded(pattern)
            else:
                terms = {term.casefold() for term in loss.written.split("; ") if term}
                assert bool(terms) == (loss.fate == "changed") and loss.reason
            assert terms <= counted.get(theme.id, set()), (pattern, loss)


def expanded(pattern):
    """Alternatives written out, by another way than the one that is tested."""
    pattern = re.sub('["“”]', " ", pattern)
    match = re.search(r"\(([^()]*)\)", pattern)
    if match is None:
        return {" ".join(pattern.split()).casefold()}
    ways = (pattern[: match.start()] + way + pattern[match.end() :] for way in match[1].split("|"))
    return set().union(*map(expanded, ways))


def test_the_bundled_codebook(study, tmp_path):
    for suffix in LOSSLESS:
        found, _ = read_back(study.codebook, tmp_path, suffix)
        assert found.codebook.themes == study.codebook.themes, suffix
    for suffix in PLAIN:
        found, written = read_back(study.codebook, tmp_path, suffix)
        assert [note for note in found.notes if "kept in the subcategory" not in note] == []
        assert [theme.id for theme in found.codebook.themes] == [theme.id for theme in study.codebook.themes]
        assert "US aggression" in found.codebook["us_hostility"].patterns
        assert any("patterns left out: gaps and NEAR" in note for note in written.notes)
        assert any("changed: the format is not case-sensitive" in note for note in written.notes)
        assert written.count("exception", "left out") == written.n_exceptions > 40
        assert len(written.table()) == len(written.losses)
    assert {*LOSSLESS, *PLAIN, ".yaml"} == set(WRITTEN)


def test_the_scope(study, tmp_path):
    wide = Codebook.from_data(study.codebook.model_dump() | {"scope": "codebook"})
    found, written = read_back(wide, tmp_path, ".yml")
    assert found.codebook == wide and written.notes == ()
    found, written = read_back(wide, tmp_path, ".csv")
    assert "1 scope left out: the format has no field for it" in written.notes


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
        found, written = read_back(codebook, tmp_path, suffix)
        assert [theme.id for theme in found.codebook.themes] == ["a", "b"]
        assert any(
            "theme left out: this format cannot represent any of its patterns: 'c'" in n
            for n in written.notes
        )
    only_gaps = Codebook.from_data({"title": "t", "themes": themes[2:]})
    for suffix in PLAIN:
        with pytest.raises(StudyError, match=r"cannot represent any pattern.*\.yml"):
            write_codebook(only_gaps, tmp_path / f"none{suffix}")


@pytest.mark.parametrize("suffix", [*LOSSLESS, *PLAIN])
def test_a_theme_that_only_holds_others(tmp_path, suffix):
    themes = [
        {"id": "top", "label": "Top", "definition": "-"},
        {"id": "sea", "label": "Sea", "definition": "-", "parent": "top", "patterns": []},
        {"id": "fish", "label": "Fish", "definition": "-", "parent": "sea", "patterns": ["fish*"]},
    ]
    found, written = read_back(Codebook.from_data({"title": "t", "themes": themes}), tmp_path, suffix)
    if suffix in (".lcd", ".lc3"):
        assert [theme.id for theme in found.codebook.themes] == ["fish"]
        assert written.count("theme", "left out") == 2
    else:
        told = [(theme.id, theme.parent, theme.patterns) for theme in found.codebook.themes]
        assert told == [("top", None, ()), ("sea", "top", ()), ("fish", "sea", ("fish*",))]


def test_where_themes_stand_side_by_side_a_shared_term_stays_with_both(tmp_path):
    themes = [
        {"id": "sea", "label": "Sea", "definition": "-", "patterns": ["fish*"]},
        {"id": "fish", "label": "Fish", "definition": "-", "parent": "sea", "patterns": ["fish*", "cod"]},
    ]
    found, _ = read_back(Codebook.from_data({"title": "t", "themes": themes}), tmp_path, ".lc3")
    assert [theme.patterns for theme in found.codebook.themes] == [("fish*",), ("fish*", "cod")]


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
    assert (tmp_path / "book.cat").read_text() == "sea\n\tcaspian_sea (1)\n\tfish\n\t\tFish* (1)\n"
    read_back(codebook, tmp_path, ".dic")
    assert (
        tmp_path / "book.dic"
    ).read_text() == "%\n1\tsea\t(Sea)\n\t2\tfish\t(Fish)\n%\nFish*\t1\t2\ncaspian sea\t1\n"
