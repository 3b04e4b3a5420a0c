"""UIMA CAS files (XMI and JSON), opened with dkpro-cassis, which is an optional dependency."""

from __future__ import annotations

import io
import warnings
from typing import Any

from analysis.errors import FramingError

TYPE_SYSTEMS = ("TypeSystem.xml", "typesystem.xml")
"""Names of the file with the type system of XMI files."""
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
"""The type with title, id and address of the document."""
METADATA_FIELDS = ("documentTitle", "documentId", "documentUri", "collectionId")


def cassis_module() -> Any:
    """Import dkpro-cassis.

    Raises
    ------
    FramingError
        It is not installed.
    """
    try:
        import cassis
    except ImportError:
        raise FramingError(
            "CAS files need the package dkpro-cassis, which is not installed",
            remedy="install it with the extra: pip install 'media-framing[corpora]'",
        ) from None
    return cassis


def load_cas(data: bytes, types: bytes | None) -> Any:
    """Open a CAS.

    Parameters
    ----------
    data : bytes
        XMI or JSON.
    types : bytes or None
        The type system of an XMI file. Without one, annotations are read without their fields.

    Returns
    -------
    cassis.Cas

    Raises
    ------
    FramingError
        The file is damaged, or dkpro-cassis is not installed.
    """
    cassis = cassis_module()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # types of annotations that are not declared
            return _loaded(cassis, data, types)
    except Exception as error:  # a damaged file breaks dkpro-cassis in many ways
        why = " ".join(str(error).split())[:200] or type(error).__name__
        raise FramingError(f"not a CAS that can be read ({why})") from None


def _loaded(cassis: Any, data: bytes, types: bytes | None) -> Any:
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return cassis.load_cas_from_json(io.BytesIO(data), lenient=True)
    if types is not None:
        declared = cassis.load_typesystem(io.BytesIO(types))
        return cassis.load_cas_from_xmi(io.BytesIO(data), typesystem=declared, lenient=True)
    try:
        return cassis.load_cas_from_xmi(io.BytesIO(data), typesystem=_metadata_type(cassis), lenient=True)
    except TypeError:  # its metadata has fields of its own: the text is read without them
        return cassis.load_cas_from_xmi(io.BytesIO(data), lenient=True)


def _metadata_type(cassis: Any) -> Any:
    """A type system with the metadata of DKPro alone, for files that come without theirs."""
    types = cassis.TypeSystem()
    metadata = types.create_type(METADATA, supertypeName="uima.tcas.DocumentAnnotation")
    for name in (*METADATA_FIELDS, "documentBaseUri"):
        types.create_feature(metadata, name, "uima.cas.String")
    types.create_feature(metadata, "isLastSegment", "uima.cas.Boolean")
    return types
