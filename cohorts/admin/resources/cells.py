"""Single cells of a spreadsheet: text that never becomes a formula, choices and yes or no in words."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.widgets import Widget

# A spreadsheet program runs a cell that begins with one of these.
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def neutral(value: Any) -> Any:
    """The value with an apostrophe before it where a spreadsheet program would run it; numbers stay."""
    if isinstance(value, str) and value.startswith(_RUNS) and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


class Text(Widget):
    """Text as typed; a whole number from a workbook comes without “.0”."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = str(value).strip()
        return text[1:] if text.startswith("'") and text[1:].startswith(_RUNS) else text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class Choice(Widget):
    """A choice by its word or by its stored value, whatever the case; empty means the first."""

    def __init__(self, choices: Any) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        typed = str(value or "").strip().lower()
        if not typed:
            return self.choices[0][0]
        for stored, word in self.choices:
            if typed in (str(stored).lower(), str(word).lower()):
                return stored
        known = ", ".join(str(word) for _stored, word in self.choices)
        raise ValidationError(
            _("“%(value)s” is not known here. Use one of: %(known)s.") % {"value": value, "known": known}
        )

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return next((str(word) for stored, word in self.choices if stored == value), str(value))


class YesNo(Widget):
    """Yes or no; empty means yes."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        typed = str("yes" if value in (None, "") else value).strip().lower()
        if typed in ("yes", "y", "true", "1"):
            return True
        if typed in ("no", "n", "false", "0"):
            return False
        raise ValidationError(_("“%(value)s” is neither yes nor no.") % {"value": value})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return _("yes") if value else _("no")


class Day(Widget):
    """A date as 2026-10-12, or a date cell of a workbook."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime.date | None:
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date) or not value:
            return value or None
        try:
            return datetime.date.fromisoformat(str(value).strip())
        except ValueError:
            raise ValidationError(
                _("“%(value)s” is not a date. Write it as 2026-10-12.") % {"value": value}
            ) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""
