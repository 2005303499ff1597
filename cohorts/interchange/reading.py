"""From the bytes of an uploaded file to a standard: its size, its encoding, its format."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from cohorts.interchange import case, moodle, plain_csv, sheet
from cohorts.interchange.document import StandardDocument
from cohorts.interchange.problems import StandardRefused, mark, refuse

MOST_BYTES = 10 * 1024 * 1024  # as many statements as we take, written as CASE, are 6 MB

# What a file starts with that is no text at all, and what its owner should do.
NOT_TEXT = (
    (
        b"PK\x03\x04",
        mark("This is a workbook or a zip file. Open it, save the sheet as CSV, and upload that."),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        mark("This is an old Excel workbook. Open it, save the sheet as CSV, and upload that."),
    ),
    (b"%PDF", mark("This is a PDF. A standard can be read from CASE JSON, Moodle CSV or a plain CSV table.")),
)
UNKNOWN = mark(
    "This is none of the formats that can be read: CASE JSON, a Moodle competency framework, "
    "or a table with a column “label”."
)


class Format(Enum):
    CASE = "CASE"
    MOODLE = "Moodle competency framework"
    PLAIN = "plain CSV"


@dataclass(frozen=True)
class Reading:
    format: Format
    document: StandardDocument


def read_standard(data: bytes, *, filename: str = "", title: str = "") -> Reading:
    """The standard in a file of any format that we read, told apart by content.

    `title` names a standard whose file does not; without it the file's own name serves.
    Raises StandardRefused with every problem found, and nothing else, whatever the bytes are.
    """
    text = decoded(data)
    form = sniffed(text)
    readers: dict[Format, Callable[..., StandardDocument]] = {
        Format.CASE: case.read,
        Format.MOODLE: moodle.read,
        Format.PLAIN: plain_csv.read,
    }
    return Reading(form, readers[form](text, title=title.strip() or title_of(filename)))


def title_of(filename: str) -> str:
    """ "our-standard_2024.csv" becomes "our standard 2024"."""
    return re.sub(r"[\s_-]+", " ", PurePath(filename).stem).strip()[:200]


def decoded(data: bytes) -> str:
    """The text of the bytes, tried as UTF-8 and UTF-16 with a mark, UTF-8 without, then Windows-1252.

    Raises StandardRefused for an empty or too large file and for one that is no text.
    """
    if len(data) > MOST_BYTES:
        message = mark("The file has more than %(most)s MB, which is the most that is taken.")
        raise refuse(message, most=MOST_BYTES // 2**20)
    for start, message in NOT_TEXT:
        if data.startswith(start):
            raise refuse(message)
    text = _text(data)
    if "\x00" in text:
        raise refuse(mark("The file contains bytes that are no text. Save it again as CSV or JSON in UTF-8."))
    if not text.strip():
        raise refuse(mark("The file is empty."))
    return text


def _text(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse(mark("The letters of the file cannot be read. Save it again as CSV or JSON in UTF-8."))


def sniffed(text: str) -> Format:
    """Which format the text is; raises StandardRefused where it is none of them."""
    if text.lstrip().startswith(("{", "[")):
        return Format.CASE
    rows = sheet.rows_of(text)
    if moodle.is_moodle(rows):
        return Format.MOODLE
    if rows and plain_csv.is_plain([sheet.plain(cell) for cell in rows[0][1]]):
        return Format.PLAIN
    raise refuse(UNKNOWN)


__all__ = ["Format", "Reading", "StandardRefused", "decoded", "read_standard", "sniffed", "title_of"]
