"""Evidence of a plan: its list, adding, rewording, taking out and putting back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.services.errors import RefusedError
from growthplans.evidence_list import shown_evidence
from growthplans.forms.evidence import EDIT_FORMS, FORMS, EvidenceForm
from growthplans.models import Evidence, GrowthPlan
from growthplans.outline import audience_of
from growthplans.permissions import is_author
from growthplans.services import evidence as service
from growthplans.services.editing import Conflict
from growthplans.services.reading import noted
from growthplans.services.refusals import FieldRefusedError
from growthplans.views.loading import load_own_plan, load_plan, trail_of
from leaderdev.common.dates import today_in
from leaderdev.common.numbers import whole


@login_required
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_plan(request.user, pk)
    own = is_author(request.user, plan)
    if request.method == "GET":
        noted(by=request.user, plan=plan)
    context = {
        "plan": plan,
        "own": own,
        "evidence": shown_evidence(plan),
        "removed": list(removed_evidence(plan)) if own else [],
        "trail": trail_of(plan, own=own),
    }
    return render(request, "growthplans/evidence.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    if kind not in FORMS:
        raise Http404
    initial = {"happened_on": _day_offered(plan), "belongs_to": request.GET.get("for", "")}
    form = FORMS[kind](*_posted(request), plan=plan, initial=initial)
    if form.is_valid():
        try:
            service.add_evidence(by=request.user, plan=plan, kind=kind, **form.values())
        except RefusedError as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("Your evidence is kept."))
            return redirect("growthplans:evidence", pk=plan.pk)
    heading = {"file": _("Add a file"), "link": _("Add a link"), "note": _("Add a note")}[kind]
    return _form_page(request, plan, form, heading)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_edit(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    rows = Evidence.objects.filter(plan=plan).select_related("indicator")
    row = get_object_or_404(rows, pk=evidence_pk)
    form = EDIT_FORMS[row.kind](*_posted(request), plan=plan, initial=_typed(row))
    form.keep_tie(row)
    version, conflict = row.version, None
    if form.is_valid():
        version = whole(request.POST.get("version"))
        key: dict[str, Any] = {"by": request.user, "plan": plan, "pk": row.pk, "version": version}
        try:
            saved = service.edit_evidence(**key, values=form.values())
        except RefusedError as refusal:
            _say(form, refusal)
        else:
            if not isinstance(saved, Conflict):
                messages.success(request, _("Saved."))
                return redirect("growthplans:evidence", pk=plan.pk)
            version, conflict = saved.version, row
    more = {"row": row, "version": version, "conflict": conflict}
    return _form_page(request, plan, form, _("Change the words"), status=409 if conflict else 200, **more)


@login_required
@require_POST
def evidence_remove(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    row = _any_of(plan, evidence_pk)
    service.remove_evidence(by=request.user, plan=plan, pk=row.pk)
    messages.success(request, _("It is out of your plan. You can put it back from the end of this page."))
    return redirect(reverse("growthplans:evidence", args=[plan.pk]) + "#removed")


@login_required
@require_POST
def evidence_put_back(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    row = _any_of(plan, evidence_pk)
    service.put_back_evidence(by=request.user, plan=plan, pk=row.pk)
    messages.success(request, _("It is back in your plan."))
    return redirect("growthplans:evidence", pk=plan.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_erase(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    row = _any_of(plan, evidence_pk)
    if request.method == "POST":
        service.erase_evidence(by=request.user, plan=plan, pk=row.pk)
        messages.success(request, _("It is erased."))
        return redirect("growthplans:evidence", pk=plan.pk)
    context = {"plan": plan, "row": row, "trail": _trail(plan)}
    return render(request, "growthplans/evidence_erase.html", context)


def removed_evidence(plan: GrowthPlan):
    return Evidence.with_removed.filter(plan=plan, removed_at__isnull=False).order_by("-removed_at")


def _any_of(plan: GrowthPlan, pk: int) -> Evidence:
    return get_object_or_404(Evidence.with_removed.filter(plan=plan), pk=pk)


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _day_offered(plan: GrowthPlan):
    """Today, unless that would be refused: nothing is dated outside the program year."""
    today = today_in(plan.program_year.cohort.district.time_zone)
    return today if plan.program_year.starts_on <= today <= plan.program_year.ends_on else None


def _typed(row: Evidence) -> dict[str, Any]:
    tie = (
        f"goal-{row.goal_id}" if row.goal_id else f"indicator-{row.indicator_id}" if row.indicator_id else ""
    )
    return {
        "title": row.title,
        "note": row.note,
        "link": row.link,
        "happened_on": row.happened_on,
        "belongs_to": tie,
    }


def _say(form: EvidenceForm, refusal: RefusedError) -> None:
    field = refusal.field if isinstance(refusal, FieldRefusedError) else None
    form.add_error(field if field in form.fields else None, str(refusal))


def _trail(plan: GrowthPlan) -> list[dict[str, str]]:
    here = {"label": _("Evidence"), "url": reverse("growthplans:evidence", args=[plan.pk])}
    return [*trail_of(plan, own=True), here]


def _form_page(
    request: HttpRequest, plan: GrowthPlan, form: EvidenceForm, heading: str, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "heading": heading,
        "audience": audience_of(plan),
        "trail": _trail(plan),
        "row": None,
        "version": 0,
        "conflict": None,
        **more,
    }
    return render(request, "growthplans/evidence_form.html", context, status=status)
