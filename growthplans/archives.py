"""Office documents are zip archives: which one this is, told from its parts. No Django, no rows.

Nothing is unpacked but two small parts, each with a limit, and the list of parts is measured before it is
read: a bomb stays closed.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from typing import BinaryIO

# A slide deck with a picture on each slide lists some hundreds of parts in a few dozen kilobytes.
MOST_LIST_BYTES = 1024 * 1024
MOST_PART_BYTES = 512 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}


class ArchiveRefusedError(Exception):
    """`reason` is one of growthplans.files.REASONS."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def is_archive_at_end(stream: BinaryIO) -> bool:
    """Whether a zip archive ends where the file ends, whatever the file begins with."""
    return _end_of_list(stream) is not None


def archive_kind(stream: BinaryIO) -> str:
    """docx, xlsx, pptx, odt, ods or odp. Raises ArchiveRefusedError."""
    found = _end_of_list(stream)
    if found is None:
        raise ArchiveRefusedError("broken")
    list_size, is_huge = found
    if list_size > MOST_LIST_BYTES or is_huge:
        raise ArchiveRefusedError("unknown")
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            return _kind_of_parts(archive)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, ValueError, OSError):
        # zipfile's own words for a part that is locked, cut off or packed in a way nobody uses.
        raise ArchiveRefusedError("broken") from None


def _end_of_list(stream: BinaryIO) -> tuple[int, bool] | None:
    """Bytes that the list of parts says it takes, and whether it is of the kind for huge archives."""
    size = stream.seek(0, os.SEEK_END)
    start = max(0, size - _END_SIZE - _LONGEST_COMMENT)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        return None
    list_size, _offset, comment = struct.unpack_from("<LLH", tail, at + 12)
    if at + _END_SIZE + comment != len(tail):
        return None
    return list_size, tail[max(0, at - 20) :].startswith(b"PK\x06\x07")


def _kind_of_parts(archive: zipfile.ZipFile) -> str:
    names = {name.lower() for name in archive.namelist()}
    if any(name.endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) for name in names):
        raise ArchiveRefusedError("macros")
    if any(name.startswith(("basic/", "scripts/")) for name in names):
        raise ArchiveRefusedError("macros")
    if "mimetype" in names:
        kind = _TYPES.get(_part(archive, "mimetype").strip())
        if kind is not None and "content.xml" in names:
            return kind
    elif "[content_types].xml" in names:
        if b"macroenabled" in _part(archive, "[Content_Types].xml").lower():
            raise ArchiveRefusedError("macros")
        found = [kind for part, kind in _MAIN_PARTS.items() if part in names]
        if len(found) == 1:
            return found[0]
    raise ArchiveRefusedError("unknown")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        found = part.read(MOST_PART_BYTES + 1)
    if len(found) > MOST_PART_BYTES:
        raise ArchiveRefusedError("unknown")
    return found
