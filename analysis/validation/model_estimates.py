"""Estimates from the answers of a language model, corrected with the answers of people.

A model codes a large random sample, people code a random part of it. The model's answers are predictions, and the
people's answers measure their error (see `analysis.validation.correction`). There is no estimate from the answers of
the model alone. Both steps of the sampling count: a unit of the sample stands for the units of the corpus that were
not drawn, and a unit that people coded for those of the sample that they did not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_column
from analysis.errors import FramingError
from analysis.schemas import OUTLET
from analysis.validation.correction import MINIMUM_CODED, corrected_means
from analysis.validation.sampling import CodingSample
from analysis.validation.tasks import UNCLEAR, CodingTask, Question
from analysis.validation.validate import CLUSTER, resolve_ties, values_of_units

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

ALL = "all"


def model_estimates(
    tables: Tables,
    work: CodingTask,
    sample: CodingSample,
    people: Mapping[str, pd.DataFrame],
    model: pd.DataFrame,
    *,
    by: str = "outlet",
    decisions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Shares of answers in the corpus, predicted by a model and corrected with people's answers.

    Parameters
    ----------
    tables : Tables
    work : CodingTask
    sample : CodingSample
        What the model has coded.
    people : mapping of str to pandas.DataFrame
        Answers by coder, indexed by unit; missing for units that the coder has not answered. The units that are
        answered must be a random part of the sample, as they are if people begin with the first unit.
    model : pandas.DataFrame
        Answers of the model to all units. 'unclear' counts as another answer.
    by : str, default 'outlet'
        Column of `articles`, or period.
    decisions : pandas.DataFrame, optional
        See `analysis.validation.validate`.

    Returns
    -------
    pandas.DataFrame
        question, value (such as 'share yes'), `by` ('all' for all units), and the columns of `corrected_means` for
        the estimators gold_only, ppi and dsl. Without the estimate from the model's answers alone.

    Raises
    ------
    FramingError
        People have answered fewer than ten units, or the model has not answered all.
    """
    import pandas as pd

    groups = tables.metadata[["article_id", CLUSTER]].assign(**{by: group_column(tables.metadata, by)})
    pair = tuple(tables.study_or_error().actors.side_ids[:2])
    made = []
    for question in work.questions:
        if not question.answers:
            continue  # names of speakers have no shares
        for value, units in _values(work, question, sample, people, model, decisions, pair):
            units = units.merge(groups, on="article_id", how="left", validate="many_to_one")
            overall = corrected_means(units, cluster=CLUSTER, size="size").assign(**{by: ALL})
            of_groups = corrected_means(units, by=by, cluster=CLUSTER, size="size")
            made += [part.assign(question=question.name, value=value) for part in (overall, of_groups)]
    table = pd.concat(made, ignore_index=True)
    first = ["question", "value", by]
    table = table[[*first, *(name for name in table.columns if name not in first)]]
    return table[table["estimator"] != "naive"].reset_index(drop=True)


def _values(
    work: CodingTask,
    question: Question,
    sample: CodingSample,
    people: Mapping[str, pd.DataFrame],
    model: pd.DataFrame,
    decisions: pd.DataFrame | None,
    pair: tuple[str, ...],
) -> list[tuple[str, pd.DataFrame]]:
    """What is averaged, with the model's answers as predictions. Units count by what they stand for in the corpus."""
    gold = _gold(question, sample, people, decisions)
    units = work.units.set_index("unit").loc[sample.key["unit"]].reset_index()
    answers = model[question.name].reindex(sample.key["unit"])
    if answers.isna().any():
        raise FramingError(
            f"the model has not answered '{question.name}' for all units",
            remedy="let it go on: framing code --model",
        )
    predicted = answers.reset_index(drop=True).to_frame(question.name)
    drawn = sample.key.set_index("unit")["sampling_probability"]
    share_coded = float(gold["gold"].notna().mean())
    found = []
    for value, table in values_of_units(
        replace(work, units=units, predicted=predicted), question, gold, pair
    ):
        size, gold_size = 1 / table["unit"].map(drawn), 1 / table["unit"].map(drawn)
        if "words" in table:  # a false quote has none
            size = size * table["words"] * (predicted[question.name] != OUTLET)
            gold_size = gold_size * table["gold_size"]
        made = table.assign(predicted=table["predicted"].fillna(0.0), probability=share_coded)
        found.append((value, made.assign(size=size, gold_size=gold_size)))
    return found


def _gold(
    question: Question,
    sample: CodingSample,
    people: Mapping[str, pd.DataFrame],
    decisions: pd.DataFrame | None,
) -> pd.DataFrame:
    """The answers of people, settled."""
    import pandas as pd

    coded = pd.DataFrame({coder: table[question.name] for coder, table in people.items()})
    settled = {}
    if decisions is not None:
        own = decisions[decisions["question"] == question.name]
        settled = dict(zip(own["unit"], own["answer"], strict=True))
    gold = resolve_ties(coded.where(coded != UNCLEAR), sample.key, decisions=settled)
    n = int(gold["gold"].notna().sum())
    if n < MINIMUM_CODED:
        raise FramingError(
            f"people have answered '{question.name}' for {n} units, at least {MINIMUM_CODED} are needed",
            remedy="let people code the beginning of the sample",
        )
    return gold
