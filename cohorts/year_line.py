"""The program year as a line of dates, on the district's calendar."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cohorts.models import LearningSession, ProgramYear
from leaderdev.common.charts import Chart, Event, month_starts, year_chart
from leaderdev.common.dates import day_in_words, today_in


def year_line(
    year: ProgramYear,
    sessions: Sequence[LearningSession],
    now: datetime.datetime,
    *,
    with_choosing: bool = True,
) -> Chart:
    """First to last day, the learning sessions that lie within the year and, where wanted, the days of
    choosing. Marks are numbered as they follow each other: of sessions alone, with the session's number."""
    zone = year.cohort.district.time_zone
    today = today_in(zone, now)
    first, last = year.starts_on, year.ends_on
    choosing = [
        (year.selection_opens_on, _("Choosing a focus opens")),
        (year.selection_closes_on, _("Choosing a focus closes")),
    ]
    dated = [
        *(choosing if with_choosing else []),
        *((today_in(zone, session.starts_at), session.title) for session in sessions),
    ]
    events = [
        Event(day=day, label=str(label), when=day_in_words(day, today))
        for day, label in dated
        if day is not None and first <= day <= last
    ]
    return year_chart(
        "year-line",
        _("The program year from %(first)s to %(last)s")
        % {"first": day_in_words(first, today), "last": day_in_words(last, today)},
        (first, last),
        events,
        (_("What"), _("When")),
        ticks=[(day, date_format(day, "M")) for day in month_starts(first, last)],
        today=(today, _("Today")) if first <= today <= last else None,
    )
