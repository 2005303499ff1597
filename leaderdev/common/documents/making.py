"""From the order to the file: a row is written, a worker draws it, and a day later both are gone.

A document is made under a lease: a worker that dies leaves the row to the next one. The file counts only once
the row names it; a file whose row was never written is swept with other stray files of the storage.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from leaderdev.common.documents.orders import OrderState
from leaderdev.common.refusals import RefusedError

logger = logging.getLogger("leaderdev.documents")

# Long enough to come back for it after a meeting; a copy of private words must not lie about longer.
KEPT = timedelta(hours=24)
# Fifty goals with three hundred steps take about ten seconds; a worker that needs longer is dead.
LEASE = timedelta(seconds=120)
MOST_ATTEMPTS = 3
MOST_WAITING = 5


@dataclass(frozen=True)
class Desk:
    """Where one kind of document is ordered.

    `model` is made from DocumentOrder; `task` is the name of the task that calls `make` with one key;
    `render` gives the bytes, or None when the person may no longer have them. It asks for permission again:
    minutes may lie between the order and the making.
    """

    model: Any
    task: str
    render: Callable[[Any], bytes | None]


@transaction.atomic
def order(desk: Desk, *, by: Any, **columns: Any) -> Any:
    """A row that a worker makes after the commit. The caller has asked whether the person may have it.

    The same order that is still waiting is given back instead of a second one. Raises RefusedError for more
    than a handful of waiting orders.
    """
    now = timezone.now()
    waiting = list(desk.model.objects.filter(by=by, state=OrderState.QUEUED, expires_at__gt=now))
    for each in waiting:
        if all(getattr(each, name) == value for name, value in columns.items()):
            return each
    if len(waiting) >= MOST_WAITING:
        raise RefusedError(_("Several of your documents are being made already. Wait for one of them."))
    row = desk.model.objects.create(by=by, expires_at=now + KEPT, **columns)
    transaction.on_commit(lambda: _wake(desk, row.pk))
    return row


def _wake(desk: Desk, pk: uuid.UUID) -> None:
    try:
        current_app.send_task(desk.task, [str(pk)])
    except OperationalError:
        logger.warning("No broker answers; the document is made with the next sweep.")


def make(desk: Desk, *, pk: uuid.UUID, now: datetime | None = None) -> bool:
    """Make one document if nobody else has it in hand; True when it is ready."""
    row = claim(desk, pk, now or timezone.now())
    if row is None:
        return False
    try:
        data = desk.render(row)
    except Exception as error:  # whatever it is: the row counts the attempt, and the reader is told
        # The kind of error only: its sentence may quote what is printed.
        logger.error("A document could not be made: %s", type(error).__name__)
        _settle(desk, row, lease_until=None, lease_token="", **_after_failure(row))
        return False
    if data is None:
        _settle(desk, row, state=OrderState.FAILED, lease_until=None, lease_token="")
        return False
    row.file.save("document", ContentFile(data), save=False)
    columns = {"state": OrderState.READY, "file": row.file.name, "size": len(data)}
    if _settle(desk, row, lease_until=None, lease_token="", **columns):
        return True
    # Another worker took it over meanwhile; its file is the one that counts.
    row.file.delete(save=False)
    return False


def make_due(desk: Desk, *, now: datetime) -> int:
    """Make what is waiting, also what a lost message or a killed worker left behind; returns how many."""
    keys = list(desk.model.objects.due_at(now).order_by("created_at").values_list("pk", flat=True)[:20])
    return sum(make(desk, pk=pk, now=now) for pk in keys)


def forget_expired(desk: Desk, *, now: datetime) -> int:
    """Erase documents a day after they were ordered, file and row; returns how many."""
    old = list(desk.model.objects.expired_at(now))
    for row in old:
        name, storage = row.file.name, row.file.storage
        row.delete()
        if name:
            storage.delete(name)
    return len(old)


def claim(desk: Desk, pk: uuid.UUID, now: datetime) -> Any | None:
    """Take the row under a lease of ours; the conditional UPDATE lets only one worker win."""
    token = uuid.uuid4().hex
    lease = {"lease_until": now + LEASE, "lease_token": token, "attempts": F("attempts") + 1}
    free = desk.model.objects.due_at(now).filter(pk=pk)
    # A document that kills its worker each time must not be tried for ever.
    free.filter(attempts__gte=MOST_ATTEMPTS).update(state=OrderState.FAILED, lease_until=None, lease_token="")
    if not free.update(**lease):
        return None
    return desk.model.objects.select_related("by").get(pk=pk)


def _after_failure(row: Any) -> dict[str, Any]:
    return {"state": OrderState.FAILED} if row.attempts >= MOST_ATTEMPTS else {}


def _settle(desk: Desk, row: Any, **columns: Any) -> bool:
    """Write the outcome, unless another worker has taken the row meanwhile."""
    mine = desk.model.objects.filter(pk=row.pk, state=OrderState.QUEUED, lease_token=row.lease_token)
    return bool(mine.update(**columns))
