"""Frames of the relationship: counts in cells, the most frequent frame first, labels without their prefix."""

from analysis.figures import FIGURES
from tests.figures.small import drawn, row_labels, rows, share


def test_counts_of_articles_with_the_most_frequent_frame_first(study):
    counts = {
        ("Courier", "threat"): 1,
        ("Courier", "partnership"): 4,
        ("Gazette", "threat"): 0,
        ("Gazette", "partnership"): 2,
    }
    cells = [share(n, 5, outlet=outlet, frame=frame) for (outlet, frame), n in counts.items()]
    figure = drawn("relationship_frames", rows(*cells), study)
    frames = [tick.get_text().replace("\n", " ") for tick in figure.axes[0].get_xticklabels()]
    assert not any(frame.startswith("Relationship") for frame in frames) and len(frames) == 2
    assert row_labels(figure)[::-1] == ["Courier (n = 5)", "Gazette (n = 5)"]
    assert [text.get_text() for text in figure.axes[0].texts] == ["4", "1", "2", "·"]


def test_a_cell_leads_to_sentences_about_both_sides_with_the_frame():
    filters = FIGURES["relationship_frames"].filters({"frame": "threat"}, None)
    assert filters == {"theme": "rel_threat", "pair": "1"}
