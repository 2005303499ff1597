"""What an uploaded file really is: told from its content, never from its name. No Django, no rows.

The list of kinds is short on purpose: what a school hands around, and nothing that a browser or an office
program would run. Whatever passes is still only ever sent back as a download.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from growthplans.archives import ArchiveRefusedError, archive_kind, is_archive_at_end


@dataclass(frozen=True)
class Kind:
    """`name` as people say it; `endings` are the file name endings it may have, the usual one first."""

    name: str
    content_type: str
    endings: tuple[str, ...]


class FileRefusedError(Exception):
    """`reason` is one of REASONS; growthplans.services.uploads has the sentence for each."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


REASONS = (
    "empty",
    "unknown",
    "program",
    "web_page",
    "old_office",
    "macros",
    "two_in_one",
    "broken",
    "says_other",
)

_OPEN = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
PDF = Kind("PDF", "application/pdf", (".pdf",))
PNG = Kind("PNG", "image/png", (".png",))
JPEG = Kind("JPEG", "image/jpeg", (".jpg", ".jpeg"))
WEBP = Kind("WebP", "image/webp", (".webp",))
HEIC = Kind("HEIC", "image/heic", (".heic", ".heif"))
MP4 = Kind("MP4", "video/mp4", (".mp4", ".m4v"))
MOV = Kind("MOV", "video/quicktime", (".mov",))
M4A = Kind("M4A", "audio/mp4", (".m4a",))
TEXT = Kind("TXT", "text/plain", (".txt", ".md", ".csv"))
ARCHIVES = {
    "docx": Kind("DOCX", f"{_OPEN}.wordprocessingml.document", (".docx",)),
    "xlsx": Kind("XLSX", f"{_OPEN}.spreadsheetml.sheet", (".xlsx",)),
    "pptx": Kind("PPTX", f"{_OPEN}.presentationml.presentation", (".pptx",)),
    "odt": Kind("ODT", f"{_ODF}.text", (".odt",)),
    "ods": Kind("ODS", f"{_ODF}.spreadsheet", (".ods",)),
    "odp": Kind("ODP", f"{_ODF}.presentation", (".odp",)),
}
KINDS = (PDF, PNG, JPEG, WEBP, HEIC, MP4, MOV, M4A, TEXT, *ARCHIVES.values())
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)

# The first bytes that decide, and how far from the end a sound file of that kind says that it is over.
HEAD = 4096
_PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
_PDF_TAIL = 2048
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "), MP4),
    b"qt  ": MOV,
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!", b"\x00asm")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Text that a browser or another program would take for something to draw or run.
_MARKUP = re.compile(r"<\s*[!?/a-z]|\{\\rtf|@echo|%!ps|MIME-Version:|Content-Type:", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(stream: BinaryIO, name: str) -> Kind:
    """The kind of a file, read from its start to its end. `name` only tells a liar among plain texts.

    `stream` must be seekable and is left at its start. Raises FileRefusedError.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(HEAD)
    try:
        kind = _told_by_start(stream, head, size) or _plain_text(stream, name)
    finally:
        stream.seek(0)
    return kind


def _told_by_start(stream: BinaryIO, head: bytes, size: int) -> Kind | None:
    """The kind that the first bytes claim, once the rest bears it out; None when they claim none."""
    if not size:
        raise FileRefusedError("empty")
    if head.startswith(_PROGRAMS):
        raise FileRefusedError("program")
    if head.startswith(_OLD_OFFICE):
        raise FileRefusedError("old_office")
    if head.startswith(b"PK\x03\x04"):
        try:
            return ARCHIVES[archive_kind(stream)]
        except ArchiveRefusedError as refusal:
            raise FileRefusedError(refusal.reason) from None
    kind = _claimed(head)
    if kind is None:
        return None
    if is_archive_at_end(stream):
        raise FileRefusedError("two_in_one")
    if not _ends_well(kind, stream, size):
        raise FileRefusedError("broken")
    return kind


def _claimed(head: bytes) -> Kind | None:
    if _PDF_HEAD.match(head):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head[:4] == b"RIFF" and head[8:15] == b"WEBPVP8":
        return WEBP
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    return None


def _ends_well(kind: Kind, stream: BinaryIO, size: int) -> bool:
    """Whether the end fits the start: half a file, or one with something else behind it, does not."""
    wanted = {PDF: (b"%%EOF", _PDF_TAIL), PNG: (b"IEND\xaeB`\x82", HEAD)}.get(kind)
    if kind is WEBP:
        stream.seek(4)
        return int.from_bytes(stream.read(4), "little") + 8 in (size, size - 1)
    if wanted is None:
        # Phones write more pictures and settings behind the end of a JPEG; film has no mark at its end.
        return size > len(b"\xff\xd8\xff\xd9")
    mark, within = wanted
    stream.seek(max(0, size - within))
    return mark in stream.read()


def _plain_text(stream: BinaryIO, name: str) -> Kind:
    ending = PurePosixPath(name).suffix.lower()
    stream.seek(0)
    try:
        text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefusedError("unknown") from None
    if _CONTROL.search(text):
        raise FileRefusedError("unknown")
    if _MARKUP.match(text.lstrip()):
        raise FileRefusedError("web_page")
    if not text.strip():
        raise FileRefusedError("empty")
    if ending and ending not in TEXT.endings:
        raise FileRefusedError("says_other")
    return TEXT
