"""Where a program year stands with choosing a focus: one answer for page, service and reminders."""

from __future__ import annotations

import datetime
import enum
from typing import Protocol


class Choosing(enum.Enum):
    """What a participant can do on one day of the district."""

    SETTING_UP = "setting_up"
    NO_DAYS = "no_days"
    NOT_YET = "not_yet"
    NOW = "now"
    OVER = "over"
    YEAR_CLOSED = "year_closed"


class Window(Protocol):
    """The part of a program year that this question needs."""

    @property
    def is_draft(self) -> bool: ...
    @property
    def is_closed(self) -> bool: ...
    @property
    def selection_opens_on(self) -> datetime.date | None: ...
    @property
    def selection_closes_on(self) -> datetime.date | None: ...


def phase_on(year: Window, day: datetime.date) -> Choosing:
    """The phase on a day of the district's calendar; both ends of the window are days of choosing."""
    if year.is_draft:
        return Choosing.SETTING_UP
    if year.is_closed:
        return Choosing.YEAR_CLOSED
    if year.selection_opens_on is None or year.selection_closes_on is None:
        return Choosing.NO_DAYS
    if day < year.selection_opens_on:
        return Choosing.NOT_YET
    return Choosing.NOW if day <= year.selection_closes_on else Choosing.OVER
