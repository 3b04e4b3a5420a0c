"""Figures on disk: the same bytes again, text as text, its type along with it, and words for screen readers."""

import base64
import io
import re
import zlib

import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from matplotlib.figure import Figure

from analysis import figures
from analysis.errors import FramingError
from analysis.figures._core.save import FORMATS, write_picture_files
from tests.figures.conftest import IN_ALL_FORMATS

SVG = "{http://www.w3.org/2000/svg}"


def lines(sheet):
    """What a figure says, line by line, as it is printed."""
    return {line.replace("\\$", "$") for text in sheet.texts for line in text.get_text().split("\n")}


@pytest.mark.parametrize("name", IN_ALL_FORMATS)
def test_same_tables_same_bytes(name, bundled, sheets, tmp_path):
    figures.draw(bundled, tmp_path, only=[name], formats=FORMATS)
    for path in sheets["print", name].files.values():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_svg_keeps_its_text(written):
    root = etree.parse(written.files[".svg"]).getroot()
    assert lines(written) <= {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}


def test_svg_brings_every_letter_that_it_uses(written):
    svg = written.files[".svg"].read_text(encoding="utf-8")
    faces = {
        int(weight): set(TTFont(io.BytesIO(base64.b64decode(woff))).getBestCmap())
        for weight, woff in re.findall(r"font-weight:(\d+);src:url\(data:font/woff;base64,([^)]+)\)", svg)
    }
    for text in etree.fromstring(svg.encode()).iter(f"{SVG}text"):
        weight = re.search(r"font-weight: (\d+)", text.get("style", ""))
        assert {ord(c) for c in "".join(text.itertext())} <= faces[int(weight[1]) if weight else 400]


def test_svg_takes_nothing_from_elsewhere_and_bears_no_date(written):
    svg = written.files[".svg"].read_text(encoding="utf-8")
    assert all(target.startswith(("data:", "#")) for target in re.findall(r"(?:href=\"|url\()([^\")]+)", svg))
    assert "<script" not in svg and "<dc:date>" not in svg


def test_svg_says_what_it_is(written):
    title, description = etree.parse(written.files[".svg"]).getroot()[:2]
    assert (title.tag, title.text) == (f"{SVG}title", written.drawn.entry.title)
    assert (description.tag, description.text) == (f"{SVG}desc", written.drawn.entry.reading)


def unpacked(pdf):
    """The streams of a PDF that are packed, as text; programs of fonts among them are of no use as such."""
    # no optional carriage return before the line feed: a packed stream itself can end with one
    for packed in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(packed).decode("latin-1")
        except zlib.error:
            continue


def letters(pdf):
    """The letters that a PDF's fonts lead back to, by their maps to Unicode."""
    found = set()
    for stream in unpacked(pdf):
        if "begincmap" in stream:
            for code in re.findall(r"<([0-9a-f]+)>", "".join(re.findall(r"\[([^\]]*)\]", stream))):
                found |= set(bytes.fromhex(code).decode("utf-16-be"))
    return found


def test_pdf_embeds_its_type_and_its_text_can_be_copied(sheets):
    """The PDFs have, among them, every letter of all figures."""
    printed = [sheet for (look, _), sheet in sheets.items() if look == "print"]
    written = [sheet for sheet in printed if ".pdf" in sheet.files]
    every, copied = (
        {c for sheet in some for line in lines(sheet) for c in line} for some in (printed, written)
    )
    assert copied == every
    for sheet in written:
        pdf = sheet.files[".pdf"].read_bytes()
        fonts = len(re.findall(rb"/Type /Font\b(?!Descriptor)", pdf))
        # a font is two objects: the one that text refers to, and the one that holds the outlines
        assert fonts and 2 * len(re.findall(rb"/FontFile2 ", pdf)) == fonts
        assert 2 * len(re.findall(rb"/ToUnicode ", pdf)) == fonts
        assert b"/Type3" not in pdf
        assert set("".join(lines(sheet))) <= letters(pdf)


@pytest.mark.parametrize("mark", [b"/CreationDate", b"/Producer", b"/Creator"])
def test_pdf_bears_neither_date_nor_program(mark, sheets):
    assert mark not in sheets["print", "who_is_quoted"].files[".pdf"].read_bytes()


def test_save_refuses_names_that_are_paths(tmp_path):
    with pytest.raises(FramingError, match="not a valid figure name"):
        figures.save_figure(Figure(), pd.DataFrame(), tmp_path, "../outside")


def test_a_figure_shows_itself_in_a_notebook(sheets):
    sheet = sheets["print", "who_is_quoted"]
    assert sheet.figure._repr_png_() == sheet.files[".png"].read_bytes()


def test_a_spreadsheet_runs_nothing_of_the_numbers(tmp_path):
    numbers = pd.DataFrame({"outlet": ["=1+1", "Post"], "group": ["@a", None], "rate": [-0.5, 1e7]})
    path = write_picture_files({}, numbers, tmp_path, "themes")[-1]
    assert path.read_text("utf-8") == "outlet,group,rate\n'=1+1,'@a,-0.5\nPost,,1e+07\n"
