"""Single cells: an address, a year, yes or no, a day. No Django here."""

from __future__ import annotations

import datetime
import re
from typing import Any

from cohorts.roster.dates import DateRefusedError, read_date

# As long as the database has room for; a test compares them with the models.
ROOM = {
    "email": 254,
    "name": 150,
    "given_name": 150,
    "family_name": 150,
    "preferred_name": 80,
    "role_title": 80,
    "employee_number": 40,
    "source_id": 100,
    "school_source_id": 100,
}
FIRST_DAY = datetime.date(1950, 1, 1)
FIRST_YEAR = FIRST_DAY.year  # nobody who leads today led before
YEARS_AHEAD = 2  # a post for the year after next may already be in the personnel system

_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"^{_LOCAL}@(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]$")
_YES = {"yes", "y", "true", "1", "x", "oui", "✓", "wahr", "vrai"}
_NO = {"no", "n", "false", "0", "non", "-", "–", "falsch", "faux", "none"}


class CellRefusedError(ValueError):
    """`kind` is a key of ROW_SENTENCES, `params` fill it."""

    def __init__(self, kind: str, **params: Any):
        super().__init__(kind)
        self.kind = kind
        self.params = params


def read_email(text: str, kind: str = "email_malformed") -> str:
    """The address in lower case, as people are looked up by it."""
    address = text.lower()
    refuse_long("email", address)
    if len(address.partition("@")[0]) > 64 or not _EMAIL.match(address):
        raise CellRefusedError(kind, value=_short(text))
    return address


def read_yes_no(text: str) -> bool:
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellRefusedError("yes_no", value=_short(text))


def read_year(text: str, today: datetime.date) -> int:
    """A year; the year of a whole date is taken too, since columns named "since" often hold one."""
    if not re.fullmatch(r"\d{4}", text):
        try:
            text = str(read_date(text).year)
        except DateRefusedError:
            raise CellRefusedError("year_unreadable", value=_short(text)) from None
    year = int(text)
    if not FIRST_YEAR <= year <= today.year + 1:
        raise CellRefusedError("year_range", value=year, first=FIRST_YEAR, last=today.year + 1)
    return year


def read_day(text: str, order: str, today: datetime.date) -> datetime.date:
    try:
        day = read_date(text, order)
    except DateRefusedError as refusal:
        raise CellRefusedError(refusal.kind, value=_short(text)) from None
    last = datetime.date(today.year + YEARS_AHEAD, 12, 31)
    if not FIRST_DAY <= day <= last:
        raise CellRefusedError(
            "date_range", value=day.isoformat(), first=FIRST_DAY.isoformat(), last=last.isoformat()
        )
    return day


def refuse_long(name: str, text: str) -> str:
    if len(text) > ROOM[name]:
        raise CellRefusedError("too_long", limit=ROOM[name])
    return text


def _short(text: str) -> str:
    """Enough of a wrong cell to find it by."""
    return text if len(text) <= 60 else f"{text[:59]}…"
