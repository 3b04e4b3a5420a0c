"""How exports of archives are read: real ones against their own fields, and made ones that were mutated.

    python -m benchmarks.formats                    # the table of docs/formats.md
    python -m benchmarks.formats --write            # write it there
    python -m benchmarks.formats --mutations 5000   # no traceback, no article lost silently
    python -m benchmarks.formats --large 100        # time and memory of a Nexis DOCX of so many megabytes

The real exports are in ../shared/data/formats, which is not published (ORIGIN.tsv there names their sources). The
truth is a second, simple reading of each export that shares no code with the readers (`second_reading.py`). `TRUTH`
has the number of documents by hand count or from the export's own statement.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.ingest import read
from analysis.ingest.dates import parse_dates
from analysis.ingest.files import read_file
from analysis.ingest.readers.nexis import read_nexis
from analysis.ingest.records import Record, Refusal, UnreadableFile
from benchmarks.made_corpora import ANNOTATED, CORPORA
from benchmarks.made_exports import EXPORTS, Made, made_articles, nexis_docx, word_body
from benchmarks.second_reading import documents

FORMATS = Path(__file__).parents[2] / "shared" / "data" / "formats"
PAGE = Path(__file__).parents[1] / "docs" / "formats.md"
# Documents in each export, counted by hand or stated by the export; and how many of them hold no article (an error
# message, a copyright line alone, a photo).
TRUTH = {
    "lexisnexis/LexisNexisTools__extdata__sample.DOCX": (10, 0),
    "lexisnexis/LexisNexisTools__extdata__sample.TXT": (10, 0),
    "lexisnexis/amcat__lexisnexis__test.txt": (27, 2),
    "lexisnexis/amcat__lexisnexis__test2.txt": (1, 0),
    "lexisnexis/amcat__lexisnexis__test3.txt": (2, 0),
    "lexisnexis/newspapers__lexis__guardian1.docx": (2, 0),
    "lexisnexis/newspapers__lexis__misc.docx": (100, 0),
    "lexisnexis/newspapers__lexis__nyt1.docx": (50, 0),
    "lexisnexis/newspapers__lexis__usa-today.docx": (7, 0),
    "lexisnexis/newspapers__nexis__afp_2013-03-12_0501.html": (74, 0),
    "lexisnexis/newspapers__nexis__guardian_1986-01-01_0001.html": (262, 0),
    "lexisnexis/tm.plugin.lexisnexis__texts__lexisnexis_test_copyright_error.html": (2, 1),
    "lexisnexis/tm.plugin.lexisnexis__texts__lexisnexis_test_en.html": (2, 0),
    "lexisnexis/tm.plugin.lexisnexis__texts__lexisnexis_test_fr.html": (3, 0),
    "factiva/amcat__factivia__SO00.htm": (100, 0),
    "factiva/amcat__factivia__az01.htm": (100, 0),
    "factiva/amcat__factivia__factivia.htm": (9, 0),
    "factiva/amcat__factivia__ww04.htm": (70, 0),
    "factiva/amcat__factivia__zt04.htm": (55, 0),
    "factiva/newspapers__irish-independence_1_2017-11-14.html": (44, 0),
    "factiva/newspapers__nyt_1_1993-01-03.html": (27, 0),
    "factiva/tm.plugin.factiva__texts__factiva_test.html": (2, 0),
    "factiva/tm.plugin.factiva__texts__factiva_test.xml": (3, 0),
    "factiva/tm.plugin.factiva__texts__reut21578-factiva.xml": (19, 0),
    "europresse/tm.plugin.europresse__texts__europresse_test1.html": (3, 0),
    "europresse/tm.plugin.europresse__texts__europresse_test2.html": (4, 0),
    "integrum/newspapers__channel1.xlsx": (59, 0),
    "proquest/metaknowledge__ProQuest_TestFile.testtxt": (100, 0),
    "proquest/proquest_to_text_analysis_csv__R_ready_data2019-07-17_01_43_25.xlsx": (137, 0),
    "proquest/proquest_to_text_analysis_csv__filtered_data_2019-07-17_01_43_42.csv": (137, 0),
    "proquest/proquest_to_text_analysis_csv__filtered_data_2019-07-17_01_43_42.xlsx": (137, 0),
    "proquest/tm.plugin.proquest__emls__format-v2.eml": (20, 0),
    "proquest/tm.plugin.proquest__emls__forwarded.eml": (100, 0),
    "proquest/tm.plugin.proquest__emls__malformed-html-tag.eml": (2, 0),
    "proquest/tm.plugin.proquest__emls__sample.eml": (100, 0),
    "proquest/tm.plugin.proquest__htmlfiles__sample-1.html": (1, 0),
}
CODES = re.compile(
    r"^(?:LENGTH|LOAD-DATE|BYLINE|SECTION|PUBLICATION-TYPE|LÄNGE|LONGUEUR|Load-Date|Length|Classification|"
    r"End of Document|Full text|ProQuest document ID|Publication title)\b[:\s]|"
    r"^(?:HD|WC|AN|TD|LP)(?::|[ \t]{2}|[ \t]*$)|^Copyright \d{4}|"
    r"\d+ of \d+ DOCUMENTS|^Document \w{25}$|Numéro de document",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Row:
    """How one export was read."""

    name: str
    format: str
    stated: int
    without_article: int
    articles: int
    refused: int
    title: float
    outlet: float
    date: float
    with_codes: int


def rows() -> Iterator[Row]:
    """Yield a row for each real export."""
    for name, (stated, without) in TRUTH.items():
        yield row(FORMATS / name, stated, without)


def row(path: Path, stated: int, without: int) -> Row:
    """Read one export and compare it with its second reading."""
    found = read_file(path)
    records = [item for item in found.items if isinstance(item, Record)]
    refused = sum(isinstance(item, Refusal) for item in found.items)
    truth = documents(path)
    shares = [share(records, truth, place) for place in range(3)] if truth is not None else [float("nan")] * 3
    with_codes = sum(bool(CODES.search(str(record.fields["text"]))) for record in records)
    return Row(path.name, found.name, stated, without, len(records), refused, *shares, with_codes)


def share(records: list[Record], truth: list[tuple[str, str, str]], place: int) -> float:
    """Return the share of documents whose headline, outlet or day is the one of the second reading."""
    own = Counter(fields_of(record)[place] for record in records)
    return (own & Counter(document[place] for document in truth)).total() / max(len(truth), len(records), 1)


def fields_of(record: Record) -> tuple[str, str, str]:
    """Return headline, outlet and day of a record, in the form in which they are compared."""
    published = record.fields.get("published")
    day = parse_dates([published]).values[0] if isinstance(published, str) else published
    return (
        plain(str(record.fields.get("title") or "")),
        plain(str(record.fields.get("outlet") or "")),
        f"{day:%Y-%m-%d}" if day is not None else "",
    )


def plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" .")


def table(found: list[Row]) -> str:
    """Return the table of docs/formats.md."""
    lines = [
        "| export | read as | documents | articles | refused | headline | outlet | date | field codes in a text |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        shares = " | ".join(
            "" if part != part else f"{part:.0%}" for part in (one.title, one.outlet, one.date)
        )
        lines.append(
            f"| `{one.name}` | {one.format} | {one.stated} | {one.articles} | {one.refused} | {shares} "
            f"| {one.with_codes} |"
        )
    return "\n".join(lines)


# Mutations -------------------------------------------------------------------------------------------------------


SEPARATORS = {
    "nexis.txt": rb"(?im)^ +(?:do[ck]ument\w* \d+ (?:von|de) \d+|\d+ of \d+ DOCUMENTS)\r?$",
    "nexis.html": rb'<A NAME="DOC_ID_\d+_\d+">',
    "nexis.docx": rb'w:name="Bookmark_\d+"',
    "nexis.rtf": rb"\{\\\*\\bkmkstart Bookmark_\d+\}",
    "factiva.html": rb'<div class="article [a-z]{2}Article">',
    "factiva_coded.html": rb'<div class="article [a-z]{2}Article">',
    "factiva.txt": rb"(?m)^AN  \S+ HARTI000\d{8}ec12\d{5}$",
    "factiva.rtf": rb"HARTI000\d{8}ec12\d{5}\\par",
    "factiva.xml": rb"<article><accessionNo>HARTI",
    "proquest.txt": rb"(?m)^_{60}\n\n(?:Document|Dokument|Documento) \d+ (?:of|von|de) \d+$",
    "proquest.html": rb'<a name="DocID_MSTAR_\d+">',
    "europresse.html": rb"<article>",
    "integrum.html": rb"<div><table><tr><td>\^",
    "conll-u.conllu": rb"(?m)^# newdoc id = ",
    "tei.xml": rb'<TEI xml:id="t\d+">',
    "4cat.ndjson": rb'(?m)^\{"id": "\d+00", ',
    "amcat.ndjson": rb'(?m)^\{"_type": "document", ',
    "mail.mbox": rb"(?m)^From ada@harbour.example Tue Aug 15 01:02:03 2023\nFrom: ",
    "mail.eml": rb"(?m)^--=+\d+==\nContent-Type: message/rfc822\n",
    "newsml.xml": rb"<NewsItem>",
    "newsml_g2.xml": rb"<newsItem ",
    "newsml_nitf.xml": rb"<nitf>",
    "telegram.json": rb'\{\s*"id": \d+,\s*"type": "message",',
    "telegram_account.json": rb'\{\s*"id": \d+,\s*"type": "message",',
    "telegram.html": rb'<div class="message default ',
}
FILES = {**EXPORTS, **CORPORA, **ANNOTATED}
_SIGNS = (b"<", b">", b"\n\n", b"{", b"}", b"&#0;", b"\x00", b":", b"\xff")


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return data with one to four random changes: parts cut out, doubled, moved, overwritten, or the end cut off."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(data) or 1)
        length = rng.choice((1, 3, 12, 80, 400))
        part = data[start : start + length]
        how = rng.randrange(7)
        if how == 0:
            data = data[:start] + data[start + length :]
        elif how == 1:
            data = data[:start] + part + data[start:]
        elif how == 2:
            place = rng.randrange(len(data) or 1)
            data = data[:place] + part + data[place:]
        elif how == 3:
            data = data[:start] + bytes(rng.randrange(256) for _ in part) + data[start + length :]
        elif how == 4:
            data = data[:start] + rng.choice(_SIGNS) + data[start:]
        elif how == 5:
            data = data[:start] + part.swapcase() + data[start + length :]
        elif rng.random() < 0.3:
            data = data[:start]
    return data


def mutated_export(name: str, language: str, made: list[Made], rng: random.Random) -> tuple[bytes, bytes]:
    """Return a mutated export, and its source in which separators are counted (the XML of a Word document)."""
    data = FILES[name][0](made, language)
    if not name.endswith(".docx"):
        changed = mutate(data, rng)
        return changed, changed
    if rng.random() < 0.2:
        return mutate(data, rng), b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts["word/document.xml"] = mutate(parts["word/document.xml"], rng)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return target.getvalue(), parts["word/document.xml"]


@dataclass(frozen=True)
class Outcome:
    """What became of one mutated export."""

    name: str
    documents: int  # separators of the format that are left
    articles: int
    refused: int
    whole_file: bool  # refused as a whole, from a place on, or as several articles that run into one another
    error: str

    @property
    def lost(self) -> bool:
        return not self.whole_file and not self.error and self.articles + self.refused < self.documents


def outcome(folder: Path, number: int, name: str, language: str, made: list[Made]) -> Outcome:
    """Read one mutated export. The number is its seed."""
    data, source = mutated_export(name, language, made, random.Random(number))
    path = folder / f"{number}_{name}"
    path.write_bytes(data)
    documents = len(re.findall(SEPARATORS[name], source)) if name in SEPARATORS else 0
    try:
        result = read(path)
    except UnreadableFile:
        return Outcome(name, documents, 0, 0, True, "")
    except Exception as error:
        return Outcome(name, documents, 0, 0, False, f"{type(error).__name__}: {error}")
    finally:
        path.unlink()
    by_itself = set(result.formats.values()) <= {"text", "web page", "Word document"}
    refused = len(result.rejects)
    in_part = bool(result.rejects["reason"].isin(["unreadable", "not_split", "binary"]).any())
    return Outcome(name, 0 if by_itself else documents, len(result.articles), refused, in_part, "")


def mutations(n: int) -> list[Outcome]:
    """Read n mutated exports of all kinds in turn."""
    made = made_articles(4)
    cases = [(name, language) for name, (_, languages) in FILES.items() for language in languages]
    with tempfile.TemporaryDirectory() as folder:
        return [outcome(Path(folder), k, *cases[k % len(cases)], made) for k in range(n)]


def large(megabytes: int) -> tuple[float, float, float, int]:
    """Return seconds, processor seconds, peak memory in MB and articles of reading a Nexis DOCX of a size."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.docx"
        write_large(path, megabytes)
        start, used = time.perf_counter(), time.process_time()
        articles = sum(isinstance(item, Record) for item in read_nexis(path))
        times = time.perf_counter() - start, time.process_time() - used
        return *times, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, articles


def write_large(path: Path, megabytes: int) -> None:
    """Write a Nexis document of about a size: long texts of random words, which do not compress well."""
    rng = random.Random(0)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(rng.choices(letters, k=rng.randint(2, 11))) for _ in range(50_000)]
    with zipfile.ZipFile(io.BytesIO(nexis_docx(made_articles(1)))) as archive:
        head, _, _ = archive.read("word/document.xml").decode().partition("<w:p>")
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as stream,
    ):
        stream.write(head.encode())
        number = 0
        while path.stat().st_size < megabytes * 1_000_000:
            number += 1
            made = made_articles(number % 12 + 1)[-1]
            paragraphs = tuple(" ".join(rng.choices(words, k=60)) + "." for _ in range(14))
            article = Made(f"{made.title} {number}", made.outlet, made.day, made.author, paragraphs)
            stream.write("".join(word_body([article])[3:]).encode())
        stream.write(b"</w:body></w:document>")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the table into docs/formats.md")
    parser.add_argument("--mutations", type=int, default=0)
    parser.add_argument("--large", type=int, default=0, metavar="MB")
    options = parser.parse_args()
    if options.mutations:
        found = mutations(options.mutations)
        errors = [one for one in found if one.error]
        lost = [one for one in found if one.lost]
        print(
            f"{len(found):,} mutated exports: {len(errors)} tracebacks, {len(lost)} with documents lost; "
            f"{sum(one.documents for one in found):,} documents, {sum(one.articles for one in found):,} articles, "
            f"{sum(one.refused for one in found):,} refused, {sum(one.whole_file for one in found):,} files refused"
        )
        for one in (errors + lost)[:10]:
            print(one)
        sys.exit(bool(errors or lost))
    if options.large:
        seconds, used, memory, articles = large(options.large)
        print(
            f"{options.large} MB of Nexis DOCX: {articles:,} articles in {seconds:.0f} s ({used:.0f} s of "
            f"processor time), {memory:.0f} MB at most"
        )
        return
    made = table(list(rows()))
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition("| export |")
        _, blank, after = rest.partition("\n\n")
        PAGE.write_text(f"{before}{made}{blank}{after.lstrip()}", encoding="utf-8")
    print(made)


if __name__ == "__main__":
    main()
