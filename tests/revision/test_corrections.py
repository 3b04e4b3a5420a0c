"""Corrections by hand are kept in a file, applied, reported where they do not fit, and undone."""

import json
import time
import warnings

import pandas as pd
import pytest

import analysis
from analysis.dataset.storage import article_of
from analysis.errors import FramingError, ReadError, StaleCorrections
from analysis.provenance import corrections_note, published_run
from analysis.revision.corrections import (
    add_correction,
    correct_folder,
    no_corrections,
    read_corrections,
    uncorrected,
)
from analysis.schemas import TABLES


def correction(row, column, old, new):
    return {
        "row": row,
        "column": column,
        "old": str(old),
        "new": str(new),
        "who": "ann",
        "when": "2026-01-02",
    }


def apply(tables, *corrections):
    return analysis.apply_corrections(tables, pd.DataFrame(corrections))


def same(one, other):
    return one.run == other.run and all(getattr(one, name).equals(getattr(other, name)) for name in TABLES)


@pytest.fixture(scope="module")
def quote(bundled):
    """A quote of a Russian actor with a theme in it."""
    inside = set(bundled.themes["quote_id"].dropna())
    quotes = bundled.quotes[bundled.quotes["quote_id"].isin(inside)]
    return quotes[quotes["speaker"].notna() & (quotes["side"] == "russia")].iloc[0]


@pytest.fixture(scope="module")
def corrections(bundled, quote):
    hits = bundled.themes.drop_duplicates(["article_id", "start"], keep=False)
    hit, other = (f"{row.article_id}:{row.start}:{row.theme}" for row in hits.iloc[:2].itertuples())
    mention = bundled.mentions.query("abstained.notna()").iloc[0]
    return [
        correction(quote["quote_id"], "quotes.speaker", quote["speaker"], "zarif"),
        correction(hit, "themes.theme", hits["theme"].iloc[0], ""),
        correction(other, "themes.theme", hits["theme"].iloc[1], "afghanistan"),
        correction(
            f"{mention['article_id']}:{mention['start']}", "mentions.polarity", mention["polarity"], -1
        ),
    ]


@pytest.fixture(scope="module")
def corrected(bundled, corrections):
    return apply(bundled, *corrections)


def test_a_speaker_gives_the_side_and_the_voice_of_what_was_said(bundled, corrected, quote):
    row = corrected.quotes.set_index("quote_id").loc[quote["quote_id"]]
    assert (row["speaker"], row["side"], row["speaker_rule"]) == ("zarif", "iran", "correction")
    assert row["speaker_name"] == "Mohammad Javad Zarif"
    inside = corrected.themes["quote_id"] == quote["quote_id"]
    assert set(corrected.themes[inside]["voice"]) == {"iran"}
    before, after = (t.tones[t.tones["article_id"] == quote["article_id"]] for t in (bundled, corrected))
    iran = [tones[tones["voice"] == "iran"]["n_words"].sum() for tones in (before, after)]
    assert iran[0] < iran[1] and before["n_words"].sum() == after["n_words"].sum()
    corrected.check()


def test_hits_are_removed_or_get_another_theme(bundled, corrected, corrections):
    assert len(corrected.themes) == len(bundled.themes) - 1
    assert (corrected.themes["theme"] == "afghanistan").sum() == (
        bundled.themes["theme"] == "afghanistan"
    ).sum() + 1


def test_a_tone_is_certain(corrected, corrections):
    article_id, _, start = corrections[3]["row"].rpartition(":")
    row = corrected.mentions.set_index(["article_id", "start"]).loc[(article_id, int(start))]
    assert (row["polarity"], row["p_negative"], row["p_neutral"]) == (-1, 1.0, 0.0)
    assert pd.isna(row["abstained"])


def test_the_tables_say_how_many_corrections_they_hold(bundled, corrected):
    assert corrections_note(corrected.run) == "The numbers include 4 corrections by hand."
    assert corrected.run["fingerprint"] != bundled.run["fingerprint"]
    assert "4 corrections by hand" in corrected._repr_html_()
    assert "rows" not in published_run(corrected.run)["corrections"]  # they hold words of articles


def test_corrections_are_undone(bundled, corrected, corrections, tmp_path):
    loaded = analysis.load_tables(corrected.save(tmp_path / "results"))
    assert same(loaded, corrected)
    assert same(uncorrected(loaded), bundled)
    assert same(apply(loaded, *corrections[:1]), apply(bundled, *corrections[:1]))


def test_a_folder_is_corrected_shard_by_shard(bundled, corrections, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.dataset.layout.SHARD_SIZE", 1)
    articles = {article_of(corrections[0]["row"]), *(one["row"].split(":")[0] for one in corrections[1:])}
    few = bundled.select([*articles, *bundled.articles["article_id"].iloc[-4:]])
    folder = few.save(tmp_path / "shards")
    as_measured, written = contents(folder), {path.name: path.stat().st_mtime_ns for path in parts(folder)}
    for some in (corrections, corrections[1:]):
        whole = apply(few, *some).save(tmp_path / f"whole {len(some)}")
        run = correct_folder(folder, pd.DataFrame(some))
        assert len(run["corrections"]["applied"]) == len(some)
        assert contents(folder) == contents(whole)
        kept = [path for path in parts(folder) if written.get(path.name) == path.stat().st_mtime_ns]
        assert kept, "shards without corrections are not written again"
    correct_folder(folder, no_corrections())
    assert contents(folder) == as_measured


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def parts(folder):
    return list((folder / "quotes").glob("*.parquet"))


def test_a_correction_of_a_corrected_row_builds_on_it(bundled, quote):
    row = quote["quote_id"]
    twice = apply(
        bundled,
        correction(row, "quotes.speaker", quote["speaker"], ""),
        correction(row, "quotes.side", "unattributed", "syria"),
        correction(row, "quotes.speaker_name", "", "a trader"),
    )
    cells = twice.quotes.set_index("quote_id").loc[row, ["speaker_name", "side", "speaker_rule"]].tolist()
    assert cells == ["a trader", "syria", "correction"]
    assert same(uncorrected(twice), bundled)


def test_a_correction_that_does_not_fit_is_reported(bundled, quote):
    wrong = correction(quote["quote_id"], "quotes.speaker", "nobody", "zarif")
    gone = correction("no-such-q0001", "quotes.side", "iran", "russia")
    with pytest.warns(StaleCorrections, match=r"2 of 2 .*quotes.speaker of .* is '\w+', not 'nobody'"):
        kept = apply(bundled, wrong, gone)
    assert [one["reason"] for one in kept.run["corrections"]["stale"]] == [
        f"is '{quote['speaker']}', not 'nobody'",
        "no longer exists",
    ]
    assert kept.quotes.equals(bundled.quotes)


@pytest.mark.parametrize(
    "column, new, message",
    [
        ("quotes.speaker", "nobody", r"line 2.*no actor 'nobody'"),
        ("quotes.side", "iran", r"'\w+' is on the side 'russia'"),
        ("quotes.content", "x", r"'quotes.content' cannot be corrected.*quotes.speaker"),
    ],
)
def test_a_correction_that_cannot_be_made_is_an_error(bundled, quote, column, new, message):
    old = quote.get(column.partition(".")[2])
    with pytest.raises(FramingError, match=message):
        apply(bundled, correction(quote["quote_id"], column, old, new))


def test_a_correction_is_added_to_the_file_with_its_old_value(bundled, quote, corrections, tmp_path):
    file = tmp_path / "corrections.csv"
    add_correction(file, bundled, quote["quote_id"], "quotes.speaker", "zarif", who="=ann", when="2026-01-02")
    add_correction(file, bundled, corrections[3]["row"], "mentions.polarity", "-1", who="ben")
    made = read_corrections(file)
    assert made.iloc[0].tolist() == [
        quote["quote_id"],
        "quotes.speaker",
        quote["speaker"],
        "zarif",
        "=ann",
        "2026-01-02",
    ]
    assert made["new"].tolist() == ["zarif", "-1"]
    assert "'=ann" in file.read_text(encoding="utf-8")
    with pytest.raises(FramingError, match="no row 'q9'"):
        add_correction(file, bundled, "q9", "quotes.speaker", "zarif", who="ann")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(analysis.apply_corrections(bundled, file).run["corrections"]["applied"]) == 2


def test_a_file_without_a_column_is_refused(tmp_path):
    (tmp_path / "corrections.csv").write_text("row,old,new\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"'column' is missing.*row, column, old, new, who, when"):
        read_corrections(tmp_path / "corrections.csv")


def test_a_corrected_speaker_is_in_the_figure_within_five_seconds(bundled):
    from analysis import figures

    row = bundled.quotes.query("speaker == 'lavrov'").iloc[0]
    began = time.process_time()
    corrected = apply(bundled, correction(row["quote_id"], "quotes.speaker", "lavrov", "zarif"))
    (drawn,) = figures.draw_figures(corrected, only=["who_is_quoted"])
    assert time.process_time() - began < 5
    (before,) = figures.draw_figures(bundled, only=["who_is_quoted"])
    assert not drawn.numbers.equals(before.numbers)


def test_the_record_is_json(corrected):
    assert json.loads(json.dumps(corrected.run)) == corrected.run
