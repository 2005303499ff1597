"""“First Thursday, monthly until June”: one proposal for each month, answered in one go."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.models import CoachingSeries, CoachingSession, TimeAnswer, TimeProposal
from coaching.rounds import NoSuchTimeError, instant, series_days
from coaching.services import letters, times
from coaching.services.loading import locked
from coaching.services.slots import Slot, no_school, refuse_slot
from cohorts.models import Trio
from cohorts.services.errors import RefusedError
from leaderdev.common.dates import today_in

WEEK = datetime.timedelta(days=7)


@transaction.atomic
def propose_series(
    *, by: Any, trio: Trio, week: int, weekday: int, at: datetime.time, minutes: int, until: datetime.date
) -> CoachingSeries:
    """Propose a meeting each month from tomorrow until a day of the year. Raises RefusedError.

    Where there is no school on the day, the same weekday a week later is proposed, and otherwise none.
    """
    seat = locked(by=by, trio=trio)
    year = trio.program_year
    if not year.is_open:
        raise RefusedError(_("The program year is closed. Meetings are planned in an open one."))
    series = CoachingSeries(
        trio=trio,
        week=week,
        weekday=weekday,
        at=at,
        minutes=minutes,
        until=min(until, year.ends_on),
        organizer=seat.membership,
    )
    found = [(day, slot) for day in days_of(series) for slot in [slot_of(series, day)] if slot is not None]
    if not found:
        raise RefusedError(_("No such day is left until then. Choose a later last day."))
    series.save()
    number = times.next_round(trio)
    for place, (day, slot) in enumerate(found):
        refuse_slot(trio, slot, visit=False, anyway=False)
        meeting = CoachingSession.objects.create(
            trio=trio,
            organizer=seat.membership,
            series=series,
            series_day=day,
            round_number=number + place,
            proposed_at=timezone.now(),
        )
        proposal = TimeProposal.objects.create(
            coaching_session=meeting, starts_at=slot.starts_at, ends_at=slot.ends_at
        )
        TimeAnswer.objects.create(
            proposal=proposal, seat=seat, answer=times.Answer.YES, answered_at=timezone.now()
        )
    letters.ask_for_series(series, by=by)
    return series


@transaction.atomic
def answer_series(*, by: Any, series: CoachingSeries, said: str) -> int:
    """The same answer to every meeting of the series that still waits; how many there were."""
    locked(by=by, trio=series.trio)
    waiting = list(series.coaching_sessions.filter(state=CoachingSession.State.PROPOSED))
    for meeting in waiting:
        answers = {proposal.pk: said for proposal in meeting.times.all()}
        times.answer(by=by, meeting=meeting, answers=answers)
    return len(waiting)


def days_of(series: CoachingSeries) -> list[datetime.date]:
    """The series' own days later than today, in the district's calendar."""
    today = today_in(series.trio.program_year.cohort.district.time_zone)
    after = max(today, series.trio.program_year.starts_on - datetime.timedelta(days=1))
    return list(series_days(after, series.until, weekday=series.weekday, week=series.week))


def slot_of(series: CoachingSeries, day: datetime.date) -> Slot | None:
    """The time on the day, or a week later where there is no school; None if there is none either."""
    for candidate in (day, day + WEEK):
        if candidate <= series.until and not no_school(series.trio, candidate):
            return _on(series, candidate)
    return None


def _on(series: CoachingSeries, day: datetime.date) -> Slot:
    zone = series.trio.program_year.cohort.district.time_zone
    try:
        starts_at = instant(day, series.at, zone)
    except NoSuchTimeError:
        raise RefusedError(_("The clocks change and jump over this time. Choose another one.")) from None
    return Slot(starts_at, starts_at + datetime.timedelta(minutes=series.minutes))
