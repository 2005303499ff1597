"""Suggested times for three people over a semester, and the feed of a year.

    python -m tests.benchmarks bench_calendars

Neither asks a database: processor time of the arithmetic alone, with busier weeks than any principal has.
"""

from __future__ import annotations

import datetime
import random
import time

from coaching.availability import (
    DayRule,
    Place,
    Plan,
    SchoolYear,
    Seat,
    Span,
    WeeklyHours,
    closed_spans,
    suggest,
)
from leaderdev.common.calendars import Entry, Feed, write_feed
from tests.benchmarks.result import Result

ROUNDS = 20
MOST_MILLISECONDS = 100.0
START = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)
SEMESTER = Span(START, START + datetime.timedelta(days=150))
ZONE = "America/Edmonton"


def seat(number: int) -> Seat:
    """Free all day on five days, with six busy times a day: more cutting than any real week asks for."""
    draw = random.Random(number)
    busy = tuple(
        Span(begin, begin + datetime.timedelta(minutes=draw.choice([20, 30, 45, 60])))
        for day in range(150)
        for _turn in range(6)
        for begin in [START + datetime.timedelta(days=day, minutes=14 * 60 + draw.randrange(0, 480, 5))]
    )
    return Seat(
        person=str(number),
        zone=ZONE,
        weekly=tuple(WeeklyHours(weekday, 480, 1020) for weekday in range(5)),
        blocked=(DayRule(datetime.date(2026, 10, 5), datetime.date(2026, 10, 9)),),
        busy=busy,
        place=Place(str(number), 53.5 + 0.1 * number, -113.5),
    )


def suggestions() -> Result:
    seats = [seat(number) for number in range(3)]
    closed = closed_spans(
        [SchoolYear(ZONE, datetime.date(2026, 8, 24), datetime.date(2027, 6, 30))], SEMESTER
    )
    plan = Plan(minutes=150, zone=ZONE, travels=True, hosted={"0": 1}, travelled={"1": 60})
    values, found = [], []
    for _round in range(ROUNDS):
        began = time.process_time()
        found = suggest(seats, SEMESTER, plan, closed=closed)
        values.append(1000 * (time.process_time() - began))
    wrong = [] if found else ["no time was suggested"]
    slow = min(values) > MOST_MILLISECONDS
    bound = f"bound {MOST_MILLISECONDS:.0f}{', MISSED' if slow else ''}"
    note = f"visit of three over 150 days, processor time; {bound}"
    return Result("suggested times, semester", "ms", values, note=note, wrong=wrong)


def year_feed() -> Result:
    entries = [
        Entry(
            key=f"coaching-{number}",
            title=f"Coaching round {number}",
            starts_at=START + datetime.timedelta(days=3 * number, hours=15),
            ends_at=START + datetime.timedelta(days=3 * number, hours=16),
            scope="trio-1",
            url="https://leaders.example.ca/meetings/1/",
            sequence=number % 3,
            stamped_at=START,
        )
        for number in range(120)
    ]
    shape = Feed(name="Leadership program", zone=ZONE, host="leaders.example.ca", alarm_minutes=60)
    values, size = [], 0
    for _round in range(ROUNDS):
        began = time.process_time()
        size = len(write_feed(shape, entries))
        values.append(1000 * (time.process_time() - began))
    return Result("feed of a year", "ms", values, note=f"120 entries with alarms, {size / 1024:.0f} kB")


def run() -> list[Result]:
    return [suggestions(), year_feed()]
