"""The format of a file whose suffix is unknown."""

import pytest

from analysis.errors import StudyError
from analysis.study.formats import write_codebook


def patterns(found):
    return {theme.id: list(theme.patterns) for theme in found.codebook.themes}


def test_the_beginning_decides_where_the_suffix_says_nothing(read):
    assert patterns(read("a.txt", "%\n1\tsea\n%\nfish\t1\n")) == {"sea": ["fish"]}
    assert patterns(read("b.txt", "+sea\nfish\n")) == {"sea": ["fish"]}
    assert patterns(read("c.xml", '<dictionary><cnode name="sea"><pnode name="fish"/></cnode></dictionary>'))
    assert patterns(read("d.txt", "SEA\n\tFISH (1)\n")) == {"sea": ["FISH"]}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "just words\n", ["unknown codebook format", ".dic"]),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message


def test_unknown_suffix_to_write(study, tmp_path):
    with pytest.raises(StudyError, match=r"\.docx.*\.dic"):
        write_codebook(study.codebook, tmp_path / "book.docx")
