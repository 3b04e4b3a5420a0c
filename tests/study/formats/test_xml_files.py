"""Dictionary files in XML that are refused."""

import pytest

BILLION_LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE dictionary [
  <!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<dictionary><cnode name="&c;"><pnode name="x"/></cnode></dictionary>
"""


OUTSIDE = """<!DOCTYPE CodeBook SYSTEM "file:///etc/passwd">
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>
"""


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.ykd", "<dictionary>\n<cnode name='a'>\n</dictionary>", ["line 3", "not well-formed"]),
        ("a.ykd", "<d>" * 5_000, ["line 1", "not well-formed"]),
        ("a.ykd", BILLION_LAUGHS, ["line 2", "document type"]),
        ("a.ykd", BILLION_LAUGHS.encode("utf-16"), ["line 2", "document type"]),
        ("a.qdc", OUTSIDE, ["line 1", "document type"]),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message
