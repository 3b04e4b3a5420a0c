"""Zip archives with the same bytes on every run."""

import io
import zipfile

from analysis.exports.archive import entry


def test_an_archive_made_twice_is_the_same():
    def made():
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(entry("a.txt"), "peace " * 50)
        return stream.getvalue()

    assert made() == made()
    assert zipfile.ZipFile(io.BytesIO(made())).infolist()[0].compress_type == zipfile.ZIP_DEFLATED
