"""Suggested times for a trio's next meeting, with their reasons in words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from coaching.availability import Place, Plan, Reason, Span, on_the_road
from coaching.free_time import suggested_times
from coaching.models import CoachingSession, circle_of
from coaching.participants import minutes_table
from coaching.services.visits import hosts_of_visits, hosts_so_far
from cohorts.models import Appointment, Trio, TrioSeat
from leaderdev.common.dates import span_in_words

# Nobody plans a coaching talk for next week's tomorrow, nor for next spring.
FIRST_DAYS, LAST_DAYS = 2, 42
# Minutes: an hour gives each of three a turn; framing, observing and the talk of a visit take three.
USUAL_TALK, USUAL_VISIT = 60, 180


@dataclass(frozen=True)
class Suggested:
    """One time as a page offers it: words, reasons, and what its button sends."""

    words: str
    reasons: list[str]
    day: str
    at: str
    minutes: int
    host_id: int | None
    host_name: str


@dataclass(frozen=True)
class Offer:
    """The times that a page offers. `common`: the reasons that all of them share, to be said once."""

    times: list[Suggested] = field(default_factory=list)
    common: list[str] = field(default_factory=list)


def offer_for(
    trio: Trio,
    *,
    visit: bool,
    minutes: int,
    now: datetime.datetime,
    host: TrioSeat | None = None,
    most: int = 5,
) -> Offer:
    """Times common to everybody in the next six weeks, best first; empty where there is none.

    `host`: of a visit whose host is settled already; else whoever has hosted least stands first.
    """
    seats = {str(seat.membership.leader.user_id): seat for seat in circle_of(trio)}
    within = _within(trio, now)
    if within is None or len(seats) < 2:
        return Offer()
    plan = _plan(trio, seats, visit=visit, minutes=minutes, host=host, most=most)
    users = [seat.membership.leader.user for seat in seats.values()]
    names = {person: seat.membership.leader.user.get_short_name() for person, seat in seats.items()}
    zone = ZoneInfo(plan.zone)
    times = [
        Suggested(
            words=span_in_words(found.starts_at, found.ends_at, plan.zone),
            reasons=[sentence for each in found.reasons if (sentence := in_words(each, names))],
            day=found.starts_at.astimezone(zone).date().isoformat(),
            at=found.starts_at.astimezone(zone).strftime("%H:%M"),
            minutes=minutes,
            host_id=seats[found.host].pk if found.host else None,
            host_name=names.get(found.host, ""),
        )
        for found in suggested_times(users, within, plan, year=trio.program_year)
    ]
    return _with_common(times)


def _plan(
    trio: Trio,
    seats: Mapping[str, TrioSeat],
    *,
    visit: bool,
    minutes: int,
    host: TrioSeat | None,
    most: int,
) -> Plan:
    zone = trio.program_year.cohort.district.time_zone
    if not visit:
        return Plan(minutes=minutes, zone=zone, most=most)
    hosted = hosts_so_far(trio)
    known = minutes_table(trio.program_year) or {}
    person_of = {seat.pk: person for person, seat in seats.items()}
    places = {person: _place(seat.membership.leader.current_post) for person, seat in seats.items()}
    visits = [person_of[pk] for pk in hosts_of_visits(trio) if pk in person_of]
    return Plan(
        minutes=minutes,
        zone=zone,
        travels=True,
        hosted={person: hosted[seat.pk] for person, seat in seats.items()},
        travelled=on_the_road(visits, places, known),
        known=known,
        hosts=None if host is None else frozenset({str(host.membership.leader.user_id)}),
        most=most,
    )


def _place(post: Appointment | None) -> Place | None:
    if post is None:
        return None
    school = post.school
    return Place(
        str(school.pk),
        None if school.latitude is None else float(school.latitude),
        None if school.longitude is None else float(school.longitude),
    )


def _with_common(times: Sequence[Suggested]) -> Offer:
    """Says once what holds for every time, so that each line tells only its own."""
    common = [
        sentence
        for sentence in (times[0].reasons if len(times) > 1 else [])
        if all(sentence in each.reasons for each in times)
    ]
    own = [
        Suggested(
            **{**each.__dict__, "reasons": [sentence for sentence in each.reasons if sentence not in common]}
        )
        for each in times
    ]
    return Offer(own, common)


def for_meeting(meeting: CoachingSession, *, now: datetime.datetime) -> Offer:
    """Other times for a meeting that is there already: of its length, and of a visit with its host."""
    trio = meeting.trio
    minutes = length_of(meeting)
    return offer_for(trio, visit=meeting.is_visit, minutes=minutes, now=now, host=meeting.host)


def length_of(meeting: CoachingSession) -> int:
    """Minutes: as planned, else as first proposed, else the usual length of its kind."""
    first = meeting if meeting.starts_at else meeting.times.first()
    if first is None or first.starts_at is None or first.ends_at is None:
        return USUAL_VISIT if meeting.is_visit else USUAL_TALK
    return int((first.ends_at - first.starts_at).total_seconds() // 60)


def _within(trio: Trio, now: datetime.datetime) -> Span | None:
    """From the day after tomorrow for six weeks, as far as the program year goes."""
    zone = ZoneInfo(trio.program_year.cohort.district.time_zone)
    after = trio.program_year.ends_on + datetime.timedelta(days=1)
    end_of_year = datetime.datetime.combine(after, datetime.time(), zone)
    start = now + datetime.timedelta(days=FIRST_DAYS)
    end = min(now + datetime.timedelta(days=LAST_DAYS), end_of_year.astimezone(datetime.UTC))
    return Span(start, end) if start < end else None


def in_words(reason: Reason, names: Mapping[str, str]) -> str:
    """The sentence of one reason; "" for a code that this page has no sentence for."""
    people = _listed([names[each] for each in reason.people if each in names])
    values: dict[str, Any] = {"people": people, "minutes": reason.minutes}
    sentences = {
        "substitutes": _("Away from Mondays and Fridays, when substitutes are short."),
        "substitutes_short": _("Substitutes are short on this weekday."),
        "host_turn": _("It is %(people)s’s turn to host."),
        "travel": _("The longest way is %(minutes)d minutes."),
        "travels_less": _("%(people)s has driven most so far; this time the others come."),
        "no_travel": _("Nobody has to drive."),
        "assumed": _("%(people)s: not said yet when free, so usual school hours are assumed."),
    }
    return sentences.get(reason.code, "") % values


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
