"""Which of the shared times to propose, best first, and why.

Times are compared by one thing after the other, never by a sum of weights: away from the weekdays on which
substitutes are short; whose turn it is to host; who has travelled most so far; how far all of them drive;
then simply the earliest. One suggestion a day, so that the five differ in more than a quarter of an hour.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from coaching.availability.seats import Seat, free_spans
from coaching.availability.spans import Span, intersect, merged, subtract
from coaching.availability.travel import Known, minutes_between

MONDAY, FRIDAY = 0, 4
STEP_MINUTES = 15


@dataclass(frozen=True)
class Plan:
    """What is looked for.

    minutes: how long. zone: the clock by which weekdays and quarters are told (the district's).
    travels: people come to one of the schools, which costs the others their way there and back.
    hosted: how often each person has hosted, for visits that rotate; who has hosted least is host first.
    travelled: minutes each person has spent on the road for earlier meetings of this group.
    known: minutes between two schools that the district has measured; the others are read off the map.
    """

    minutes: int = 60
    zone: str = "UTC"
    travels: bool = False
    avoided_weekdays: frozenset[int] = frozenset({MONDAY, FRIDAY})
    hosted: Mapping[str, int] = field(default_factory=dict)
    travelled: Mapping[str, int] = field(default_factory=dict)
    known: Known = field(default_factory=dict)
    hosts: frozenset[str] | None = None
    most: int = 5


@dataclass(frozen=True)
class Reason:
    """Why a time is suggested: a code, and the values its sentence needs (people, minutes, a weekday).

    Codes: all_free, substitutes, substitutes_short, host_turn, travel, travels_less, no_travel, assumed.
    """

    code: str
    people: tuple[str, ...] = ()
    minutes: int = 0
    weekday: int = 0


@dataclass(frozen=True)
class Suggestion:
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    host: str
    travel: Mapping[str, int]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Setting:
    """Where: the host ("" for a meeting without one), the others' way, and its place in the order."""

    host: str
    travel: dict[str, int]
    rank: tuple[int, int, int]
    free: list[Span]


def suggest(
    seats: Sequence[Seat], within: Span, plan: Plan, *, closed: Iterable[Span] = ()
) -> list[Suggestion]:
    """Up to `plan.most` times within the span, best first; none when nothing is common to all seats."""
    if not seats:
        return []
    settings = list(_settings(seats, within, plan, merged(closed)))
    clock = ZoneInfo(plan.zone)
    best: dict[datetime.date, tuple[tuple, datetime.datetime, _Setting]] = {}
    for setting in settings:
        for start in _starts(setting.free, plan.minutes):
            local = start.astimezone(clock)
            short = local.weekday() in plan.avoided_weekdays
            key = (short, *setting.rank, local.minute not in (0, 30), start)
            day = local.date()
            if day not in best or key < best[day][0]:
                best[day] = (key, start, setting)
    chosen = sorted(best.values(), key=lambda found: (found[0], found[2].host))[: plan.most]
    length = datetime.timedelta(minutes=plan.minutes)
    return [
        Suggestion(
            start,
            start + length,
            setting.host,
            setting.travel,
            _reasons(seats, plan, start, setting, settings),
        )
        for _key, start, setting in chosen
    ]


def _settings(seats: Sequence[Seat], within: Span, plan: Plan, closed: list[Span]) -> Iterator[_Setting]:
    free = {seat.person: subtract(free_spans(seat, within), closed) for seat in seats}
    if not plan.travels:
        yield _Setting("", {}, (0, 0, 0), _all(list(free.values())))
        return
    least = (
        min(plan.hosted.get(seat.person, 0) for seat in seats if _may_host(seat, plan))
        if any(_may_host(seat, plan) for seat in seats)
        else 0
    )
    for host in seats:
        if not _may_host(host, plan):
            continue
        travel = {
            seat.person: minutes_between(seat.place, host.place, plan.known)
            for seat in seats
            if seat.person != host.person
        }
        after = {
            seat.person: plan.travelled.get(seat.person, 0) + 2 * travel.get(seat.person, 0) for seat in seats
        }
        # The way there and back must be free too: those who travel see their time shrunk at both ends.
        reachable = [_shrunk(free[seat.person], travel.get(seat.person, 0)) for seat in seats]
        rank = (plan.hosted.get(host.person, 0) - least, max(after.values()), sum(travel.values()))
        yield _Setting(host.person, travel, rank, _all(reachable))


def _may_host(seat: Seat, plan: Plan) -> bool:
    return plan.hosts is None or seat.person in plan.hosts


def _all(lists: list[list[Span]]) -> list[Span]:
    found = lists[0]
    for spans in lists[1:]:
        found = intersect(found, spans)
    return found


def _shrunk(spans: list[Span], minutes: int) -> list[Span]:
    way = datetime.timedelta(minutes=minutes)
    return [Span(span.start + way, span.end - way) for span in spans if span.end - way > span.start + way]


def _starts(spans: list[Span], minutes: int) -> Iterator[datetime.datetime]:
    """Quarters of an hour at which a meeting of this length begins and fits."""
    length, step = datetime.timedelta(minutes=minutes), datetime.timedelta(minutes=STEP_MINUTES)
    for span in spans:
        whole = span.start.replace(
            minute=span.start.minute // STEP_MINUTES * STEP_MINUTES, second=0, microsecond=0
        )
        start = whole if whole >= span.start else whole + step
        while start + length <= span.end:
            yield start
            start += step


def _reasons(
    seats: Sequence[Seat],
    plan: Plan,
    start: datetime.datetime,
    setting: _Setting,
    settings: list[_Setting],
) -> tuple[Reason, ...]:
    weekday = start.astimezone(ZoneInfo(plan.zone)).weekday()
    found = [Reason("all_free", tuple(seat.person for seat in seats if not seat.assumed))]
    if guessed := tuple(seat.person for seat in seats if seat.assumed):
        found.append(Reason("assumed", guessed))
    if plan.avoided_weekdays:
        code = "substitutes_short" if weekday in plan.avoided_weekdays else "substitutes"
        found.append(Reason(code, weekday=weekday))
    if setting.host:
        found += _travel_reasons(plan, setting, settings)
    return tuple(found)


def _travel_reasons(plan: Plan, setting: _Setting, settings: list[_Setting]) -> Iterator[Reason]:
    if setting.rank[0] == 0 and any(other.rank[0] > 0 for other in settings):
        yield Reason("host_turn", (setting.host,))
    on_the_road = {person: minutes for person, minutes in setting.travel.items() if minutes}
    if not on_the_road:
        yield Reason("no_travel")
        return
    yield Reason("travel", tuple(sorted(on_the_road)), max(on_the_road.values()))
    most = max(plan.travelled.values(), default=0)
    if most and plan.travelled.get(setting.host, 0) == most:
        yield Reason("travels_less", (setting.host,), most)
