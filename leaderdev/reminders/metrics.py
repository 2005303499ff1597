"""How mail stands, for operators: figures without a name or an address in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min

from leaderdev.reminders.models import Reminder

# What is due leaves within a minute or two; a quarter of an hour means that nobody sends.
LATE = dt.timedelta(minutes=15)
State = Reminder.State


@dataclass(frozen=True)
class Standing:
    """`oldest`: seconds by which the oldest unsent row is late, 0 if none is."""

    oldest: int
    waiting: int
    sent: dict[str, int]
    failed: dict[str, int]

    @property
    def ok(self) -> bool:
        return self.oldest <= LATE.total_seconds()


def standing(*, now: dt.datetime) -> Standing:
    """Two queries: the rows that are late, and counts by kind. Rows of held cohorts wait on purpose."""
    late = Reminder.objects.overdue_at(now).aggregate(oldest=Min("next_attempt_at"), number=Count("pk"))
    counts = Reminder.objects.filter(state__in=[State.SENT, State.FAILED])
    by_kind = counts.order_by().values_list("state", "kind").annotate(Count("pk"))
    sent = {kind: number for state, kind, number in by_kind if state == State.SENT}
    failed = {kind: number for state, kind, number in by_kind if state == State.FAILED}
    oldest = int((now - late["oldest"]).total_seconds()) if late["oldest"] else 0
    return Standing(oldest=oldest, waiting=late["number"], sent=sent, failed=failed)


def age_of_oldest(*, now: dt.datetime) -> int:
    """Seconds by which the oldest unsent row is late; one indexed query, for the health page."""
    oldest = Reminder.objects.overdue_at(now).aggregate(oldest=Min("next_attempt_at"))["oldest"]
    return int((now - oldest).total_seconds()) if oldest else 0


def as_text(found: Standing) -> str:
    """The text format that Prometheus and its kin read."""
    lines = [
        "# HELP leaderdev_reminders_oldest_due_seconds By how much the oldest unsent reminder is late.",
        "# TYPE leaderdev_reminders_oldest_due_seconds gauge",
        f"leaderdev_reminders_oldest_due_seconds {found.oldest}",
        "# HELP leaderdev_reminders_due Reminders whose time has come and that are not sent.",
        "# TYPE leaderdev_reminders_due gauge",
        f"leaderdev_reminders_due {found.waiting}",
        "# HELP leaderdev_reminders_total Reminders by kind and outcome.",
        "# TYPE leaderdev_reminders_total counter",
    ]
    for outcome, counts in (("sent", found.sent), ("failed", found.failed)):
        lines += [
            f'leaderdev_reminders_total{{kind="{kind}",outcome="{outcome}"}} {number}'
            for kind, number in sorted(counts.items())
        ]
    return "\n".join(lines) + "\n"
