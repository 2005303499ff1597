"""From the bytes of an upload to a table. No Django here."""

from __future__ import annotations

import datetime

from cohorts.roster.archive import open_archive
from cohorts.roster.csv_table import read_csv
from cohorts.roster.oneroster import read_oneroster
from cohorts.roster.problems import RosterRefusedError
from cohorts.roster.table import MAX_FILE_MB, MAX_ROWS, MEGABYTE, Table
from cohorts.roster.xlsx_table import read_xlsx

_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
    (b"%PDF-", "pdf"),
)


def read_table(data: bytes, *, today: datetime.date) -> Table:
    """The table in an uploaded file, told apart by its content and never by its name.

    today: decides which dated OneRoster roles still hold. Raises RosterRefusedError with a sentence.
    """
    if not data.strip():
        raise RosterRefusedError("empty")
    if len(data) > MAX_FILE_MB * MEGABYTE:
        raise RosterRefusedError("too_big", limit=MAX_FILE_MB)
    for beginning, kind in _FOREIGN:
        if data.startswith(beginning):
            raise RosterRefusedError(kind)
    table = _read_zip(data, today) if data.startswith(b"PK") else _read_text(data)
    if len(table.rows) > MAX_ROWS:
        raise RosterRefusedError("too_many_rows", limit=f"{MAX_ROWS:,}")
    return table


def _read_text(data: bytes) -> Table:
    beginning = data[:500].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if beginning.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        raise RosterRefusedError("web_page")
    return read_csv(data)


def _read_zip(data: bytes, today: datetime.date) -> Table:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_text(data)
    archive = open_archive(data)
    names = set(archive.namelist())
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return read_xlsx(data, archive)
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        raise RosterRefusedError("open_document")
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
        raise RosterRefusedError("numbers")
    return read_oneroster(archive, today=today)
