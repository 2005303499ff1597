"""When people can meet: free time as half-open intervals, and suggestions with their reasons. Pure.

`free_spans` turns what one person said (weekly hours, exceptions, busy times) into instants, `common` finds
what several share, `suggest` ranks it. Nothing here knows of Django, rows or words.
"""

from coaching.availability.seats import SchoolYear, Seat, assumed_week, closed_spans, free_spans, shared_free
from coaching.availability.spans import Span, common, intersect, merged, subtract
from coaching.availability.suggesting import Plan, Reason, Suggestion, suggest
from coaching.availability.travel import Place, minutes_between, on_the_road
from coaching.availability.weekly import DAY_MINUTES, DayRule, WeeklyHours, local_spans

__all__ = [
    "DAY_MINUTES",
    "DayRule",
    "Place",
    "Plan",
    "Reason",
    "SchoolYear",
    "Seat",
    "Span",
    "Suggestion",
    "WeeklyHours",
    "assumed_week",
    "closed_spans",
    "common",
    "free_spans",
    "intersect",
    "local_spans",
    "merged",
    "minutes_between",
    "on_the_road",
    "shared_free",
    "subtract",
    "suggest",
]
