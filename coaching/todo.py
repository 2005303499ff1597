"""What a trio's talks ask of a person today. A journal that was skipped is not asked for again."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.models import (
    TOOK_PLACE,
    CoachingSession,
    JournalEntry,
    LeadConversation,
    ReleaseRequest,
    TimeAnswer,
    my_seats,
)
from cohorts.models import Membership, ProgramYear
from cohorts.standing import standing_of
from leaderdev.common.dates import day_in_words, moment_in_words, today_in
from leaderdev.common.todo import Task, Urgency

# A journal helps most right after the talk; after two weeks nobody is asked any more.
JOURNAL_DAYS = 14


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    """Times to answer, meetings to log, a journal to write, an offer to answer; for leads, release time."""
    standing = standing_of(user)
    found: list[Task] = []
    if standing.in_role(Membership.Role.PARTICIPANT):
        found += _meetings(user, now) + _offers(user)
    led = [year for year in standing.years if year.is_open and standing.configures(year.cohort.district_id)]
    return found + _release(led) if led else found


def open_seats(user: Any) -> dict[int, int]:
    """The person's seats of open years by trio, asked for once in a request; one query."""
    if not hasattr(user, "open_coaching_seats"):
        seats = my_seats(user).filter(program_year__state=ProgramYear.State.OPEN)
        user.open_coaching_seats = dict(seats.order_by().values_list("trio_id", "pk"))
    return user.open_coaching_seats


def _meetings(user: Any, now: datetime.datetime) -> list[Task]:
    """What is planned, and talks of the last days; at most four queries."""
    seats = open_seats(user)
    if not seats:
        return []
    states = CoachingSession.State
    since = now - datetime.timedelta(days=JOURNAL_DAYS)
    rows = CoachingSession.objects.filter(trio__in=seats).filter(
        Q(state__in=[states.PROPOSED, states.CONFIRMED]) | Q(state__in=TOOK_PLACE, logged_at__gte=since)
    )
    meetings = list(rows.select_related("trio"))
    years = {year.pk: year for year in standing_of(user).years}
    for meeting in meetings:
        meeting.trio.program_year = years[meeting.trio.program_year_id]
    settled = _answered(meetings, seats) | _written(meetings, user)
    return [task for meeting in meetings if meeting.pk not in settled for task in _of(meeting, now)]


def _answered(meetings: list[CoachingSession], seats: dict[int, int]) -> set[int]:
    """Of the proposed meetings those for which the person has said when."""
    proposed = [meeting.pk for meeting in meetings if meeting.state == CoachingSession.State.PROPOSED]
    if not proposed:
        return set()
    rows = TimeAnswer.objects.filter(proposal__coaching_session__in=proposed, seat__in=seats.values())
    return set(rows.values_list("proposal__coaching_session_id", flat=True))


def _written(meetings: list[CoachingSession], user: Any) -> set[int]:
    """Of the talks that took place those of which the person's journal speaks, or which it skipped."""
    held = [meeting.pk for meeting in meetings if meeting.state in TOOK_PLACE]
    if not held:
        return set()
    rows = JournalEntry.objects.written_by(user).filter(coaching_session__in=held)
    return set(rows.values_list("coaching_session_id", flat=True))


def _of(meeting: CoachingSession, now: datetime.datetime) -> list[Task]:
    states = CoachingSession.State
    if meeting.state == states.PROPOSED:
        return [_to_answer(meeting)]
    if meeting.state == states.CONFIRMED:
        return [_to_log(meeting)] if meeting.ends_at <= now else [_coming(meeting, now)]
    return [_to_write(meeting)]


def _to_answer(meeting: CoachingSession) -> Task:
    return Task(
        title=_("When does your trio meet? %(meeting)s") % {"meeting": meeting},
        url=reverse("coaching:times", args=[meeting.pk]),
        button=_("Answer"),
        note=_("Yes, if need be or no. The last yes settles it."),
        icon="calendar-event",
        urgency=Urgency.SOON,
    )


def _to_log(meeting: CoachingSession) -> Task:
    zone = meeting.trio.program_year.cohort.district.time_zone
    return Task(
        title=_("Did you meet? %(meeting)s") % {"meeting": meeting},
        url=reverse("coaching:log", args=[meeting.pk]),
        button=_("Log it"),
        due=moment_in_words(meeting.starts_at, zone),
        note=_("Two minutes. “We did not meet” is a normal answer."),
        icon="chat-left-text",
        urgency=Urgency.SOON,
    )


def _coming(meeting: CoachingSession, now: datetime.datetime) -> Task:
    zone = meeting.trio.program_year.cohort.district.time_zone
    day, today = today_in(zone, meeting.starts_at), today_in(zone, now)
    return Task(
        title=_("%(meeting)s with your trio") % {"meeting": meeting},
        url=meeting.get_absolute_url(),
        button=_("Get ready"),
        due_on=day,
        due=moment_in_words(meeting.starts_at, zone, today),
        icon="people",
        urgency=Urgency.SOON if (day - today).days <= 7 else Urgency.WHENEVER,
    )


def _to_write(meeting: CoachingSession) -> Task:
    zone = meeting.trio.program_year.cohort.district.time_zone
    return Task(
        title=_("A few lines in your journal: %(meeting)s") % {"meeting": meeting},
        url=reverse("coaching:journal_write", args=[meeting.pk]),
        button=_("Write or skip"),
        due=_("You met on %(day)s") % {"day": day_in_words(today_in(zone, meeting.starts_at))},
        note=_("Yours alone. Skipped once, it is not asked for again."),
        icon="journal-text",
        urgency=Urgency.WHENEVER,
    )


def _offers(user: Any) -> list[Task]:
    taking_part = standing_of(user).in_role(Membership.Role.PARTICIPANT)
    rows = LeadConversation.objects.filter(
        state=LeadConversation.State.OFFERED,
        membership__in={member.pk for member, _year in taking_part},
        program_year__in={year.pk for _member, year in taking_part},
    )
    return [
        Task(
            title=_("A talk with your program lead, after round %(n)d") % {"n": offer.after_round},
            url=reverse("coaching:conversation", args=[offer.pk]),
            button=_("Yes or not this time"),
            note=_("An offer of half an hour. Your lead reads only what you release for it."),
            icon="chat-left-text",
            urgency=Urgency.WHENEVER,
        )
        for offer in rows.order_by("after_round", "pk")
    ]


def _release(years: list[ProgramYear]) -> list[Task]:
    """One line for each year in which somebody waits for release time; one query."""
    waiting: dict[int, int] = {}
    rows = ReleaseRequest.objects.waiting().filter(coaching_session__trio__program_year__in=years)
    for year_id in rows.values_list("coaching_session__trio__program_year_id", flat=True):
        waiting[year_id] = waiting.get(year_id, 0) + 1
    return [
        Task(
            title=_("Release time is asked for: %(n)d in %(cohort)s")
            % {"n": waiting[year.pk], "cohort": year.cohort.name},
            url=reverse("coaching:release", args=[year.cohort.slug, year.slug]),
            button=_("Decide"),
            icon="clock",
            audience="lead",
        )
        for year in years
        if year.pk in waiting
    ]
