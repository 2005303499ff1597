"""Printed plans: who may order one, and what goes into it (leaderdev.common.documents does the rest)."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from growthplans.documents.content import content_of, readable_reflections
from growthplans.documents.pdf import make_pdf
from growthplans.documents.word import make_word
from growthplans.models import DocumentRequest, GrowthPlan
from growthplans.services import refusals
from leaderdev.common.documents import making

MAKE_TASK = "growthplans.tasks.make_document"
MAKERS = {"pdf": make_pdf, "docx": make_word}
_JOINED = ("membership__leader__user", "program_year__cohort__district", "competency", "reviewer__user")


def request_document(
    *, by: Any, plan: GrowthPlan, format: str, paper: str, reflections: Collection[int] = ()
) -> DocumentRequest:
    """Order a document of a plan that the person may read; a worker makes it after the commit.

    Raises RefusedError for somebody who may not read the plan, and for more than a handful of waiting orders.
    """
    if not GrowthPlan.objects.visible_to(by).filter(pk=plan.pk).exists():
        raise refusals.not_there()
    allowed = sorted({each.pk for each in readable_reflections(plan, by)} & set(reflections))
    return making.order(DESK, by=by, plan=plan, format=format, paper=paper, reflections=allowed)


def make_document(*, pk: uuid.UUID, now: datetime | None = None) -> bool:
    return making.make(DESK, pk=pk, now=now)


def make_due(*, now: datetime) -> int:
    return making.make_due(DESK, now=now)


def forget_expired(*, now: datetime) -> int:
    return making.forget_expired(DESK, now=now)


def _rendered(order: DocumentRequest) -> bytes | None:
    """The file's bytes; None when the person may no longer read the plan."""
    plans = GrowthPlan.objects.visible_to(order.by).select_related(*_JOINED)
    plan = plans.filter(pk=order.plan_id).first()
    if plan is None or not order.by.is_active:
        return None
    content = content_of(plan, order.by, order.reflections)
    return MAKERS[order.format](content, paper=order.paper, language=get_language() or "en")


DESK = making.Desk(model=DocumentRequest, task=MAKE_TASK, render=lambda order: _rendered(order))
