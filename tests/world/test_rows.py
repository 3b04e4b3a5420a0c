"""Where a day lies in a term of office."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.world.rows import BODIES, KNOWN_UNTIL, ROLE_CLASSES, when


@pytest.mark.parametrize(
    ("start", "end", "source", "day", "expected"),
    [
        ("2021-08-03", "2024-05-19", "hand", date(2022, 6, 29), "held"),
        ("2021-08-03", "2024-05-19", "hand", date(2024, 5, 19), "held"),
        ("2021-08-03", "2024-05-19", "hand", date(2024, 5, 20), "former"),
        ("2021-08-03", "2024-05-19", "hand", date(2021, 8, 2), "later"),
        ("2011-05", "2013-02", "hand", date(2013, 2, 28), "held"),
        ("2011", "2014", "hand", date(2011, 1, 1), "held"),
        ("2020-03-04", "", "wikidata-eps", date(2022, 1, 1), "held"),
        ("2020-03-04", "", "wikidata-eps", date(2024, 1, 1), "open"),
        ("2010-03-04", "", "phoenix", date(2024, 1, 1), "former"),
        ("2010-03-04", "", "study", date(2040, 1, 1), "held"),
        ("", "2019", "hand", date(2018, 1, 1), "held"),
        ("", "", "hand", date(2018, 1, 1), "undated"),
        ("2020", "2021", "hand", None, "undated"),
    ],
)
def test_when(start: str, end: str, source: str, day: date | None, expected: str) -> None:
    assert when(start, end, source, day) == expected


def test_the_card_names_all_codes_classes_and_sources() -> None:
    from pathlib import Path

    import analysis.world

    card = (Path(analysis.world.__file__).parent / "CARD.md").read_text(encoding="utf-8")
    assert all(f"`{word}`" in card for word in (*BODIES, *ROLE_CLASSES, *KNOWN_UNTIL))
