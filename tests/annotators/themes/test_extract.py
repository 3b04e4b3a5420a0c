"""Theme look-up: the pattern language, longest matches, exceptions, nesting, negation, and floors on the gold."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.annotators.themes.extract import find_themes
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
        (
            "(=US|American) strike*",
            "US strikes, Us strike, american strikes",
            ["US strikes", "american strikes"],
        ),
        (
            "cut off from the =SWIFT",
            "Cut off from the SWIFT, cut off from the swift",
            ["Cut off from the SWIFT"],
        ),
        ("row NEAR/3 (=US|=WHO)", "a row with the US.\n\nA row with us", ["row with the US"]),
        ("good-neighbour*", "good‑neighbourly, good–neighbours", ["good‑neighbourly", "good–neighbours"]),
        ("West's", "the West’s, the West's", ["West’s", "West's"]),
        ("iran", "Iran’s Iranian (Iran) iran's", ["Iran", "Iran", "iran"]),
        ("istanbul", "İstanbul, Istanbul", ["Istanbul"]),
        (
            "~negotiate",
            "Negotiations, negotiating; negotiable, negative",
            ["Negotiations", "negotiating", "negotiable"],
        ),
        ("~die", "dying, dies, a die, diet", ["dying", "dies", "die"]),
        (
            "deal {0,3} (~university|school*)",
            "deal at one university in the universe",
            ["deal at one university"],
        ),
        (
            "nuclear NEAR/3 (deal|accord)",
            "A deal, they said, on nuclear arms. Nuclear? An accord.",
            ["deal, they said, on nuclear", "Nuclear? An accord"],
        ),
        ("nuclear NEAR/3 deal", "nuclear\n\ndeal one two three four nuclear", []),
        ("nuclear NEAR/3 deal", "a nuclear deal and a nuclear plant", ["nuclear deal"]),
        ('"trade war"', "a trade war", ["trade war"]),
        ("(oil  price|gas)", "oil price, gas", ["oil price", "gas"]),
        ("#metoo", "a #MeToo post, metoo", ["#MeToo"]),
        ("kyiv", "🇺🇦 Kyiv\u202c 👍🏽kyiv", ["Kyiv", "kyiv"]),
    ],
)
def test_patterns(pattern, text, expected):
    assert found(text, pattern) == expected


NEW_YORK = "The New York Times is a New York paper"  # the example of quanteda's documentation


def scoped(scope, *themes):
    codebook = book(*themes)
    return codebook.model_copy(update={"scope": scope})


@pytest.mark.parametrize(("scope", "city"), [("theme", 2), ("codebook", 1)])
def test_both_scopes_of_quanteda(scope, city):
    hits = find_themes(NEW_YORK, scoped(scope, ("paper", ["New York Times"]), ("city", ["New York"])))
    assert [h.theme for h in hits].count("paper") == 1
    assert [h.theme for h in hits].count("city") == city


def test_longest_match_within_a_theme():
    assert found(NEW_YORK, "New York Times", "New York") == ["New York Times", "New York"]


def test_across_the_codebook_the_very_same_words_count_for_both():
    hits = find_themes("a trade war", scoped("codebook", ("a", ["trade war"]), ("b", ["trade war*", "war"])))
    assert [(h.theme, h.start) for h in hits] == [("a", 2), ("b", 2)]


def test_an_exception_blocks_its_own_theme_only_whatever_the_scope():
    themes = (("gas", ["gas"], {"exceptions": ["tear gas"]}), ("police", ["gas"]))
    for scope in ("theme", "codebook"):
        assert [h.theme for h in find_themes("Tear gas", scoped(scope, *themes))] == ["police"]


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


def test_the_table_has_its_columns_even_without_hits(study):
    table = analysis.themes("Sanctions on Iran’s oil", study.codebook)
    assert {"sanctions", "energy_gas"} <= set(table["theme"])
    assert list(analysis.themes("", study.codebook).columns) == [
        "start",
        "end",
        "theme",
        "text",
        "pattern",
        "negated",
        "probability",
    ]


def test_a_theme_and_its_parent_count_the_same_words_once_in_both_scopes():
    themes = (("trade", ["trade war"]), ("war", ["trade war"], {"parent": "trade"}))
    for scope in ("theme", "codebook"):
        assert [h.theme for h in find_themes("a trade war", scoped(scope, *themes))] == ["war"]


@given(
    st.lists(st.sampled_from(["trade", "war", "trade war", "peace", "not", ",", "."]), max_size=12),
    st.sampled_from(["theme", "codebook"]),
)
def test_no_word_counts_twice(words, scope):
    themes = (
        ("a", ["trade", "trade war", "war NEAR/2 peace"]),
        ("b", ["war peace", "peace"], {"parent": "a"}),
    )
    hits = find_themes(" ".join(words), scoped(scope, *themes))
    for one, other in pairwise(hits):  # a hit of b stands for a, too
        assert one.end <= other.start or (one.theme == "a") != (other.theme == "a")
    for theme in ("a", "b"):
        assert all(one.end <= other.start for one, other in pairwise(h for h in hits if h.theme == theme))


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
