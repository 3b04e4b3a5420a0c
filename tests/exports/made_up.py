"""Small tables with whatever texts a test wants in them, and readers of what was exported."""

import zipfile
from functools import cache
from pathlib import Path

from lxml import etree

from analysis.exports.qda_project import NAMESPACE
from analysis.schemas import TABLES
from analysis.tables import Tables

NS = {"q": NAMESPACE}
SCHEMA = Path(__file__).with_name("refi_qda_project.xsd")


def article(article_id="a0", text="Words of peace.", **changes):
    return {
        "article_id": article_id,
        "outlet": "Example Gazette",
        "outlet_country": None,
        "published": "2022-06-29T10:30:00+00:00",
        "title": "Envoys meet",
        "text": text,
        "url": None,
        "author": None,
        "language": "en",
        "family_id": article_id,
        "n_words": len(text.split()),
        "source_file": "articles.csv",
        **changes,
    }


def theme_hit(article_id, text, start, end, *, theme="peace", **changes):
    return {
        "article_id": article_id,
        "start": start,
        "theme": theme,
        "end": end,
        "text": text[start:end],
        "sentence": 0,
        "pattern": "peace*",
        "voice": "outlet",
        "quote_id": None,
        "negated": False,
        **changes,
    }


def made_tables(articles, *, study=None, run=None, **rows):
    """Tables of these articles, each of them one sentence, and of the rows given by table."""
    sentences = [
        {"article_id": a["article_id"], "sentence": 0, "start": 0, "end": len(a["text"])} for a in articles
    ]
    tables = Tables.from_rows({"sentences": sentences, **rows}, articles=TABLES["articles"].frame(articles))
    return tables.with_origin(run or {}, study).check()


@cache
def schema():
    """The public schema of REFI-QDA projects."""
    return etree.XMLSchema(etree.parse(SCHEMA))


def project_of(path):
    """The root of a project's XML, valid by the public schema, and its documents by file name."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        documents = {
            name.removeprefix("sources/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("sources/")
        }
    schema().assertValid(root)
    return root, documents


def selections(root, documents):
    """(source, selection, code name, words) for each coded segment, by an independent reading of the file."""
    names = {code.get("guid"): code.get("name") for code in root.iterfind(".//q:Code", NS)}
    for source in root.iterfind("q:Sources/q:TextSource", NS):
        text = documents[source.get("plainTextPath").removeprefix("internal://")].decode("utf-8")
        for selection in source.iterfind("q:PlainTextSelection", NS):
            words = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
            code = selection.find("q:Coding/q:CodeRef", NS).get("targetGUID")
            yield source, selection, names[code], words
