"""What takes people's time: everything that is planned here, and busy times out of their own calendars.

Each source answers for many people at once: user id → spans that touch the given one. A new kind of meeting
adds its question to SOURCES.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from coaching.availability import Span
from coaching.models import BusyTime, CoachingSession
from cohorts.models import LearningSession, Membership, TrioSeat

Busy = dict[int, list[Span]]


def of_own_calendars(users: Collection[int], within: Span) -> Busy:
    rows = BusyTime.objects.filter(
        calendar__user__in=users, starts_at__lt=within.end, ends_at__gt=within.start
    )
    return _by_person(rows.values_list("calendar__user_id", "starts_at", "ends_at"))


def of_learning_sessions(users: Collection[int], within: Span) -> Busy:
    """Sessions of every cohort in which a person takes part, helps or leads; researchers may be away."""
    members = Membership.objects.current().filter(leader__user__in=users)
    members = members.exclude(role=Membership.Role.RESEARCHER)
    rows = LearningSession.objects.filter(
        program_year__cohort__memberships__in=members, starts_at__lt=within.end, ends_at__gt=within.start
    )
    return _by_person(
        rows.values_list("program_year__cohort__memberships__leader__user_id", "starts_at", "ends_at")
    )


def of_meetings(users: Collection[int], within: Span) -> Busy:
    """Confirmed meetings of every trio in which a person has a seat now: one person cannot be in two."""
    seats = TrioSeat.objects.current().filter(membership__leader__user__in=users)
    rows = CoachingSession.objects.overlapping(within.start, within.end).filter(trio__seats__in=seats)
    return _by_person(rows.values_list("trio__seats__membership__leader__user_id", "starts_at", "ends_at"))


SOURCES: tuple[Callable[[Collection[int], Span], Busy], ...] = (
    of_own_calendars,
    of_learning_sessions,
    of_meetings,
)


def busy_times(users: Collection[int], within: Span) -> Busy:
    """All sources together; one query each."""
    found: Busy = defaultdict(list)
    for source in SOURCES:
        for user, spans in source(users, within).items():
            found[user] += spans
    return found


def _by_person(rows: Iterable[tuple]) -> Busy:
    found: Busy = defaultdict(list)
    for user, starts_at, ends_at in rows:
        found[user].append(Span(starts_at, ends_at))
    return found
