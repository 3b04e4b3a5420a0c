"""Tables that are measured again are those of a full measurement with the changed study."""

from dataclasses import replace

import pandas as pd
import pytest

import analysis
from analysis.annotators.article import Measure
from analysis.annotators.pipeline import MEASURES
from analysis.errors import FramingError
from analysis.revision.remeasure import remeasure_folder
from analysis.schemas import TABLES
from tests.revision.conftest import COUNTRY, NAME, PATTERN, SIDE


def assert_same_tables(one, other):
    assert one.run == other.run
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=name)
    pd.testing.assert_frame_equal(one.further["parses"], other.further["parses"])


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_a_change_the_tables_stay(few, study):
    assert_same_tables(analysis.remeasure(few, study, progress=False), few)


def test_a_changed_study_gives_the_tables_of_a_full_measurement(few, changed):
    step = analysis.remeasure(few, changed(PATTERN), progress=False)
    assert not step.themes.equals(few.themes)
    assert step.quotes.equals(few.quotes)
    everything = changed(SIDE, NAME, PATTERN, COUNTRY)
    again = analysis.remeasure(step, everything, progress=False)
    assert set(again.quotes.query("speaker == 'lavrov'")["side"]) == {"iran"}
    assert len(again.mentions) < len(few.mentions)
    assert "Azerbaijan" in set(again.articles["outlet_country"])
    assert_same_tables(again, analysis.annotate(again.articles, everything, progress=False))


def test_a_folder_is_measured_again_shard_by_shard(few, changed, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.dataset.layout.SHARD_SIZE", 1)
    everything = changed(SIDE, NAME, PATTERN, COUNTRY)
    whole = analysis.remeasure(few, everything, progress=False)
    expected = contents(whole.save(tmp_path / "whole"))
    folder = few.save(tmp_path / "shards")
    remeasure_folder(folder, everything, progress=False)
    assert contents(folder) == expected
    assert len(list((folder / "shards").iterdir())) == 8


def test_the_parser_and_the_quote_model_are_not_run(few, changed, monkeypatch):
    def fail(*_, **__):
        raise AssertionError("a model was run")

    monkeypatch.setattr("analysis.annotators.parsing.spacy_parser.load_model", fail)
    monkeypatch.setattr("analysis.annotators.parsing.onnx_encoder.Encoder.run", fail)
    assert analysis.remeasure(few, changed(SIDE), progress=False).rejects.empty


def test_an_article_that_raises_an_error_is_refused(few, changed, monkeypatch, tmp_path):
    failed = few.articles["article_id"].iloc[0]

    def fails_for_one(article):
        if article.article_id == failed:
            raise ValueError("out of range")
        return iter(())

    measures = [measure for measure in MEASURES if measure.table.name != "themes"]
    monkeypatch.setattr(
        "analysis.revision.remeasure.MEASURES", (*measures, Measure(TABLES["themes"], fails_for_one))
    )
    folder = few.save(tmp_path)
    remeasure_folder(folder, changed(PATTERN), progress=False)
    for again in (analysis.remeasure(few, changed(PATTERN), progress=False), analysis.load_tables(folder)):
        assert again.rejects["article_id"].tolist() == [failed]
        assert "out of range" in again.rejects["detail"].iloc[0]
        assert failed not in set(again.articles["article_id"]) | set(again.quotes["article_id"])


def test_tables_of_another_version_are_refused(few, study):
    older = replace(few, run={**few.run, "toolkit": "0.0.1"})
    with pytest.raises(FramingError, match=r"another version.*toolkit"):
        analysis.remeasure(older, study)


def test_tables_without_parses_are_refused(few, changed):
    with pytest.raises(FramingError, match="no parses"):
        analysis.remeasure(replace(few, further={}), changed(SIDE))


def test_an_outlet_with_another_name_is_refused(few, changed):
    old, new = "{name: Bosphorus Herald,", "{name: The Bosphorus Herald, aliases: [Bosphorus Herald],"
    renamed = changed(("outlets.yml", old, new))
    with pytest.raises(FramingError, match="'Bosphorus Herald' has the name 'The Bosphorus Herald'"):
        analysis.remeasure(few, renamed)
