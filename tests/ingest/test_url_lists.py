"""Lists of addresses in the formats of Media Cloud, GDELT and others."""

import gzip
import json
import zipfile

import pytest

from analysis.errors import ReadError
from analysis.ingest.url_lists import Listed, is_list, listed_in, read_listed, unique

URL = "https://gazette.example/envoys"
MEDIA_CLOUD = (
    "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
    f'ab1,2022-06-30 01:02:03,en,gazette.example,gazette.example,2022-06-29,"Envoys, ports",{URL}\n'
)
DOC_CSV = f'\ufeff"URL","MobileURL","Date","Title"\r\n"{URL}","","2022-06-29 10:00:00","Envoys, ports"\r\n'
DOC_JSON = json.dumps(
    {
        "articles": [
            {
                "url": URL, "url_mobile": "", "title": "Envoys, ports", "seendate": "20220629T100000Z",
                "socialimage": "", "domain": "gazette.example", "language": "English", "sourcecountry": "Switzerland",
            }
        ]
    }
)  # fmt: skip
OLD_MEDIA_CLOUD = json.dumps(
    [
        {
            "stories_id": 1,
            "media_name": "gazette.example",
            "publish_date": "2022-06-29",
            "title": "Envoys, ports",
            "url": URL,
        }
    ]
)
GKG2 = "\t".join(["20220629101500-1", "20220629101500", "1", "gazette.example", URL, *[""] * 22])
GKG2_BOOK = "\t".join(
    ["20220629101500-2", "20220629101500", "2", "BBC Monitoring", "a paper citation", *[""] * 22]
)
GKG1 = (
    "DATE\tNUMARTS\tCOUNTS\tTHEMES\tLOCATIONS\tPERSONS\tORGANIZATIONS\tTONE\tCAMEOEVENTIDS\tSOURCES\tSOURCEURLS\n"
    + (f"20220629\t2\t\t\t\t\t\t\t\tgazette.example;other.example\t{URL}<UDIV>https://other.example/b")
)
EVENTS = "\t".join(["1054321", "20220629", *[""] * 58, URL])


def only(text):
    (found,) = unique(listed_in(text))
    return found


@pytest.mark.parametrize("text", [MEDIA_CLOUD, MEDIA_CLOUD.replace("\n", "\r"), DOC_JSON, OLD_MEDIA_CLOUD])
def test_tables_say_what_they_know(text):
    found = only(text)
    assert (found.url, found.outlet, found.title) == (URL, "gazette.example", "Envoys, ports")
    assert found.published.replace("-", "").startswith("20220629")


def test_the_csv_of_the_doc_api_is_read():
    assert only(DOC_CSV) == Listed(URL, "", "Envoys, ports", "2022-06-29 10:00:00")


def test_gdelt_tables_are_read():
    assert only(f"{GKG2}\n{GKG2_BOOK}\n") == Listed(URL, "gazette.example", "", "2022-06-29")
    assert [(one.url, one.outlet) for one in listed_in(GKG1)] == [
        (URL, "gazette.example"),
        ("https://other.example/b", "other.example"),
    ]
    assert only(f"{EVENTS}\n{EVENTS}\n") == Listed(URL)


def test_json_lines_and_text_are_read():
    assert only(json.dumps({"url": URL}) + '\nno json\n{"title": "no address"}\n') == Listed(URL)
    assert only(f"# mine\n{URL}#part\n\n{URL}\nnot an address\n") == Listed(URL)


@pytest.mark.parametrize(
    "text", [MEDIA_CLOUD, DOC_CSV, DOC_JSON, OLD_MEDIA_CLOUD, GKG2, GKG1, EVENTS, f"{URL}\n{URL}/2"]
)
def test_lists_are_recognised_from_their_beginning(text):
    assert is_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "url,title,text\nhttps://a.example,Envoys,The envoys met.\n",
        json.dumps({"url": URL}) + "\n" + json.dumps({"url": URL, "text": "The envoys met."}),
        f"The envoys met.\n{URL}\n",
        f"{URL}\nThe envoys met in the port, says this page.",
        "",
        "[",
        "{}",
        "[" * 5000,
        "x" * 200_000,
    ],
)
def test_what_holds_texts_is_no_list(text):
    assert not is_list(text)


def test_packed_lists_are_read(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(MEDIA_CLOUD.encode()))
    with zipfile.ZipFile(tmp_path / "a.gkg.csv.zip", "w") as package:
        package.writestr("a.gkg.csv", GKG2)
    assert [one.url for name in ("a.csv.gz", "a.gkg.csv.zip") for one in read_listed(tmp_path / name)] == [
        URL,
        URL,
    ]


def test_a_feed_in_a_file_is_a_list(tmp_path):
    (tmp_path / "a.xml").write_text(
        f"<rss version='2.0'><channel><title>Example Gazette</title><item><link>{URL}</link></item></channel></rss>"
    )
    assert read_listed(tmp_path / "a.xml") == [Listed(URL, "Example Gazette")]


@pytest.mark.parametrize(
    "content", [b"no address here", b"\x00\x01\x02" * 100, b"url\n" + b'"' + b"x" * 200_000]
)
def test_a_file_without_addresses_is_a_clear_error(tmp_path, content):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(ReadError, match="no address of a page"):
        read_listed(tmp_path / "a.txt")


def test_a_damaged_zip_file_is_a_clear_error(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("a.txt", f"{URL}\n")
    data = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(b"https", b"xxxxx", 1))
    with pytest.raises(ReadError, match=r"cannot be unpacked: .*download it again"):
        read_listed(tmp_path / "a.zip")


def test_a_zip_file_with_several_files_is_a_clear_error(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("a", "x")
        package.writestr("b", "x")
    with pytest.raises(ReadError, match="2 files"):
        read_listed(tmp_path / "a.zip")
