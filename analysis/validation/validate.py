"""Compare the toolkit with coders, and correct its estimates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import group_column
from analysis.errors import FramingError
from analysis.schemas import OUTLET, TaskName
from analysis.validation.agreement import agreement
from analysis.validation.classification_scores import confusion, scores
from analysis.validation.correction import corrected_differences, corrected_means
from analysis.validation.sampling import CodingSample, build_sample
from analysis.validation.sheets import find_key, read_answers, read_key
from analysis.validation.speaker_names import with_one_name_each
from analysis.validation.tasks import TONES, UNCLEAR, YES, CodingTask, Question, coding_task

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

CLUSTER = "family_id"  # units of one article or one family are not independent
BY_WORDS = "side, by words"  # in place of the question, for scores in which each quote counts by its words
SHARE = "share "  # begins the name of a value that is the share of an answer
MODEL_SHEET = ".model"  # ends the name of a coding sheet with the answers of a language model
MODEL_CODER = "language model"  # begins the name of a coder that is one
_TOOLKIT = "toolkit (not a coder)"
_MEANINGFUL = {  # the toolkit takes every unit for a quote, and most speakers occur once
    "quote": "measure == 'precision' and `class` == 'yes'",
    "speaker": "measure == 'accuracy'",
}


@dataclass(frozen=True)
class Validation:
    """Result of a validation. All tables have `question` as their first column.

    Attributes
    ----------
    task : {'themes', 'voice', 'tone', 'sides'}
    agreement : pandas.DataFrame
        Agreement between the coders; see `analysis.validation.agreement`. Empty with one coder.
    scores, confusion : pandas.DataFrame
        The toolkit against the resolved coding, weighted to the corpus; see
        `analysis.validation.classification_scores`. For the task 'sides', speakers and sides are scored on units that
        are quotes; the question 'side, by words' weights each quote by its words, and the row 'outlet' of its
        confusion matrix has the false quotes.
    errors : pandas.DataFrame
        Units with a wrong answer of the toolkit, with their text. Units on which the coders agree come first.
    means, differences : pandas.DataFrame
        Corrected, naive and gold-only estimates, overall and by group; see `analysis.validation.correction`. The
        column `value` says what is averaged.
    gold : pandas.DataFrame
        The resolved coding: unit, article_id, gold, predicted, probability, coders, agreeing, settled_by.
    """

    task: TaskName
    agreement: pd.DataFrame
    scores: pd.DataFrame
    confusion: pd.DataFrame
    errors: pd.DataFrame
    means: pd.DataFrame
    differences: pd.DataFrame
    gold: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "task"}

    def save(self, folder: str | Path) -> list[Path]:
        """Write each table as `validation_TASK_NAME.csv`, protected against formula injection.

        Parameters
        ----------
        folder : path
            Created if missing.

        Returns
        -------
        list of pathlib.Path
        """
        from analysis.files import make_folder, write_file
        from analysis.spreadsheet import harmless

        folder = make_folder(folder)
        paths = []
        for name, table in self.tables().items():
            paths.append(table_path(folder, self.task, name))
            write_file(paths[-1], harmless(table).to_csv(index=False, lineterminator="\n").encode("utf-8"))
        return paths


def table_path(folder: Path, task: str, name: str) -> Path:
    """Path of a table of a validation."""
    return folder / f"validation_{task}_{name}.csv"


def validate_files(
    tables: Tables, sheets: Sequence[str | Path], *, key: str | Path | None = None, by: str = "outlet"
) -> Validation:
    """Validate with coding sheets on disk.

    Parameters
    ----------
    tables : Tables
        The results that the sample was drawn from.
    sheets : sequence of path
        Completed sheets of one task, one per coder. List the most experienced coder first: that coder resolves ties.
    key : path, optional
        `coding_TASK_key.csv`. By default, the key in the folder of the first sheet.
    by : str, default 'outlet'
        Column of `articles`, or period, to group the corrected estimates by.

    Returns
    -------
    Validation

    Raises
    ------
    ReadError
        If a sheet has blank cells, unknown answers, or missing or moved rows. The message names the cells.
    FramingError
        If the sample does not belong to the tables, or there is no sheet.
    """
    if not sheets:
        raise FramingError("at least one coding sheet is needed")
    if folders := [sheet for sheet in sheets if Path(sheet).is_dir()]:
        raise FramingError(
            "is a folder, not a coding sheet",
            path=folders[0],
            remedy="name the completed sheet of each coder, such as coding_themes_coder1.xlsx",
        )
    if of_model := [sheet for sheet in sheets if Path(sheet).stem.endswith(MODEL_SHEET)]:
        raise FramingError(
            "answers of a language model are no gold standard",
            path=of_model[0],
            remedy="framing code --estimates corrects them with the answers of people",
        )
    drawn = read_key(key or find_key(sheets[0]))
    work = coding_task(tables, drawn["task"].iloc[0])
    asked = _asked(sheets[0], work) if work.name == "themes" else work
    sample = build_sample(tables, asked, drawn)
    names = _coder_names([Path(sheet).stem for sheet in sheets])
    answers = {name: read_answers(sheet, sample) for name, sheet in zip(names, sheets, strict=True)}
    return validate(tables, asked, sample, answers, by=by)


def validate(
    tables: Tables,
    work: CodingTask,
    sample: CodingSample,
    answers: Mapping[str, pd.DataFrame],
    *,
    by: str = "outlet",
    decisions: pd.DataFrame | None = None,
) -> Validation:
    """Compare the toolkit's answers with those of coders.

    Parameters
    ----------
    tables : Tables
    work : CodingTask
        All units of the task; see `analysis.validation.tasks.coding_task`.
    sample : CodingSample
    answers : mapping of str to pandas.DataFrame
        Answers by coder; see `analysis.validation.sheets.read_answers`. 'unclear' counts as a missing answer. A unit
        that is unclear to all coders is left out, and the other units of its stratum are weighted up.
    by : str, default 'outlet'
        Column of `articles`, or period, to group the corrected estimates by.
    decisions : pandas.DataFrame, optional
        Answers on which the coders or somebody else decided: unit, question, answer. They count instead of the
        majority; agreement is that of the coders' own answers.

    Returns
    -------
    Validation
    """
    import pandas as pd

    groups = tables.metadata[["article_id", CLUSTER]].assign(**{by: group_column(tables.metadata, by)})
    texts = sample.sheet["text"].set_axis(sample.key["unit"])
    pair = tuple(tables.study_or_error().actors.side_ids[:2])
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in _TABLES}
    for question in work.questions:
        coded = pd.DataFrame({coder: table[question.name] for coder, table in answers.items()})
        coded = coded.where(coded != UNCLEAR)
        settled = _settled(decisions, question)
        predicted = _predicted(work, question).reindex(sample.key["unit"])
        if not question.answers:
            named = with_one_name_each(coded.assign(**{_TOOLKIT: predicted}), tables.study_or_error().actors)
            coded, predicted = named[list(coded)], named[_TOOLKIT]
        gold = resolve_ties(coded, sample.key, decisions=settled)
        gold["predicted"] = predicted.to_numpy()
        made = _against_gold(question, coded, gold, texts)
        if question.answers:
            made |= _corrected(work, question, gold, groups, by, pair)
        for name, table in made.items():
            table.insert(0, "question", question.name)
            parts[name].append(table)
        if question.name == "side":
            for name, table in _by_words(work, gold).items():
                table.insert(0, "question", BY_WORDS)
                parts[name].append(table)
    return Validation(task=work.name, **{name: _stacked(made) for name, made in parts.items()})


_TABLES = tuple(field.name for field in fields(Validation) if field.name != "task")


def _against_gold(
    question: Question, coded: pd.DataFrame, gold: pd.DataFrame, texts: pd.Series
) -> dict[str, pd.DataFrame]:
    clear = gold.dropna(subset=["gold"])
    real = clear[clear["gold"] != question.if_no]  # a false quote has no speaker
    made = {"errors": _errors(real, texts), "gold": gold}
    if coded.shape[1] > 1:
        order = question.answers if question.level == "ordinal" else None
        made["agreement"] = agreement(coded, level=question.level, order=order)
    if len(real):
        pair = real["gold"], real["predicted"]
        made["scores"] = scores(*pair, probability=real["probability"])
        if question.answers:
            made["confusion"] = confusion(*pair, probability=real["probability"])
        if question.name in _MEANINGFUL:
            made["scores"] = made["scores"].query(_MEANINGFUL[question.name]).reset_index(drop=True)
    return made


def _by_words(work: CodingTask, gold: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Scores of sides in which each quote counts as often as it has words, and the confusion with false quotes."""
    clear = gold.dropna(subset=["gold"])
    words = work.units.set_index("unit")["words"].reindex(clear["unit"]).set_axis(clear.index)
    real = clear["gold"] != OUTLET
    if not real.any():
        return {}
    return {
        "scores": scores(
            clear["gold"][real],
            clear["predicted"][real],
            probability=clear["probability"][real],
            size=words[real],
        ),
        "confusion": confusion(
            clear["gold"], clear["predicted"], probability=clear["probability"], size=words
        ),
    }


def _corrected(
    work: CodingTask,
    question: Question,
    gold: pd.DataFrame,
    groups: pd.DataFrame,
    by: str,
    pair: tuple[str, ...],
) -> dict[str, pd.DataFrame]:
    import pandas as pd

    means, gaps = [], []
    size = "words" if question.name == "side" else None
    for value, units in values_of_units(work, question, gold, pair):
        units = units.merge(groups, on="article_id", how="left", validate="many_to_one")
        overall = corrected_means(units, cluster=CLUSTER, size=size).assign(**{by: "all"})
        means += [
            overall.assign(value=value),
            corrected_means(units, by=by, cluster=CLUSTER, size=size).assign(value=value),
        ]
        gaps.append(corrected_differences(units, by=by, cluster=CLUSTER, size=size).assign(value=value))
    return {"means": _value_first(pd.concat(means), by), "differences": _value_first(pd.concat(gaps), by)}


def _value_first(table: pd.DataFrame, by: str) -> pd.DataFrame:
    first = ["value", by]
    return table[[*first, *(column for column in table.columns if column not in first)]].reset_index(
        drop=True
    )


def _asked(sheet: str | Path, work: CodingTask) -> CodingTask:
    """The task reduced to the themes that have a column in the sheet."""
    from dataclasses import replace

    from analysis.validation.sheets import read_grid

    header = set(read_grid(sheet).header)
    questions = tuple(question for question in work.questions if question.name in header)
    if not questions:
        raise FramingError("the sheet has no column for a theme of the study", path=sheet)
    return replace(work, questions=questions, predicted=work.predicted[[q.name for q in questions]])


def _coder_names(stems: list[str]) -> list[str]:
    """Names of the coders, from the last part of the file names; numbered if these are not unique."""
    short = [stem.rsplit("_", 1)[-1] for stem in stems]
    return (
        short if len(set(short)) == len(short) else [f"{i}-{name}" for i, name in enumerate(short, start=1)]
    )


def _predicted(work: CodingTask, question: Question) -> pd.Series:
    return work.predicted[question.name].set_axis(work.units["unit"])


def _settled(decisions: pd.DataFrame | None, question: Question) -> dict[str, str]:
    """Decisions on a question by unit."""
    if decisions is None:
        return {}
    own = decisions[decisions["question"] == question.name]
    return dict(zip(own["unit"], own["answer"], strict=True))


def resolve_ties(
    coded: pd.DataFrame, key: pd.DataFrame, *, decisions: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """One answer per unit: the decision, else that of the majority, or of the first coder if there is a tie.

    Parameters
    ----------
    coded : pandas.DataFrame
        One row per unit, one column per coder; empty if missing or unclear.
    key : pandas.DataFrame
        See `analysis.validation.sampling.CodingSample`.
    decisions : mapping of str to str, optional
        Decided answers by unit.

    Returns
    -------
    pandas.DataFrame
        One row per unit of the key: unit, article_id, gold, coders, agreeing, settled_by, stratum, probability.
    """
    import pandas as pd

    rows = []
    settled = decisions or {}
    for unit, answers in zip(key["unit"], coded.reindex(key["unit"]).itertuples(index=False), strict=True):
        given = [answer for answer in answers if isinstance(answer, str)]
        votes = Counter(given)
        most = max(votes.values(), default=0)
        gold = next((answer for answer in given if votes[answer] == most), None)
        row = {"gold": gold, "coders": len(given), "agreeing": most, "settled_by": _settled_by(votes)}
        if unit in settled:
            answer = None if settled[unit] == UNCLEAR else settled[unit]
            row |= {"gold": answer, "agreeing": votes[settled[unit]], "settled_by": "decision"}
        rows.append(row)
    made = pd.DataFrame(rows, columns=["gold", "coders", "agreeing", "settled_by"]).astype({"gold": "str"})
    made.insert(0, "unit", key["unit"].to_numpy())
    made.insert(1, "article_id", key["article_id"].to_numpy())
    stratum = key["stratum"].to_numpy()
    share_clear = made["gold"].notna().groupby(stratum).transform("mean")
    return made.assign(stratum=stratum, probability=key["sampling_probability"].to_numpy() * share_clear)


def _settled_by(votes: Counter[str]) -> str:
    if len(votes) < 2:
        return "all" if votes else ""
    (_, most), (_, next_most) = votes.most_common(2)
    return "majority" if most > next_most else "first coder"


def _errors(clear: pd.DataFrame, texts: pd.Series) -> pd.DataFrame:
    """Wrong answers, sorted: first those that all coders contradict, then those with a low sampling probability."""
    wrong = clear[clear["gold"] != clear["predicted"]]
    wrong = wrong.assign(
        _sure=wrong["agreeing"] / wrong["coders"], text=texts.reindex(wrong["unit"]).to_numpy()
    )
    ordered = wrong.sort_values(
        ["_sure", "coders", "probability", "unit"], ascending=[False, False, True, True]
    )
    columns = ["unit", "article_id", "gold", "predicted", "coders", "agreeing", "settled_by", "text"]
    return ordered[columns].reset_index(drop=True)


def values_of_units(
    work: CodingTask, question: Question, gold: pd.DataFrame, pair: tuple[str, ...]
) -> list[tuple[str, pd.DataFrame]]:
    """What is averaged: the share of each answer, the index of tone, the difference between the study's two sides.

    Parameters
    ----------
    work : CodingTask
        With the predicted answer of each unit.
    question : Question
    gold : pandas.DataFrame
        See `resolve_ties`.
    pair : tuple of str
        The two sides of the study.

    Returns
    -------
    list of (str, pandas.DataFrame)
        Name of the value, and the units as `analysis.validation.correction.corrected_means` takes them.
    """
    settled = gold.set_index("unit")
    units = work.units.drop(columns=["start", "end", "spans"], errors="ignore").assign(
        _predicted=work.predicted[question.name],
        _gold=settled["gold"].reindex(work.units["unit"]).to_numpy(),
        probability=settled["probability"].reindex(work.units["unit"]).to_numpy(),
    )
    yes_or_no = YES in question.answers
    answers = [YES] if yes_or_no else [a for a in question.answers if _occurs(a, units)]
    made = [(f"{SHARE}{answer}", _numbers(units, {answer: 1.0}, rest=0.0)) for answer in answers]
    if work.name == "tone":
        made.append(
            ("index -1 to 1", _numbers(units, {name: float(v) for name, v in TONES.items()}, rest=None))
        )
    if question.name == "side" and len(pair) == 2:
        made.append((minus(*pair), _numbers(units, {pair[0]: 1.0, pair[1]: -1.0}, rest=0.0)))
    return made


def minus(one: str, other: str) -> str:
    """Name of the value for the difference between the shares of two sides."""
    return f"{one} minus {other}"


def _occurs(answer: str, units: pd.DataFrame) -> bool:
    return bool((units["_predicted"] == answer).any() or (units["_gold"] == answer).any())


def _numbers(units: pd.DataFrame, value: dict[str, float], *, rest: float | None) -> pd.DataFrame:
    import numpy as np

    def number(answer: Any) -> float:
        return value.get(answer, rest if rest is not None else np.nan) if isinstance(answer, str) else np.nan

    made = units.assign(predicted=units["_predicted"].map(number), gold=units["_gold"].map(number))
    if "words" in made:  # a false quote has no words
        made["gold_size"] = made["words"].where(made["_gold"] != OUTLET, 0)
    return made.drop(columns=["_predicted", "_gold"])


def _stacked(tables: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    full = [table for table in tables if len(table)]
    if full:
        return pd.concat(full, ignore_index=True)
    return tables[0] if tables else pd.DataFrame(columns=["question"])
