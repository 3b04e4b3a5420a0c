"""The catalogue: one entry per module, each with words for whoever cannot see the figure."""

from pathlib import Path

from analysis.figures import FIGURES, PAGE_FIGURES, page_figures, plots


def test_every_module_is_a_figure_of_its_own_name():
    modules = {path.stem for path in Path(plots.__file__).parent.glob("*.py")} - {"__init__"}
    assert set(FIGURES) == modules
    assert all(entry.draw.__name__ == name for name, entry in FIGURES.items())


def test_entries_say_what_a_figure_shows():
    for entry in FIGURES.values():
        assert entry.question.endswith("?"), entry.name
        assert entry.title and entry.reading.endswith("."), entry.name
        assert entry.empty and not entry.empty.endswith("."), entry.name


def test_sections_follow_one_another():
    sections = [entry.section for entry in FIGURES.values()]
    assert sections == sorted(sections)


def test_the_page_has_room_for_its_figures():
    assert 0 < len(page_figures()) <= PAGE_FIGURES
    assert not any(FIGURES[name].on_request for name in page_figures())
