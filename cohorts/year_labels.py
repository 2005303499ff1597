"""The names of program years: what comes after “2026–27”."""

from __future__ import annotations

import datetime
import re

_NUMBER = re.compile(r"\d{4}|\d{2}")


def next_label(label: str) -> str:
    """The label with each of its year numbers one higher: “2026–27” → “2027–28”, “2026/2027” → “2027/2028”.

    Returns "" when the label holds no number of two or four digits.
    """
    if not _NUMBER.search(label):
        return ""
    return _NUMBER.sub(_one_more, label)


def _one_more(found: re.Match[str]) -> str:
    digits = found.group()
    # "1999–00" follows "1998–99": two digits wrap around.
    return f"{(int(digits) + 1) % 10 ** len(digits):0{len(digits)}d}"


def a_year_later(day: datetime.date) -> datetime.date:
    """The same date of the next year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def same_label(one: str, other: str) -> bool:
    """Whether two labels name the same year however the dash is typed."""
    return _NUMBER.findall(one) == _NUMBER.findall(other) != []
