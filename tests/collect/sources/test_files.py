"""Lists of addresses in files as sources."""

from analysis.collect.sources.files import ListFile
from tests.collect.server import fetcher


def test_a_file_lists_its_addresses(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("https://a.example/1\n")
    source = ListFile(path)
    assert source.name == str(path)
    assert [one.url for one in source.addresses(fetcher(), ("", "")).listed] == ["https://a.example/1"]
