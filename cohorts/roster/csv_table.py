"""CSV as spreadsheet programs write it: their separators, their letters, their quotation marks. No Django."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from cohorts.roster.columns import known_headings
from cohorts.roster.problems import Notice, RosterRefusedError
from cohorts.roster.table import HEADING_SEARCH_ROWS, Table, table_from_rows

SEPARATORS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(data: bytes) -> Table:
    """The table in a CSV file. Raises RosterRefusedError."""
    text, notices = decode(data)
    separator, text = _separator(text)
    return table_from_rows(rows(text, separator), notices)


def decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Text of a file in UTF-8, UTF-16 or Windows letters, with a notice when the last had to be supposed."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _without_nul(_decoded(data, name)), ()
    if wide := _utf16_without_mark(data):
        return _without_nul(_decoded(data, wide)), ()
    if b"\0" in data:
        raise RosterRefusedError("nul")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decoded(data, "cp1252"), (Notice("windows_letters"),)


def rows(text: str, separator: str) -> Iterator[list[str]]:
    """Every record in order, blank lines as empty lists. Raises RosterRefusedError naming the row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 0
    while True:
        line += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            kind = "long_cell" if "limit" in str(error) else "quotes"
            raise RosterRefusedError(kind, line=line) from error


def _separator(text: str) -> tuple[str, str]:
    """The separator under which the first rows make most sense, and the text without a "sep=" line."""
    first, _, rest = text.partition("\n")
    declared = first.strip().lower()
    if declared.startswith("sep=") and len(declared) == 5 and declared[4] in SEPARATORS:
        return declared[4], "\n" + rest  # a blank line keeps the row numbers true
    # Windows programs write "sep=<tab>", whose tab the strip above removed.
    if declared == "sep=":
        return "\t", "\n" + rest
    return max(SEPARATORS, key=lambda separator: _fit(text, separator)), text


def _fit(text: str, separator: str) -> tuple[int, int]:
    """How many known headings, then how many cells, the best of the first rows has."""
    best = (0, 0)
    try:
        for number, record in enumerate(rows(text, separator)):
            if number == HEADING_SEARCH_ROWS:
                break
            best = max(best, (len(known_headings(record)), len(record)))
    except RosterRefusedError:
        return best  # the wrong separator often breaks quotation marks; the right one is judged on reading
    return best


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 of European text has a zero in every second byte, which no other table has."""
    sample = data[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most = len(sample) * 0.35
    if len(sample) < 8 or len(data) % 2:
        return ""
    if odd > most and not even:
        return "utf-16-le"
    return "utf-16-be" if even > most and not odd else ""


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise RosterRefusedError("letters") from error


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise RosterRefusedError("nul")
    return text
