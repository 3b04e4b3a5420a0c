"""Speakers and sides of the quotes that the toolkit finds, against the coding of the bundled corpus.

    python -m benchmarks.speakers            # the table
    python -m benchmarks.speakers --wrong    # and each quote whose speaker or side is wrong

There are three scores, each with its own denominator: the share of coded quotes that are found; the share of
found quotes whose speaker is right; and both together, where a missed quote counts as wrong. A speaker is right
if it is the coded actor, or empty if none is coded. `benchmarks.quote_matching` defines when a quote is found.
Intervals are Wilson intervals over quotes. Quotes of one article are not independent, so the intervals are too
narrow.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import annotate, load_study, read_articles
from benchmarks.quote_matching import pairs, quotes_in_words

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study import Study
    from analysis.tables import Tables

ROOT = Path(__file__).parents[1]
QUOTE = ["article_id", "quote"]


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--study", type=Path, default=ROOT / "data")
    parser.add_argument("--out", type=Path, help="the table as CSV")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args(arguments)

    study = load_study(options.study)
    matched = match(
        measured(study), *coding(study.gold_path / "quotes.csv", study.gold_path / "speakers.csv")
    )
    table = speaker_scores(matched)
    print(table.to_string(index=False, float_format=lambda value: f"{value:.3f}"))
    if options.wrong:
        found = matched[matched["found"] & matched["coded"]]
        wrong = found[(found["speaker"] != found["coded_speaker"]) | (found["side"] != found["coded_side"])]
        for row in wrong.itertuples():
            print(f"{row.article_id} {row.quote}: [{row.source}] {row.content[:90]}")
            print(
                f"    coded {row.coded_speaker or '-'} ({row.coded_name or '-'}), {row.coded_side}; ", end=""
            )
            print(f"found {row.speaker or '-'} ({row.speaker_name or '-'}), {row.side}")
    if options.out:
        table.to_csv(options.out, index=False, float_format="%.4f")


def measured(study: Study) -> Tables:
    """The tables of the study's own articles."""
    return annotate(read_articles(study.articles_path, outlets=study.outlets), study, progress=False)


def coding(spans: Path, speakers: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The coded spans and the coded speakers, as `match` takes them."""
    import pandas as pd

    as_coded = {"dtype": {"article_id": "str"}, "keep_default_na": False}
    return pd.read_csv(spans, **as_coded), pd.read_csv(speakers, **as_coded)


def match(tables: Tables, spans: pd.DataFrame, speakers: pd.DataFrame) -> pd.DataFrame:
    """The quotes of a run beside the coded ones, one row for each that is either.

    Parameters
    ----------
    tables : Tables
    spans : pandas.DataFrame
        article_id, quote, role, start, end: the coded spans.
    speakers : pandas.DataFrame
        article_id, quote, speaker, side, and perhaps speaker_name: who was coded.

    Returns
    -------
    pandas.DataFrame
        article_id, quote (coded), quote_id (found), coded, found (bool), source_right; coded_speaker, coded_name,
        coded_side; speaker, speaker_name, side, source, content of the quote that was found. '' where there is none.
    """
    import pandas as pd

    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    ours = tables.quote_spans.merge(tables.quotes[["quote_id", "article_id"]], on="quote_id")
    matched = pd.DataFrame(
        pairs(quotes_in_words(spans, texts, quote="quote"), quotes_in_words(ours, texts, quote="quote_id")),
        columns=["article_id", "quote", "quote_id", "source_right"],
    )
    names = {"speaker": "coded_speaker", "speaker_name": "coded_name", "side": "coded_side"}
    coded = (
        speakers.reindex(columns=[*QUOTE, *names]).rename(columns=names).merge(matched, on=QUOTE, how="left")
    )
    columns = ["quote_id", "article_id", "speaker", "speaker_name", "side", "source", "content"]
    both = coded.merge(tables.quotes[columns], on=["article_id", "quote_id"], how="outer")
    both = both.assign(coded=both["coded_side"].notna(), found=both["quote_id"].notna())
    both["source_right"] = both["source_right"].eq(True)
    texts_of_both = both.columns.difference(["quote", "coded", "found", "source_right"])
    both[texts_of_both] = both[texts_of_both].astype("str").fillna("")
    return both


def speaker_scores(matched: pd.DataFrame) -> pd.DataFrame:
    """The shares that say how good the speakers are, each with what it is a share of.

    Parameters
    ----------
    matched : pandas.DataFrame
        As `match` returns it.

    Returns
    -------
    pandas.DataFrame
        measure, right, n, share, ci95_low, ci95_high.
    """
    import pandas as pd

    from analysis.compare._core.intervals import wilson

    coded, own = matched[matched["coded"]], matched[matched["found"]]
    found = coded[coded["found"]]
    named, source = found[found["speaker"] != ""], found[found["source_right"]]
    actors = found[found["coded_speaker"] != ""]
    shares = {
        "coded quotes found": coded["found"],
        "coded quotes found, source right": coded["found"] & coded["source_right"],
        "own quotes that are coded": own["coded"],
        "speaker right or correctly none, of quotes found": _speaker_right(found),
        "speaker right, where one is named": _speaker_right(named),
        "speaker right, where one is coded": _speaker_right(actors),
        "side right, of quotes found": _side_right(found),
        "speaker right or correctly none, source right": _speaker_right(source),
        "side right, source right": _side_right(source),
        "speaker right or correctly none, of all coded quotes": coded["found"] & _speaker_right(coded),
        "side right, of all coded quotes": coded["found"] & _side_right(coded),
    }
    rows = [
        (measure, int(right.sum()), len(right), right.mean(), *wilson(int(right.sum()), len(right)))
        for measure, right in shares.items()
    ]
    return pd.DataFrame(rows, columns=["measure", "right", "n", "share", "ci95_low", "ci95_high"])


def _speaker_right(matched: pd.DataFrame) -> pd.Series:
    return matched["speaker"] == matched["coded_speaker"]


def _side_right(matched: pd.DataFrame) -> pd.Series:
    return matched["side"] == matched["coded_side"]


if __name__ == "__main__":
    main()
