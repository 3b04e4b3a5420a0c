"""Files that cannot be read: an error that names file and line, and nothing in them acts."""

import time

import pytest

from analysis.errors import StudyError
from analysis.study.codebook import MAX_PATTERNS
from analysis.study.formats import read_codebook, write_codebook
from analysis.study.formats.dictionary import MAX_BYTES

QDC = "<CodeBook><Codes>\n<Code name='a'><Description>d\n---\n{}\n</Description></Code></Codes></CodeBook>"
BILLION_LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE dictionary [
  <!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<dictionary><cnode name="&c;"><pnode name="x"/></cnode></dictionary>
"""
OUTSIDE = """<!DOCTYPE CodeBook SYSTEM "file:///etc/passwd">
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>
"""


def refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(StudyError) as error:
        read_codebook(path)
    assert name in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.dic", "fish\t1\n", ["line 1", "no legend"]),
        ("a.dic", "\n%\n1\tsea\nfish\t1\n", ["line 2", "does not end"]),
        ("a.dic", "%\n1\tsea\nfish\n%\nfish\t1\n", ["line 3", "no number and name"]),
        ("a.dic", "%\n1\tsea\n1\ttrade\n%\nfish\t1\n", ["line 3", "second category has the number 1"]),
        (
            "a.dic",
            "%\n1\tsea\n2\tsea\n%\nfish\t1 2\n",
            ["line 3", "two categories are called 'sea'", "line 2"],
        ),
        ("a.dic", "%\n%\nfish\t1\n", ["legend is empty"]),
        (
            "a.dic",
            "%\n1\tsea\n%\n:)\t1\n",
            ["no category with a usable word", "':)' (line 4)", "write words"],
        ),
        ("a.cat", "SEA\n\t* (1)\n", ["no category with a usable word", "'*' (line 2)"]),
        ("a.csv", "theme,kind,pattern\nsea,pattern,\n", ["line 2", "empty", "mend"]),
        ("a.csv", "theme,kind,pattern\nsea,pattern,*\n", ["line 2", "every word", "mend"]),
        ("a.csv", 'theme,kind,pattern\nsea,pattern,"""x"\n', ["line 2", "stands alone", "mend"]),
        ("a.cat", "SEA (1)\nTRADE (1)\n", ["line 1", "no category"]),
        ("a.cat", "SEA\n\tfish (1)\n\t\tsturgeon (1)\n", ["line 3", "below the word 'fish'"]),
        ("a.lc3", "fish\n", ["line 1", "no category begins with +"]),
        ("a.lc3", "+sea\nfish\n+\ngrain\n", ["line 3", "without a name"]),
        ("a.lc3", "+sea\n" + "x" * 20_000, ["line 2", "20,000 characters"]),
        ("a.ykd", "<dictionary>\n<cnode name='a'>\n</dictionary>", ["line 3", "not well-formed"]),
        (
            "a.ykd",
            "<dictionary>\n<cnode><pnode name='x'/></cnode></dictionary>",
            ["line 2", "without a name"],
        ),
        ("a.lcd", "<html/>", ["line 1", "<html>"]),
        ("a.ykd", "<d>" * 5_000, ["line 1", "not well-formed"]),
        ("a.ykd", BILLION_LAUGHS, ["line 2", "document type"]),
        ("a.ykd", BILLION_LAUGHS.encode("utf-16"), ["line 2", "document type"]),
        ("a.qdc", OUTSIDE, ["line 1", "document type"]),
        ("a.qdc", "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'>\n<Codes/></CodeBook>", ["line 2", "no codes"]),
        ("a.qdc", "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'/>", ["0 elements <Codes>"]),
        ("a.qdc", "<Project/>", ["<Project>"]),
        ("a.qdc", "<CodeBook><Codes>\n<Code/></Codes></CodeBook>", ["line 2", "without a name"]),
        (
            "a.qdc",
            QDC.format("patterns: [(a]"),
            ["line 2", "(a"],
        ),
        (
            "a.qdc",
            QDC.format("patterns: {a: b}"),
            ["line 2", "not a list of patterns"],
        ),
        ("a.csv", "sea,fish\n", ["line 1", "'theme'"]),
        ("a.csv", "theme,pattern\nsea,fish\n,grain\n", ["line 3", "without a theme"]),
        ("a.csv", 'theme,pattern\nsea,"fish\n', ["line 2", "quotation marks"]),
        ("a.csv", "theme,kind,pattern\nsea,pattern,(a\n", ["line 2", "(a"]),
        ("a.csv", "theme,kind,pattern\nsea,patern,a\n", ["line 2", "patern"]),
        ("a.csv", "theme,pattern,parent\nsea,fish,trade\n", ["line 2", "no theme 'trade'"]),
        ("a.csv", "theme,pattern,parent\na,x,b\nb,y,a\n", ["line 2", "circle", "take out"]),
        ("a.yml", "SEA: [fish, yes]\n", ["SEA", "quotation marks"]),
        ("a.yml", "a: &a [x, y]\nb: [[1]]\n", ["b", "list"]),
        ("a.txt", "just words\n", ["no format", ".dic"]),
        ("a.dic", b"\x00\x01\x02", ["binary"]),
        ("a.dic", b"", ["empty"]),
    ],
)
def test_refused_with_file_and_line(tmp_path, name, content, expected):
    message = refused(tmp_path, name, content)
    for part in expected:
        assert part in message


@pytest.mark.parametrize("name", ["a.dic", "a.lc3", "a.csv"])
def test_200_000_patterns(tmp_path, name):
    words = [f"w{number}" for number in range(200_000)]
    texts = {
        "a.dic": ("%\n1\tsea\n%\n" + "\n".join(f"{word}\t1" for word in words), MAX_PATTERNS + 4),
        "a.lc3": ("+sea\n" + "\n".join(words), MAX_PATTERNS + 2),
        "a.csv": ("theme,pattern\n" + "\n".join(f"sea,{word}" for word in words), MAX_PATTERNS + 2),
    }
    text, line = texts[name]
    began = time.process_time()
    assert f"line {line}: more than 100,000 terms" in refused(tmp_path, name, text)
    assert time.process_time() - began < 10


def test_yaml_references_that_unfold(tmp_path):
    lines = ["a0: &a0 {x: [fish]}"]
    lines += [f"a{n}: &a{n} {{{', '.join(f'k{i}: *a{n - 1}' for i in range(9))}}}" for n in range(1, 12)]
    assert "unfolds" in refused(tmp_path, "a.yml", "\n".join(lines))


def test_too_large_missing_and_no_file(tmp_path):
    path = tmp_path / "a.dic"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(StudyError, match="at most 20,000,000"):
        read_codebook(path)
    with pytest.raises(StudyError, match=r"nowhere\.dic.*No such file"):
        read_codebook(tmp_path / "nowhere.dic")
    with pytest.raises(StudyError, match="not a file"):
        read_codebook(tmp_path)


def test_unknown_suffix_to_write(study, tmp_path):
    with pytest.raises(StudyError, match=r"\.docx.*\.dic"):
        write_codebook(study.codebook, tmp_path / "book.docx")
