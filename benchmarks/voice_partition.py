"""Check that every word of an article belongs to exactly one voice, on a corpus of real articles.

    python -m benchmarks.voice_partition CHECKPOINT [--data ../shared/data/load/news.jsonl.gz] [--study data]

Each article is parsed, its quotes are found, and its text is divided among the voices as in a run. The
following is then checked word by word, without the code that counts words in a run: the segments cover the text
without gap or overlap; every word begins in exactly one segment; a segment is the outlet's if and only if it is
in no quote; and the counts per voice add up to the words of the article. CHECKPOINT is a file with one JSON
line per finished article. If it exists, the benchmark continues after its last line. The exit status is 1 if an
article breaks a rule or fails; the last lines name these articles and the rules.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis import corpus, load_study
from analysis.annotators import actors, quotes, speakers, voice
from analysis.annotators.parsing import spacy_parser
from analysis.annotators.parsing.document import VoiceSegment
from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.ingest import read
from analysis.schemas import OUTLET
from analysis.study import Study


def violations(text: str, segments: Sequence[VoiceSegment], sides: frozenset[str]) -> list[str]:
    """What is wrong with a division of a text among voices, in words; empty where nothing is."""
    wrong = []
    reached = 0
    for segment in segments:
        if segment.start != reached:
            wrong.append(
                f"{'gap' if segment.start > reached else 'overlap'} at {min(segment.start, reached)}"
            )
        if segment.end <= segment.start:
            wrong.append(f"empty segment at {segment.start}")
        if (segment.voice == OUTLET) != (segment.quote is None):
            wrong.append(f"voice '{segment.voice}' with quote {segment.quote} at {segment.start}")
        if segment.voice not in sides:
            wrong.append(f"unknown voice '{segment.voice}' at {segment.start}")
        reached = max(reached, segment.end)
    if reached != len(text):
        wrong.append(f"the last segment ends at {reached}, the text at {len(text)}")
    starts = sorted(segment.start for segment in segments)
    ends = sorted(segment.end for segment in segments)
    counted: Counter[str] = Counter()
    for word in corpus.WORD.finditer(text):
        holding = bisect_right(starts, word.start()) - bisect_right(ends, word.start())
        if holding != 1:
            wrong.append(f"{holding} voices for the word at {word.start()}")
            continue
        counted[segments[bisect_right(starts, word.start()) - 1].voice] += 1
    told = {name: number for name, number in voice.words_by_voice(text, segments).items() if number}
    if told != dict(counted):
        wrong.append("words_by_voice counts other words")
    if sum(told.values()) != corpus.count_words(text):
        wrong.append(f"{sum(told.values())} words in voices, {corpus.count_words(text)} in the article")
    return wrong


def checked(text: str, published: Any, study: Study, sides: frozenset[str]) -> dict[str, Any]:
    """Words, quotes and violations of one article; an article that fails is a violation."""
    try:
        document = spacy_parser.parse(PlainNewlines(text).text, published)
        records = quotes.quote_records(document)
        mentions = actors.find_mentions(document, study.actors)
        who = speakers.resolve_speakers(document, records, mentions, study.actors)
        segments = voice.partition(document, records, who)
        wrong = violations(document.text, segments, sides)
    except Exception as error:  # one article must not stop an hour of work
        return {"words": corpus.count_words(text), "quotes": 0, "wrong": [f"{type(error).__name__}: {error}"]}
    return {"words": corpus.count_words(text), "quotes": len(records), "wrong": wrong}


def done_before(checkpoint: Path) -> dict[str, dict[str, Any]]:
    """What an earlier run wrote, by article id; a line that was cut off is done again."""
    if not checkpoint.exists():
        return {}
    lines = checkpoint.read_text("utf-8").split("\n")
    checkpoint.write_text("".join(f"{line}\n" for line in lines[:-1]), "utf-8")
    return {row["article_id"]: row for row in map(json.loads, lines[:-1])}


def main() -> int:
    """Check what is not yet checked, then print the sums."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/load/news.jsonl.gz"))
    parser.add_argument("--study", type=Path, default=Path("data"))
    options = parser.parse_args()
    if not options.data.exists():
        print(f"skipped: no articles at {options.data}")
        return 0
    study = load_study(options.study)
    sides = frozenset({*study.actors.side_ids, "outlet", "unattributed"})
    articles = read(str(options.data)).articles
    rows = done_before(options.checkpoint)
    with options.checkpoint.open("a", encoding="utf-8") as file:
        for article in articles[~articles["article_id"].isin(rows)].itertuples(index=False):
            published = article.published.to_pydatetime() if article.published == article.published else None
            row = {"article_id": article.article_id, **checked(article.text, published, study, sides)}
            file.write(json.dumps(row) + "\n")
            file.flush()
            rows[article.article_id] = row
    broken = [row for row in rows.values() if row["wrong"]]
    n_words, n_quotes = (sum(row[name] for row in rows.values()) for name in ("words", "quotes"))
    print(f"{len(rows):,} of {len(articles):,} articles, {n_words:,} words, {n_quotes:,} quotes")
    print(f"{len(broken):,} articles break a rule")
    for row in broken:
        print(f"  {row['article_id']}: {'; '.join(row['wrong'][:3])}")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
