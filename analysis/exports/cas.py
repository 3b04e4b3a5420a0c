"""Export as UIMA CAS (XMI), for INCEpTION and other annotation tools that read this format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from analysis.ingest.markup.cas import METADATA, TYPE_SYSTEMS, cassis_module

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

PREFIX = "framing."
"""Of the names of the types."""

_LAYERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Theme": ("themes", ("theme", "voice")),
    "Mention": ("mentions", ("actor_id", "side", "voice", "polarity")),
    "Act": ("relations", ("source_actor", "target_actor", "verb", "direction", "voice")),
    "QuoteSpan": ("quote_spans", ("quote_id", "role", "speaker", "speaker_name", "side")),
}


def cas_names(tables: Tables) -> list[str]:
    """Names of the files that `cas_files` gives."""
    return [TYPE_SYSTEMS[0], *map(_name, range(1, len(tables.data("articles")) + 1))]


def cas_files(tables: Tables) -> Iterator[tuple[str, bytes]]:
    """Make one XMI file per article, and the type system.

    Parameters
    ----------
    tables : Tables

    Yields
    ------
    tuple of (str, bytes)
        Name and content: `TypeSystem.xml`, then `00001.xmi`, `00002.xmi`, ... The document's id is the article_id.

    Raises
    ------
    FramingError
        dkpro-cassis is not installed.
    """
    cassis = cassis_module()
    types = _type_system(cassis)
    yield TYPE_SYSTEMS[0], types.to_xml().encode("utf-8")
    made = (content for part in tables.shards() for content in _files_of_shard(part, cassis, types))
    for number, content in enumerate(made, start=1):
        yield _name(number), content


def _name(number: int) -> str:
    return f"{number:05d}.xmi"


def _files_of_shard(tables: Tables, cassis: Any, types: Any) -> Iterator[bytes]:
    rows = {name: _by_article(frame) for name, frame in _frames(tables).items()}
    for article in tables.articles.to_dict("records"):
        cas = cassis.Cas(
            typesystem=types, sofa_string=article["text"], sofa_mime="text/plain", document_language="en"
        )
        cas.add(
            types.get_type(METADATA)(
                begin=0,
                end=len(article["text"]),
                documentTitle=article["title"],
                documentId=article["article_id"],
            )
        )
        for layer, (table, features) in _LAYERS.items():
            made = types.get_type(PREFIX + layer)
            for row in rows[table].get(article["article_id"], ()):
                cells = {name: _cell(row[name]) for name in features}
                cas.add(made(begin=row["start"], end=row["end"], **cells))
        yield cas.to_xmi().encode("utf-8")


def _type_system(cassis: Any) -> Any:
    types = cassis.TypeSystem()
    metadata = types.create_type(METADATA, supertypeName="uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId"):
        types.create_feature(metadata, name, "uima.cas.String")
    for layer, (_, features) in _LAYERS.items():
        made = types.create_type(PREFIX + layer, supertypeName="uima.tcas.Annotation")
        for name in features:
            types.create_feature(made, name, "uima.cas.String")
    return types


def _frames(tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables of the layers, each with article_id."""
    frames = {name: getattr(tables, name) for name, _ in _LAYERS.values()}
    said = tables.quotes[["quote_id", "article_id", "speaker", "speaker_name", "side"]]
    frames["quote_spans"] = tables.quote_spans.merge(said, on="quote_id", how="left", validate="many_to_one")
    return frames


def _by_article(frame: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    found: dict[str, list[dict[Any, Any]]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(row["article_id"], []).append(row)
    return found


def _cell(value: Any) -> str | None:
    import pandas as pd

    return None if pd.isna(value) else str(value)
