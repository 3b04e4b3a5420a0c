"""Newsletters and mailing lists, one by one and in mailboxes."""

import gzip
from email.message import EmailMessage

import pytest

from analysis.ingest import read
from analysis.ingest.records import UnreadableFile

TEXT = "The envoys of both countries met in the port on Wednesday and spoke for two hours about the price of grain."
OTHER = "The ferries go again, the harbour office said on Thursday, after the ice had melted in the north of the bay."
HEADERS = {
    "From": '"Harbour Morning" <news@harbour.example>',
    "Subject": "Talks in the port",
    "Date": "Tue, 15 Aug 2023 01:02:03 -0400",
    "Message-ID": "<7.abc@harbour.example>",
    "List-Id": "x1 list <84a9.list.example>",
}
PAGE = (
    '<html><head><style>p {{}}</style></head><body><div style="display: none">hidden words</div><table><tr><td>'
    '<a href="v">View in browser</a> | <a href="s">Share</a></td></tr><tr><td><h1>Talks in the port</h1>{text}</td>'
    '</tr><tr><td><a href="m">Read more</a></td></tr><tr><td>You get this because you signed up. '
    '<a href="u">Unsubscribe</a></td></tr><tr><td>© 2023 Harbour Ltd., 1 Quay</td></tr></table></body></html>'
)


def made(plain="", page="", **headers):
    message = EmailMessage()
    for name, value in {
        **HEADERS,
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }.items():
        if value:
            message[name] = value
    if plain:
        message.set_content(plain)
    if page and plain:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return message


@pytest.fixture
def read_mail(tmp_path):
    """Write a mail, read it, and return what was read."""

    def write_and_read(message, name="a.eml"):
        path = tmp_path / name
        path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
        return read(path)

    return write_and_read


def test_a_newsletter_is_an_article_of_its_sender(read_mail):
    reading = read_mail(made(TEXT, PAGE.format(text=f"<p>{TEXT}</p>A cell without a paragraph of its own.")))
    row = reading.articles.iloc[0]
    assert reading.notes == () and reading.rejects.empty
    assert row["text"] == f"{TEXT}\n\nA cell without a paragraph of its own."
    assert (row["outlet"], row["title"], row["article_id"]) == (
        "Harbour Morning", "Talks in the port", "7.abc@harbour.example",
    )  # fmt: skip
    assert str(row["published"]) == "2023-08-15 05:02:03+00:00"
    assert row["author"] != row["author"]  # missing: the sender is the outlet
    assert (row["extra_sender"], row["extra_list_id"]) == (
        "news@harbour.example",
        "x1 list <84a9.list.example>",
    )


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"List-Post": "<mailto:l@x.example>", "List-Id": "Port Talk <talk.x.example>"}, "Port Talk"),
        ({"List-Post": "<mailto:l@x.example>", "List-Id": "<talk.x.example>"}, "talk.x.example"),
        ({"List-Post": "NO"}, "Harbour Morning"),
        ({"From": "news@harbour.example"}, "harbour.example"),
        ({"From": ""}, "unknown"),
    ],
)
def test_the_outlet_is_the_sender_or_a_list_to_which_members_write(read_mail, headers, expected):
    message = made(TEXT)
    for name, value in headers.items():
        del message[name]
        if value:
            message[name] = value
    assert read_mail(message).articles["outlet"].tolist() == [expected]


def test_the_plain_text_is_read_where_the_page_says_little(read_mail):
    plain = f"{TEXT}\n\n{OTHER}\n\nTo unsubscribe: https://harbour.example/u\n\n© Harbour Ltd.\n"
    reading = read_mail(made(plain, "<p>Open this mail in another program.</p>"))
    assert reading.articles["text"].tolist() == [f"{TEXT}\n\n{OTHER}"]


def test_the_signature_is_no_text(read_mail):
    assert read_mail(made(f"{TEXT}\n\n-- \nAda\nHarbour Ltd.\n")).articles["text"].tolist() == [TEXT]


def test_attachments_are_named_and_not_read(read_mail):
    message = made(TEXT)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="prices.pdf")
    message.add_attachment("not for reading", filename="notes.txt")
    reading = read_mail(message)
    assert reading.articles["text"].tolist() == [TEXT]
    assert reading.articles["extra_attachments"].tolist() == ["prices.pdf; notes.txt"]
    assert reading.notes[0].endswith("attachments are not read: prices.pdf, notes.txt")


def test_a_mail_without_text_is_refused(read_mail):
    message = made()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="prices.pdf")
    row = read_mail(message).rejects.iloc[0]
    assert (row["reason"], row["detail"]) == ("no_text", "the mail has only attachments (prices.pdf)")
    assert row["title"] == "Talks in the port"


def box(*messages):
    """Return a mailbox in which lines that begin with 'From ' are escaped as mail programs do."""
    bodies = [message.as_bytes().replace(b"\nFrom ", b"\n>From ") for message in messages]
    return b"\n".join(b"From a@x.example Tue Aug 15 01:02:03 2023\n" + body + b"\n" for body in bodies)


@pytest.mark.parametrize("name", ["a.mbox", "INBOX", "a.mbox.gz"])
def test_a_mailbox_holds_many(read_mail, name):
    texts = [TEXT, f"{OTHER}\n\nFrom here on: ships. To be continued.", f"{OTHER} And so on."]
    messages = [made(text, Message_ID=f"<{n}@x.example>") for n, text in enumerate(texts)]
    data = box(*messages)
    reading = read_mail(gzip.compress(data) if name.endswith("gz") else data, name)
    assert sorted(reading.articles["text"]) == sorted(texts)
    assert set(reading.formats.values()) == {"mail"}


def test_one_damaged_mail_stops_no_other(read_mail):
    parts = 'Content-Type: multipart/mixed; boundary="b"\n\n--c\nContent-Type: text/plain\n\n' + TEXT
    damaged = f"From a@x.example Tue\nFrom: a@x.example\nSubject: cut\nDate: x\n{parts}\n\n".encode()
    reading = read_mail(
        box(made(TEXT)) + b"\n" + damaged + box(made(OTHER, Message_ID="<8@x.example>")), "a.mbox"
    )
    assert sorted(reading.articles["text"]) == sorted([TEXT, OTHER])
    assert reading.rejects[["row", "reason", "title"]].values.tolist() == [["2", "unreadable", "cut"]]


def test_a_mail_that_is_cut_off_is_noted(read_mail):
    data = made(TEXT, PAGE.format(text=f"<p>{TEXT}</p>")).as_bytes()
    reading = read_mail(data[: data.rindex(b"\n--")])
    assert reading.notes[0].endswith("row 1: the mail is cut off or damaged; check whether text is missing")


def test_deep_nesting_is_refused(read_mail):
    nested = "Content-Type: message/rfc822\n\nFrom: a@x.example\n" * 3_000
    reading = read_mail(f"From: a@x.example\nSubject: S\nDate: x\n{nested}\n{TEXT}".encode())
    assert reading.rejects["reason"].tolist() == ["nested"]


def test_a_mail_with_too_many_tags_is_refused_with_the_limit(read_mail):
    reading = read_mail(made("", "<p>x" * 30_000))
    assert reading.rejects["reason"].tolist() == ["too_long"]
    assert "25,000" in reading.rejects["detail"][0]


def test_a_mail_that_is_too_large_is_refused_and_the_next_is_read(read_mail, monkeypatch):
    monkeypatch.setattr("analysis.ingest.readers.mail._LONGEST", 5_000)
    reading = read_mail(box(made(TEXT * 300), made(OTHER, Message_ID="<8@x.example>")), "a.mbox")
    assert reading.articles["text"].tolist() == [OTHER]
    assert reading.rejects[["row", "reason"]].values.tolist() == [["1", "too_large"]]


def test_a_mail_that_was_saved_as_text_is_a_mail(read_mail):
    assert read_mail(made(TEXT), "a.txt").articles["title"].tolist() == ["Talks in the port"]


def test_an_empty_file_is_an_error(read_mail):
    with pytest.raises(UnreadableFile, match="empty"):
        read_mail(b"\n\n")
