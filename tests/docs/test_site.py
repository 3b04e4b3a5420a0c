"""The built documentation: no warnings, no broken link, nothing from the network."""

import subprocess
import sys
from collections import Counter
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from lxml import html

from analysis.schemas import TABLES
from tests.conftest import ROOT

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built once with warnings as errors."""
    built = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    ran = subprocess.run(
        [*command, "-d", str(built / "doctrees"), str(DOCS), str(built / "html")],
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return built / "html"


@pytest.fixture(scope="module")
def pages(site):
    return {path: html.parse(str(path), html.HTMLParser(encoding="utf-8")) for path in site.rglob("*.html")}


def test_every_page_of_the_source_is_built(site):
    sources = [path for path in DOCS.rglob("*.md") if "_" not in path.relative_to(DOCS).parts[0][:1]]
    assert sources
    for path in sources:
        assert (site / path.relative_to(DOCS).with_suffix(".html")).is_file(), path


def test_links_lead_somewhere(site, pages):
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    broken = Counter()
    for path, page in pages.items():
        for target in page.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            if urlsplit(target).scheme:
                continue
            address, anchor = urldefrag(target)
            to = (path.parent / unquote(urlsplit(address).path)).resolve() if address else path
            if not to.is_file() or (anchor and to in ids and unquote(anchor) not in ids[to]):
                broken[f"{path.relative_to(site)}: {target}"] += 1
    assert not broken, "\n".join(broken)


def test_nothing_is_loaded_from_elsewhere(site, pages):
    for path, page in pages.items():
        loaded = page.xpath("//script/@src | //img/@src | //iframe/@src | //link[@rel='stylesheet']/@href")
        assert [address for address in loaded if urlsplit(address).netloc] == [], path
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "url(http" not in text and "url(//" not in text and "@import" not in text, sheet


def test_the_data_dictionary_has_every_column(site, pages):
    page = pages[site / "reference" / "tables.html"]
    words = {" ".join(node.text_content().split()) for node in page.xpath("//td[1]")}
    assert {name for table in TABLES.values() for name in table.columns} <= words


def test_the_command_line_has_every_command(site, pages):
    from analysis.cli import app

    text = pages[site / "reference" / "command_line.html"].xpath("string(//article)")
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    assert len(names) > 3
    for name in names:
        assert f"framing {name}" in text
    assert "--resume" in text and "[required]" in text


def test_search_works_from_disk(site):
    """A script and no request: browsers refuse requests to files beside a page that was opened from disk."""
    assert (site / "searchindex.js").read_text(encoding="utf-8").startswith("Search.setIndex(")
