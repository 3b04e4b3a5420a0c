"""Links of figures: from a row of numbers to its sentences; marks get the links of their rows."""

import pytest

from analysis.figures import FIGURES
from analysis.figures._core.hotspots import Hotspot
from analysis.figures._core.links import hotspot_links, row_filters

PAIR = ("russia", "iran")


def link(row):
    return (f"#outlet={row['outlet']}", row["outlet"]) if row["outlet"] != "X" else ("", "")


@pytest.mark.parametrize(
    ("figure", "row", "filters"),
    [
        ("who_is_quoted", {"outlet": "A", "side": "iran"}, {"outlet": "A", "voice": "iran"}),
        ("voice_shares", {"outlet": "A", "voice": "outlet"}, {"outlet": "A", "voice": "outlet"}),
        ("speakers_and_cues", {"side": "iran", "speaker_name": "", "cue_class": "doubting"},
         {"cue": "doubting", "voice": "iran"}),
        ("speakers_and_cues", {"side": "iran", "speaker_name": "A. B.", "cue_class": "doubting"},
         {"speaker": "A. B.", "cue": "doubting"}),
        ("tone_towards_sides", {"outlet": "A", "side": "iran", "voice": "outlet"},
         {"outlet": "A", "voice": "outlet", "about": "side:iran"}),
        ("tone_model_and_vader", {"article_id": "x", "outlet": "A", "side": "iran"},
         {"only": "x", "outlet": "A", "about": "side:iran"}),
        ("relationship_frames", {"outlet": "A", "frame": "threat"},
         {"outlet": "A", "theme": "rel_threat", "pair": "1"}),
        ("relation_over_time", {"period": "2022-06", "voice": "quoted"},
         {"when": "2022-06", "voice": "quoted", "acts": "russia<>iran"}),
        ("relation_by_country", {"outlet_country": "Iran", "period": "all", "voice": "outlet"},
         {"country": "Iran", "voice": "outlet", "acts": "russia<>iran"}),
        ("keyness", {"item": "port", "target": "Russia", "reference": "Iran", "estimate": -1.0,
                     "compared": "outlet_country"},
         {"words": "port", "country": "Iran", "voice": "outlet"}),
        ("theme_rates", {"something": 1, "outlet": float("nan")}, {}),
    ],
)  # fmt: skip
def test_a_row_leads_to_its_sentences(figure, row, filters):
    found = row_filters(FIGURES[figure], row, PAIR)
    assert {name: value for name, value in found.items() if value} == filters


def test_marks_without_sentences_get_no_link():
    spots = [Hotspot({"outlet": name}, 0.1, 0.2, 0.3, 0.4) for name in "AX"]
    assert hotspot_links(spots, (1000, 500), link) == [
        {"link": "#outlet=A", "name": "A", "x": 100.0, "y": 100.0, "width": 300.0, "height": 200.0}
    ]
