"""Check-ins of a plan: both sides see the agenda and what was written; the author writes it down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.services.errors import RefusedError
from growthplans import check_in_pages
from growthplans.forms.check_ins import ChangeCheckInForm, CheckInForm
from growthplans.models import ActionStep, CheckIn, GrowthPlan
from growthplans.permissions import is_author
from growthplans.services import check_ins
from growthplans.services.check_ins import StaleEndingError
from growthplans.views.loading import load_own_plan, open_plan, trail_of
from leaderdev.common.dates import today_in


@login_required
@require_safe
def check_in_list(request: HttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    own = is_author(request.user, plan)
    rows = list(plan.check_ins.all())
    context = {"plan": plan, "own": own, "check_ins": rows, "trail": trail_of(plan, own=own)}
    return render(request, "growthplans/check_in_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    plan = open_plan(request, pk)
    own = is_author(request.user, plan)
    if request.method == "POST" and not own:
        raise PermissionDenied
    found = get_object_or_404(plan.check_ins, kind=kind)
    form = _form(request, plan, found)
    if request.method == "POST" and form.is_valid() and _held(request, plan, found, form):
        messages.success(request, _("The check-in is written down. Next time begins with it."))
        return redirect("growthplans:check_in", pk=pk, kind=kind)
    return render(request, "growthplans/check_in.html", _page(request, plan, found, form, own))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_change(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    found = get_object_or_404(plan.check_ins, kind=kind)
    form = ChangeCheckInForm(
        request.POST if request.method == "POST" else None, initial={"due_on": found.due_on}
    )
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {
            "by": request.user,
            "plan": plan,
            "kind": kind,
            "reason": form.cleaned_data["reason"],
        }
        try:
            if form.cleaned_data["what"] == "move":
                check_ins.postpone(**values, due_on=form.cleaned_data["due_on"])
            else:
                check_ins.skip(**values)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The check-in is changed; the readers of your plan see why."))
            return redirect("growthplans:check_in_list", pk=pk)
    context = {"plan": plan, "check_in": found, "form": form, "trail": trail_of(plan, own=True)}
    return render(request, "growthplans/check_in_change.html", context)


def _form(request: HttpRequest, plan: GrowthPlan, found: CheckIn) -> CheckInForm:
    steps = ActionStep.objects.filter(goal__plan=plan).select_related("goal")
    return CheckInForm(
        request.POST if request.method == "POST" else None,
        plan=plan,
        check_in=found,
        steps=list(steps.order_by("goal__position", "goal__pk", "position", "pk")),
        notes={note.step_id: note for note in found.notes.all()},
        today=today_in(plan.program_year.cohort.district.time_zone),
    )


def _held(request: HttpRequest, plan: GrowthPlan, found: CheckIn, form: CheckInForm) -> bool:
    try:
        check_ins.hold(
            by=request.user,
            plan=plan,
            kind=found.kind,
            held_on=form.cleaned_data["held_on"],
            said=form.said(),
            ending=form.ending(),
        )
    except StaleEndingError as refusal:
        form.add_error(None, str(refusal))
        form.keep_both(refusal.plan)
    except RefusedError as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
    else:
        return True
    return False


def _page(
    request: HttpRequest, plan: GrowthPlan, found: CheckIn, form: CheckInForm, own: bool
) -> dict[str, Any]:
    since = check_in_pages.last_held(plan, found)
    writes = own and plan.state != GrowthPlan.State.DRAFT
    return {
        "plan": plan,
        "own": own,
        "check_in": found,
        "form": form if writes else None,
        "agenda": check_in_pages.agenda(found.kind),
        "since": since,
        "moved": check_in_pages.moved(plan, since),
        "notes": list(found.notes.select_related("step")) if not own else [],
        "trail": [*trail_of(plan, own=own)],
    }
