"""What a trio's talks ask of a person today. A journal that was skipped is not asked for again."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.models import (
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
        user.open_coaching_seats = dict(seats.values_list("trio_id", "pk"))
    return user.open_coaching_seats


def _meetings(user: Any, now: datetime.datetime) -> list[Task]:
    """Everything about meetings in two queries."""
    keys = open_seats(user)
    if not keys:
        return []
    answered = TimeAnswer.objects.filter(
        proposal__coaching_session_id=OuterRef("pk"), seat__in=list(keys.values())
    )
    written = JournalEntry.objects.written_by(user).filter(coaching_session_id=OuterRef("pk"))
    rows = CoachingSession.objects.filter(trio__in=keys).annotate(
        has_answered=Exists(answered), has_written=Exists(written)
    )
    rows = rows.select_related("trio__program_year__cohort__district").exclude(
        state__in=[CoachingSession.State.CANCELLED, CoachingSession.State.NOT_HELD]
    )
    return [task for meeting in rows for task in _of(meeting, now)]


def _of(meeting: CoachingSession, now: datetime.datetime) -> list[Task]:
    states = CoachingSession.State
    if meeting.state == states.PROPOSED:
        return [] if meeting.has_answered else [_to_answer(meeting)]
    if meeting.state == states.CONFIRMED:
        return [_to_log(meeting)] if meeting.ends_at <= now else [_coming(meeting, now)]
    recent = now - meeting.logged_at <= datetime.timedelta(days=JOURNAL_DAYS)
    return [_to_write(meeting)] if recent and not meeting.has_written else []


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
    rows = LeadConversation.objects.of_person(user).filter(
        state=LeadConversation.State.OFFERED, program_year__state=ProgramYear.State.OPEN
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
        for offer in rows
    ]


def _release(years: list[ProgramYear]) -> list[Task]:
    """One line for each year in which somebody waits for release time; one query."""
    waiting: dict[int, int] = {}
    rows = ReleaseRequest.objects.filter(
        state=ReleaseRequest.State.ASKED, coaching_session__trio__program_year__in=years
    )
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
