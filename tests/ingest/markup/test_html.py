"""Paragraphs of pages."""

import pytest

from analysis.ingest.markup.html import html_paragraphs, parse_html, style_classes

SOURCE = """<html><head><title>No</title><style>.c8 { font-weight: bold; } .c3 { text-align: center; }</style></head>
<body><script>no()</script><a name="DOC_1"></a><div class="c3">Gazette<br>London</div>
<p><span class="c8">LENGTH: </span><span>9
 words</span></p><p>One <b>two</b> three &amp; four<!-- no --></p><div class="nav">Menu</div>tail<pre>a
 b</pre></body></html>"""


def test_lines_bold_beginnings_centred_lines_and_anchors():
    bold, centred = style_classes(SOURCE)
    found = list(html_paragraphs(parse_html(SOURCE), bold=bold, centred=centred, skip=["nav"]))
    assert [p.text for p in found] == [
        "",
        "Gazette\nLondon",
        "LENGTH: 9 words",
        "One two three & four",
        "tail",
        "a\n b",
    ]
    assert [p.bold for p in found] == [0, 0, 8, 0, 0, 0]
    assert [p.centred for p in found] == [False, True, False, False, False, False]
    assert found[0].marks == ("DOC_1",)


@pytest.mark.parametrize("source", ["", "   ", "<!-- -->", "\x00"])
def test_nothing_gives_nothing(source):
    assert list(html_paragraphs(parse_html(source))) == []


def test_pages_nested_very_deeply_are_no_obstacle():
    root = parse_html("<div>" * 5000 + "text" + "</div>" * 5000)
    assert len(list(html_paragraphs(root))) <= 1
