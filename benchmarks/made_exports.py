"""Small exports of every archive, with invented articles, for tests and for the mutation benchmark.

Each writer takes a list of `Made` articles and returns bytes. The layout is that of the archive; labels of the
interface are in English, German, French or Spanish.
"""

# ruff: noqa: E501 (the lines of an export stay whole)

from __future__ import annotations

import html
import io
import json
import textwrap
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any
from xml.sax.saxutils import escape

MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"],
    "de": ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"],
    "fr": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"],
    "es": ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"],
}  # fmt: skip
NEXIS = {
    "en": ("BYLINE", "SECTION", "LENGTH", "words", "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "{n} of {m} DOCUMENTS"),
    "de": ("AUTOR", "RUBRIK", "LÄNGE", "Wörter", "UPDATE", "SPRACHE", "PUBLICATION-TYPE", "Dokument {n} von {m}"),
    "fr": ("AUTEUR", "RUBRIQUE", "LONGUEUR", "mots", "DATE-CHARGEMENT", "LANGUE", "TYPE-PUBLICATION",
           "Document {n} de {m}"),
    "es": ("AUTOR", "SECCIÓN", "LONGITUD", "palabras", "FECHA-CARGA", "IDIOMA", "TIPO-PUBLICACIÓN",
           "Documento {n} de {m}"),
}  # fmt: skip
UNI = {
    "en": ("Section", "Length", "words", "Byline", "Body", "Load-Date", "End of Document", "Classification"),
    "de": ("Rubrik", "Länge", "Wörter", "Autor", "Text", "Ladedatum", "Ende des Dokuments", "Klassifizierung"),
    "fr": ("Rubrique", "Longueur", "mots", "Auteur", "Corps", "Date de chargement", "Fin du document",
           "Classification"),
    "es": ("Sección", "Longitud", "palabras", "Autor", "Cuerpo", "Fecha de carga", "Fin del documento",
           "Clasificación"),
}  # fmt: skip
FACTIVA = {
    "en": ("{n} words", "{d} {month} {y}", "English", "Document"),
    "de": ("{n} Wörter", "{d}. {month} {y}", "Englisch", "Dokument"),
    "fr": ("{n} mots", "{d} {month} {y}", "Anglais", "Document"),
    "es": ("{n} palabras", "{d} {month} {y}", "Inglés", "Documento"),
    "zh": ("{n} 字", "{y} 年 {m} 月 {d} 日", "英文", "文件"),
    "ru": ("{n} слов", "{d} {month} {y}", "Английский", "Документ"),
}
PROQUEST = {
    "en": ("Document {n} of {m}", "Title", "Author", "Publication info", "Full text", "Subject", "Publication title",
           "Publication date", "ProQuest document ID", "Document URL", "Database"),
    "de": ("Dokument {n} von {m}", "Titel", "Autor", "Publikationsinfo", "Volltext", "Thema", "Publikationstitel",
           "Publikationsdatum", "ProQuest-Dokument-ID", "Dokument-URL", "Datenbank"),
    "fr": ("Document {n} de {m}", "Titre", "Auteur", "Informations sur la publication", "Texte intégral", "Sujet",
           "Titre de la publication", "Date de publication", "ID du document ProQuest", "URL du document",
           "Base de données"),
    "es": ("Documento {n} de {m}", "Título", "Autor", "Información de publicación", "Texto completo", "Materia",
           "Título de publicación", "Fecha de publicación", "ID del documento de ProQuest", "URL del documento",
           "Base de datos"),
}  # fmt: skip
_RUSSIAN = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
            "ноября", "декабря"]  # fmt: skip


@dataclass(frozen=True)
class Made:
    """An invented article."""

    title: str
    outlet: str
    day: date
    author: str
    paragraphs: tuple[str, ...]

    @property
    def words(self) -> int:
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


def made_articles(n: int) -> list[Made]:
    """Return n different articles."""
    outlets = ("Harbour Times", "The Meridian (London)", "Valley Post-Gazette")
    ports = ("Astara", "Bandar", "Olya", "Baku", "Anzali", "Aktau", "Turkmen")
    return [
        Made(
            f"Envoys meet in {ports[k % 7]}; Talks on route {k} go on",
            outlets[k % 3],
            date(2019 + k % 4, k % 12 + 1, k % 28 + 1),
            "ADA BYLINE and Max Writer",
            (
                f"{ports[k % 7].upper()} -- The envoys of both countries met in the port on Wednesday and spoke for "
                f"{k + 2} hours about the railway, the ferries and the price of grain.",
                f"“We will not sign before the winter of {2020 + k},” one of them said. NOTE: the talks had been "
                "put off twice, and the port minister did not expect them to end soon.",
                f"A meeting in {ports[(k + 3) % 7]} is to follow, according to people who know the plans. They said "
                f"that {k + 11} ships were waiting outside the harbour.",
            ),
        )
        for k in range(n)
    ]


def written_day(day: date, language: str) -> str:
    """Return a date as the archive's interface writes it."""
    month = MONTHS[language][day.month - 1]
    return f"{month} {day.day}, {day.year}" if language == "en" else f"{day.day} {month} {day.year}"


def _centred(line: str) -> str:
    return line.center(78).rstrip()


def nexis_text(articles: list[Made], language: str = "en") -> bytes:
    byline, section, length, unit, load, spoken, kind, counted = NEXIS[language]
    lines = ["Download Request: All Documents", "Terms: (envoys) and (port)", "Project ID:", "", ""]
    for n, made in enumerate(articles, start=1):
        lines += [
            _centred(counted.format(n=n, m=len(articles))), "", "", _centred(made.outlet), "",
            _centred(written_day(made.day, language)), "", made.title, "", f"{byline}: {made.author}", "",
            f"{section}: NEWS; Pg. {n}", "", f"{length}: {made.words} {unit}", "",
        ]  # fmt: skip
        for paragraph in made.paragraphs:
            lines += [*_wrapped(paragraph), ""]
        lines += [f"{load}: {written_day(made.day, language)}", "", f"{spoken}: ENGLISH", "", f"{kind}: Newspaper", "",
                  "", _centred(f"Copyright {made.day.year} {made.outlet} Ltd."), _centred("All Rights Reserved"), "",
                  ""]  # fmt: skip
    return "\r\n".join(lines).encode("utf-8-sig")


def _wrapped(paragraph: str) -> list[str]:
    return textwrap.wrap(paragraph, 78)


def nexis_html(articles: list[Made], language: str = "en") -> bytes:
    byline, section, length, unit, load, spoken, kind, counted = NEXIS[language]
    parts = [
        '<HTML><HEAD><STYLE TYPE="text/css"><!--\n.c0 { text-align: center; }\n.c2 { font-weight: normal; }\n'
        ".c3 { text-align: center; margin-left: 13%; margin-right: 13%; }\n.c7 { font-size: 14pt; font-weight: bold; }\n"
        ".c8 { font-weight: bold; }\n.c9 { text-align: left; }\n--></STYLE>\n<!-- LXNComment 1:1 -->\n"
        f'<TITLE>&nbsp;</TITLE><META DOCUMENTS="{len(articles)}"></HEAD><BODY>'
    ]

    def line(group: str, spans: str) -> str:
        return f'<BR><DIV CLASS="{group}"><P CLASS="c1">{spans}</P>\n</DIV>'

    def field(name: str, value: str) -> str:
        return line("c9", f'<SPAN CLASS="c8">{name}: </SPAN><SPAN CLASS="c2">{html.escape(value)}</SPAN>')

    for n, made in enumerate(articles, start=1):
        parts += [
            f'<A NAME="DOC_ID_{n}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER={n}>\n<DOCFULL> -->',
            line("c0", f'<SPAN CLASS="c2">{counted.format(n=n, m=len(articles))}</SPAN>'),
            line("c3", f'<SPAN CLASS="c2">{html.escape(made.outlet)}</SPAN>'),
            line("c3", f'<SPAN CLASS="c2">{written_day(made.day, language)}</SPAN><SPAN CLASS="c2">&nbsp;</SPAN>'),
            line("c9", f'<SPAN CLASS="c7">{html.escape(made.title)}</SPAN>'),
            field(byline, made.author), field(section, "NEWS"), field(length, f"{made.words} {unit}"),
            '<BR><DIV CLASS="c9">',
            *(f'<P CLASS="c9"><SPAN CLASS="c2">{html.escape(p)}</SPAN></P>' for p in made.paragraphs),
            "</DIV>", field(load, written_day(made.day, language)), field(spoken, "ENGLISH"),
            field(kind, "Newspaper"),
            line("c3", f'<SPAN CLASS="c2">Copyright {made.day.year} {html.escape(made.outlet)}<BR>All Rights '
                       "Reserved</SPAN>"),
            "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->",
        ]  # fmt: skip
    return "\n".join([*parts, "</BODY></HTML>"]).encode()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def _word(runs: str, *, mark: str = "", centred: bool = False) -> str:
    aligned = '<w:jc w:val="center"/>' if centred else ""
    marked = f'<w:bookmarkStart w:id="0" w:name="{mark}"/><w:bookmarkEnd w:id="0"/>' if mark else ""
    return f"<w:p><w:pPr>{aligned}</w:pPr>{marked}{runs}</w:p>"


def _run(text: str, *, bold: bool = False) -> str:
    return (
        f'<w:r><w:rPr>{"<w:b/>" if bold else ""}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def word_body(articles: list[Made], language: str = "en", *, marks: bool = True) -> list[str]:
    """Return the paragraphs of a Nexis Uni document, with a cover."""
    section, length, unit, byline, body, load, end, classification = UNI[language]
    parts = [
        _word(_run("Job Number: 1234", bold=True)),
        _word(_run(f"Documents ({len(articles)})", bold=True)),
        *(_word(_run(f"{n}. {made.title}")) for n, made in enumerate(articles, start=1)),
    ]
    for n, made in enumerate(articles, start=1):
        link = f'<w:hyperlink r:id="rId{n}">{_run(made.title, bold=True)}</w:hyperlink>'
        fields = ((section, "News; Pg. 1"), (length, f"{made.words} {unit}"), (byline, made.author))
        parts += [
            _word("", mark=f"Bookmark_{n}" if marks else ""), _word(link, centred=True),
            _word(_run(made.outlet), centred=True), _word(_run(written_day(made.day, language)), centred=True),
            _word(_run(f"Copyright {made.day.year} {made.outlet}")),
            *(_word(_run(f"{name}:", bold=True) + _run(f"\xa0{value}")) for name, value in fields),
            _word(_run(body, bold=True), mark=f"Body_{n}" if marks else ""),
            *(_word(_run(paragraph[:9], bold=True) + _run(paragraph[9:])) for paragraph in made.paragraphs),
            _word(_run(classification, bold=True)), _word(_run("Language:", bold=True) + _run("\xa0ENGLISH")),
            _word(_run(f"{load}:", bold=True) + _run(f"\xa0{written_day(made.day, language)}")),
            _word(_run(end, bold=True)),
        ]  # fmt: skip
    return parts


def nexis_docx(articles: list[Made], language: str = "en", *, marks: bool = True) -> bytes:
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_W} {_R}><w:body>'
    document += "".join(word_body(articles, language, marks=marks)) + "</w:body></w:document>"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="hyperlink" TargetMode="External" '
        f'Target="https://advance.example/api/document?id=urn:contentItem:{n:04d}-AB12-CDEF-00000-00"/>'
        for n in range(1, len(articles) + 1)
    )
    return _archive({
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://example.org/r">{links}</Relationships>',
    })  # fmt: skip


def _archive(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def word_docx(paragraphs: list[str], *, title: str = "") -> bytes:
    """A Word document that is no export. The title has the style "Title", under a German id."""
    head = f'<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr>{_run(title)}</w:p>' if title else ""
    body = "".join(_word(_run(paragraph)) for paragraph in paragraphs)
    style = '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    return _archive(
        {
            "word/document.xml": f"<w:document {_W}><w:body>{head}{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {_W}>{style}</w:styles>",
        }
    )


def _rtf(text: str) -> str:
    return "".join(
        character if character.isascii() and character not in "\\{}" else
        f"\\{character}" if character.isascii() else f"\\u{ord(character)}?"
        for character in text
    )  # fmt: skip


def nexis_rtf(articles: list[Made], language: str = "en") -> bytes:
    section, length, unit, byline, body, load, end, _ = UNI[language]
    parts = [r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}{\header\pard Page 1 of 9\par}",
             r"\pard\b Job Number: 77\b0\par"]  # fmt: skip
    for n, made in enumerate(articles, start=1):
        link = f"https://advance.example/api/document?id=urn:contentItem:{n:04d}-AB12-CDEF-00000-00"
        fields = ((section, "News"), (length, f"{made.words} {unit}"), (byline, made.author))
        parts += [
            rf"\sect\pard{{\*\bkmkstart Bookmark_{n}}}{{\*\bkmkend Bookmark_{n}}}\par",
            rf'\pard\qc{{\field{{\*\fldinst{{HYPERLINK "{link}"}}}}{{\fldrslt{{\b {_rtf(made.title)}}}}}}}\par',
            rf"\pard\qc {_rtf(made.outlet)}\par", rf"\pard\qc {_rtf(written_day(made.day, language))}\par",
            rf"\pard Copyright {made.day.year} {_rtf(made.outlet)}\par",
            *(rf"\pard{{\b {_rtf(name)}:}}\~{_rtf(value)}\par" for name, value in fields),
            rf"\pard{{\*\bkmkstart Body_{n}}}{{\*\bkmkend Body_{n}}}{{\b {_rtf(body)}}}\par",
            *(rf"\pard {_rtf(paragraph)}\par" for paragraph in made.paragraphs),
            rf"\pard{{\b {_rtf(load)}:}}\~{_rtf(written_day(made.day, language))}\par",
            rf"\pard{{\b {_rtf(end)}}}\par",
        ]  # fmt: skip
    return ("\n".join(parts) + "}").encode("ascii")


def accession(n: int, made: Made) -> str:
    """Return an accession number of Factiva: source code, date and nine more signs."""
    return f"HARTI000{made.day:%Y%m%d}ec12{n:05d}"


def _factiva_lines(n: int, made: Made, language: str) -> tuple[list[str], str]:
    length, day, spoken, document = FACTIVA[language]
    months = _RUSSIAN if language == "ru" else MONTHS.get(language, MONTHS["en"])
    written = day.format(d=made.day.day, m=made.day.month, month=months[made.day.month - 1], y=made.day.year)
    lines = [
        length.format(n=made.words),
        written,
        made.outlet,
        "HARTI",
        "1",
        spoken,
        f"(c) {made.day.year} Harbour Ltd.",
    ]
    return lines, f"{document} {accession(n, made)}"


def factiva_html(articles: list[Made], language: str = "en") -> bytes:
    parts = ['<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>'
             "<title>Factiva</title></head><body><div>Dow Jones</div>"]  # fmt: skip
    for n, made in enumerate(articles, start=1):
        lines, document = _factiva_lines(n, made, language)
        parts += [
            "<span></span><div class=\"article enArticle\"><p>\n<div>News</div>\n"
            f"<div id=\"hd\" ><b class='enHeadline'>{html.escape(made.title)} </b>\n</div>"
            f'<div class="author">{html.escape(made.author)} </div>'
            + "".join(f"<div>{html.escape(line)}</div>" for line in lines) + "\n</p>",
            *(f'<p class="articleParagraph enarticleParagraph">{html.escape(p)}</p>' for p in made.paragraphs),
            f"<p>Harbour Press</p><p>{document}</p></div><br/>",
        ]  # fmt: skip
    parts.append(
        '<div id="pageFooter"><table><tr><td>(c) Factiva, Inc.</td></tr></table></div></body></html>'
    )
    return "\n".join(parts).encode()


def _coded(n: int, made: Made, language: str) -> list[tuple[str, str]]:
    lines, document = _factiva_lines(n, made, language)
    return [("HD", made.title), ("BY", made.author), ("WC", lines[0]), ("PD", lines[1]), ("ET", "15:32"),
            ("SN", made.outlet), ("SC", "HARTI"), ("LA", lines[5]), ("CY", lines[6]), ("LP", made.paragraphs[0]),
            ("TD", "\n".join(made.paragraphs[1:])), ("NS", "gpir : Politics | gcat : General News"),
            ("AN", document)]  # fmt: skip


def factiva_coded_html(articles: list[Made], language: str = "en") -> bytes:
    parts = ["<html><head><title>Factiva</title></head><body>"]
    for n, made in enumerate(articles, start=1):
        parts.append('<div class="article enArticle"><table>')
        for code, value in _coded(n, made, language):
            cell = "".join(f'<p class="articleParagraph enarticleParagraph">{html.escape(p)}</p>'
                           for p in value.split("\n")) if code in ("LP", "TD") else html.escape(value)  # fmt: skip
            parts.append(f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{cell}</td></tr>')
        parts.append("</table><br/></div>")
    return "\n".join([*parts, "</body></html>"]).encode()


def factiva_text(articles: list[Made], language: str = "en") -> bytes:
    parts = []
    for n, made in enumerate(articles, start=1):
        for code, value in _coded(n, made, language):
            parts.append(f"{code}  " + value.replace("\n", "\n\n"))
            parts.append("" if code not in ("LP", "TD") else "\n")
    return "\n".join(parts).encode()


def factiva_rtf(articles: list[Made], language: str = "en") -> bytes:
    parts = [r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\pard Factiva RTF Display Format\par"]
    for n, made in enumerate(articles, start=1):
        lines, document = _factiva_lines(n, made, language)
        parts += [
            r"\page\pard News\par", rf"\pard{{\b {_rtf(made.title)}}}\par", rf"\pard {_rtf(made.author)}\par",
            *(rf"\pard {_rtf(line)}\par" for line in lines), *(rf"\pard {_rtf(p)}\par" for p in made.paragraphs),
            rf"\pard {_rtf(document)}\par",
        ]  # fmt: skip
    return ("\n".join(parts) + "}").encode("ascii")


def factiva_xml(articles: list[Made], language: str = "en") -> bytes:
    parts = ['<?xml version="1.0" encoding="utf-8"?><PPSResponse><ppsArticleResponse '
             'xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet>']  # fmt: skip
    for n, made in enumerate(articles, start=1):
        tail = "".join(f"<paragraph>{escape(p)}</paragraph>" for p in made.paragraphs[1:])
        parts.append(
            f"<ppsarticle><article><accessionNo>{accession(n, made)}</accessionNo><baseLanguage>EN</baseLanguage>"
            f"<byline>{escape(made.author)}</byline><headline><paragraph>{escape(made.title)}</paragraph></headline>"
            f"<leadParagraph><paragraph>{escape(made.paragraphs[0])}</paragraph></leadParagraph><publicationDate>"
            f"<date>{made.day}</date></publicationDate><sourceName>{escape(made.outlet)}</sourceName>"
            f"<tailParagraphs>{tail}</tailParagraphs><wordCount>{made.words}</wordCount></article></ppsarticle>"
        )
    return ("".join(parts) + "</ppsarticleResultSet></ppsArticleResponse></PPSResponse>").encode()


def _proquest_fields(n: int, made: Made, language: str) -> list[tuple[str, str]]:
    _, title, author, info, _, subject, outlet, day, number, address, base = PROQUEST[language]
    written = f"{made.day.day} {MONTHS['en'][made.day.month - 1][:3]} {made.day.year}"
    return [(author, made.author), (info, f"{made.outlet}; Port Town [Port Town]. {written}."), (subject, "Ports; Envoys"),
            (title, made.title), (outlet, f"{made.outlet}, Late Edition; Port Town"),
            (day, written_day(made.day, language)), (number, f"{n + 4_000_000}"),
            (address, f"https://search.proquest.com/docview/{n + 4_000_000}?accountid=1"),
            (base, "ProQuest Newsstream")]  # fmt: skip


def proquest_text(articles: list[Made], language: str = "en") -> bytes:
    rule = "_" * 60
    parts = [rule, "Report Information from ProQuest", rule, "Table of contents", rule]
    for n, made in enumerate(articles, start=1):
        fields = _proquest_fields(n, made, language)
        parts += [PROQUEST[language][0].format(n=n, m=len(articles)), made.title,
                  *(f"{name}: {value}" for name, value in fields[:2]),
                  f"{PROQUEST[language][4]}: {made.paragraphs[0]}", *made.paragraphs[1:],
                  *(f"{name}: {value}" for name, value in fields[2:]), rule]  # fmt: skip
    return "\n\n".join([*parts, "Contact us at: http://www.proquest.com/contact"]).encode()


def proquest_html(articles: list[Made], language: str = "en") -> bytes:
    parts = ["<html><head><title>ProQuest</title></head><body>"]
    for n, made in enumerate(articles, start=1):
        fields = [f"<p><strong>{name}: </strong>{html.escape(value)}</p>"
                  for name, value in _proquest_fields(n, made, language)]  # fmt: skip
        text = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in made.paragraphs)
        parts += [
            f'<div><a name="DocID_MSTAR_{n + 4_000_000}"></a><p></p><p style="font-weight:bold;">'
            f"{html.escape(made.title)}</p>", *fields[:2],
            f'<p><strong>{PROQUEST[language][4]}: </strong><text wordcount="{made.words}" htmlcontent="true"><html>'
            f"<head><title></title></head><body>{text}</body></html></text></p>", *fields[2:], "</div>",
        ]  # fmt: skip
    return "\n".join([*parts, "<p>Copyright © ProQuest LLC. Terms and Conditions</p></body></html>"]).encode()


def proquest_mail(articles: list[Made], language: str = "en") -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "noreply@proquest.example", "reader@company.example"
    message["Subject"], message["Date"] = "Your ProQuest Research", "Tue, 15 Aug 2023 01:02:03 -0400"
    message.set_content(proquest_html(articles, language).decode(), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def europresse_html(articles: list[Made], language: str = "fr") -> bytes:
    parts = ["<!DOCTYPE html> <html><head><meta charset='utf-8'></head><body>"]
    for n, made in enumerate(articles, start=1):
        day = f"mercredi {written_day(made.day, language)}"
        text = "".join(
            f"<p>{html.escape(paragraph).replace('port', '<mark>port</mark>')}</p>"
            for paragraph in made.paragraphs
        )
        parts.append(
            f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{html.escape(made.outlet)}'
            f', no. {n + 100}</span></div><div><span class="DocHeader">Politique, {day} {made.words} mots, p. {n}</span></div>'
            f'<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">{html.escape(made.title)}</p></div>'
            f'<div>{html.escape(made.author)}</div></header><section><div class="DocText clearfix"><div '
            f'class="docOcurrContainer">{text}</div></div></section><aside><div><b>Note(s) : </b></div></aside><footer>'
            f"<small>© {made.day.year} {html.escape(made.outlet)}. Tous droits réservés.</small>"
            f"<p>Numéro de document : news·{made.day:%Y%m%d}·HT·{n:04d}</p><div>Ce certificat est émis à l'université"
            "</div></footer></article>"
        )
    return "\n".join([*parts, "</body></html>"]).encode()


def integrum_html(articles: list[Made], language: str = "ru") -> bytes:
    parts = [
        "<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1251'></head><body>"
    ]
    for n, made in enumerate(articles, start=1):
        values = (("ИС", made.outlet), ("ДТ", f"{made.day:%d.%m.%Y}"), ("НР", str(n)), ("АВ", made.author),
                  ("ЗГ", made.title))  # fmt: skip
        coded = "<br>".join(f"^{code}:<br>\n{html.escape(value)}" for code, value in values)
        text = "\n   ".join("\n".join(_wrapped(paragraph)) for paragraph in made.paragraphs)
        parts.append(f"<div><table><tr><td>{coded}</td></tr></table><pre>   {html.escape(text)}</pre></div>")
    return "\n".join([*parts, "</body></html>"]).encode("cp1251", errors="xmlcharrefreplace")


def integrum_xlsx(articles: list[Made], language: str = "ru") -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Источник", "Дата", "Время", "Заголовок", "Анонс", "Оригинал", "Автор"])
    for made in articles:
        text = "\n\n".join([made.title, f"{made.day:%d.%m.%Y}", *made.paragraphs])
        sheet.append([made.outlet, f"{made.day:%d.%m.%y}", "00:00", made.title, text, None, made.author])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def telegram_chat(articles: list[Made], name: str, number: int) -> dict[str, Any]:
    """Return a chat as Telegram Desktop exports it: a service message, and a post with a bold word for each article."""
    stamped = [
        (made, datetime(made.day.year, made.day.month, made.day.day, 12, tzinfo=UTC)) for made in articles
    ]
    messages: list[dict[str, Any]] = [
        {"id": 1, "type": "service", "date": "2019-01-01T10:00:00", "actor": name, "action": "create_channel",
         "text": "", "text_entities": []},
    ]  # fmt: skip
    for n, (made, time) in enumerate(stamped, start=2):
        text = "\n\n".join(made.paragraphs)
        parts = [text[:9], {"type": "bold", "text": text[9:20]}, text[20:]]
        messages.append({
            "id": n, "type": "message", "date": f"{time:%Y-%m-%dT%H:%M:%S}",
            "date_unixtime": f"{time.timestamp():.0f}", "from": name, "from_id": f"channel{number}",
            "author": made.author, "text": parts,
            "text_entities": [part if isinstance(part, dict) else {"type": "plain", "text": part} for part in parts],
            "reactions": [{"type": "emoji", "count": n, "emoji": "👍"}],
        })  # fmt: skip
    return {"name": name, "type": "public_channel", "id": number, "messages": messages}


def telegram_json(articles: list[Made], language: str = "en") -> bytes:
    return _json(telegram_chat(articles, articles[0].outlet, 1234567890))


def telegram_account(articles: list[Made], language: str = "en") -> bytes:
    """Return the export of an account: a chat for each outlet, the last one in a chat that was left."""
    outlets = sorted({made.outlet for made in articles})
    chats = [
        telegram_chat([made for made in articles if made.outlet == outlet], outlet, 1000 + n)
        for n, outlet in enumerate(outlets)
    ]
    contacts = {
        "about": "Your contacts",
        "list": [{"first_name": "Max", "last_name": "Reader", "date": "2019"}],
    }
    return _json({
        "about": "Here is the data you requested.", "personal_information": {"user_id": 1, "first_name": "Ada"},
        "contacts": contacts, "chats": {"about": "This page lists all chats.", "list": chats[:-1]},
        "left_chats": {"about": "This page lists all groups and channels that you left.", "list": chats[-1:]},
    })  # fmt: skip


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def telegram_html(articles: list[Made], language: str = "en") -> bytes:
    """Return a page of messages of one sender, of which only the first repeats the name."""
    name = articles[0].outlet
    parts = [
        '<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"/><title>Exported Data</title></head>\n<body>'
        f'<div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">\n{name}\n'
        '</div></div></div><div class="page_body chat_page"><div class="history">\n'
        '<div class="message service" id="message-1"><div class="body details">\n1 January 2019\n</div></div>'
    ]
    for n, made in enumerate(articles, start=2):
        text = "<br><br>".join(html.escape(paragraph) for paragraph in made.paragraphs)
        joined = " joined" if n > 2 else ""
        sender = "" if joined else f'<div class="from_name">\n{name}\n</div>'
        parts.append(
            f'<div class="message default clearfix{joined}" id="message{n}"><div class="body">\n'
            f'<div class="pull_right date details" title="{made.day:%d.%m.%Y} 12:00:00 UTC+03:00">\n12:00\n</div>'
            f'{sender}<div class="text">\n<strong>{text[:9]}</strong>{text[9:]}\n</div>'
            f'<div class="signature details">\n{made.author}\n</div></div></div>'
        )
    return "\n".join([*parts, "</div></div></div></body></html>"]).encode()


def _mail(n: int, made: Made) -> EmailMessage:
    """Return a mail with the same text as plain text and as HTML with a footer."""
    message = EmailMessage()
    message["From"] = f'"{made.author}" <ada@harbour.example>'
    message["List-Id"], message["List-Post"] = (
        f"{made.outlet} <list.harbour.example>",
        "<mailto:l@harbour.example>",
    )
    message["Subject"], message["Message-ID"] = made.title, f"<{n}.{made.day:%Y%m%d}@harbour.example>"
    message["Date"] = (
        f"{made.day:%a, %d} {MONTHS['en'][made.day.month - 1][:3]} {made.day.year} 12:00:00 +0300"
    )
    message.set_content("\n\n".join([*made.paragraphs, "Unsubscribe: https://harbour.example/u"]), cte="8bit")
    cells = "".join(f"<tr><td>{html.escape(paragraph)}</td></tr>" for paragraph in made.paragraphs)
    message.add_alternative(
        f'<html><body><table><tr><td><a href="https://harbour.example/v">View in browser</a></td></tr>{cells}<tr><td>'
        'You get this mail because you signed up. <a href="https://harbour.example/u">Unsubscribe</a></td></tr><tr>'
        f"<td>© {made.day.year} Harbour Ltd., 1 Quay</td></tr></table></body></html>",
        subtype="html", cte="quoted-printable",
    )  # fmt: skip
    return message


def mail_box(articles: list[Made], language: str = "en") -> bytes:
    parts = [
        b"From ada@harbour.example Tue Aug 15 01:02:03 2023\n" + _mail(n, made).as_bytes() + b"\n"
        for n, made in enumerate(articles, start=1)
    ]
    return b"\n".join(parts)


def mail_digest(articles: list[Made], language: str = "en") -> bytes:
    """Return a mail to which others are attached."""
    message = EmailMessage()
    message["From"], message["Subject"] = "reader@company.example", "Fwd: news"
    message["Date"] = "Tue, 15 Aug 2023 01:02:03 -0400"
    message.make_mixed()
    for n, made in enumerate(articles, start=1):
        message.add_attachment(_mail(n, made))
    return message.as_bytes()


def newsml(articles: list[Made], language: str = "en") -> bytes:
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<NewsML Version="1.2"><NewsEnvelope><DateAndTime>20230101T000000Z'
             "</DateAndTime></NewsEnvelope>"]  # fmt: skip
    for n, made in enumerate(articles, start=1):
        text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in made.paragraphs)
        parts.append(
            f"<NewsItem><Identification><NewsIdentifier><ProviderId>harbour.example</ProviderId><NewsItemId>TX-{n}"
            f"</NewsItemId><PublicIdentifier>urn:newsml:harbour.example:{made.day:%Y%m%d}:TX-{n}:1</PublicIdentifier>"
            "</NewsIdentifier></Identification><NewsManagement><ThisRevisionCreated>"
            f"{made.day:%Y%m%d}T101417+0300</ThisRevisionCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>"
            f"{escape(made.title)}</HeadLine><ByLine>{made.author}</ByLine><DateLine>PORT TOWN</DateLine>"
            f"<CopyrightLine>Copyright {made.day.year}</CopyrightLine></NewsLines><AdministrativeMetadata><Provider>"
            f'<Party FormalName="{escape(made.outlet)}"/></Provider></AdministrativeMetadata><ContentItem><MediaType '
            f'FormalName="Text"/><DataContent>\n{text}</DataContent></ContentItem></NewsComponent></NewsItem>'
        )
    return "\n".join([*parts, "</NewsML>"]).encode()


def _nitf(n: int, made: Made) -> str:
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in made.paragraphs)
    return (
        f'<nitf><head><title>{escape(made.title)}</title><docdata><doc-id id-string="HT-{n}"/><date.issue '
        f'norm="{made.day:%Y%m%d}T101417Z"/><doc.copyright holder="Harbour Ltd."/></docdata><pubdata '
        f'name="{escape(made.outlet)}"/></head><body><body.head><hedline><hl1>{escape(made.title)}</hl1></hedline>'
        f"<byline>{made.author}</byline></body.head><body.content><media><media-caption>Copyright of the picture"
        f"</media-caption></media><block>{text}</block></body.content><body.end><tagline>HA</tagline></body.end></body>"
        "</nitf>"
    )


def newsml_g2(articles: list[Made], language: str = "en") -> bytes:
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
    ]
    for n, made in enumerate(articles, start=1):
        parts.append(
            f'<newsItem guid="urn:newsml:harbour.example:{n}" version="2"><rightsInfo><copyrightNotice>Copyright'
            '</copyrightNotice></rightsInfo><itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:HT"><name>'
            f"{escape(made.outlet)}</name></provider><versionCreated>{made.day:%Y-%m-%d}T10:14:17+03:00</versionCreated>"
            f"</itemMeta><contentMeta><by>{made.author}</by><headline>{escape(made.title)}</headline></contentMeta>"
            f'<contentSet><inlineXML contenttype="application/nitf+xml">{_nitf(n, made)}</inlineXML></contentSet>'
            "</newsItem>"
        )
    return "\n".join([*parts, "</itemSet></newsMessage>"]).encode()


def newsml_nitf(articles: list[Made], language: str = "en") -> bytes:
    documents = [f'<?xml version="1.0"?>\n{_nitf(n, made)}' for n, made in enumerate(articles, start=1)]
    return "\n".join(documents).encode()


EXPORTS = {
    "nexis.txt": (nexis_text, ("en", "de", "fr", "es")),
    "nexis.html": (nexis_html, ("en", "de", "fr", "es")),
    "nexis.docx": (nexis_docx, ("en", "de", "fr", "es")),
    "nexis.rtf": (nexis_rtf, ("en", "de", "fr", "es")),
    "factiva.html": (factiva_html, ("en", "de", "fr", "es", "zh", "ru")),
    "factiva_coded.html": (factiva_coded_html, ("en", "de", "fr", "es", "zh", "ru")),
    "factiva.txt": (factiva_text, ("en", "de", "zh")),
    "factiva.rtf": (factiva_rtf, ("en", "de", "fr", "es", "zh", "ru")),
    "factiva.xml": (factiva_xml, ("en",)),
    "proquest.txt": (proquest_text, ("en", "de", "fr", "es")),
    "proquest.html": (proquest_html, ("en", "de", "fr", "es")),
    "proquest.eml": (proquest_mail, ("en", "de", "fr", "es")),
    "europresse.html": (europresse_html, ("fr", "en", "es")),
    "integrum.html": (integrum_html, ("ru",)),
    "integrum.xlsx": (integrum_xlsx, ("ru",)),
    "mail.mbox": (mail_box, ("en",)),
    "mail.eml": (mail_digest, ("en",)),
    "newsml.xml": (newsml, ("en",)),
    "newsml_g2.xml": (newsml_g2, ("en",)),
    "newsml_nitf.xml": (newsml_nitf, ("en",)),
    "telegram.json": (telegram_json, ("en",)),
    "telegram_account.json": (telegram_account, ("en",)),
    "telegram.html": (telegram_html, ("en",)),
}
