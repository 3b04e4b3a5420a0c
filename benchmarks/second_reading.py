# ruff: noqa: E501 (patterns stay whole)
"""A second reading of real exports, by patterns over the source, against which the readers are checked.

It shares no code with the readers and knows only the layouts of the files in ../shared/data/formats.
"""

from __future__ import annotations

import csv
import email
import email.policy
import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

Document = tuple[str, str, str]
_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+([^\W\d]+)\s+((?:19|20)\d\d)")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\s+(\d{1,2}),\s+((?:19|20)\d\d)")


def documents(path: Path) -> list[Document] | None:
    """Return headline, outlet and day of each document, or None if there is no second reading of this kind of file."""
    if path.suffix.lower() == ".docx":
        return list(_nexis_docx(path))
    if path.suffix == ".csv":
        return list(_csv(path))
    if path.suffix == ".xlsx":
        return list(_integrum(path)) if "channel" in path.name else None
    if path.suffix == ".eml":
        return list(_proquest(_mail(path)))
    text = path.read_bytes().decode("utf-8", errors="replace").replace("\r", "")
    if "DOC NUMBER=" in text:
        return list(_nexis_html(text))
    if "ppsarticle" in text:
        return list(_factiva_xml(text))
    if "Headline" in text and "Factiva" in text:
        return list(_factiva_html(text))
    if "DocPublicationName" in text:
        return list(_europresse(text))
    if "DocID_" in text:
        return list(_proquest(text))
    return list(_proquest_text(text)) if "Report Information from ProQuest" in text else None


def day(text: str) -> str:
    """Return the first date of a text as 2020-01-31; empty if there is none."""
    for pattern, order in ((_MONTH_FIRST, (3, 1, 2)), (_DAY_FIRST, (3, 2, 1))):
        for match in pattern.finditer(text):
            year, month, number = (match[place] for place in order)
            if month.lower() in _MONTHS:
                return f"{year}-{_MONTHS[month.lower()]:02}-{int(number):02}"
    return ""


def plain(source: str, between: str = " ") -> str:
    """Return the text of a piece of markup, with `between` in place of each tag."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", between, source)).split()).rstrip(" .")


def tight(source: str) -> str:
    """Return the text of a piece of markup in which tags do not separate words."""
    return plain(source, "")


def _nexis_docx(path: Path) -> Iterator[Document]:
    with zipfile.ZipFile(path) as archive:
        source = archive.read("word/document.xml").decode("utf-8")
    for part in re.split(r'w:name="Bookmark_\d+"', source)[1:]:
        if not part.startswith("/>") and not part.startswith(" "):
            continue
        lines = [
            tight(re.sub(r"<w:(?:br|tab)\b[^>]*>", " ", p))
            for p in re.findall(r"<w:p[ >].*?</w:p>", part, re.DOTALL)
        ]
        lines = [line for line in lines if line]
        if lines:
            yield lines[0], lines[1], next((found for line in lines[2:5] if (found := day(line))), "")


def _nexis_html(text: str) -> Iterator[Document]:
    headline = re.search(r"\.(c\d+) \{[^}]*font-size: 14pt[^}]*#000000", text)
    for part in text.split("<DOC NUMBER=")[1:]:
        blocks = [
            block for block in re.findall(r"<p\b.*?</p>", part, re.DOTALL | re.IGNORECASE) if plain(block)
        ]
        if len(blocks) < 3:
            continue
        title = next(
            (tight(b) for b in blocks if headline and re.search(f'class="{headline[1]}"', b, re.IGNORECASE)),
            "",
        )
        yield (
            title.replace(";", "; ").replace(";  ", "; "),
            tight(re.sub(r"<style.*?</style>", "", blocks[1], flags=re.DOTALL)),
            day(tight(blocks[2])),
        )


def _factiva_html(text: str) -> Iterator[Document]:
    for part in re.split(r'<div [^>]*class="article [a-z]{2}Article">', text)[1:]:
        title = tight(re.search(r"Headline['\"]>(.*?)</(?:b|span)>\s*</(?:div|td)>", part, re.DOTALL)[1])
        if coded := re.search(r"<b>SN</b>.*?<td>(.*?)</td>", part, re.DOTALL):
            written = re.search(r"<b>PD</b>.*?<td>(.*?)</td>", part, re.DOTALL)
            yield title, tight(coded[1]), day(tight(written[1]) if written else "")
            continue
        lines = [tight(line) for line in re.findall(r"<div>(.*?)</div>", part, re.DOTALL)]
        place = next((n for n, line in enumerate(lines) if day(line) and len(line) < 30), None)
        yield (title, lines[place + 1], day(lines[place])) if place is not None else (title, "", "")


def _factiva_xml(text: str) -> Iterator[Document]:
    for part in re.findall(r"<article>.*?</article>", text, re.DOTALL):
        inner = {
            name: re.search(rf"<{name}>(.*?)</{name}>", part, re.DOTALL)
            for name in ("headline", "sourceName", "publicationDate")
        }
        title, outlet, date = (tight(match[1]) if match else "" for match in inner.values())
        yield title, outlet, date[:10]


def _europresse(text: str) -> Iterator[Document]:
    for part in re.split(r'(?=<span class="DocPublicationName">)', text)[1:]:
        outlet, title = (tight(re.search(rf'class="{name}"[^>]*>(.*?)</(?:span>|p>)(?=<br|</|<p| *</)', part, re.DOTALL | re.IGNORECASE)[1])
                         for name in ("DocPublicationName", "TitreArticleVisu"))  # fmt: skip
        yield (
            title,
            outlet.split(", no.")[0],
            day(plain(" ".join(re.findall(r'"DocHeader">(.*?)</span>', part)))),
        )


def _mail(path: Path) -> str:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return next(part.get_content() for part in message.walk() if part.get_content_type() == "text/html")


def _proquest(text: str) -> Iterator[Document]:
    for part in re.split(r'<a[^>]*name="DocID_', text)[1:]:
        title = next(
            found for p in re.findall(r"<p\b[^>]*>(.*?)</p>", part, re.DOTALL) if (found := tight(p))
        )
        outlet = re.search(r"Publication\s+title:\s*</strong>(.*?)</p>", part, re.DOTALL | re.IGNORECASE)
        date = re.search(r"Publication\s+date:\s*</strong>(.*?)</p>", part, re.DOTALL | re.IGNORECASE)
        name = re.split(r"[;]|,[^,]*[Ee]dition", tight(outlet[1]))[0].strip() if outlet else ""
        yield title, name, day(tight(date[1]) if date else "")


def _proquest_text(text: str) -> Iterator[Document]:
    for part in re.split(r"^Document \d+ of \d+$", text, flags=re.MULTILINE)[1:]:
        names = {
            name: re.search(rf"^{name}: (.*)$", part, re.MULTILINE)
            for name in ("Title", "University/institution")
        }
        title, outlet = (tight(match[1]) if match else "" for match in names.values())
        yield title, outlet, ""


def _csv(path: Path) -> Iterator[Document]:
    csv.field_size_limit(10**8)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            outlet = re.split(r"[;]|,[^,]*[Ee]dition", row["Publication_title"])[0].strip()
            yield " ".join(row["Title"].split()).rstrip(" ."), outlet, day(row["Publication_date"])


def _integrum(path: Path) -> Iterator[Document]:
    import openpyxl

    for outlet, date, _, title, *_ in list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))[
        1:
    ]:
        number, month, year = str(date).split(".")
        yield " ".join(str(title).split()).rstrip(" ."), str(outlet), f"20{year}-{month}-{number}"
