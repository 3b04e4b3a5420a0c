"""Said or claimed: each side is followed by its own speakers, and rare ones are left to the CSV."""

import pandas as pd

from analysis.compare.measures.quoting import EVERYONE
from analysis.figures.plots.speakers_and_cues import CLASSES, FEWEST_QUOTES
from tests.figures.small import bar_lengths, drawn, row_labels, rows, share

QUOTES = {
    ("iran", EVERYONE): 40, ("iran", "A. Speaker"): 30, ("iran", "B. Rarely"): FEWEST_QUOTES - 1,
    ("russia", EVERYONE): 50, ("russia", "C. Speaker"): 20,
}  # fmt: skip


def numbers():
    classes = [name for name, *_ in CLASSES]
    return rows(
        *(
            share(n if place == 1 else 0, n, side=side, speaker_name=name, cue_class=cue_class)
            for (side, name), n in QUOTES.items()
            for place, cue_class in enumerate(classes)
        )
    )


def test_sides_by_number_of_quotes_each_followed_by_its_speakers(study):
    figure = drawn("speakers_and_cues", numbers(), study)
    expected = ["Russia (n = 50)", "C. Speaker (n = 20)", "Iran (n = 40)", "A. Speaker (n = 30)"]
    assert row_labels(figure) == expected
    bold = [text.get_text() for text in figure.axes[0].get_yticklabels() if text.get_fontweight() == "bold"]
    assert bold == ["Russia (n = 50)", "Iran (n = 40)"]
    assert set(bar_lengths(figure).values()) == {100}


def test_slides_show_sides_only(study):
    assert row_labels(drawn("speakers_and_cues", numbers(), study, "slides")) == [
        "Russia (n = 50)",
        "Iran (n = 40)",
    ]


def test_speakers_without_a_known_side_are_no_side(study):
    unknown = numbers().query("side == 'iran'").assign(side="unattributed")
    figure = drawn("speakers_and_cues", pd.concat([numbers(), unknown]), study)
    assert row_labels(figure) == row_labels(drawn("speakers_and_cues", numbers(), study))
    assert "Not drawn: 40 quotes (31 %) of speakers whose side is not known." in figure.caption
