"""Adding, removing, bringing back and moving the parts of a plan; each is a form with one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.services.errors import RefusedError
from growthplans.models import GrowthPlan
from growthplans.services import arranging
from growthplans.views.loading import load_own_plan
from leaderdev.common.numbers import whole

PARTS = ("goal", "step", "reflection")


def _to(plan: GrowthPlan, anchor: str = "", query: str = "") -> HttpResponse:
    address = reverse("growthplans:plan_edit", args=[plan.pk])
    return redirect(f"{address}{query}{f'#{anchor}' if anchor else ''}")


def _done(request: HttpRequest, plan: GrowthPlan, call: Callable[[], Any]) -> Any:
    """What the call gives, or None after saying why it was refused."""
    try:
        return call()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return None


def _named(part: str) -> str:
    if part not in PARTS:
        raise Http404
    return part


@login_required
@require_POST
def goal_add(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    goal = _done(request, plan, lambda: arranging.add_goal(by=request.user, plan=plan))
    return _to(plan, f"goal-{goal.pk}" if goal else "")


@login_required
@require_POST
def step_add(request: HttpRequest, pk: int, goal_id: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    step = _done(request, plan, lambda: arranging.add_step(by=request.user, plan=plan, goal_id=goal_id))
    return _to(plan, f"step-{step.pk}" if step else "")


@login_required
@require_POST
def reflection_add(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    stage = request.POST.get("stage", "")
    added = _done(request, plan, lambda: arranging.add_reflection(by=request.user, plan=plan, stage=stage))
    return _to(plan, f"reflection-{added.pk}" if added else "")


@login_required
@require_POST
def reflection_release(request: HttpRequest, pk: int, part_id: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    released = request.POST.get("released") == "yes"
    _done(
        request,
        plan,
        lambda: arranging.release_reflection(
            by=request.user, plan=plan, reflection_id=part_id, released=released
        ),
    )
    return _to(plan, f"reflection-{part_id}")


@login_required
@require_POST
def part_remove(request: HttpRequest, pk: int, part: str, part_id: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    _done(
        request,
        plan,
        lambda: arranging.remove_part(by=request.user, plan=plan, part=_named(part), part_id=part_id),
    )
    return _to(plan, "removed", f"?removed={part}-{part_id}")


@login_required
@require_POST
def part_restore(request: HttpRequest, pk: int, part: str, part_id: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    _done(
        request,
        plan,
        lambda: arranging.restore_part(by=request.user, plan=plan, part=_named(part), part_id=part_id),
    )
    return _to(plan, f"{part}-{part_id}")


@login_required
@require_POST
def part_move(request: HttpRequest, pk: int, part: str, part_id: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    to = request.POST.get("to", "")
    if not to:
        messages.error(request, _("Say where the part shall stand."))
        return _to(plan)
    call = {"by": request.user, "plan": plan, "part": _named(part), "part_id": part_id, "to": whole(to)}
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"moved": _moved(call)})
    _done(request, plan, lambda: arranging.move_part(**call))
    return _to(plan, f"{part}-{part_id}")


def _moved(call: dict[str, Any]) -> bool:
    """For the script, which shows the new order itself and takes it back when it was refused."""
    try:
        arranging.move_part(**call)
    except RefusedError:
        return False
    return True
