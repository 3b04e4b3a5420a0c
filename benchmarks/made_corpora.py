"""Small corpora in the formats of other tools, with the invented articles of `made_exports`.

Each writer takes a list of `Made` articles and a language, which is ignored, and returns bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from benchmarks.made_exports import Made

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]|--")
_SPLIT = {"did": "do", "had": "have"}  # words that are written as two tokens, as contractions are


def conllu(articles: list[Made], language: str = "en") -> bytes:
    """CoNLL-U; every other sentence has no `# text`, so that it is put together from its tokens."""
    lines = []
    for number, made in enumerate(articles, start=1):
        said = {
            "title": made.title,
            "source": made.outlet,
            "date": made.day,
            "author": made.author,
            "genre": "news",
        }
        lines += [
            f"# newdoc id = doc-{number}",
            *(f"# meta::{name} = {value}" for name, value in said.items()),
        ]
        for place, paragraph in enumerate(made.paragraphs):
            lines += ["# newpar", f"# sent_id = {number}-{place}"]
            if place % 2:
                lines.append(f"# text = {paragraph}")
            lines += [*_tokens(paragraph), ""]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _tokens(paragraph: str) -> list[str]:
    lines, number = [], 0
    for match in _TOKEN.finditer(paragraph):
        followed = paragraph[match.end() : match.end() + 1]
        misc = "_" if followed in {" ", ""} else "SpaceAfter=No"
        form, empty = match[0], "_\t_\t_\t0\t_\t_"
        if form in _SPLIT:
            lines.append(f"{number + 1}-{number + 2}\t{form}\t_\t{empty.replace('0', '_')}\t{misc}")
            parts = [(_SPLIT[form], "_"), ("ed", "_")]
        else:
            parts = [(form, misc)]
        for part, own in parts:
            number += 1
            lines.append(f"{number}\t{part}\t{part.lower()}\t{empty}\t{own}")
    return lines


def tei(articles: list[Made], language: str = "en") -> bytes:
    """A teiCorpus."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>'
             "<titleStmt><title>Invented coverage</title></titleStmt></fileDesc></teiHeader>"]  # fmt: skip
    for number, made in enumerate(articles, start=1):
        body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in made.paragraphs)
        parts.append(
            f'<TEI xml:id="t{number}"><teiHeader><fileDesc><titleStmt><title type="sub">A report</title>'
            f'<title type="main">{escape(made.title)}</title><author>{escape(made.author)}</author></titleStmt>'
            "<publicationStmt><publisher>Corpus Office</publisher><date>2024</date></publicationStmt><sourceDesc>"
            f'<bibl><title level="j">{escape(made.outlet)}</title><date when="{made.day}">{made.day:%d.%m.}</date>'
            "</bibl></sourceDesc></fileDesc><profileDesc><textClass><keywords><term>ports</term></keywords></textClass>"
            f"</profileDesc></teiHeader><text><body><div><head>{escape(made.title)}</head>\n{body}"
            '<fw type="pageNum">7</fw><note>Copyright of the corpus</note></div></body></text></TEI>\n'
        )
    return "".join([*parts, "</teiCorpus>\n"]).encode("utf-8")


def four_cat_csv(articles: list[Made], language: str = "en") -> bytes:
    rows = _posts(articles)
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


def four_cat_ndjson(articles: list[Made], language: str = "en") -> bytes:
    return "".join(json.dumps(row) + "\n" for row in _posts(articles)).encode("utf-8")


def _posts(articles: list[Made]) -> list[dict[str, object]]:
    return [
        {
            "id": f"{number}00", "thread_id": "100", "timestamp": f"{made.day} 01:30:00", "board": made.outlet,
            "body": "\n\n".join(made.paragraphs), "subject": made.title, "author": made.author, "views": 3,
            "unix_timestamp": (made.day.toordinal() - 719_163) * 86_400 + 3_600,
        }
        for number, made in enumerate(articles, start=1)
    ]  # fmt: skip


def amcat_project(articles: list[Made], language: str = "en") -> bytes:
    """A project of AmCAT 4."""
    lines: list[dict[str, object]] = [
        {"_type": "settings", "id": "ports", "name": "Ports"},
        {"_type": "field", "name": "medium", "type": "keyword"},
        {"_type": "user_role", "email": "somebody@university.example", "role": "ADMIN"},
    ]
    for number, made in enumerate(articles, start=1):
        lines.append(
            {
                "_type": "document", "_id": f"x{number}", "title": made.title, "date": f"{made.day}T00:00:00",
                "medium": made.outlet, "author": made.author, "text": "\n\n".join(made.paragraphs), "section": "news",
            }
        )  # fmt: skip
    return "".join(json.dumps(line) + "\n" for line in lines).encode("utf-8")


def quanteda_csv(articles: list[Made], language: str = "en") -> bytes:
    """What R writes of a corpus: the first column, without a name, has the number of the row."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(["", "doc_id", "text", "headline", "source", "date", "author", "docvar1"])
    for number, made in enumerate(articles, start=1):
        text = "\n\n".join(made.paragraphs)
        writer.writerow(
            [str(number), f"{number}.txt", text, made.title, made.outlet, str(made.day), made.author, "ports"]
        )
    return stream.getvalue().encode("utf-8")


def arrow(articles: list[Made], language: str = "en") -> bytes:
    """A file as `datasets` saves it to disk: a stream of batches, with a label whose names are in the schema."""
    import pyarrow

    table = _table(articles)
    stream = io.BytesIO()
    with pyarrow.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    return stream.getvalue()


def parquet(articles: list[Made], language: str = "en") -> bytes:
    """The same table as Parquet."""
    from pyarrow import parquet as pq

    stream = io.BytesIO()
    pq.write_table(_table(articles), stream)
    return stream.getvalue()


def _table(articles: list[Made]) -> Any:
    import pyarrow

    columns = {
        "id": [f"row-{number}" for number in range(len(articles))],
        "text": ["\n\n".join(made.paragraphs) for made in articles],
        "title": [made.title for made in articles],
        "source": [made.outlet for made in articles],
        "date": [str(made.day) for made in articles],
        "author": [made.author for made in articles],
        "label": [number % 2 for number in range(len(articles))],
    }
    features = {"label": {"names": ["ports", "grain"], "_type": "ClassLabel"}}
    about = {b"huggingface": json.dumps({"info": {"features": features}}).encode()}
    return pyarrow.table(columns).replace_schema_metadata(about)


def cas_xmi(articles: list[Made], language: str = "en") -> bytes:
    """The first article as XMI, with the metadata of DKPro and an annotation."""
    made = articles[0]
    text = "\n\n".join(made.paragraphs)
    written = quoteattr(text).replace("\n", "&#10;")
    return (
        '<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
        'xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" '
        'xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmi:version="2.0">'
        f'<cas:NULL xmi:id="0"/><type4:DocumentMetaData xmi:id="1" sofa="12" begin="0" end="{len(text)}" '
        f'language="en" documentTitle={quoteattr(made.title)} documentId="cas-1" isLastSegment="false"/>'
        '<custom:Frame xmi:id="7" sofa="12" begin="0" end="3" value="conflict"/>'
        f'<cas:Sofa xmi:id="12" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString={written}/>'
        '<cas:View sofa="12" members="1 7"/></xmi:XMI>'
    ).encode()


def cas_json(articles: list[Made], language: str = "en") -> bytes:
    """The first article as JSON CAS."""
    made = articles[0]
    name = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
    string = "uima.cas.String"
    features = {key: {"%NAME": key, "%RANGE": string} for key in ("documentTitle", "documentId")}
    text = "\n\n".join(made.paragraphs)
    return json.dumps(
        {
            "%TYPES": {name: {"%NAME": name, "%SUPER_TYPE": "uima.tcas.DocumentAnnotation", **features}},
            "%FEATURE_STRUCTURES": [
                {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text",
                 "sofaString": text},
                {"%ID": 2, "%TYPE": name, "@sofa": 1, "begin": 0, "end": len(text), "language": "en",
                 "documentTitle": made.title, "documentId": "cas-1"},
            ],
            "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}},
        }
    ).encode()  # fmt: skip


def inception_project(articles: list[Made], language: str = "en") -> bytes:
    """A project of INCEpTION: a CAS for each document and annotator, packed; the last document was not opened."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("exportedproject.json", "{}")
        for number, made in enumerate(articles, start=1):
            name = f"{number}.txt"
            package.writestr(f"source/{name}", "\n\n".join(made.paragraphs))
            if number < len(articles):
                for user in ("INITIAL_CAS", "ada"):
                    package.writestr(f"annotation/{name}/{user}.zip", _packed(cas_xmi([made])))
    return stream.getvalue()


def _packed(cas: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("document.xmi", cas.replace(b' documentId="cas-1"', b""))
    return stream.getvalue()


CORPORA = {
    "conll-u.conllu": (conllu, ("en",)),
    "tei.xml": (tei, ("en",)),
    "4cat.csv": (four_cat_csv, ("en",)),
    "4cat.ndjson": (four_cat_ndjson, ("en",)),
    "amcat.ndjson": (amcat_project, ("en",)),
    "csv.csv": (quanteda_csv, ("en",)),
    "arrow.arrow": (arrow, ("en",)),
    "parquet.parquet": (parquet, ("en",)),
}
"""Corpora that say outlet, date and author of each text."""

ANNOTATED = {
    "uima.xmi": (cas_xmi, ("en",)),
    "uima.json": (cas_json, ("en",)),
    "uima.zip": (inception_project, ("en",)),
}
"""Annotated texts without outlet and date."""
