"""Answers of a coding file as the coding sheets that `framing validate` reads, and as a matrix of 0 and 1."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.coding.adjudication import adjudicated
from analysis.coding.marked_quotes import adjudicated_quotes, marked_quotes
from analysis.coding.store import QUOTES, CodingFile
from analysis.errors import FramingError
from analysis.files import make_folder, write_file
from analysis.spreadsheet import harmless
from analysis.validation.model_estimates import model_estimates
from analysis.validation.sampling import build_sample
from analysis.validation.tasks import NO, UNCLEAR, YES, coding_task
from analysis.validation.validate import MODEL_SHEET, Validation, validate

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

ADJUDICATED = "adjudicated"


def write_sheets(file: CodingFile, tables: Tables, folder: str | Path) -> list[Path]:
    """Write the answers of each coder as a coding sheet (CSV), the adjudicated ones, and the key.

    Parameters
    ----------
    file : CodingFile
    tables : Tables
        The results that the sample was drawn from.
    folder : path
        Made if it is missing.

    Returns
    -------
    list of pathlib.Path
        `coding_TASK_CODER.csv` for each coder who answered everything, `coding_TASK_adjudicated.csv` if there are
        decisions, `coding_TASK_key.csv`. Names of sheets of language models end with `.model.csv`. Of marked quotes,
        the files have one row per span.

    Raises
    ------
    FramingError
        Nobody has answered all units.
    """
    done = _finished(file)
    if not done:
        raise FramingError("no coder has answered all units yet", path=file.path)
    if file.task == QUOTES:
        return _written(file, _quote_tables(file, done), folder)
    sheet = _sheet(file, tables)
    tables_of = {coder: file.answers(coder) for coder in done}
    if len(file.decisions()):
        tables_of[ADJUDICATED] = adjudicated(file, next(iter(done)))
    frames = {}
    for coder, answers in tables_of.items():
        blank = answers.copy()
        first = file.questions[0].name
        for question in file.questions:
            if question.if_no:  # a sheet has blank cells where the first answer makes a question void
                blank[question.name] = answers[question.name].where(~answers[first].isin([NO, UNCLEAR]), "")
        frames[coder] = sheet.assign(**{str(name): blank[name].to_numpy() for name in blank})
    return _written(file, frames, folder)


def _quote_tables(file: CodingFile, done: list[str]) -> dict[str, pd.DataFrame]:
    frames = {coder: marked_quotes(file, coder) for coder in done}
    if len(file.decisions()):
        frames[ADJUDICATED] = adjudicated_quotes(file, done[0])
    return frames


def _written(file: CodingFile, frames: dict[str, pd.DataFrame], folder: str | Path) -> list[Path]:
    """Write one file per coder, and the key."""
    folder = make_folder(folder)
    paths = []
    for name, frame in {"key": file.key(), **frames}.items():
        of_model = MODEL_SHEET if name in file.coders() and file.is_model(name) else ""
        paths.append(folder / f"coding_{file.task}_{name}{of_model}.csv")
        write_file(paths[-1], harmless(frame).to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))
    return paths


def validate_coding(file: CodingFile, tables: Tables, *, by: str = "outlet") -> Validation:
    """Compare the tables with the answers of people in a coding file; decisions count instead of the majority.

    Answers of language models are left out.

    Parameters
    ----------
    file : CodingFile
    tables : Tables
        The results that the sample was drawn from.
    by : str, default 'outlet'
        See `analysis.validation.validate`.

    Returns
    -------
    Validation

    Raises
    ------
    FramingError
        The task has no sheets, or nobody has answered all units.
    """
    done = [coder for coder in _finished(file) if not file.is_model(coder)]
    if not done:
        raise FramingError("no coder has answered all units yet", path=file.path)
    answers = {coder: file.answers(coder) for coder in done}
    decisions = _decisions(file)
    work = coding_task(tables, file.task, themes=_themes(file))  # type: ignore[arg-type]
    sample = build_sample(tables, work, file.key(), longest=None)
    return validate(tables, work, sample, answers, by=by, decisions=decisions)


def estimates_with_model(file: CodingFile, tables: Tables, coder: str, *, by: str = "outlet") -> pd.DataFrame:
    """Estimates from the answers of a language model, corrected with those of the people in the same file.

    Parameters
    ----------
    file : CodingFile
    tables : Tables
        The results that the sample was drawn from.
    coder : str
        Name of the model, which has coded all units. People need only have coded the first ones.
    by : str, default 'outlet'
        Column of `articles`, or period.

    Returns
    -------
    pandas.DataFrame
        See `analysis.validation.model_estimates.model_estimates`.

    Raises
    ------
    FramingError
        The coder is no model or has not finished, or people have coded too little.
    """
    if not file.is_model(coder):
        raise FramingError(f"'{coder}' is no language model in this file", path=file.path)
    people = {name: file.answers(name) for name in file.coders() if not file.is_model(name)}
    work = coding_task(tables, file.task, themes=_themes(file))  # type: ignore[arg-type]
    sample = build_sample(tables, work, file.key(), longest=None)
    model = file.answers(coder)
    return model_estimates(tables, work, sample, people, model, by=by, decisions=_decisions(file))


def _decisions(file: CodingFile) -> pd.DataFrame:
    """The decisions by unit."""
    units = dict(zip(file.key()["code"], file.key()["unit"], strict=True))
    return file.decisions().assign(unit=lambda made: made["code"].map(units))


def code_matrix(file: CodingFile, coder: str) -> pd.DataFrame:
    """A matrix of documents and codes: 1 where the coder answered 'yes', 0 where 'no', missing where 'unclear'.

    Parameters
    ----------
    file : CodingFile
        With questions that are answered with yes or no.
    coder : str

    Returns
    -------
    pandas.DataFrame
        Indexed by article_id, one column per question.
    """
    import pandas as pd

    answers = file.answers(coder).set_axis(pd.Index(file.key()["article_id"], name="article_id"), axis=0)
    return answers.apply(lambda column: column.map({YES: 1, NO: 0}).astype("Int8"))


def _finished(file: CodingFile) -> list[str]:
    total = len(file.key())
    return [coder for coder in file.coders() if file.progress(coder)["done"] == total]


def _themes(file: CodingFile) -> list[str] | None:
    return [question.name for question in file.questions] if file.task == "themes" else None


def _sheet(file: CodingFile, tables: Tables) -> pd.DataFrame:
    work = coding_task(tables, file.task, themes=_themes(file))  # type: ignore[arg-type]
    return build_sample(tables, work, file.key()).sheet
