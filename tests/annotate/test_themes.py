"""Theme look-up: the pattern language, longest matches, exceptions, nesting, negation, and floors on the gold."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.annotate.themes import find_themes, is_negated
from analysis.study.codebook import Codebook
from tests.conftest import DATA


def book(*themes):
    """A codebook of themes given as (id, patterns) or (id, patterns, further keys)."""
    return Codebook.from_data(
        {
            "title": "test",
            "themes": [
                {
                    "id": t[0],
                    "label": t[0],
                    "definition": "-",
                    "patterns": t[1],
                    **(t[2] if len(t) > 2 else {}),
                }
                for t in themes
            ],
        }
    )


def found(text, *patterns):
    return [text[h.start : h.end] for h in find_themes(text, book(("x", list(patterns))))]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("sanction", "Sanction, sanctions, SANCTION", ["Sanction", "SANCTION"]),
        ("sanction*", "Sanction, sanctions, unsanctioned", ["Sanction", "sanctions"]),
        ("wom?n", "woman women womean", ["woman", "women"]),
        ("*manned", "unmanned, manned", ["unmanned", "manned"]),
        ("price cap*", "a price\ncap, price-caps, price of caps", ["price\ncap", "price-caps"]),
        (
            "anti-terror*",
            "anti-terrorist anti terror antiterrorism",
            ["anti-terrorist", "anti terror", "antiterrorism"],
        ),
        ("(oil|gas) field*", "oil field, gas fields, coal field", ["oil field", "gas fields"]),
        (
            "nuclear {0,2} deal",
            "nuclear deal; nuclear and missile deal; nuclear a b c deal",
            ["nuclear deal", "nuclear and missile deal"],
        ),
        ("=SCO", "SCO, sco, Sco", ["SCO"]),
        ("good-neighbour*", "good‑neighbourly, good–neighbours", ["good‑neighbourly", "good–neighbours"]),
        ("West's", "the West’s, the West's", ["West’s", "West's"]),
        ("iran", "Iran’s Iranian (Iran) iran's", ["Iran", "Iran", "iran"]),
        ("istanbul", "İstanbul, Istanbul", ["Istanbul"]),
        ("kyiv", "🇺🇦 Kyiv\u202c 👍🏽kyiv", ["Kyiv", "kyiv"]),
    ],
)
def test_patterns(pattern, text, expected):
    assert found(text, pattern) == expected


def test_longest_match_within_a_theme_and_themes_side_by_side():
    # the example of quanteda's documentation: scope "key"
    text = "The New York Times is a New York paper"
    hits = find_themes(text, book(("paper", ["New York Times"]), ("city", ["New York"])))
    assert [h.theme for h in hits] == ["city", "paper", "city"]
    assert found(text, "New York Times", "New York") == ["New York Times", "New York"]


def test_exceptions_block_what_they_cover():
    codebook = book(("gas", ["gas"], {"exceptions": ["tear gas"]}))
    text = "Tear gas and natural gas"
    assert [text[h.start : h.end] for h in find_themes(text, codebook)] == ["gas"]
    assert find_themes(text, codebook)[0].start == text.rindex("gas")


def test_a_theme_and_its_parent_count_one_place_once():
    codebook = book(
        ("transport", ["corridor*", "port"]), ("corridor", ["north-south corridor"], {"parent": "transport"})
    )
    hits = find_themes("The North-South corridor ends at a port.", codebook)
    assert [(h.theme, h.pattern) for h in hits] == [
        ("corridor", "north-south corridor"),
        ("transport", "port"),
    ]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("There is no military alliance", True),
        ("They never wanted an alliance", True),
        ("It isn’t an alliance", True),
        ("He ruled out an alliance", True),
        ("No one came, but an alliance", False),
        ("Not today. An alliance", False),
        ("The alliance", False),
    ],
)
def test_negation(text, negated):
    assert is_negated(text, text.index("alliance")) is negated


def test_quick_function_has_its_columns_even_without_hits(study):
    table = analysis.themes("Sanctions on Iran’s oil", study.codebook)
    assert {"sanctions", "energy_gas"} <= set(table["theme"])
    assert list(analysis.themes("", study.codebook).columns) == [
        "start",
        "end",
        "theme",
        "text",
        "pattern",
        "negated",
    ]


@given(st.text(alphabet="sanctiosß İ-’'\n.x", max_size=60))
def test_hits_slice_back_and_do_not_overlap(text):
    hits = find_themes(text, book(("x", ["sanction*", "s*", "?nction", "s x"])))
    for hit, following in pairwise(hits):
        assert hit.end <= following.start
    for hit in hits:
        piece = text[hit.start : hit.end]
        assert piece == piece.strip() and piece
        assert hit.start == 0 or not (text[hit.start - 1].isalnum() and piece[0].isalnum())


def test_floors_on_the_bundled_gold(bundled, study):
    """Present or absent per article; the floor is the study's own issues, macro-averaged."""
    gold = pd.read_csv(DATA / "gold" / "themes.csv")
    coded = set(zip(gold["article_id"], gold["theme"], strict=True))
    themes = bundled.themes
    above = {
        (a, parent)
        for a, t in zip(themes["article_id"], themes["theme"], strict=True)
        for parent in study.codebook.ancestors(t)
    }
    hits = set(zip(themes["article_id"], themes["theme"], strict=True)) | above
    scores = {}
    for theme in (t.id for t in study.codebook.themes if t.group == "issue"):
        truth, said = ({a for a, t in pairs if t == theme} for pairs in (coded, hits))
        if truth:
            scores[theme] = 2 * len(truth & said) / (len(truth) + len(said))
    assert len(scores) == 18
    assert sum(scores.values()) / len(scores) >= 0.80
    assert min(scores.values()) >= 0.40
