"""Writing small dictionary files, and reading them."""

import textwrap

import pytest

from analysis.errors import StudyError
from analysis.study.formats import read_codebook


@pytest.fixture
def read(tmp_path):
    """Write a text into a file, and read it as a codebook."""

    def read_text(name, text, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(textwrap.dedent(text).lstrip("\n").encode(encoding))
        return read_codebook(path)

    return read_text


@pytest.fixture
def refused(tmp_path):
    """Write a file that is refused, and return the message, which has the name of the file."""

    def message(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(StudyError) as error:
            read_codebook(path)
        assert name in str(error.value)
        return str(error.value)

    return message
