"""One row, one sender: claiming with a lease, and writing down how it went."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from leaderdev.accounts.models import User
from leaderdev.common.mail.delivery import BACKOFF_MINUTES, is_passing, name_of
from leaderdev.reminders.models import Reminder
from leaderdev.reminders.models.reminder import TOO_LATE

State = Reminder.State
# How long a claimed row is left alone. The same figure as for all other mail.
LEASE = dt.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
# Questions are asked once for a batch; more than this and a hanging server would hold too many.
BATCH = 50


def claim(*, now: dt.datetime) -> list[Reminder]:
    """Take up to BATCH due rows under a lease, oldest first, and what goes into a digest with them."""
    token = uuid.uuid4().hex
    claimable = Reminder.objects.claimable_at(now)
    with transaction.atomic():
        due = _locked(claimable.not_held().order_by("next_attempt_at", "pk"))
        chosen = list(due.values_list("pk", flat=True)[:BATCH])
        if not chosen:
            return []
        lease = {"state": State.CLAIMED, "lease_until": now + LEASE, "lease_token": token}
        claimable.filter(pk__in=chosen).update(**lease)
        _claim_digests(token, lease, now)
    mine = Reminder.objects.filter(lease_token=token, state=State.CLAIMED).order_by("next_attempt_at", "pk")
    return list(mine.select_related("person"))


def _locked(rows: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Senders skip each other's rows where the database can; elsewhere the conditional update decides."""
    if not connection.features.has_select_for_update_skip_locked:
        return rows
    return rows.select_for_update(skip_locked=True, of=("self",))


def _claim_digests(token: str, lease: dict[str, object], now: dt.datetime) -> None:
    """A digest is made by one sender: whatever else the person is due now comes along."""
    people = Reminder.objects.filter(lease_token=token, person__delivery=User.Delivery.DAILY)
    keys = set(people.values_list("person_id", flat=True))
    if keys:
        rest = _locked(Reminder.objects.claimable_at(now).not_held().filter(person__in=keys))
        more = list(rest.values_list("pk", flat=True))
        Reminder.objects.claimable_at(now).filter(pk__in=more).update(**lease)


def still_ours(rows: Sequence[Reminder], now: dt.datetime) -> bool:
    """Whether these rows are ours when their turn comes; after half of the lease it is renewed.

    A sender that was stopped longer than its lease finds its rows taken, and leaves them alone.
    """
    if all(row.lease_until and row.lease_until - now > LEASE / 2 for row in rows):
        return True
    keys = [row.pk for row in rows]
    mine = Reminder.objects.filter(pk__in=keys, state=State.CLAIMED, lease_token=rows[0].lease_token)
    return mine.filter(lease_until__gt=now).update(lease_until=now + LEASE) == len(rows)


def settle(rows: Iterable[Reminder], state: str, **columns: object) -> int:
    """Write the outcome of rows of one claim, unless another sender has taken them; returns how many."""
    rows = list(rows)
    if not rows:
        return 0
    mine = Reminder.objects.filter(pk__in=[row.pk for row in rows], lease_token=rows[0].lease_token)
    return mine.filter(state=State.CLAIMED).update(state=state, lease_until=None, lease_token="", **columns)


def postpone(row: Reminder, until: dt.datetime) -> None:
    """Nobody may be written to now: the row waits for the next morning, or is of no use then."""
    if until >= row.until:
        settle([row], State.OBSOLETE, reason=TOO_LATE)
    else:
        settle([row], State.DUE, next_attempt_at=until)


def record_sent(rows: Sequence[Reminder], *, now: dt.datetime) -> None:
    """One statement for a whole digest: its rows are sent together or not at all."""
    settle(rows, State.SENT, sent_at=now, attempts=rows[0].attempts + 1, reason="")


def record_failure(rows: Sequence[Reminder], error: Exception, *, now: dt.datetime) -> str:
    """Wait longer after each passing error; give up on a refusal for good. Returns the new state."""
    attempts = max(row.attempts for row in rows) + 1
    kind = name_of(error)
    if is_passing(error) and attempts <= len(BACKOFF_MINUTES):
        wait = dt.timedelta(minutes=BACKOFF_MINUTES[attempts - 1])
        settle(rows, State.DUE, attempts=attempts, next_attempt_at=now + wait, reason=kind)
        return State.DUE
    settle(rows, State.FAILED, attempts=attempts, reason=kind)
    return State.FAILED


def turns(seconds: float) -> Iterator[dt.datetime]:
    """The present instant, again and again, until a turn is over: a task stays well inside its time limit."""
    ends = timezone.now() + dt.timedelta(seconds=seconds)
    while (now := timezone.now()) < ends:
        yield now
