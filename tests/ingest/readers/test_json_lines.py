"""JSON lines, arrays and the answers of web services."""

import json

import pytest

from analysis.errors import FramingError
from analysis.ingest import read
from analysis.schemas import TABLES


def test_json_of_web_services(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        '{"status": "ok", "articles": [{"source": {"id": null, "name": "Gazette"}, "author": ["A", "B"], '
        '"publishedAt": "2022-06-29T10:00:00Z", "text": null, "content": ["First part.", "Second part."]}]}',
        "utf-8",
    )
    row = read(path).articles.iloc[0]
    assert (row.outlet, row.author, row.text) == ("Gazette", "A; B", "First part.\n\nSecond part.")


@pytest.mark.parametrize("indent", [None, 2])
def test_json_of_a_single_article(tmp_path, indent):
    (tmp_path / "a.json").write_text(json.dumps({"id": 12, "text": "One article."}, indent=indent), "utf-8")
    assert read(tmp_path / "a.json").articles["article_id"].tolist() == ["12"]


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_read_element_by_element(tmp_path, monkeypatch, indent):
    monkeypatch.setattr("analysis.ingest.readers.json_lines._CHUNK", 3)
    path = tmp_path / "a.json"
    values = [{"id": "a", "text": 'One ]\\" article, [1].'}, -1e5, {"id": "b", "text": "Two."}, [], None]
    path.write_text(f" {json.dumps(values, indent=indent)}\n", "utf-8")
    found = read(path)
    assert found.articles["text"].tolist() == [values[0]["text"], "Two."]
    assert found.rejects["row"].tolist() == ["2", "4", "5"]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ('[{"text": "a"}', "its end is missing"),
        ('[{"text": "a"},]', "element 2: Expecting value"),
        ('[{"text": "a"} {"text": "b"}]', "']' is missing"),
        ('[{"text": "a}]', "element 1: Unterminated string"),
        ('[{"text": "a"}] []', "something follows the array"),
    ],
)
def test_a_broken_array_is_refused_as_a_whole(tmp_path, broken, why):
    (tmp_path / "a.json").write_text(broken, "utf-8")
    with pytest.raises(FramingError) as error:
        read(tmp_path / "a.json")
    assert "the JSON array cannot be read" in str(error.value) and why in str(error.value)


def test_bad_lines_of_json_are_refused_by_number(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "Good line."}\n\n{"text": "cut off\n["no", "object"]\n{"title": "No text", "id": 5}\n'
        '{"text": "A half character \\ud83d here."}\n{"text": "A zero \\u0000 here."}\n',
        "utf-8",
    )
    reading = read(path)
    assert reading.rejects[["row", "reason"]].to_numpy().tolist() == [
        ["3", "bad_json"],
        ["4", "bad_json"],
        ["5", "no_text"],
        ["7", "binary"],
    ]
    assert reading.rejects.loc[2, ["article_id", "title"]].tolist() == ["5", "No text"]
    assert sorted(reading.articles["text"]) == ["A half character \ufffd here.", "Good line."]
    assert "row 6" in reading.notes[0]
    TABLES["rejects"].check(reading.rejects)


def test_half_a_character_in_any_place(tmp_path):
    half = json.dumps("\ud83d")
    lines = (
        f'{{"title": {half}, "text": "First text.", "id": {half}}}',
        f'{{"text": "Second text.", {half}: {half}}}',
        f'{{"title": {half}, "id": {half}, {half}: 1}}',
        '{"text": "Fourth text."}',
    )
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    reading = read(tmp_path / "a.jsonl")
    assert sorted(reading.articles["text"]) == ["First text.", "Fourth text.", "Second text."]
    assert reading.rejects[["row", "reason", "title"]].to_numpy().tolist() == [["3", "no_text", "\ufffd"]]
    assert "\ufffd" in reading.articles["title"].tolist()
    "\n".join(reading.notes).encode("utf-8")


def test_a_value_nested_450_deep_is_refused_alone(tmp_path):
    lines = ('{"text": "First text."}', f'{{"text": "Second text.", "id": {"[" * 450}{"]" * 450}}}')
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    reading = read(tmp_path / "a.jsonl")
    assert reading.articles["text"].tolist() == ["First text."]
    assert reading.rejects[["row", "reason"]].to_numpy().tolist() == [["2", "nested"]]
