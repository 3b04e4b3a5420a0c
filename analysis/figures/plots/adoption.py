"""Adoption of a study's loaded terms: the numbers of the figure, and the figure with the study's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures.adoption import term_adoption
from analysis.figures.plots.voice_shares import adoption as draw

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from analysis.study import Study
    from analysis.tables import Tables


def numbers(tables: Tables) -> pd.DataFrame:
    """Adoption of the study's loaded terms; empty where it lists none."""
    import pandas as pd

    has_terms = tables.study_or_error().loaded_terms is not None
    return term_adoption(tables, by=[]) if has_terms else pd.DataFrame()


def figure(table: pd.DataFrame, study: Study) -> Figure:
    """The picture, with the names that the study gives its terms."""
    listed = study.loaded_terms.groups if study.loaded_terms is not None else ()
    return draw(
        table,
        groups={group.id: group.label for group in listed},
        terms={term.id: term.label for group in listed for term in group.terms},
        sides=study.side_labels,
    )
