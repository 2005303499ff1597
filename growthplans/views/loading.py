"""Fetch and authorize: a plan that a person may not read is not found."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from growthplans.models import GrowthPlan
from growthplans.outline import plan_title
from growthplans.permissions import may_edit_plan
from growthplans.services.reading import noted

_JOINED = (
    "membership__leader__user",
    "program_year__cohort__district",
    "competency",
    "reviewer__user",
)


def load_plan(user: Any, pk: int) -> GrowthPlan:
    """A plan the person may read, with its author, year, district, competency and reviewer."""
    return get_object_or_404(GrowthPlan.objects.visible_to(user).select_related(*_JOINED), pk=pk)


def open_plan(request: HttpRequest, pk: int) -> GrowthPlan:
    """As load_plan, for a page or a file that shows what is in the plan: opening it goes into the record."""
    plan = load_plan(request.user, pk)
    if request.method == "GET":
        noted(by=request.user, plan=plan)
    return plan


def load_own_plan(user: Any, pk: int) -> GrowthPlan:
    """A plan the person wrote; its other readers are refused."""
    plan = load_plan(user, pk)
    if not may_edit_plan(user, plan):
        raise PermissionDenied
    return plan


def trail_of(plan: GrowthPlan, *, own: bool) -> list[dict[str, str]]:
    """The pages above a page of the plan: the list of one's own plans, then the plan."""
    above = [{"label": _("My plans"), "url": reverse("growthplans:plan_list")}] if own else []
    here = {"label": plan_title(plan, own=own), "url": reverse("growthplans:plan_detail", args=[plan.pk])}
    return [*above, here]
