"""Which times a meeting does not take, each refusal with its sentence."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.models import CoachingSession, circle_of
from cohorts.models import Trio
from cohorts.services.errors import RefusedError
from leaderdev.common.dates import day_in_words, moment_in_words, today_in

# A meeting of more than a day is a typing error.
LONGEST = datetime.timedelta(hours=12)
SHORTEST = datetime.timedelta(minutes=15)


@dataclass(frozen=True)
class Slot:
    """From one aware instant up to another."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime


class NoSchoolError(RefusedError):
    """The day has no school: a talk may take place all the same, if somebody says so."""


def refuse_slot(trio: Trio, slot: Slot, *, visit: bool, anyway: bool, but: Any = None) -> None:
    """Raise a RefusedError if the trio cannot meet then; `but` is the meeting that is being moved."""
    _refuse_length(slot)
    zone = trio.program_year.cohort.district.time_zone
    _refuse_day(trio, today_in(zone, slot.starts_at), visit=visit, anyway=anyway)
    refuse_clash(trio, slot, but=but)


def _refuse_length(slot: Slot) -> None:
    if not SHORTEST <= slot.ends_at - slot.starts_at <= LONGEST:
        raise RefusedError(_("A meeting takes at least a quarter of an hour and ends on the same day."))
    if slot.starts_at <= timezone.now():
        raise RefusedError(_("This time has passed. Choose one that is still to come, or log the meeting."))


def _refuse_day(trio: Trio, day: datetime.date, *, visit: bool, anyway: bool) -> None:
    year = trio.program_year
    if not year.starts_on <= day <= year.ends_on:
        raise RefusedError(_("%(day)s lies outside the program year.") % {"day": day_in_words(day)})
    why = no_school(trio, day)
    if why and visit:
        raise RefusedError(
            _("%(day)s is without school (%(why)s), so there is nothing to see on a visit.")
            % {"day": day_in_words(day), "why": why}
        )
    if why and not anyway:
        raise NoSchoolError(
            _("%(day)s is without school (%(why)s). Choose another day, or say below that you mean it.")
            % {"day": day_in_words(day), "why": why}
        )


def no_school(trio: Trio, day: datetime.date) -> str:
    """Why there is no school that day, in a few words; "" on a school day."""
    if day.weekday() >= 5:
        return _("weekend")
    calendar = trio.program_year.calendar
    if calendar is None:
        return ""
    free = calendar.no_school_days.filter(first_day__lte=day, last_day__gte=day).first()
    return str(free.name) if free is not None else ""


def refuse_clash(trio: Trio, slot: Slot, *, but: Any = None) -> None:
    """Raise a RefusedError if one of the trio sits in another planned meeting then, of this or another trio.

    The sentence says who and when, and nothing of the other meeting.
    """
    seats = circle_of(trio)
    people = {seat.membership.leader.user_id: seat.membership.leader.user for seat in seats}
    clashes = CoachingSession.objects.overlapping(slot.starts_at, slot.ends_at).exclude(
        pk=but.pk if but is not None else None
    )
    busy = clashes.filter(
        trio__seats__left_on=None,
        trio__seats__membership__left_on=None,
        trio__seats__membership__leader__user_id__in=people,
    )
    found = busy.values_list("trio__seats__membership__leader__user_id", flat=True).first()
    if found is None:
        return
    zone = trio.program_year.cohort.district.time_zone
    raise RefusedError(
        _("%(name)s has another coaching meeting on %(when)s. Choose another time.")
        % {"name": people[found].get_full_name(), "when": moment_in_words(slot.starts_at, zone)}
    )
