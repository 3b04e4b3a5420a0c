"""Add further articles to results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis import corpus, provenance
from analysis.annotators.parsing.spacy_parser import model_name
from analysis.annotators.results import measure_into
from analysis.dataset import arrow, open_dataset, rejects
from analysis.dataset.parts import read_part
from analysis.errors import FramingError
from analysis.rejects import reject
from analysis.schemas import TABLES
from analysis.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from analysis.corpus import ArticleStore
    from analysis.dataset import Dataset

_COMPARED = ("outlet", "published", "title", "text")


class Added(NamedTuple):
    """How many articles were new, and how many the results had already."""

    new: int
    known: int


def add_articles(
    folder: Path,
    articles: ArticleStore,
    *,
    workers: int | None = 1,
    progress: bool = False,
    refused: pd.DataFrame | None = None,
) -> Added:
    """Measure further articles into a results folder, with the study of the results.

    Parameters
    ----------
    folder : path
        Complete results.
    articles : ArticleStore
        Those that the results have are left out; another article with the id of one of them is refused.
    workers, progress
        As for `analysis.annotate`.
    refused : pandas.DataFrame, optional
        Articles refused while reading.

    Returns
    -------
    Added

    Raises
    ------
    FramingError
        The results have no study, another version of the toolkit made them, or one of the errors of
        `analysis.annotate`.
    """
    earlier = open_dataset(folder)
    study = _same_study(earlier)
    before = earlier.n_rows("articles")
    known = earlier.read(arrow.FAMILIES.name).to_pandas().set_index("article_id")["family_id"]
    repeated: list[pd.DataFrame] = []

    def together() -> Iterator[pd.DataFrame]:
        for part in earlier.parts("articles"):
            rows = read_part(folder, part).to_pandas()
            repeated.append(_repeated(rows, articles))
            yield rows.assign(family_id=rows["article_id"].map(known))
        yield from (part[~part["article_id"].isin(known.index)] for part in articles.parts())

    store = replace(corpus.ArticleStore.of(together()), rows=articles.rows)
    measure_into(
        folder,
        store.with_families(corpus.family_ids(store.parts()).set_index("article_id")["family_id"]),
        study,
        workers=workers,
        progress=progress,
        refused=rejects.join([rejects.from_csv(earlier.rejects), refused, *repeated]),
    )
    n_known = int(articles.metadata["article_id"].isin(known.index).sum()) - sum(map(len, repeated))
    return Added(open_dataset(folder).n_rows("articles") - before, n_known)


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
    own = provenance.run_record([], 0, study.fingerprint(), model_name())
    if provenance.environment_fingerprint(own) != provenance.environment_fingerprint(earlier.run):
        raise FramingError(
            "these results were made with another version of the toolkit or of a library it uses",
            path=earlier.folder,
            remedy="measure all articles again: framing annotate ARTICLES --out FOLDER --overwrite",
        )
    return study


def _repeated(before: pd.DataFrame, articles: ArticleStore) -> pd.DataFrame:
    """Return rejects of the articles that have the id of another one in a part of the results."""
    ids = set(before["article_id"]).intersection(articles.metadata["article_id"])
    if not ids:
        return TABLES["rejects"].empty()
    known = before.set_index("article_id")
    refused = []
    for row in articles.articles(sorted(ids)).itertuples():
        same = known.loc[str(row.article_id)]
        if any(str(getattr(row, name)) != str(same[name]) for name in _COMPARED):
            detail = f"the results have another article with the id '{row.article_id}'; give each its own id"
            refused.append(
                reject(
                    str(row.source_file),
                    "duplicate_id",
                    detail,
                    article_id=str(row.article_id),
                    title=str(row.title),
                )
            )
    return TABLES["rejects"].frame(refused)
