"""What cohorts put into calendars: learning sessions, and days without school."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cohorts.models import Cohort, LearningSession, Membership, NoSchoolDay, ProgramYear
from leaderdev.common.calendars import Contribution, Entry

_DAY = datetime.timedelta(days=1)


def for_person(user: Any, since: datetime.datetime, *, closed_days: bool) -> Contribution:
    """Open years of the cohorts in which the person is a member now; closed years stay in the past."""
    mine = Membership.objects.current().of_person(user).values("cohort_id")
    return _of_years(ProgramYear.objects.filter(cohort__in=mine), since, closed_days=closed_days)


def for_cohort(cohort: Cohort, since: datetime.datetime) -> Contribution:
    return _of_years(ProgramYear.objects.filter(cohort=cohort), since, closed_days=True)


def session_entry(session: LearningSession) -> Entry:
    """A learning session as calendars show it; one query fewer with `host` selected."""
    where = ", ".join(filter(None, [session.host.name if session.host else "", session.place]))
    names = {"number": session.number, "title": session.title}
    # A year that was planned at once calls each session so until somebody gives it a title of its own.
    plain = _("Learning session %(number)d") % names
    return Entry(
        key=f"session-{session.pk}",
        title=plain if session.title == plain else _("Learning session %(number)d: %(title)s") % names,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        scope=f"sessions-{session.program_year_id}",
        place=where,
        url=f"{settings.SITE_URL}{session.get_absolute_url()}",
    )


def _of_years(years: Iterable[ProgramYear], since: datetime.datetime, *, closed_days: bool) -> Contribution:
    rows = [year for year in years if year.is_open and year.ends_on >= since.date()]
    sessions = LearningSession.objects.filter(program_year__in=rows, ends_at__gt=since)
    entries = [session_entry(row) for row in sessions.select_related("host")]
    scopes = {f"sessions-{year.pk}" for year in rows}
    if closed_days:
        calendars = {year.calendar_id for year in rows if year.calendar_id}
        days = NoSchoolDay.objects.filter(calendar__in=calendars, last_day__gte=since.date())
        entries += [_closed(day) for day in days]
        scopes |= {f"school-year-{pk}" for pk in calendars}
    return Contribution(entries, frozenset(scopes))


def _closed(day: NoSchoolDay) -> Entry:
    return Entry(
        key=f"closed-{day.pk}",
        title=_("No school: %(name)s") % {"name": day.name},
        starts_at=day.first_day,
        ends_at=day.last_day + _DAY,
        scope=f"school-year-{day.calendar_id}",
        blocks=False,
    )
