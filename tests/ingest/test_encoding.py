"""Bytes to text."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ReadError
from analysis.ingest.encoding import decode, looks_garbled, read_text, text_chunks

NEWS = "“We won’t sign,” said the envoy – a café owner’s son.\r\nNext line.\n\nThe end\r"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_of_exports(encoding):
    assert decode(NEWS.encode(encoding)) == NEWS


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_utf8_always_comes_back(text, encoding):
    assert decode(text.encode(encoding)) == text.removeprefix("\ufeff")


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_categories=["Cc"]), min_size=40))
def test_utf16_without_a_mark_comes_back(text):
    assert decode(text.encode("utf-16-le")) == text


def test_other_scripts_in_eight_bits():
    text = (
        "Президент встретился со своим коллегой в порту и обсудил с ним торговлю и положение в регионе. " * 4
    )
    assert decode(text.encode("cp1251")) == text


def test_utf8_with_a_lost_byte_stays_utf8():
    broken = ("“We won’t sign” – " * 20).encode()[:-2]
    assert decode(broken).startswith("“We won’t sign” – “")
    assert decode(broken).endswith("\ufffd")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"PK\x03\x04" + bytes(range(1, 32)) * 9,
        b"\x00" * 99,
    ],
    ids=["all bytes", "PNG", "zip", "zeros"],
)
def test_binary_data_is_no_text(data):
    assert decode(data) is None


@given(st.binary(max_size=300))
def test_nothing_breaks_it(data):
    assert isinstance(decode(data), str | None)


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
def test_line_ends_stay_and_gz_is_unpacked(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(gzip.compress(NEWS.encode()) if name.endswith("gz") else NEWS.encode())
    assert read_text(path) == NEWS


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf \r\n\t", "empty"),
        ("a.txt.gz", gzip.compress(b"  ", mtime=0), "empty"),
        ("a.txt.gz", gzip.compress(NEWS.encode() * 50, mtime=0)[:-12], "unpacked"),
        ("a.txt.gz", b"not packed", "unpacked"),
        ("a.txt", b"\x00\x01\x02" * 99, "binary"),
    ],
)
def test_files_that_cannot_be_read_are_named(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=said) as caught:
        read_text(tmp_path / name)
    assert name in str(caught.value)


def test_a_folder_and_a_missing_file_are_named(tmp_path):
    for path in (tmp_path, tmp_path / "missing.txt"):
        with pytest.raises(ReadError, match="cannot be opened"):
            read_text(path)


@pytest.mark.parametrize("text", ["’", "“", "é", "É", "£", "–", "…", "à", "ü", "Привет"])
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_garbled_characters_are_seen(text, encoding):
    try:
        garbled = text.encode().decode(encoding)
    except UnicodeDecodeError:  # a byte that the code page leaves undefined; programs keep it as it is
        garbled = text.encode().decode("latin-1")
    seen = looks_garbled(f"It isn{garbled}t so")
    assert seen or (encoding == "mac_roman" and text not in "’“–…")


@pytest.mark.parametrize(
    "text", [NEWS, "SÃO PAULO; ÂNGELA; coração; Ärger", "naïve £5 café", "Президент", "‚Ännchen‘"]
)
def test_sound_texts_are_not_garbled(text):
    assert not looks_garbled(text)


@pytest.mark.parametrize("size", [3, 1_000])
@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_a_file_in_parts_is_the_same_text(tmp_path, monkeypatch, name, size):
    monkeypatch.setattr("analysis.ingest.encoding._CHUNK", size)
    for written in ("utf-8", "utf-8-sig", "utf-16"):
        data = NEWS.encode(written)
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
        assert "".join(text_chunks(tmp_path / name)) == NEWS


def test_an_xml_file_in_parts_is_decoded_as_it_declares(tmp_path):
    source = '<?xml version="1.0" encoding="koi8-r"?><a>Порт</a>'
    (tmp_path / "a.xml").write_text(source, encoding="koi8-r")
    assert "".join(text_chunks(tmp_path / "a.xml")) == source
    (tmp_path / "b.xml").write_text(source.replace("koi8-r", "rot13"), encoding="koi8-r")
    assert "\ufffd" in "".join(text_chunks(tmp_path / "b.xml"))


def test_damage_while_a_file_is_unpacked_is_an_error(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(NEWS.encode() * 50, mtime=0)[:-12])
    with pytest.raises(ReadError, match="cannot be unpacked"):
        list(text_chunks(tmp_path / "a.txt.gz"))
    with pytest.raises(ReadError, match="cannot be opened"):
        list(text_chunks(tmp_path / "missing.txt"))
