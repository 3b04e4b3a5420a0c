"""Reproducible zip archives: the same bytes on every run and machine."""

from __future__ import annotations

import zipfile

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can hold
_UNIX = 3
_READABLE = 0o644 << 16


def entry(name: str) -> zipfile.ZipInfo:
    """Make a compressed entry without time, owner or operating system.

    Parameters
    ----------
    name : str

    Returns
    -------
    zipfile.ZipInfo
    """
    info = zipfile.ZipInfo(name, date_time=_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = _READABLE
    return info
