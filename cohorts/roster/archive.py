"""Looking into a zip without believing what it says of itself. No Django here."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from cohorts.roster.problems import RosterRefusedError
from cohorts.roster.table import MEGABYTE

MAX_UNPACKED = 100 * MEGABYTE  # 50,000 rows with every column filled unpack to about 40 MB
_BLOCK = 256 * 1024


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive in `data`. Raises RosterRefusedError when it is none, is locked or is damaged."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeError) as error:
        raise RosterRefusedError("zip_damaged") from error
    if encrypted:
        raise RosterRefusedError("zip_password")
    return archive


def refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that declare more than a roster can hold."""
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise RosterRefusedError("zip_bomb")


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int = MAX_UNPACKED) -> bytes:
    """The bytes of one entry. Raises RosterRefusedError when they are more than `room`, or damaged."""
    return b"".join(blocks(archive, entry, room))


def blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int = MAX_UNPACKED) -> Iterator[bytes]:
    """One entry, block by block, so that a lying size is met at `room` and not at the end."""
    refuse_bomb([entry])
    try:
        with archive.open(entry) as stream:
            while block := stream.read(_BLOCK):
                room -= len(block)
                if room < 0:
                    raise RosterRefusedError("zip_bomb")
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise RosterRefusedError("zip_damaged") from error
