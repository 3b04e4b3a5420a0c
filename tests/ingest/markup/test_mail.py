"""Mails as they are: headers in any encoding, parts inside parts, damaged lines between them."""

import pytest

from analysis.ingest.markup.mail import (
    file_name,
    has_lost_parts,
    header,
    is_cut,
    mails_inside,
    own_parts,
    parse_mail,
    part_text,
    sender,
)

TWO_PARTS = (
    b'Subject: S\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\none\n'
    b"--b\nContent-Type: text/plain\n\ntwo\n--b--\n"
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"=?utf-8?q?Gespr=C3=A4che?= =?utf-8?q?_im?= Hafen", "Gespräche im Hafen"),
        (b"=?koi8-r?b?8NXU?=", "Пут"),
        ("Gespräche im Hafen".encode(), "Gespräche im Hafen"),
        ("Gespräche im Hafen".encode("cp1252"), "Gespräche im Hafen"),
        (b"Talks in the\n  port", "Talks in the port"),
        ("=?utf-8?Q?Ada’s_talks?=".encode(), "Ada’s talks"),
        (b"=?no-such-charset?q?Talks?=", "Talks"),
        (b"", ""),
    ],
)
def test_headers_are_decoded(line, expected):
    assert header(parse_mail(b"Subject: " + line + b"\n\ntext"), "Subject") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'"Harbour Morning" <a@harbour.example>', ("Harbour Morning", "a@harbour.example")),
        (b"=?utf-8?q?M=C3=BCller=2C_Hans?= <h@x.example>", ("Müller, Hans", "h@x.example")),
        ("Ströme <h@x.example>".encode(), ("Ströme", "h@x.example")),
        (b"h@x.example", ("", "h@x.example")),
        (b"undisclosed", ("undisclosed", "")),
    ],
)
def test_the_sender_has_a_name_and_an_address(line, expected):
    assert sender(parse_mail(b"From: " + line + b"\n\ntext")) == expected


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii", "no-such", "hex", "utf-8"])
def test_a_text_in_another_encoding_than_declared_is_read(charset):
    mail = f"Content-Type: text/plain; charset={charset}\n\n".encode() + "Gespräche im Hafen".encode("cp1252")
    assert part_text(parse_mail(mail)) == "Gespräche im Hafen"


def test_parts_and_mails_inside():
    inner = b"Subject: inner\n\ninner text"
    data = TWO_PARTS.replace(b"--b--", b"--b\nContent-Type: message/rfc822\n\n" + inner + b"\n--b--")
    parts = list(own_parts(parse_mail(data)))
    assert [part_text(part) for part in parts[:2]] == ["one", "two"]
    assert [header(mail, "Subject") for mail in mails_inside(parts[2])] == ["inner"]
    assert mails_inside(parts[0]) == []


def test_file_names_are_decoded():
    mail = parse_mail(b"Content-Disposition: attachment; filename*=utf-8''pr%C3%AFces.pdf\n\n")
    assert file_name(mail) == "prïces.pdf"
    assert file_name(parse_mail(b"Subject: S\n\ntext")) == ""


def test_damage_is_seen():
    assert not has_lost_parts(parse_mail(TWO_PARTS)) and not is_cut(parse_mail(TWO_PARTS))
    assert is_cut(parse_mail(TWO_PARTS.replace(b"--b--", b"")))
    assert has_lost_parts(parse_mail(TWO_PARTS.replace(b"--b\n", b"--c\n", 1)))
    assert has_lost_parts(parse_mail(TWO_PARTS.replace(b"multipart/mixed", b"text/plain")))
