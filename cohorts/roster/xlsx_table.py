"""The first sheet of an Excel workbook. No Django; openpyxl is loaded only when a workbook comes."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from cohorts.roster.archive import MAX_UNPACKED, blocks, refuse_bomb
from cohorts.roster.problems import Notice, RosterRefusedError
from cohorts.roster.table import MAX_COLUMNS, Table, table_from_rows

_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_LAST_ROW = 1_048_576  # of the format itself; a row number beyond it would be counted up to for ever


def read_xlsx(data: bytes, archive: zipfile.ZipFile) -> Table:
    """The table on the first sheet that is not hidden. Raises RosterRefusedError."""
    _refuse_danger(archive)
    import openpyxl

    try:
        # Formulas are asked for as formulas: the value stored beside one may be of another day.
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise RosterRefusedError("workbook_empty")
        notices: tuple[Notice, ...] = ()
        if len(sheets) > 1:
            notices = (Notice("other_sheets", {"sheet": sheets[0].title, "count": len(sheets) - 1}),)
        return table_from_rows(_rows(sheets[0]), notices)
    except RosterRefusedError as refusal:
        if refusal.kind == "empty":
            raise RosterRefusedError("workbook_empty") from None
        raise
    except Exception as error:  # openpyxl raises whatever the damaged part made it meet
        raise RosterRefusedError("workbook_damaged") from error


def _refuse_danger(archive: zipfile.ZipFile) -> None:
    """Unpack every part once, counting, before a library that trusts the sizes does."""
    entries = archive.infolist()
    refuse_bomb(entries)
    room = MAX_UNPACKED
    for entry in entries:
        before = b""
        for block in blocks(archive, entry, room):
            room -= len(block)
            # Spreadsheet programs never declare entities; what does so means to multiply them.
            if any(mark in before + block for mark in _DECLARATIONS):
                raise RosterRefusedError("workbook_damaged")
            before = block[-len(_DECLARATIONS[0]) :]


def _rows(sheet: Any) -> Iterator[list[str]]:
    # The size that a sheet states of itself is often wrong; its rows are counted instead.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=_LAST_ROW, values_only=True):
        if len(row) > MAX_COLUMNS and any(value is not None for value in row[MAX_COLUMNS:]):
            raise RosterRefusedError("too_many_columns", limit=MAX_COLUMNS)
        yield [_text(value) for value in row[:MAX_COLUMNS]]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # numbers are stored as 4711.0
    if isinstance(value, (str, int, float, datetime.time, datetime.timedelta)):
        return str(value)
    # Array formulas and data tables come as objects of their own.
    return "=" + str(getattr(value, "text", "") or "")
