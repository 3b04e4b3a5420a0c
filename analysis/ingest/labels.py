"""The names that archives give to the fields of an article, in the languages of their interfaces."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from analysis.letters import without_accents

_SPACES = re.compile(r"[\s_\xa0-]+")
_AROUND = re.compile(r"\s*/\s*")


def field_of(label: str, archive: str) -> str | None:
    """Return the field that a label stands for.

    Parameters
    ----------
    label : str
        As it is in the export, without the colon.
    archive : str
        A key of labels.yml.

    Returns
    -------
    str or None
        None if the label is not known.

    Examples
    --------
    >>> field_of("LÄNGE", "nexis"), field_of("Date-Chargement", "nexis"), field_of("Recipe", "nexis")
    ('length', 'load_date', None)
    """
    return _labels(archive).get(plain_label(label).replace(" ", ""))


def plain_label(label: str) -> str:
    """Return a label in the form in which labels are compared."""
    return _AROUND.sub("/", _SPACES.sub(" ", without_accents(label.casefold()))).strip(" :")


@cache
def _labels(archive: str) -> dict[str, str]:
    import yaml

    text = Path(__file__).with_name("labels.yml").read_text(encoding="utf-8")
    return {
        plain_label(str(name)).replace(" ", ""): field
        for field, names in yaml.safe_load(text)[archive].items()
        for name in names
    }


_OF = r"(?:of|von|de|sur|van|di|af|av|из)"
_NUMBER = r"\d[\d.,]*"
COUNTED = re.compile(
    rf"(?:do[ck]ument\w*\s+{_NUMBER}\s+{_OF}\s+{_NUMBER}|{_NUMBER}\s+{_OF}\s+{_NUMBER}\s+do[ck]ument\w*)",
    re.IGNORECASE,
)
"""The number of a document in an export, as in '2 of 50 DOCUMENTS' or 'Dokument 2 von 50'."""
COPYRIGHT = re.compile(r"\s*(?:copyright\b|copr\.|©|\(c\)\s|\(c\)$)", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?P<digits>\d{1,3}(?:[.,\s\xa0]\d{3})+|\d{1,6})(?P<space>[\s\xa0]*)(?P<unit>[^\W\d][^\W\d]*(?:\ufffd[^\W\d]*)*)[\s.]*"
)


def is_length(line: str) -> bool:
    """Whether a line is nothing but the length of an article: a number and a word in any language, or a CJK sign."""
    match = _LENGTH.fullmatch(line.strip())
    return (
        match is not None
        and (bool(match["space"]) or not match["unit"].isascii())
        and len(match["unit"]) < 16
    )


def stated_words(value: str) -> int | None:
    """Return the length of an article in words, as an export states it ("1,269 words", "306 Wörter").

    Parameters
    ----------
    value : str

    Returns
    -------
    int or None
        None if there is no number, or if it counts characters, as in Chinese and Japanese.
    """
    match = _LENGTH.fullmatch(value.strip())
    if match is None or match["unit"][0] > "\u2e80":
        return None
    return int(re.sub(r"\D", "", match["digits"]))
