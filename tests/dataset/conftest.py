"""A small results folder of two shards, without models."""

import pytest

from analysis.dataset import arrow, commit, write_shard
from analysis.schemas import TABLES


def articles(*ids):
    """The stored columns of made-up articles."""
    whole = TABLES["articles"].frame(
        [
            {
                "article_id": article_id,
                "outlet": "Example Gazette",
                "title": f"Report {article_id}",
                "text": f"The text of {article_id}.",
                "language": "en",
                "family_id": article_id,
                "n_words": 4,
                "source_file": "made_up.csv",
            }
            for article_id in ids
        ]
    )
    return whole


def rows_of(*ids):
    """The tables of a shard."""
    frame = articles(*ids)
    themes = [
        {
            "article_id": article_id,
            "start": start,
            "end": start + 4,
            "theme": "trade",
            "text": "text",
            "sentence": 0,
            "pattern": "text",
            "voice": "outlet",
            "negated": False,
            "probability": 1.0,
        }
        for article_id in ids
        for start in range(2)
    ]
    return {
        "articles": arrow.from_frame(frame, arrow.STORED["articles"]),
        "themes": arrow.from_rows(arrow.STORED["themes"], themes),
    }


def commit_shards(folder, *groups, run=None, study=None):
    """Commit one shard per group of article ids."""
    finished = [
        write_shard(folder, number, f"mark of {'+'.join(ids)}", rows_of(*ids))
        for number, ids in enumerate(groups)
    ]
    families = arrow.from_frame(articles(*(i for ids in groups for i in ids)), arrow.FAMILIES)
    commit(
        folder,
        run=run or {"toolkit": "1"},
        finished=finished,
        families=families,
        rejects=b"source_file,row,article_id,title,reason,detail\n",
        study=study,
    )
    return folder


@pytest.fixture
def folder(tmp_path):
    """A results folder of two shards."""
    return commit_shards(tmp_path / "results", ("a", "c"), ("b",))
