"""The words of articles put back into tables without text."""

import pytest
from pandas.testing import assert_frame_equal

from analysis.errors import FramingError
from analysis.schemas import TABLES
from analysis.standoff import join_text, remove_text

DESCRIPTION = ["speaker_name"]  # more than four words of an article are not put back


@pytest.fixture(scope="module")
def frames(bundled):
    return {name: getattr(bundled, name) for name in TABLES}


@pytest.fixture(scope="module")
def bare(frames):
    return remove_text(frames)


def test_every_word_is_put_back(frames, bare):
    joined = join_text(bare, frames["articles"].sample(frac=1, random_state=3))
    assert set(joined.report["match"]) == {"same text"}
    assert joined.report["spans_lost"].sum() == 0
    for name, table in frames.items():
        left_out = {"quotes": DESCRIPTION, "articles": ["source_file"], "rejects": ["detail"]}.get(name, [])
        expected = table[[c for c in table if not c.startswith("extra_") and c not in left_out]]
        assert_frame_equal(joined.frames[name].drop(columns=left_out), expected.reset_index(drop=True))


def test_copies_that_differ_are_realigned(frames, bare):
    articles = frames["articles"].copy()
    articles["text"] = [
        "Printed again.\n\n" + text.replace("\n\n", "\n").replace(" the ", " the very ", 1) + "\nMore here."
        for text in articles["text"]
    ]
    joined = join_text(bare, articles)
    assert set(joined.report["match"]) <= {"same URL", "same headline", "similar text"}
    assert joined.report["spans_lost"].sum() < 0.04 * joined.report["spans"].sum()
    both = frames["quotes"].merge(joined.frames["quotes"], on="quote_id")
    assert len(both) > 0.95 * len(frames["quotes"])
    assert (both["content_x"].str.split() == both["content_y"].str.split()).all()


def test_articles_that_are_not_there_are_reported(frames, bare):
    some = frames["articles"].head(3)[["text"]]
    report = join_text(bare, some).report
    assert report["match"].value_counts().to_dict() == {
        "missing": len(frames["articles"]) - 3,
        "same text": 3,
    }


def test_tables_with_texts_are_refused(frames):
    with pytest.raises(FramingError, match="these tables have their texts"):
        join_text(frames, frames["articles"])


def test_another_text_at_the_same_address_is_no_copy(frames, bare):
    articles = (
        frames["articles"].head(5).assign(text="Quite another story about the weather in the mountains.")
    )
    assert set(join_text(bare, articles).report["match"]) == {"missing"}
