"""Printed plans: a row is written, a worker turns it into a file, and a day later both are gone.

A document is made under a lease: a worker that dies leaves the row to the next one. The file counts only once
the row names it; a file whose row was never written is swept with the others (evidence_keeping).
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from cohorts.services.errors import RefusedError
from growthplans.documents.content import content_of, readable_reflections
from growthplans.documents.pdf import make_pdf
from growthplans.documents.word import make_word
from growthplans.models import DocumentRequest, GrowthPlan
from growthplans.services import refusals

logger = logging.getLogger("leaderdev.documents")

State = DocumentRequest.State
MAKE_TASK = "growthplans.tasks.make_document"
# Long enough to come back for it after a meeting; a copy of private words must not lie about longer.
KEPT = timedelta(hours=24)
# Fifty goals with three hundred steps take about ten seconds; a worker that needs longer is dead.
LEASE = timedelta(seconds=120)
MOST_ATTEMPTS = 3
MOST_WAITING = 5
MAKERS = {"pdf": make_pdf, "docx": make_word}
_JOINED = ("membership__leader__user", "program_year__cohort__district", "competency", "reviewer__user")


@transaction.atomic
def request_document(
    *, by: Any, plan: GrowthPlan, format: str, paper: str, reflections: Collection[int] = ()
) -> DocumentRequest:
    """Order a document of a plan that the person may read; a worker makes it after the commit.

    The same order that is still waiting is given back instead of a second one. Raises RefusedError for
    somebody who may not read the plan, and for more than a handful of waiting orders.
    """
    if not GrowthPlan.objects.visible_to(by).filter(pk=plan.pk).exists():
        raise refusals.not_there()
    now = timezone.now()
    allowed = sorted({each.pk for each in readable_reflections(plan, by)} & set(reflections))
    wanted = {"plan": plan, "format": format, "paper": paper}
    waiting = list(DocumentRequest.objects.filter(by=by, state=State.QUEUED, expires_at__gt=now))
    for each in waiting:
        if each.reflections == allowed and all(getattr(each, f) == v for f, v in wanted.items()):
            return each
    if len(waiting) >= MOST_WAITING:
        raise RefusedError(_("Several of your documents are being made already. Wait for one of them."))
    order = DocumentRequest.objects.create(by=by, reflections=allowed, expires_at=now + KEPT, **wanted)
    transaction.on_commit(lambda: _wake(order.pk))
    return order


def _wake(pk: uuid.UUID) -> None:
    try:
        current_app.send_task(MAKE_TASK, [str(pk)])
    except OperationalError:
        logger.warning("No broker answers; the document is made with the next sweep.")


def make_document(*, pk: uuid.UUID, now: datetime | None = None) -> bool:
    """Make one document if nobody else has it in hand; True when it is ready."""
    order = _claim(pk, now or timezone.now())
    if order is None:
        return False
    try:
        data = _rendered(order)
    except Exception as error:  # whatever it is: the row counts the attempt, and the reader is told
        # The kind of error only: its sentence may quote the plan.
        logger.error("A document could not be made: %s", type(error).__name__)
        _settle(order, lease_until=None, lease_token="", **_after_failure(order))
        return False
    if data is None:
        _settle(order, state=State.FAILED, lease_until=None, lease_token="")
        return False
    order.file.save("document", ContentFile(data), save=False)
    columns = {"state": State.READY, "file": order.file.name, "size": len(data)}
    if _settle(order, lease_until=None, lease_token="", **columns):
        return True
    # Another worker took it over meanwhile; its file is the one that counts.
    order.file.delete(save=False)
    return False


def make_due(*, now: datetime) -> int:
    """Make what is waiting, also what a lost message or a killed worker left behind; returns how many."""
    keys = list(DocumentRequest.objects.due_at(now).order_by("created_at").values_list("pk", flat=True)[:20])
    return sum(make_document(pk=pk, now=now) for pk in keys)


def forget_expired(*, now: datetime) -> int:
    """Erase documents a day after they were ordered, file and row; returns how many."""
    old = list(DocumentRequest.objects.expired_at(now))
    for order in old:
        name, storage = order.file.name, order.file.storage
        order.delete()
        if name:
            storage.delete(name)
    return len(old)


def _claim(pk: uuid.UUID, now: datetime) -> DocumentRequest | None:
    """Take the row under a lease of ours; the conditional UPDATE lets only one worker win."""
    token = uuid.uuid4().hex
    lease = {"lease_until": now + LEASE, "lease_token": token, "attempts": F("attempts") + 1}
    free = DocumentRequest.objects.due_at(now).filter(pk=pk)
    # A document that kills its worker each time must not be tried for ever.
    free.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, lease_until=None, lease_token="")
    if not free.update(**lease):
        return None
    return DocumentRequest.objects.select_related("by").get(pk=pk)


def _rendered(order: DocumentRequest) -> bytes | None:
    """The file's bytes; None when the person may no longer read the plan."""
    plans = GrowthPlan.objects.visible_to(order.by).select_related(*_JOINED)
    plan = plans.filter(pk=order.plan_id).first()
    if plan is None or not order.by.is_active:
        return None
    content = content_of(plan, order.by, order.reflections)
    return MAKERS[order.format](content, paper=order.paper, language=get_language() or "en")


def _after_failure(order: DocumentRequest) -> dict[str, Any]:
    return {"state": State.FAILED} if order.attempts >= MOST_ATTEMPTS else {}


def _settle(order: DocumentRequest, **columns: Any) -> bool:
    """Write the outcome, unless another worker has taken the row meanwhile."""
    mine = DocumentRequest.objects.filter(pk=order.pk, state=State.QUEUED, lease_token=order.lease_token)
    return bool(mine.update(**columns))
