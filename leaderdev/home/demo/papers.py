"""The files among the demo's evidence, made here: a tally, minutes, and words written down. Pure."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence


def tally(title: str, days: Sequence[datetime.date], counts: Sequence[int]) -> bytes:
    """A spreadsheet with one row a week."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Tally"
    sheet.append([title])
    sheet.append(["Week of", "Count"])
    for day, count in zip(days, counts, strict=True):
        sheet.append([day, count])
    sheet.column_dimensions["A"].width = 24
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def minutes(title: str, day: str, lines: Sequence[str]) -> bytes:
    """A Word document of one page."""
    import docx

    document = docx.Document()
    document.add_heading(title, 1)
    document.add_paragraph(day)
    for line in lines:
        document.add_paragraph(line, style="List Bullet")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def words(title: str, day: str, lines: Sequence[str]) -> bytes:
    """A plain text file."""
    return "\n\n".join([f"{title}, {day}", *lines, ""]).encode()
