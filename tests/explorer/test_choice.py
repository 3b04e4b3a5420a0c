"""What is chosen in the widget: checked, applied to the tables, and told in three lines of Python."""

import pytest

from analysis.errors import FramingError
from analysis.explorer.choice import Choice, chosen_tables, code_of, draw_choice


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"figure": "nope"}, "unknown figure: nope"),
        ({"voice": 3}, "voice cannot be 3"),
        ({"outlets": "Meridian Post"}, "outlets cannot be 'Meridian Post'"),
        ({"compared": ["a"]}, "compare two groups, or none"),
    ],
)
def test_what_the_page_cannot_have_sent_is_refused(values, message):
    with pytest.raises(FramingError, match=message):
        Choice.of(values)


def test_a_figure_is_grouped_only_by_what_it_can_show():
    assert Choice(figure="voice_shares", by="year").figure_by == "year"
    assert Choice(figure="relation_over_time", by="outlet").figure_by is None
    assert Choice(figure="relation_over_time", by="year").figure_by == "year"
    assert Choice(figure="who_acts_on_whom", by="outlet").figure_by is None


def test_a_figure_counts_as_on_the_page_unless_told_otherwise():
    assert Choice(figure="tone_towards_sides").figure_weight == "article"
    told = Choice(figure="tone_towards_sides", weight="word")
    assert told.figure_weight == "word" and code_of(told, "results").endswith(
        "(tables, by='outlet', weight='word')"
    )
    assert Choice(figure="who_is_quoted").figure_weight == "word"
    assert Choice(figure="speaker_network", weight="outlet").figure_weight == "word"


@pytest.mark.parametrize(
    "choice",
    [
        Choice(figure="voice_shares", by="outlet_country", weight="article", since="2022-07-01"),
        Choice(figure="theme_rates", outlets=("Meridian Post", "Levant Monitor"), voice="quoted"),
        Choice(figure="tone_towards_sides", by="outlet_kind", compared=("agency", "online"), side="iran"),
        Choice(figure="keyness", by="outlet_kind", weight="outlet"),
    ],
)
def test_the_code_makes_the_same_numbers(choice, bundled, bundled_results):
    made = {}
    exec(code_of(choice, str(bundled_results)), made)
    shown = draw_choice(chosen_tables(bundled, choice), choice)
    assert made["figure"].numbers.equals(shown.numbers)
