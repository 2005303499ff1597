"""Where and when a learning session cannot be, each refusal with its sentence and the field it belongs to.

Asked by `LearningSession.clean`, so that the planner, the move and the admin's form say the same.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Sum
from django.utils.translation import gettext as _

from leaderdev.common.dates import day_in_words, span_in_words

if TYPE_CHECKING:
    from cohorts.models.learning_session import LearningSession
    from cohorts.models.program_year import ProgramYear


def refusals(session: LearningSession) -> dict[str, str]:
    """Field → sentence; empty when the session can be as it is.

    What has not been changed is not asked again: a session that is held already stays where it was, also when
    the district enters a holiday on its day afterwards.
    """
    stored = type(session).objects.filter(pk=session.pk).first() if session.pk else None
    if stored and (stored.starts_at, stored.ends_at) == (session.starts_at, session.ends_at):
        return {}
    found: dict[str, str] = {}
    if session.ends_at <= session.starts_at:
        return found
    if stored and apps.get_model("cohorts", "Attendance").objects.filter(session=session).exists():
        return {"starts_at": _("People have arrived at this session already; its time cannot be moved.")}
    for field, sentence in (
        ("starts_at", day_refusal(session.program_year, local_day(session))),
        ("starts_at", _overlap(session)),
        ("ends_at", _several_days(session)),
        ("ends_at", _too_long_agenda(session)),
    ):
        if sentence:
            found.setdefault(field, sentence)
    return found


def local_day(session: LearningSession) -> datetime.date:
    zone = ZoneInfo(session.program_year.cohort.district.time_zone)
    return session.starts_at.astimezone(zone).date()


def day_refusal(year: ProgramYear, day: datetime.date) -> str:
    """Why no session of the year can be on a day of the district; "" when it can."""
    words = {
        "day": day_in_words(day, datetime.date.min),
        "first": day_in_words(year.starts_on, datetime.date.min),
        "last": day_in_words(year.ends_on, datetime.date.min),
    }
    if day < year.starts_on:
        return _("%(day)s is before the program year, which begins on %(first)s.") % words
    if day > year.ends_on:
        return _("%(day)s is after the program year, which ends on %(last)s.") % words
    calendar = year.calendar
    if calendar is None or calendar.has_school_on(day):
        return ""
    off = calendar.no_school_days.filter(first_day__lte=day, last_day__gte=day).first()
    if off is not None:
        return _("There is no school on %(day)s: %(name)s.") % {**words, "name": off.name}
    return _("There is no school on %(day)s.") % words


def _overlap(session: LearningSession) -> str:
    year = session.program_year
    others = type(session).objects.filter(
        program_year__cohort_id=year.cohort_id,
        starts_at__lt=session.ends_at,
        ends_at__gt=session.starts_at,
    )
    other = others.exclude(pk=session.pk).order_by("starts_at").first()
    if other is None:
        return ""
    when = span_in_words(other.starts_at, other.ends_at, year.cohort.district.time_zone)
    return _("This cohort meets at that time already: %(title)s, %(when)s.") % {
        "title": other.title,
        "when": when,
    }


def _several_days(session: LearningSession) -> str:
    zone = ZoneInfo(session.program_year.cohort.district.time_zone)
    if session.ends_at.astimezone(zone).date() == local_day(session):
        return ""
    return _("A session ends on the day it begins. Enter each day as a session of its own.")


def _too_long_agenda(session: LearningSession) -> str:
    if not session.pk:
        return ""
    planned = session.items.kept().aggregate(sum=Sum("minutes"))["sum"] or 0
    have = session.minutes
    if planned <= have:
        return ""
    return _(
        "The agenda takes %(planned)d minutes, the session would have %(have)d. Shorten the agenda first."
    ) % {
        "planned": planned,
        "have": have,
    }
