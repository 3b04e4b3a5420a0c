"""Keyword in context: hits in their place, whose words they are, sorted, shown and exported without harm."""

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.compare.measures import rates
from analysis.errors import FramingError
from analysis.evidence.kwic import _after, _before
from tests.compare.made_up import tables

TEXT = (
    "Wheat leaves the port. “No more sanctions on wheat,” the envoy said. Sanctions\nbite, <b>they</b> say."
)


@pytest.fixture
def made_up():
    first, last = TEXT.index("sanctions"), TEXT.index("Sanctions")
    quote = (TEXT.index("“"), TEXT.index("”") + 1)
    hit = {"article_id": "a", "theme": "sanctions", "pattern": "sanction*"}
    return tables(
        [
            {"article_id": "a", "text": TEXT, "title": "=1+1"},
            {"article_id": "b", "text": "No wheat today.", "outlet": "@Gazette", "published": None},
        ],
        sentences=[
            {"article_id": "a", "sentence": 0, "start": 0, "end": 22},
            {"article_id": "a", "sentence": 1, "start": 23, "end": last - 1},
            {"article_id": "a", "sentence": 2, "start": last, "end": len(TEXT)},
            {"article_id": "b", "sentence": 0, "start": 0, "end": 15},
        ],
        quotes=[
            {"quote_id": "a-q0000", "article_id": "a", "sentence": 1, "side": "iran", "speaker_name": "An envoy",
             "start": quote[0], "end": quote[1]},
        ],
        quote_spans=[{"quote_id": "a-q0000", "role": "content", "start": quote[0], "end": quote[1]}],
        themes=[
            hit | {"start": first, "end": first + 9, "text": "sanctions", "sentence": 1, "voice": "iran",
                   "quote_id": "a-q0000", "negated": True},
            hit | {"start": last, "end": last + 9, "text": "Sanctions", "sentence": 2, "voice": "outlet"},
        ],
        tones=[{"article_id": "a", "voice": voice, "n_words": 8} for voice in ("iran", "outlet")],
    )  # fmt: skip


def test_of_a_theme(made_up):
    found = analysis.kwic(made_up, theme="sanctions", width=16)
    assert list(found.columns[:7]) == ["left", "hit", "right", "outlet", "published", "voice", "speaker"]
    assert found["left"].tolist() == ["port. “No more ", "the envoy said. "]
    assert found["hit"].tolist() == ["sanctions", "Sanctions"]
    assert found["right"].tolist() == [" on wheat,” the", " bite,"]
    assert found["voice"].tolist() == ["iran", "outlet"]
    assert found["speaker"].fillna("").tolist() == ["An envoy", ""]
    assert found["sentence_text"].tolist()[1] == "Sanctions bite, <b>they</b> say."
    assert found["negated"].tolist() == [True, False]


def test_of_a_pattern_with_voice_and_speaker_from_the_tables(made_up):
    found = analysis.kwic(made_up, pattern="wheat")
    assert found["outlet"].tolist() == ["@Gazette", "Harbour News", "Harbour News"]
    assert found["voice"].tolist() == ["outlet", "outlet", "iran"]
    assert found["speaker"].fillna("").tolist() == ["", "", "An envoy"]
    assert found["sentence"].tolist() == [0, 0, 1]
    assert analysis.kwic(made_up, pattern=["wheat", "=Wheat"])["pattern"].tolist().count("=Wheat") <= 1


def test_a_pattern_of_the_codebook_finds_what_the_run_found(bundled):
    own = bundled.themes.query("pattern == 'embargo*'")
    found = analysis.kwic(bundled, pattern="embargo*")
    keys = ["article_id", "start", "end", "voice", "sentence", "negated"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(found[keys]).sort_values(keys, ignore_index=True),
        own[keys].sort_values(keys, ignore_index=True),
    )


def test_a_theme_brings_those_below_it(bundled):
    found = analysis.kwic(bundled, theme="transport_transit")
    assert set(found["theme"]) == {"transport_transit", "north_south_corridor"}


def test_as_many_rows_as_the_number_of_the_bar(bundled):
    for bar in rates.theme_rates(bundled, by=["outlet"]).query("numerator > 6").itertuples():
        assert len(analysis.kwic(bundled, theme=bar.theme, outlet=bar.outlet)) == bar.numerator


def test_filters(made_up, bundled):
    assert analysis.kwic(made_up, theme="sanctions", voice="quoted")["hit"].tolist() == ["sanctions"]
    assert analysis.kwic(made_up, theme="sanctions", voice="outlet")["hit"].tolist() == ["Sanctions"]
    assert len(analysis.kwic(made_up, pattern="wheat", outlet="@Gazette")) == 1
    assert len(analysis.kwic(bundled, pattern="zzz")) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "either theme or pattern"),
        ({"theme": "sanctions", "pattern": "x"}, "either theme or pattern"),
        ({"theme": "sanktions"}, r"unknown theme 'sanktions'.*choose from: sanctions"),
        ({"theme": "sanctions", "voice": "mars"}, r"unknown voice 'mars'.*outlet, quoted, iran"),
        ({"theme": "sanctions", "outlet": "Nobody"}, r"unknown outlet 'Nobody'"),
        ({"theme": "sanctions", "sort": "colour"}, r"unknown order 'colour'"),
        ({"theme": "sanctions", "width": -1}, "at least 0, got -1"),
        ({"pattern": "(a"}, "cannot read the pattern"),
        ({"pattern": "*"}, "cannot read the pattern"),
    ],
)
def test_wrong_questions(made_up, options, message):
    with pytest.raises(FramingError, match=message):
        analysis.kwic(made_up, **options)


def test_sorting(made_up):
    by_left = analysis.kwic(made_up, pattern="wheat", sort="left")["left"].tolist()
    assert [left.split()[-1:] for left in by_left] == [[], ["No"], ["on"]]
    assert analysis.kwic(made_up, pattern="wheat", sort="right")["right"].str.strip().tolist()[0][0] == "l"
    assert analysis.kwic(made_up, pattern="wheat", sort="outlet")["outlet"].is_monotonic_increasing


def test_shown_with_the_hit_in_the_middle_and_escaped(made_up):
    page = analysis.kwic(made_up, theme="sanctions")._repr_html_()
    assert "<b>sanctions</b>" in page and "2 hits" in page
    assert "&lt;b&gt;they&lt;/b&gt;" in page and "<b>they" not in page
    assert "text-align: right" in page and "nan" not in page.lower()
    chosen = analysis.kwic(made_up, theme="sanctions")[["outlet", "hit"]]
    assert "<table" in chosen._repr_html_()


def test_many_hits_are_shown_in_part(bundled):
    found = analysis.kwic(bundled, pattern="the")
    assert f"{len(found):,} hits; the first 60 are shown" in found._repr_html_()
    assert found._repr_html_().count("<tr>") == 61


def test_exports_are_harmless(made_up, tmp_path):
    found = analysis.kwic(made_up, pattern="wheat")
    found.to_csv(tmp_path / "k.csv")
    found.to_excel(tmp_path / "k.xlsx")
    back = pd.read_csv(tmp_path / "k.csv")
    assert back["outlet"].tolist()[0] == "'@Gazette" and "'=1+1" in set(back["title"])
    assert len(back) == 3 and back.columns[0] == "left"
    sheet = openpyxl.load_workbook(tmp_path / "k.xlsx").active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "'=1+1" in {cell.value for cell in cells}


@given(st.text(alphabet="ab c\n", max_size=40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 12))
def test_context_is_made_of_whole_words_of_the_text(text, one, two, width):
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    left, right = _before(text, start, width), _after(text, end, width)
    assert len(left) <= width and len(right) <= width
    assert " ".join(text[:start].split()).endswith(left.strip())
    assert " ".join(text[end:].split()).startswith(right.strip())
    words = [word for word in text[:start].split() if word]
    if left.strip() and not text[start - 1].isspace():
        assert not left[-1].isspace()
    for word in left.split()[:1]:  # the width never cuts a word, only the hit does
        assert word in words
    for word in right.split()[-1:]:
        assert word in text[end:].split()


def test_a_terminal_gets_one_short_line_per_hit(bundled):
    from analysis.evidence.concordance import MAX_LINES

    hits = analysis.kwic(bundled, theme="sanctions")
    *lines, count = str(hits).splitlines()
    assert len(lines) == MAX_LINES < len(hits)
    assert count.startswith(f"{len(hits)} hits; the first {MAX_LINES}")
    assert all(len(line) < 160 and "[" in line for line in lines)
    assert len({line.index("[") for line in lines}) == 1
    assert str(hits[["theme"]]).splitlines()[0].split() == ["theme"]
