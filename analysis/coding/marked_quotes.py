"""Quotes that several coders marked: where they differ, and the quotes after the decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.coding.spans import matched
from analysis.coding.store import NO_QUOTE, CodingFile

if TYPE_CHECKING:
    import pandas as pd

Quote = Mapping[str, Any]
COLUMNS = ("article_id", "quote", "role", "start", "end", "text", "speaker", "side", "decided_by")
_ROLES = ("content", "source", "cue")


def quote_disagreements(file: CodingFile) -> list[dict[str, Any]]:
    """Quotes that not all coders marked in the same way, in articles that at least two coders have finished.

    Parameters
    ----------
    file : CodingFile

    Returns
    -------
    list of dict
        As `analysis.coding.adjudication.disagreements` returns them. The answer of a coder is the quote in words; a
        decision names the coder whose version is right, or is 'none'.
    """
    texts = file.texts()
    decided = _decisions(file)
    found = []
    for code, by_coder in _finished(file).items():
        title, text = texts[code]
        for versions in _aligned(by_coder):
            if _same(versions, len(by_coder)):
                continue
            start, end = _extent(versions)
            answer, who = decided.get((code, f"{start}-{end}"), ("", ""))
            found.append({
                "code": code,
                "question": f"{start}-{end}",
                "allowed": [*versions, NO_QUOTE],
                "title": title,
                "text": f"{text[:start]}[[ {text[start:end]} ]]{text[end:]}",
                "answers": {
                    coder: _described(versions[coder], text) if coder in versions else "not marked"
                    for coder in by_coder
                },
                "comments": {},
                "decision": answer,
                "who": who,
            })  # fmt: skip
    return found


def marked_quotes(file: CodingFile, coder: str) -> pd.DataFrame:
    """The quotes that a coder marked, in the articles that the coder has finished.

    Parameters
    ----------
    file : CodingFile
    coder : str

    Returns
    -------
    pandas.DataFrame
        One row per span: article_id, quote (number in the article), role (content, source, cue), start, end (code
        points of the text, end exclusive), text, speaker, side, decided_by (empty).
    """
    done = {code: content["quotes"] for code, content in file.contents(coder).items() if content.get("done")}
    return _table(file, {code: [(quote, "") for quote in quotes] for code, quotes in done.items()})


def adjudicated_quotes(file: CodingFile, coder: str) -> pd.DataFrame:
    """The quotes of the articles that at least two coders have finished, after all decisions.

    Parameters
    ----------
    file : CodingFile
    coder : str
        Whose version counts where nothing was decided.

    Returns
    -------
    pandas.DataFrame
        As `marked_quotes`; `decided_by` says who decided, if somebody did.
    """
    decided = _decisions(file)
    settled: dict[str, list[tuple[Quote, str]]] = {}
    for code, by_coder in _finished(file).items():
        settled[code] = []
        for versions in _aligned(by_coder):
            start, end = _extent(versions)
            answer, who = decided.get((code, f"{start}-{end}"), (coder, ""))
            if answer in versions:
                settled[code].append((versions[answer], who))
    return _table(file, settled)


def _table(file: CodingFile, quotes: Mapping[str, Sequence[tuple[Quote, str]]]) -> pd.DataFrame:
    import pandas as pd

    key = file.key()
    articles = dict(zip(key["code"], key["article_id"], strict=True))
    rows = [
        (
            articles[code],
            number,
            role,
            start,
            end,
            file.text(code)[start:end],
            quote["speaker"],
            quote["side"],
            who,
        )
        for code, listed in quotes.items()
        for number, (quote, who) in enumerate(sorted(listed, key=lambda item: item[0]["content"]))
        for role in _ROLES
        for start, end in quote[role]
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"quote": "int64", "start": "int64", "end": "int64"}
    )
    return table.sort_values(["article_id", "quote"], kind="stable", ignore_index=True)


def _decisions(file: CodingFile) -> dict[tuple[str, str], tuple[str, str]]:
    """Decision and who decided, by unit and extent of the quote."""
    made = file.decisions().to_dict("records")
    return {(row["code"], row["question"]): (row["answer"], row["who"]) for row in made}


def _finished(file: CodingFile) -> dict[str, dict[str, list[Quote]]]:
    """The quotes by unit and coder, of the units that at least two coders have finished."""
    found: dict[str, dict[str, list[Quote]]] = {}
    for coder in file.coders():
        for code, content in file.contents(coder).items():
            if content.get("done"):
                found.setdefault(code, {})[coder] = content["quotes"]
    order = [code for code in file.key()["code"] if len(found.get(code, ())) > 1]
    return {code: found[code] for code in order}


def _aligned(by_coder: Mapping[str, Sequence[Quote]]) -> Iterator[dict[str, Quote]]:
    """The versions of each quote by coder, in the order of the text."""
    groups: list[dict[str, Quote]] = []
    for coder, quotes in by_coder.items():
        pairs = matched([_extent(versions) for versions in groups], [_span(quote) for quote in quotes])
        for place, number in pairs:
            groups[place][coder] = quotes[number]
        taken = {number for _, number in pairs}
        groups += [{coder: quote} for number, quote in enumerate(quotes) if number not in taken]
    return iter(sorted(groups, key=_extent))


def _span(quote: Quote) -> tuple[int, int]:
    """First and last offset of the words of a quote."""
    return quote["content"][0][0], quote["content"][-1][1]


def _extent(versions: Mapping[str, Quote]) -> tuple[int, int]:
    starts, ends = zip(*map(_span, versions.values()), strict=True)
    return min(starts), max(ends)


def _same(versions: Mapping[str, Quote], n_coders: int) -> bool:
    """Whether all coders marked a quote, in the same way."""
    first, *others = [
        (*(quote[role] for role in _ROLES), quote["speaker"].casefold(), quote["side"])
        for quote in versions.values()
    ]
    return len(versions) == n_coders and all(other == first for other in others)


def _described(quote: Quote, text: str) -> str:
    words = {role: " … ".join(text[start:end] for start, end in quote[role]) for role in _ROLES}
    return (
        f"“{words['content']}”, source: {words['source'] or 'none'}, cue: {words['cue'] or 'none'}, "
        f"speaker: {quote['speaker'] or 'none'}, side: {quote['side'] or 'none'}"
    )
