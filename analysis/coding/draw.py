"""Draw a sample into a coding file: the units of coding sheets with whole texts, or whole articles for quotes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from analysis.coding.store import QUOTES, CodingFile
from analysis.compare._core.grouping import group_column
from analysis.errors import FramingError
from analysis.schemas import UNATTRIBUTED, TaskName
from analysis.validation.sampling import KEY_COLUMNS, build_sample, draw_sample, unit_code
from analysis.validation.tasks import coding_task

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

TASKS = (*get_args(TaskName), QUOTES)
_MARK_QUOTES = (
    "Mark every quote: the words that the text attributes to somebody (content), who said them (source), and the "
    "words that attribute them (cue). Name the speaker and the side for which the speaker speaks."
)


def draw_coding(
    tables: Tables,
    path: str | Path,
    *,
    task: str = "themes",
    n: int = 200,
    by: str | Sequence[str] = "outlet",
    seed: int = 0,
    themes: Sequence[str] | None = None,
) -> CodingFile:
    """Draw a stratified random sample and write it into a new coding file.

    Parameters
    ----------
    tables : Tables
        With their study.
    path : path
        The file; it must not exist.
    task : {'themes', 'voice', 'tone', 'sides', 'quotes'}
        What is coded: see `analysis.validation.tasks`; 'quotes' marks quotes in whole articles.
    n, by, seed, themes
        See `analysis.validation.draw_sample`.

    Returns
    -------
    CodingFile

    Raises
    ------
    FramingError
        The task is unknown, the sample cannot be drawn, or the file exists.
    """
    from analysis.validation.results import run_fingerprint

    study = tables.study_or_error()
    names = [actor.name for actor in study.actors.actors]
    sides = [*study.actors.side_ids, UNATTRIBUTED]
    run = run_fingerprint(tables)
    if task not in TASKS:
        raise FramingError(f"unknown coding task '{task}'", remedy=f"choose from: {', '.join(TASKS)}")
    if task == QUOTES:
        key, sheet = _articles(tables, n, [by] if isinstance(by, str) else list(by), seed)
        return CodingFile.create(
            path,
            key,
            sheet,
            task=task,
            instruction=_MARK_QUOTES,
            questions=(),
            run=run,
            actor_names=names,
            sides=sides,
        )
    drawn = draw_sample(tables, task, n=n, by=by, seed=seed, themes=themes)  # type: ignore[arg-type]
    work = coding_task(tables, drawn.task, themes=themes)
    whole = build_sample(tables, work, drawn.key, longest=None)
    return CodingFile.create(
        path,
        whole.key,
        whole.sheet,
        task=task,
        instruction=work.instruction,
        questions=work.questions,
        run=run,
        actor_names=names,
        sides=sides,
    )


def _articles(tables: Tables, n: int, by: list[str], seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Key and texts of whole articles, in random order."""
    import numpy as np

    from analysis.corpus import sample

    articles = tables.articles[["article_id", "title", "text"]].assign(
        **{name: group_column(tables.articles, name) for name in by}
    )
    drawn = sample(articles, n, by=by, seed=seed)
    order = np.random.default_rng(seed).permutation(len(drawn))
    drawn = drawn.iloc[order].reset_index(drop=True)
    key = drawn.assign(
        task=QUOTES,
        row=range(1, len(drawn) + 1),
        unit=drawn["article_id"],
        code=drawn["article_id"].map(unit_code),
    )
    return key[list(KEY_COLUMNS)], drawn[["title", "text"]]
