"""The roster import, step by step: upload, say what columns mean, look, confirm."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.roster import ColumnsForm, ConfirmForm, UploadForm
from cohorts.models import District, RosterImport
from cohorts.roster import Choices, RosterPlan, RosterRefusedError
from cohorts.services import roster
from cohorts.views.district_access import configured_district
from cohorts.views.roster_access import roster_import_of
from cohorts.views.roster_tables import Preview, is_group

HISTORY_ROWS = 20
WAITING_SHOWN = 5


@login_required
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """The roster without a district in its address: straight in for one district, a choice among several."""
    found = list(District.objects.managed_by(request.user))
    if len(found) == 1:
        return redirect("cohorts:roster_start", found[0].slug)
    if not found:
        get_list_or_404(District.objects.visible_to(request.user))
        raise PermissionDenied
    return render(request, "cohorts/roster/door.html", {"districts": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, district: str) -> HttpResponse:
    here = configured_district(request.user, district)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            waiting = roster.start_import(
                by=request.user, district=here, file_name=upload.name, data=upload.read()
            )
        except RosterRefusedError as refusal:
            form.add_error("file", refusal.sentence(_))
        else:
            return redirect("cohorts:roster_preview", here.slug, waiting.pk)
    mine = RosterImport.objects.waiting().in_district(here).defer("table").select_related("by")
    context = {
        **_page(here),
        "form": form,
        "waiting": mine[:WAITING_SHOWN],
        "history": RosterImport.objects.history().in_district(here)[:HISTORY_ROWS],
    }
    return render(request, "cohorts/roster/start.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, district: str, pk: uuid.UUID) -> HttpResponse:
    """What columns and unknown role words mean: asked where unknown, open for correction always."""
    here = configured_district(request.user, district)
    waiting = roster_import_of(here, pk)
    if not waiting.is_waiting:
        return _over(request, waiting)
    plan = roster.plan_import(by=request.user, roster_import=waiting)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        table=roster.uploaded_table(waiting),
        plan=plan,
        choices=Choices.from_plain(waiting.choices),
    )
    if not form.fields:
        messages.info(request, _("This file says itself what its columns and roles mean."))
        return redirect("cohorts:roster_preview", here.slug, waiting.pk)
    if form.is_valid():
        roster.save_choices(by=request.user, roster_import=waiting, choices=form.answers())
        return redirect("cohorts:roster_preview", here.slug, waiting.pk)
    context = {**_page(here, waiting), "form": form, "plan": plan}
    return render(request, "cohorts/roster/columns.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, district: str, pk: uuid.UUID) -> HttpResponse:
    """Who is new, changed, moved and absent; a POST carries it out exactly as it was shown."""
    here = configured_district(request.user, district)
    waiting = roster_import_of(here, pk)
    if not waiting.is_waiting:
        return _over(request, waiting)
    plan = roster.plan_import(by=request.user, roster_import=waiting)
    if plan.needs_answers:
        return redirect("cohorts:roster_columns", here.slug, waiting.pk)
    form = ConfirmForm(
        request.POST if request.method == "POST" else None, plan=plan, own_email=request.user.email
    )
    status = 200
    if form.is_valid():
        try:
            roster.confirm_import(
                by=request.user,
                roster_import=waiting,
                digest=form.cleaned_data["digest"],
                deactivate=form.leaving(),
            )
        except roster.RosterProblemsError:
            status = 409
        except roster.RosterChangedError:
            status = 409
            form = ConfirmForm(plan=plan, own_email=request.user.email)
            messages.warning(request, _("Something changed since you looked. This is what would happen now."))
        else:
            return redirect("cohorts:roster_result", here.slug, waiting.pk)
    return _show_preview(request, waiting, plan, form, status)


def _show_preview(
    request: HttpRequest, waiting: RosterImport, plan: RosterPlan, form: ConfirmForm, status: int
) -> HttpResponse:
    shown = Preview(plan, waiting.district)
    context = {**_page(waiting.district, waiting), "plan": plan, "form": form}
    kind = request.GET.get("show")
    if kind is not None and is_group(kind):
        context["group"], context["page_obj"] = shown.page(kind, request.GET.get("page"))
        return render(request, "cohorts/roster/group.html", context)
    counts = plan.counts()
    context |= {
        "stats": shown.stats(),
        "groups": shown.groups(),
        "notices": [notice.sentence(_) for notice in plan.notices],
        "counts": counts,
        "changes_nothing": not (counts["new"] or counts["moved"] or counts["changed"]),
        "suggests_absence": any(absence.suggested for absence in plan.absent),
    }
    return render(request, "cohorts/roster/preview.html", context, status=status)


@login_required
@require_POST
def cancel(request: HttpRequest, district: str, pk: uuid.UUID) -> HttpResponse:
    here = configured_district(request.user, district)
    waiting = roster_import_of(here, pk)
    roster.cancel_import(by=request.user, roster_import=waiting)
    if waiting.state != RosterImport.State.DONE:
        messages.success(request, _("Nothing was imported, and the uploaded rows are erased."))
    return redirect("cohorts:roster_start", here.slug)


@login_required
@require_safe
def result(request: HttpRequest, district: str, pk: uuid.UUID) -> HttpResponse:
    here = configured_district(request.user, district)
    done = roster_import_of(here, pk)
    if done.is_waiting:
        return redirect("cohorts:roster_preview", here.slug, done.pk)
    if done.state != RosterImport.State.DONE:
        return _over(request, done)
    names = {
        "new": _("new"), "moved": _("moved"), "changed": _("changed"), "unchanged": _("unchanged"),
        "deactivated": _("made inactive"),
    }  # fmt: skip
    stats = [{"label": label, "value": done.counts.get(name, 0)} for name, label in names.items()]
    invite_url = reverse("admin:cohorts_leader_changelist") + "?invited=no"
    context = {**_page(here, done), "stats": stats, "counts": done.counts, "invite_url": invite_url}
    return render(request, "cohorts/roster/result.html", context)


def _over(request: HttpRequest, roster_import: RosterImport) -> HttpResponse:
    """Where to go from an import that is over."""
    slug = roster_import.district.slug
    if roster_import.state == RosterImport.State.DONE:
        return redirect("cohorts:roster_result", slug, roster_import.pk)
    messages.info(request, _("This upload is over and its rows are erased. Upload the file again."))
    return redirect("cohorts:roster_start", slug)


def _page(district: District, roster_import: RosterImport | None = None) -> dict[str, Any]:
    trail = []
    if roster_import is not None:
        url = reverse("cohorts:roster_start", args=[district.slug])
        trail.append({"label": _("Roster"), "url": url})
    return {"district": district, "roster_import": roster_import, "trail": trail}
