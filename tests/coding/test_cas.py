"""Annotations of CAS files are read back on their words."""

from dataclasses import replace

import pytest

import analysis
from analysis.coding.cas import read_cas_coding
from analysis.errors import ReadError

pytest.importorskip("cassis")


def test_what_we_export_is_read_back_from_xmi_and_json(bundled, tmp_path):
    import cassis

    few = bundled.select(bundled.articles["article_id"].iloc[:2])
    # astral characters: CAS files count UTF-16 units
    text = few.articles["text"].str.replace("\n", "\r\n", n=1)
    types, *paths = analysis.export(few, tmp_path / "xmi", to="xmi").files
    coding = read_cas_coding(paths, few)
    themes = coding[coding["layer"] == "framing.Theme"]
    assert sorted(themes["text"]) == sorted(few.themes["text"]) and len(themes)
    assert {row["theme"] for row in themes["features"]} == set(few.themes["theme"])
    cas = cassis.load_cas_from_xmi(
        paths[0].read_text("utf-8"), typesystem=cassis.load_typesystem(types.read_text("utf-8"))
    )
    cas.to_json(str(tmp_path / "a.json"))
    windows = replace(few, articles=few.articles.assign(text=text))
    again = read_cas_coding([tmp_path / "a.json"], windows)
    first = few.articles["article_id"].iloc[0]
    assert again["text"].str.len().gt(0).all()
    assert again[again["layer"] == "framing.Theme"]["text"].tolist() == [
        words.replace("\n", "\r\n")
        for words in coding[(coding["layer"] == "framing.Theme") & (coding["article_id"] == first)]["text"]
    ]


def test_astral_characters_do_not_shift_annotations(bundled, tmp_path):
    import cassis

    few = bundled.select(bundled.articles["article_id"].iloc[:1])
    types = cassis.TypeSystem()
    made = types.create_type("custom.Code", supertypeName="uima.tcas.Annotation")
    types.create_feature(made, "label", "uima.cas.String")
    text = f"🚂🚂 {few.articles['text'].iloc[0]}"
    cas = cassis.Cas(typesystem=types, sofa_string=text, sofa_mime="text/plain")
    start = text.index("Iran")
    cas.add(made(begin=start, end=start + 4, label="state"))
    (tmp_path / "TypeSystem.xml").write_text(types.to_xml(), encoding="utf-8")
    (tmp_path / "a.xmi").write_text(cas.to_xmi(), encoding="utf-8")
    row = read_cas_coding([tmp_path / "a.xmi"], few).iloc[0]
    assert (row["text"], row["layer"], row["features"]) == ("Iran", "custom.Code", {"label": "state"})


def test_damaged_files_and_other_texts_are_named(bundled, tmp_path):
    (tmp_path / "a.xmi").write_text("<broken", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.xmi.*not a CAS"):
        read_cas_coding([tmp_path / "a.xmi"], bundled)
    one, other = (bundled.select(bundled.articles["article_id"].iloc[[number]]) for number in (0, 1))
    path = analysis.export(one, tmp_path / "xmi", to="xmi").files[1]
    with pytest.raises(ReadError, match="no article of these tables"):
        read_cas_coding([path], other)
