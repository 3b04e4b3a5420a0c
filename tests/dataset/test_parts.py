"""Parts: named by their content, and checked when they are read."""

import pytest

from analysis.dataset.parts import Part, read_part, write_part
from analysis.errors import ReadError
from tests.dataset.conftest import rows_of


def test_a_part_is_read_as_it_was_written_and_its_name_follows_the_content(tmp_path):
    table = rows_of("a")["themes"]
    part = write_part(tmp_path, "themes", 3, table)
    assert part.file.startswith("themes/part-0003-")
    assert part.rows == 2
    assert read_part(tmp_path, part).equals(table)
    assert write_part(tmp_path, "themes", 3, table) == part
    assert write_part(tmp_path, "themes", 3, rows_of("b")["themes"]).file != part.file


def test_a_column_that_a_part_lacks_is_left_out(tmp_path):
    part = write_part(tmp_path, "themes", 0, rows_of("a")["themes"])
    assert read_part(tmp_path, part, ["theme", "extra_page"]).column_names == ["theme"]


def test_a_part_with_other_content_or_without_a_file_is_named(tmp_path):
    part = write_part(tmp_path, "themes", 0, rows_of("a")["themes"])
    with pytest.raises(ReadError, match=r"themes/part-0000.*damaged"):
        read_part(tmp_path, Part(part.file, part.rows, "0" * 64))
    with pytest.raises(ReadError, match=r"themes/nothing.*No such file"):
        read_part(tmp_path, Part("themes/nothing", part.rows, part.sha256))
    with pytest.raises(ReadError, match="2 rows, not 3"):
        read_part(tmp_path, Part(part.file, 3, part.sha256))
