"""Exports of Telegram Desktop: chats, accounts and pages."""

import json
import tracemalloc

import pytest

from analysis.ingest import encoding, read, sniffing
from analysis.ingest.readers.telegram import READER, read_telegram
from analysis.ingest.records import Record, Refusal, UnreadableFile
from benchmarks.made_exports import EXPORTS, made_articles, telegram_chat

MADE = made_articles(5)
TEXT = "The port is open, and the ships are in it for the winter."


def chat(*messages, **others):
    posts = [{"id": n, "type": "message", **message} for n, message in enumerate(messages, start=1)]
    return {"name": "Harbour News", "type": "public_channel", "id": 77, **others, "messages": posts}


@pytest.fixture
def read_chat(tmp_path):
    """Write a chat as result.json, read it, and return what was read."""

    def write_and_read(value, **options):
        path = tmp_path / "result.json"
        path.write_text(json.dumps(value, ensure_ascii=False, **options), encoding="utf-8")
        return read(path)

    return write_and_read


@pytest.mark.parametrize("name", [name for name in EXPORTS if name.startswith("telegram")])
def test_every_post_is_an_article_of_its_channel(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(EXPORTS[name][0](MADE, "en"))
    reading = read(path)
    assert reading.rejects.empty
    assert set(reading.formats.values()) == {"Telegram"}
    n_service = 3 if "account" in name else 1
    assert [note.partition(": ")[2][:17] for note in reading.notes] == [f"{n_service} service message"]
    rows = {row["text"]: row for row in reading.articles.to_dict("records")}
    for made in MADE:
        row = rows["\n\n".join(made.paragraphs)]
        assert row["outlet"] == (made.outlet if "account" in name else MADE[0].outlet)
        assert (f"{row['published']:%Y-%m-%d}", row["author"]) == (str(made.day), made.author)


def test_words_in_bold_and_links_are_part_of_the_text(read_chat):
    words = [
        "The ", {"type": "bold", "text": "port"}, " is open, see ",
        {"type": "text_link", "text": "the list of ships", "href": "https://example.org/ships"}, ".",
    ]  # fmt: skip
    row = read_chat(chat({"text": words})).articles.iloc[0]
    assert row["text"] == "The port is open, see the list of ships."
    assert row["extra_links"] == "https://example.org/ships"


def test_what_the_export_says_of_a_post_is_kept(read_chat):
    post = {
        "date": "2022-01-02T10:00:00", "date_unixtime": "1641110400", "edited": "2022-01-02T11:00:00",
        "edited_unixtime": "1641114000", "from": "Harbour News", "forwarded_from": "Valley Post", "views": 1200,
        "reactions": [{"type": "emoji", "count": 12, "emoji": "👍"}, {"type": "paid", "count": 2}], "text": TEXT,
        "photo": "(File not included)",
    }  # fmt: skip
    row = read_chat(chat(post)).articles.iloc[0]
    assert str(row["published"]) == "2022-01-02 08:00:00+00:00"  # not the clock of the machine that exported
    assert row["article_id"] == "77-1"
    extra = {name.removeprefix("extra_"): row[name] for name in row.index if name.startswith("extra_")}
    assert extra == {
        "chat_type": "public_channel", "message_id": "1", "edited": "2022-01-02 09:00:00+00:00", "media": "photo",
        "forwarded_from": "Valley Post", "views": "1200", "reactions": "👍 12; paid 2",
    }  # fmt: skip


def test_a_message_without_text_is_refused_and_says_what_it_is(read_chat):
    reading = read_chat(
        chat({"text": "", "photo": "p.jpg"}, {"text": [], "media_type": "sticker"}, {"text": TEXT})
    )
    assert reading.rejects["detail"].tolist() == [
        "the message has no text (photo)",
        "the message has no text (sticker)",
    ]
    assert len(reading.articles) == 1


def test_a_text_that_looks_like_an_export_is_a_text(read_chat):
    text = f'{TEXT} {{"id": 5, "type": "message", "messages": ["{TEXT}"]}}'
    assert read_chat(chat({"text": text}, {"text": TEXT})).articles["text"].tolist() == [text, TEXT]


@pytest.mark.parametrize(
    "damage", [('"text": "The', '"text": The'), ('"type": "message"', '"ty": "message"')]
)
def test_one_damaged_message_stops_no_other(damage, tmp_path):
    source = json.dumps(chat({"text": "First. " + TEXT}, {"text": TEXT}, {"text": "Last. " + TEXT}), indent=1)
    place = source.index('"id": 2')
    path = tmp_path / "result.json"
    path.write_text(source[:place] + source[place:].replace(*damage, 1), encoding="utf-8")
    reading = read(path)
    assert [text[:6] for text in reading.articles["text"]] == ["First.", "Last. "]
    assert reading.rejects["reason"].tolist() == ["bad_json"]


def test_an_export_that_is_cut_off_is_read_to_its_end(tmp_path):
    source = json.dumps(chat({"text": TEXT}, {"text": TEXT + " Again."}))
    path = tmp_path / "result.json"
    path.write_text(source[:-20], encoding="utf-8")
    reading = read(path)
    assert len(reading.articles) == 1
    assert {"bad_json", "unreadable"} >= set(reading.rejects["reason"]) > set()


@pytest.mark.parametrize("written", ["utf-8-sig", "utf-16"])
def test_other_encodings_are_read(written, tmp_path):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat({"text": TEXT + " “Да”"}), ensure_ascii=False), encoding=written)
    assert read(path).articles["text"].tolist() == [TEXT + " “Да”"]


def test_deep_nesting_is_refused(read_chat):
    value: object = "x"
    for _ in range(90):
        value = [value]
    reading = read_chat(chat({"text": TEXT, "poll": value}, {"text": TEXT}))
    assert reading.rejects["reason"].tolist() == ["nested"]
    assert len(reading.articles) == 1


def test_a_list_of_objects_named_messages_is_not_taken_for_telegram(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"messages": [{"id": 1, "type": "message", "text": TEXT}]}), encoding="utf-8")
    assert read(path).formats[str(path)] == "json"
    assert READER.recognises is not None


def test_a_file_without_messages_is_an_error(read_chat):
    with pytest.raises(UnreadableFile, match="no message was found"):
        read_chat(chat())


def test_a_long_export_is_not_held_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(encoding, "_CHUNK", 20_000)
    monkeypatch.setattr(sniffing, "_HEAD", 20_000)
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat(*[{"text": TEXT * 20}] * 1_000)), encoding="utf-8")  # 1.2 MB
    tracemalloc.start()
    n_records = sum(isinstance(item, Record) for item in read_telegram(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert n_records == 1_000
    assert peak < path.stat().st_size / 3


def page(*messages):
    header = (
        '<div class="page_header"><div class="text bold">\nHarbour News \n</div></div><div class="history">'
    )
    return f"<!DOCTYPE html><html><body>{header}{''.join(messages)}</div></body></html>"


def post(inner, number=1, joined=""):
    date = '<div class="pull_right date details" title="02.01.2022 10:00:00 UTC+03:00">10:00</div>'
    body = f'<div class="body">{date}{inner}</div>'
    return f'<div class="message default clearfix{joined}" id="message{number}">{body}</div>'


def test_a_forwarded_post_of_a_page_has_the_name_of_the_first_channel(tmp_path):
    forwarded = (
        '<div class="from_name">Harbour News</div><div class="forwarded body"><div class="from_name">\nValley Post '
        '<span class="date details" title="01.01.2022 08:00:00 UTC+03:00"> 01.01.2022</span></div>'
        f'<div class="text">{TEXT}<br><a href="https://example.org/x">here</a></div></div>'
    )
    photo = '<div class="media_wrap clearfix"><a class="photo_wrap" href="p.jpg"></a></div>'
    path = tmp_path / "messages2.html"
    path.write_text(page(post(forwarded), post(photo, 2, " joined")), encoding="utf-8")
    reading = read(path)
    row = reading.articles.iloc[0]
    assert (row["text"], row["outlet"]) == (f"{TEXT}\nhere", "Harbour News")
    assert (row["extra_forwarded_from"], row["extra_links"]) == ("Valley Post", "https://example.org/x")
    assert str(row["published"]) == "2022-01-02 07:00:00+00:00"
    assert reading.rejects["detail"].tolist() == ["the message has no text (photo)"]


def test_the_chats_of_an_account_keep_their_ids_apart(tmp_path):
    chats = [telegram_chat(MADE[:1], name, number) for name, number in (("A", 1), ("B", 2))]
    chats[1].pop("name")  # as saved messages have it
    chats[1]["type"] = "saved_messages"
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"chats": {"about": "x", "list": chats}}), encoding="utf-8")
    found = [item for item in read_telegram(path) if not isinstance(item, Refusal)]
    records = [item for item in found if isinstance(item, Record)]
    assert [record.fields["article_id"] for record in records] == ["1-2", "2-2"]
    assert [record.fields["outlet"] for record in records] == ["A", "Saved messages"]
