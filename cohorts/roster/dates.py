"""Dates as people type them, read only where they can mean one day. No Django here."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$")
_YEAR_LAST = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?$")
_SHORT_YEAR = re.compile(r"^\d{1,2}[/.\- ](\d{1,2}|[A-Za-z]{3,9})[/.\- ]'?\d{2}$")
_DAY_MONTH_NAME = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ \-/.]([A-Za-z]{3,9})\.?,?[ \-/.](\d{4})$")
_MONTH_NAME_DAY = re.compile(r"^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")
_DAY_NUMBER = re.compile(r"^(\d{5})(?:\.0+)?$")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
# Spreadsheet programs count days from here; right from 1 March 1900 on.
_DAY_ZERO = date(1899, 12, 30)


class DateRefusedError(ValueError):
    """`kind` is a key of ROW_SENTENCES."""

    def __init__(self, kind: str):
        super().__init__(kind)
        self.kind = kind


def read_date(text: str, order: str = "") -> date:
    """The one day that `text` means.

    order: "dmy" or "mdy" when somebody has said how 03/04/2026 is to be read, else "".
    Raises DateRefusedError: date_unreadable, date_ambiguous, date_order or date_short_year.
    """
    if found := _ISO.match(text) or _YEAR_FIRST.match(text):
        year, month, day = map(int, found.groups()[:3])
        return _day(year, month, day)
    if found := _YEAR_LAST.match(text):
        first, second, year = map(int, found.groups()[:3])
        return _ordered(first, second, year, order)
    if found := _DAY_MONTH_NAME.match(text):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_NAME_DAY.match(text):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if found := _DAY_NUMBER.match(text):
        return _DAY_ZERO + timedelta(days=int(found[1]))
    raise DateRefusedError("date_short_year" if _SHORT_YEAR.match(text) else "date_unreadable")


def _ordered(first: int, second: int, year: int, order: str) -> date:
    if order:
        day, month = (first, second) if order == "dmy" else (second, first)
        if month > 12 >= day:
            raise DateRefusedError("date_order")
        return _day(year, month, day)
    if first <= 12 and second <= 12 and first != second:
        raise DateRefusedError("date_ambiguous")
    return _day(year, second, first) if first > 12 else _day(year, first, second)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateRefusedError("date_unreadable") from None


def _month(name: str) -> int:
    """1 to 12 for an English month name or its first three letters or more."""
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(name.lower()) or (name.lower() == "sept" and number == 9):
            return number
    raise DateRefusedError("date_unreadable")
