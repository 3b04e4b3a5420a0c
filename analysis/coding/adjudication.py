"""Agreement while people code, the units on which they differ, and the coding after the decisions."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from analysis.coding.marked_quotes import quote_disagreements
from analysis.coding.spans import gamma, span_f1
from analysis.coding.store import QUOTES, CodingFile
from analysis.validation.agreement import krippendorff_alpha
from analysis.validation.tasks import UNCLEAR

if TYPE_CHECKING:
    import pandas as pd

    from analysis.validation.tasks import Question

_SHOWN = 500  # disagreements on the page; more are shown when these are decided


def live_agreement(file: CodingFile) -> list[dict[str, Any]]:
    """Agreement of all coders so far.

    Parameters
    ----------
    file : CodingFile

    Returns
    -------
    list of dict
        For each question its `measure` ("Krippendorff's alpha"), `value` (None if not defined) and `units` (with at
        least two answers; 'unclear' counts as none). For marked quotes, F1 and gamma of each pair of coders, of the
        units that both have finished.
    """
    if file.task == QUOTES:
        return [row for pair in combinations(file.coders(), 2) for row in _agreement_of_spans(file, *pair)]
    rows = []
    for question in file.questions:
        codes = _codes(file, question.name)
        value = _alpha(question, codes) if codes.shape[1] > 1 else float("nan")
        rows.append({
            "question": question.name,
            "measure": "Krippendorff's alpha",
            "value": None if value != value else round(value, 4),
            "units": int((codes.notna().sum(axis=1) > 1).sum()),
        })  # fmt: skip
    return rows


def _alpha(question: Question, codes: pd.DataFrame) -> float:
    """Krippendorff's alpha of the answers to a question, one column per coder."""
    order = list(question.answers) if question.level == "ordinal" else None
    return krippendorff_alpha(codes, level=question.level, order=order)


def pairwise_agreement(file: CodingFile) -> list[dict[str, Any]]:
    """Krippendorff's alpha of each pair of coders; people with people are the ceiling for a language model.

    Parameters
    ----------
    file : CodingFile

    Returns
    -------
    list of dict
        Columns question, coders, kind ("people", "model and people" or "models"), value (None if not defined), units.
    """
    models = {coder for coder in file.coders() if file.is_model(coder)}
    rows = []
    for question in file.questions:
        codes = _codes(file, question.name)
        for pair in combinations(map(str, codes), 2):
            both = codes[list(pair)].dropna()
            value = _alpha(question, both)
            rows.append({
                "question": question.name,
                "coders": ", ".join(pair),
                "kind": ("people", "model and people", "models")[len(models & set(pair))],
                "value": None if value != value else round(value, 4),
                "units": len(both),
            })  # fmt: skip
    return rows


def _codes(file: CodingFile, question: str) -> pd.DataFrame:
    """Answers to a question: one row per unit, one column per coder; 'unclear' is missing."""
    import pandas as pd

    coders = file.coders()
    codes = pd.DataFrame({coder: file.answers(coder)[question] for coder in coders})
    return codes.where(codes != UNCLEAR)


def _agreement_of_spans(file: CodingFile, one: str, other: str) -> list[dict[str, Any]]:
    mine, theirs = file.contents(one), file.contents(other)
    both = [code for code in mine if mine[code].get("done") and theirs.get(code, {}).get("done")]
    pairs = [(_contents(mine[code]), _contents(theirs[code])) for code in both]
    lengths = [len(file.text(code)) for code in both]
    values = {"F1": span_f1(pairs), "gamma": gamma(pairs, lengths)}
    return [
        {
            "question": f"{one}, {other}",
            "measure": measure,
            "value": None if value != value else round(value, 4),
            "units": len(both),
        }
        for measure, value in values.items()
    ]


def _contents(content: dict[str, Any]) -> list[tuple[int, int]]:
    """First and last offset of the words of each marked quote."""
    return [(quote["content"][0][0], quote["content"][-1][1]) for quote in content.get("quotes", ())]


def disagreements(file: CodingFile) -> list[dict[str, Any]]:
    """Units on which two coders gave different answers, with all answers and the decision if there is one.

    For marked quotes, each quote that not all coders marked in the same way is a row.

    Parameters
    ----------
    file : CodingFile

    Returns
    -------
    list of dict
        Columns code, question, title, text, answers (by coder), comments (by coder), decision, who. Undecided
        ones come first.
    """
    if file.task == QUOTES:
        return _open_first(quote_disagreements(file))
    texts = file.texts()
    contents = {coder: file.contents(coder) for coder in file.coders()}
    decided = {(row["code"], row["question"]): row for row in file.decisions().to_dict("records")}
    found = []
    for question in file.questions:
        codes = _codes(file, question.name).set_axis(file.key()["code"], axis=0)
        for code, row in codes[codes.nunique(axis=1) > 1].iterrows():
            code = str(code)
            decision = decided.get((code, question.name), {})
            comments = {coder: saved.get(code, {}).get("comment") for coder, saved in contents.items()}
            title, text = texts[code]
            found.append({
                "code": code,
                "question": question.name,
                "allowed": list(question.allowed),
                "title": title,
                "text": text,
                "answers": row.dropna().to_dict(),
                "comments": {coder: comment for coder, comment in comments.items() if comment},
                "decision": decision.get("answer", ""),
                "who": decision.get("who", ""),
            })  # fmt: skip
    return _open_first(found)


def _open_first(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: bool(row["decision"]))[:_SHOWN]


def adjudicated(file: CodingFile, coder: str) -> pd.DataFrame:
    """The answers of a coder with all decisions in their place, as `CodingFile.answers`.

    Parameters
    ----------
    file : CodingFile
    coder : str
        Whose answers count where nothing was decided.

    Returns
    -------
    pandas.DataFrame
    """
    answers = file.answers(coder)
    units = dict(zip(file.key()["code"], file.key()["unit"], strict=True))
    for row in file.decisions().to_dict("records"):
        answers.loc[units[row["code"]], row["question"]] = str(row["answer"])
    return answers
