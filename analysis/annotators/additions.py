"""Add further articles to results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis import corpus, provenance
from analysis.annotators.parsing.spacy_parser import model_name
from analysis.annotators.results import measure_into
from analysis.dataset import open_dataset, rejects
from analysis.errors import FramingError
from analysis.rejects import reject
from analysis.schemas import TABLES
from analysis.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset

_COMPARED = ("outlet", "published", "title", "text")


def add_articles(
    folder: Path,
    articles: pd.DataFrame,
    *,
    workers: int | None = 1,
    progress: bool = False,
    refused: pd.DataFrame | None = None,
) -> int:
    """Measure further articles into a results folder, with the study of the results.

    Parameters
    ----------
    folder : path
        Complete results.
    articles, workers, progress
        As for `analysis.annotate`. Articles that the results have are left out; another article with the id of one
        of them is refused.
    refused : pandas.DataFrame, optional
        Articles refused while reading.

    Returns
    -------
    int
        The number of articles that were added.

    Raises
    ------
    FramingError
        The results have no study, another version of the toolkit made them, or one of the errors of
        `analysis.annotate`.
    """
    import pandas as pd

    earlier = open_dataset(folder)
    study = _same_study(earlier)
    before = earlier.read("articles").to_pandas()
    new, repeated = _new_articles(before, TABLES["articles"].check(articles))
    together = pd.concat([before, new], ignore_index=True)
    columns = [*TABLES["articles"].columns, *TABLES["articles"].further_columns(together.columns)]
    measure_into(
        folder,
        corpus.families(together)[columns],
        study,
        workers=workers,
        progress=progress,
        refused=rejects.join([rejects.from_csv(earlier.rejects), refused, repeated]),
    )
    return open_dataset(folder).n_rows("articles") - len(before)


def _same_study(earlier: Dataset) -> Study:
    """Return the study of results that this version of the toolkit has made."""
    study = earlier.study
    if study is None:
        raise FramingError(
            "these results have no study", path=earlier.folder, remedy="measure all articles again"
        )
    if provenance.n_corrections(earlier.run):
        raise FramingError(
            "these results hold corrections by hand",
            path=earlier.folder,
            remedy="take them out (an empty corrections.csv, framing apply), add the articles, and apply them again",
        )
    own = provenance.run_record(TABLES["articles"].empty(), study.fingerprint(), model_name())
    if provenance.environment_fingerprint(own) != provenance.environment_fingerprint(earlier.run):
        raise FramingError(
            "these results were made with another version of the toolkit or of a library it uses",
            path=earlier.folder,
            remedy="measure all articles again: framing annotate ARTICLES --out FOLDER --overwrite",
        )
    return study


def _new_articles(before: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the articles that are not known by their id, and rejects of those with the id of another one."""
    known = before.set_index("article_id")
    is_known = articles["article_id"].isin(known.index)
    repeated = []
    for row in articles[is_known].itertuples():
        same = known.loc[str(row.article_id)]
        if any(str(getattr(row, name)) != str(same[name]) for name in _COMPARED):
            detail = f"the results have another article with the id '{row.article_id}'; give each its own id"
            repeated.append(
                reject(
                    str(row.source_file),
                    "duplicate_id",
                    detail,
                    article_id=str(row.article_id),
                    title=str(row.title),
                )
            )
    return articles[~is_known], TABLES["rejects"].frame(repeated)
