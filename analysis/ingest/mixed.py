"""Tell one article from an export of many that could not be split."""

from __future__ import annotations

import re
from collections import Counter

from analysis.corpus import count_words
from analysis.ingest.labels import COUNTED

MAX_WORDS_OF_ONE = 20_000
_COUNTED = re.compile(rf"^[ \t]*{COUNTED.pattern}[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
# Lines that an export writes once per article.
_FIELD = re.compile(
    r"^[ \t]*(?:(LOAD-DATE|Load-Date|UPDATE|DATE-CHARGEMENT|LENGTH|Length|LÄNGE|LONGUEUR|LENGTE|ProQuest document ID|"
    r"End of Document|WC|AN|PD)\b(?:[:\s]|\r?$)|Document [A-Za-z]\w{3,}20\d{6}\w{4,}\r?$)",
    re.MULTILINE,
)


def several_articles(text: str, *, alone: bool) -> tuple[str, str] | None:
    """Return why a text seems to be several articles, as a short code and a question; None if it is one.

    Parameters
    ----------
    text : str
    alone : bool
        The text is a whole file, which was taken for one article.
    """
    fields = Counter(match[1] for match in _FIELD.finditer(text))
    repeated = [name or "Document ..." for name, count in fields.items() if count > 1]
    if len(repeated) > 1 or _COUNTED.search(text):
        found = _COUNTED.search(text)
        what = f"'{found[0].strip()}'" if found else f"{' and '.join(map(repr, repeated[:2]))} several times"
        return (
            "not_split",
            f"the text contains {what}, as an export of several articles does, but the format is not recognised. "
            "Is it an export? Save it again in its original format (DOCX, RTF, HTML), or remove these lines",
        )
    if alone and len(text) > MAX_WORDS_OF_ONE and (n_words := count_words(text)) > MAX_WORDS_OF_ONE:
        return (
            "not_split",
            f"the file was taken for one article, but has {n_words:,} words. Does it hold several articles? "
            "Save each as a file of its own, or all as a table with one row per article. A long text that is one "
            "article is read from a table with one row (columns 'text', 'title', 'outlet', 'date')",
        )
    return None
