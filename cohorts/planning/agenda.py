"""An agenda's running clock, and the advice that a good agenda needs none of."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

# Fewer items than these say nothing about who presents how often.
FEWEST_ITEMS = 4


@dataclass(frozen=True)
class Rules:
    """From where on a planner hears something; the study of principals’ meetings gave the usual figures."""

    operations_minutes: int = 30
    operations_percent: int = 15
    protocols_half_day: int = 2
    protocols_full_day: int = 3
    group_least: int = 5
    group_most: int = 7
    presenter_percent: int = 30

    def operations_limit(self, minutes: int) -> int:
        """Minutes of operations that a session of `minutes` bears."""
        return max(self.operations_minutes, minutes * self.operations_percent // 100)


@dataclass(frozen=True)
class Item:
    """One line of an agenda. `lead` is whoever presents, as any key; `kind` as in the model."""

    title: str
    minutes: int
    kind: str = "learning"
    lead: Any = None
    guest: str = ""
    goal: str = ""
    activity: str = ""
    protocol: str = ""
    challenge: int | None = None


@dataclass(frozen=True)
class Notice:
    """One piece of advice: which guard speaks, and the figures and names for its sentence."""

    guard: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Slot:
    starts_at: datetime.datetime
    ends_at: datetime.datetime


def clock(starts_at: datetime.datetime, minutes: Sequence[int]) -> list[Slot]:
    """From when to when each item runs. Aware instants, so that a clock change inside a day does no harm."""
    slots = []
    for each in minutes:
        ends_at = starts_at + datetime.timedelta(minutes=each)
        slots.append(Slot(starts_at, ends_at))
        starts_at = ends_at
    return slots


def over(items: Sequence[Item], minutes: int) -> int:
    """Minutes by which the agenda is longer than its session."""
    return max(0, sum(item.minutes for item in items) - minutes)


def session_notices(
    items: Sequence[Item], *, minutes: int, full_day: bool, rules: Rules, group_sizes: Sequence[int] = ()
) -> list[Notice]:
    """Advice on one session, in the order in which a planner would act on it."""
    found = [*_operations(items, minutes, rules), *_protocols(items, full_day, rules)]
    bare = [item.guest for item in items if item.guest and not (item.goal and item.activity)]
    if bare:
        found.append(Notice("guest_without_goal", {"guests": bare}))
    wrong = [size for size in group_sizes if not rules.group_least <= size <= rules.group_most]
    if wrong:
        facts = {"sizes": sorted(set(wrong)), "least": rules.group_least, "most": rules.group_most}
        found.append(Notice("group_size", facts))
    return found


def _operations(items: Sequence[Item], minutes: int, rules: Rules) -> list[Notice]:
    found = []
    kinds = [item.kind for item in items]
    if "operations" in kinds:
        after = kinds[kinds.index("operations") :]
        # A last word on the day may follow; learning may not.
        if any(kind not in ("operations", "break", "review") for kind in after):
            found.append(Notice("operations_early"))
    spent = sum(item.minutes for item in items if item.kind == "operations")
    limit = rules.operations_limit(minutes)
    if spent > limit:
        found.append(Notice("operations_long", {"spent": spent, "limit": limit}))
    return found


def _protocols(items: Sequence[Item], full_day: bool, rules: Rules) -> list[Notice]:
    used = {item.protocol.strip().casefold() for item in items if item.protocol.strip()}
    most = rules.protocols_full_day if full_day else rules.protocols_half_day
    return [Notice("many_protocols", {"used": len(used), "most": most})] if len(used) > most else []


def year_notices(sessions: Sequence[Sequence[Item]], *, rules: Rules) -> list[Notice]:
    """Advice on a row of sessions, the earliest first: who presents, and whether the work grows harder."""
    found = []
    led = [item.lead for items in sessions for item in items if item.lead is not None]
    for lead, times in Counter(led).most_common():
        if len(led) >= FEWEST_ITEMS and times * 100 > rules.presenter_percent * len(led):
            facts = {"lead": lead, "times": times, "all": len(led), "percent": rules.presenter_percent}
            found.append(Notice("one_presenter", facts))
    levels = [level for items in sessions if (level := challenge_of(items)) is not None]
    if len(levels) > 1 and levels[-1] < max(levels[:-1]):
        found.append(Notice("challenge_falls", {"from": max(levels[:-1]), "to": levels[-1]}))
    return found


def challenge_of(items: Sequence[Item]) -> int | None:
    """The most demanding item of a session, or None where none says how demanding it is."""
    return max((item.challenge for item in items if item.challenge is not None), default=None)
