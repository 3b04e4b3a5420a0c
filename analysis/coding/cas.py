"""Annotations in UIMA CAS files (XMI or JSON), read back from INCEpTION and other annotation tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.coding.alignment import aligned, letters_of
from analysis.errors import FramingError, ReadError
from analysis.ingest.markup.cas import TYPE_SYSTEMS, cassis_module, load_cas

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

COLUMNS = ("article_id", "start", "end", "layer", "features", "text", "file")
_OWN = ("uima.cas.Sofa", "uima.tcas.DocumentAnnotation")
_NOT_CODED = ("DocumentMetaData", "Sentence", "Token", "TagDescription", "TagsetDescription")
_NO_FEATURES = ("begin", "end", "sofa")


def read_cas_coding(paths: Iterable[str | Path], tables: Tables) -> pd.DataFrame:
    """Read the annotations of CAS files whose texts are articles of the tables.

    Parameters
    ----------
    paths : iterable of path
        XMI or JSON files. The type system of an XMI file, `TypeSystem.xml`, stands beside it.
    tables : Tables

    Returns
    -------
    pandas.DataFrame
        Columns article_id, start, end (code points of `articles.text`, end exclusive), layer (name of the type),
        features (dict of str to str), text, file. Sentences, tokens and metadata are left out.

    Raises
    ------
    ReadError
        A file cannot be read, or its text is no article of the tables.
    FramingError
        dkpro-cassis is not installed.
    """
    import pandas as pd

    cassis_module()
    texts = zip(tables.articles["article_id"], tables.articles["text"], strict=True)
    articles = {letters_of(text): (article_id, text) for article_id, text in texts}
    rows: list[dict[str, Any]] = []
    for path in map(Path, paths):
        cas = _loaded(path)
        document = cas.sofa_string or ""
        letters = letters_of(document)
        if letters not in articles:
            raise ReadError("the text of this CAS is no article of these tables", path=path)
        article_id, original = articles[letters]
        move = aligned(document, original)
        for layer, begin, end, features in _annotations(cas):
            start, stop = move(begin), move(end)
            rows.append({
                "article_id": article_id,
                "start": start,
                "end": stop,
                "layer": layer,
                "features": features,
                "text": original[start:stop],
                "file": path.name,
            })  # fmt: skip
    found = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"start": "int64", "end": "int64"})
    return found.sort_values(["article_id", "start", "end", "layer"], kind="stable", ignore_index=True)


def _loaded(path: Path) -> Any:
    types = next((beside for name in TYPE_SYSTEMS if (beside := path.with_name(name)).exists()), None)
    try:
        return load_cas(path.read_bytes(), types.read_bytes() if types is not None else None)
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror}", path=path) from None
    except FramingError as error:
        raise ReadError(str(error), path=path, remedy="export it again") from None


def _annotations(cas: Any) -> Iterator[tuple[str, int, int, dict[str, str]]]:
    for annotation in cas.select_all_annotations():
        name = annotation.type.name
        if name in _OWN or name.rpartition(".")[2] in _NOT_CODED:
            continue
        cells = {
            feature.name: str(value)
            for feature in annotation.type.all_features
            if feature.name not in _NO_FEATURES
            and isinstance(value := getattr(annotation, feature.name, None), str | int | float | bool)
        }
        yield name, int(annotation.begin), int(annotation.end), cells
