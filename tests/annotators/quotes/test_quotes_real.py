"""The stand-off coding of quotes in real articles holds together; its texts are not part of the repository."""

import csv
import re
from collections import defaultdict
from itertools import pairwise

import pandas as pd
import pytest

from analysis import read_articles
from analysis.corpus import WORD
from analysis.schemas import ROLES
from benchmarks import real_quotes
from tests.conftest import DATA

REAL = DATA.parent.parent / "shared" / "data" / "coverage" / "core.jsonl"


def gold(name):
    with (DATA / "gold" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def spans():
    """(start, end) by article and quote, then role."""
    found = defaultdict(lambda: {role: [] for role in ROLES})
    for row in gold("real_quotes"):
        found[row["article_id"], row["quote"]][row["role"]].append((int(row["start"]), int(row["end"])))
    return found


@pytest.fixture(scope="module")
def texts():
    if not REAL.exists():
        pytest.skip(f"the real articles are not here ({REAL}); they are not part of the repository")
    articles = read_articles(REAL)
    return dict(zip(articles["article_id"], articles["text"], strict=True))


def test_articles_and_quotes_are_coded_without_their_text(spans):
    articles = gold("real_quote_articles")
    assert [list(row) for row in articles] == [["article_id", "part", "coded_to", "text_sha256"]] * 20
    assert sorted(row["part"] for row in articles) == ["dev"] * 10 + ["report"] * 10
    ends = {row["article_id"]: int(row["coded_to"]) for row in articles}
    assert len(ends) == 20 and all(re.fullmatch(r"[0-9a-f]{64}", row["text_sha256"]) for row in articles)
    assert list(gold("real_quotes")[0]) == ["article_id", "quote", "role", "start", "end"]
    for (article, quote), roles in spans.items():
        assert roles["content"], (article, quote)
        assert min(roles["content"])[0] < ends[article], (article, quote)
        for parts in roles.values():
            assert all(start < end for start, end in parts)
            assert all(end <= start for (_, end), (start, _) in pairwise(sorted(parts))), (article, quote)


def test_every_quote_has_a_side_and_the_side_follows_the_actor(spans, study):
    rows = gold("real_speakers")
    assert [(row["article_id"], row["quote"]) for row in rows] == list(spans)
    for row in rows:
        assert list(row) == ["article_id", "quote", "speaker", "side"] and row["side"], row
        if row["speaker"]:
            assert study.actors[row["speaker"]].side == row["side"], row


def test_offsets_stand_in_the_text_that_was_coded(spans, texts):
    coded = pd.DataFrame(gold("real_quote_articles"))
    articles = pd.DataFrame({"article_id": texts.keys(), "text": texts.values()})
    assert set(real_quotes.unchanged(articles, coded)) == set(coded["article_id"])
    for (article, quote), roles in spans.items():
        for start, end in (span for parts in roles.values() for span in parts):
            words = texts[article][start:end]
            assert words == words.strip() and "\n\n" not in words, (article, quote, start)
            assert WORD.search(words) or words == ":", (article, quote, start)
        others = roles["source"] + roles["cue"]
        for (_, end), (start, _) in pairwise(sorted(roles["content"])):
            # What stands between two parts of a content is its source, its cue, or the end of a paragraph.
            interrupted = any(first < start and last > end for first, last in others)
            assert interrupted or "\n\n" in texts[article][end:start], (article, quote, end)


def test_quotes_that_begin_where_nothing_is_coded_are_left_out(bundled):
    first, second = bundled.articles["article_id"].iloc[:2]
    coded = pd.DataFrame({"article_id": [first, second], "coded_to": [400, 0]})
    left = real_quotes.beginning(bundled, coded)
    starts = left.quote_spans[left.quote_spans["role"] == "content"].groupby("quote_id")["start"].min()
    assert set(left.quotes["article_id"]) == {first} and (starts < 400).all()
    assert set(left.quote_spans["quote_id"]) == set(left.quotes["quote_id"])
    later = bundled.quotes.query("article_id == @first and quote_id not in @left.quotes.quote_id")
    assert len(later) and (later["end"] > 400).all()


def test_another_text_than_the_coded_one_is_refused(tmp_path, capsys, bundled):
    path = tmp_path / "articles.jsonl"
    row = bundled.articles.iloc[:1].assign(article_id="ald-00523", published=None)
    row[["article_id", "outlet", "title", "text"]].to_json(path, orient="records", lines=True)
    with pytest.raises(SystemExit):
        real_quotes.main(["--data", str(path)])
    said = capsys.readouterr().err
    assert "not the text that was coded" in said and "ald-00523" in said
