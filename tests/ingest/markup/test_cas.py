"""CAS files: what is said of a damaged one, and where dkpro-cassis is missing."""

import sys

import pytest

from analysis.errors import FramingError
from analysis.ingest import read
from analysis.ingest.markup.cas import load_cas
from analysis.ingest.records import UnreadableFile
from benchmarks.made_corpora import cas_xmi
from tests.ingest.readers.test_uima import MADE


def test_a_damaged_file_is_refused():
    whole = cas_xmi(MADE)
    assert load_cas(whole, None).sofa_string
    with pytest.raises(FramingError, match="not a CAS that can be read"):
        load_cas(whole[: len(whole) // 2], None)


def test_without_dkpro_cassis_the_message_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "cassis", None)
    (tmp_path / "a.xmi").write_bytes(cas_xmi(MADE))
    with pytest.raises(UnreadableFile, match=r"media-framing\[corpora\]"):
        read(tmp_path / "a.xmi")
