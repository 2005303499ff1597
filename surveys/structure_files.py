"""Files of an instrument's structure, as they come in by upload and go out as a workbook."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from surveys.interchange.outline import Outline, UnreadableError
from surveys.interchange.tables import from_csv, from_limesurvey, from_rows, rows_of


def read_structure(file: Any, title: str) -> Outline:
    """An uploaded workbook, CSV or LimeSurvey text. Raises UnreadableError with what to mend."""
    name = title or PurePath(file.name).stem[:160]
    data = file.read()
    if data[:2] == b"PK":
        return _read_workbook(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError([_("The file is not in UTF-8. Save it as CSV UTF-8 and try again.")]) from None
    if "\x00" in text:
        raise UnreadableError([_("This is no text file. Save it as CSV UTF-8 and try again.")])
    first = text.partition("\n")[0]
    if "\t" in first and "class" in first:
        return from_limesurvey(text)
    return from_csv(text, title=name, slug=slugify(name)[:80])


def _read_workbook(data: bytes, name: str) -> Outline:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).active
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(max_row=400, values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, AttributeError):
        raise UnreadableError(
            [_("This workbook cannot be read. Save it as CSV UTF-8 and try again.")]
        ) from None
    return from_rows(rows, title=name, slug=slugify(name)[:80])


def workbook_of(outline: Outline) -> bytes:
    """One sheet of items, in the columns that reading knows."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("items")
    for row in rows_of(outline):
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
