"""Dialogue kits and resources of a district."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.library import AttachForm, KitForm, ResourceFilter, ResourceForm
from cohorts.models import DialogueKit, District, Resource
from cohorts.permissions import may_edit_sessions, may_keep_library
from cohorts.services import library as service
from cohorts.services.errors import RefusedError
from cohorts.views.sessions.loading import load_run, trail_of

A_PAGE = 50


def _district(user: Any, slug: str, *, keeps: bool = False) -> District:
    """A district whose library the person may read, or, with `keeps`, write."""
    known = District.objects.visible_to(user) | District.objects.managed_by(user)
    district = get_object_or_404(known.distinct(), slug=slug)
    if keeps and not may_keep_library(user, district):
        raise PermissionDenied
    return district


def _above(name: str, label: str, district: District) -> list[dict[str, str]]:
    return [{"label": label, "url": reverse(f"cohorts:{name}", args=[district.slug])}]


# --- dialogue kits --------------------------------------------------------------------------------
@login_required
@require_safe
def kit_list(request: HttpRequest, district: str) -> HttpResponse:
    found = _district(request.user, district)
    kits = list(DialogueKit.objects.filter(district=found))
    keeps = may_keep_library(request.user, found)
    taken = {kit.library_slug for kit in kits}
    shipped = [{"slug": slug, **kit} for slug, kit in service.shipped_kits().items() if slug not in taken]
    context = {
        "home": found,
        "kits": [kit for kit in kits if kit.is_active or keeps],
        "shipped": shipped if keeps else [],
        "keeps": keeps,
    }
    return render(request, "cohorts/library/kits.html", context)


@login_required
@require_safe
def kit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    kits = DialogueKit.objects.visible_to(request.user).select_related("district")
    kit = get_object_or_404(kits, pk=pk)
    context = {
        "kit": kit,
        "keeps": may_keep_library(request.user, kit.district),
        "lines": {name: kit.lines(name) for name in ("provocations", "questions", "statements", "act")},
        "trail": _above("kit_list", _("Dialogue kits"), kit.district),
    }
    return render(request, "cohorts/library/kit.html", context)


@login_required
@require_POST
def kit_adopt(request: HttpRequest, district: str, slug: str) -> HttpResponse:
    found = _district(request.user, district, keeps=True)
    try:
        kit = service.adopt_kit(by=request.user, district=found, slug=slug)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("cohorts:kit_list", district=district)
    messages.success(request, _("“%(title)s” is yours now; reword it as you like.") % {"title": kit.title})
    return redirect("cohorts:kit_detail", pk=kit.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kit_add(request: HttpRequest, district: str) -> HttpResponse:
    return _kit_form(request, _district(request.user, district, keeps=True), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    kits = DialogueKit.objects.visible_to(request.user).select_related("district")
    kit = get_object_or_404(kits, pk=pk)
    if not may_keep_library(request.user, kit.district):
        raise PermissionDenied
    return _kit_form(request, kit.district, kit)


def _kit_form(request: HttpRequest, district: District, kit: DialogueKit | None) -> HttpResponse:
    form = KitForm(request.POST if request.method == "POST" else None, instance=kit)
    if form.is_valid():
        try:
            saved = service.save_kit(by=request.user, district=district, values=form.cleaned_data, kit=kit)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("cohorts:kit_detail", pk=saved.pk)
    trail = _above("kit_list", _("Dialogue kits"), district)
    return render(request, "cohorts/library/kit_form.html", {"kit": kit, "form": form, "trail": trail})


# --- resources ------------------------------------------------------------------------------------
@login_required
@require_safe
def resource_list(request: HttpRequest, district: str) -> HttpResponse:
    found = _district(request.user, district)
    keeps = may_keep_library(request.user, found)
    rows = Resource.objects.filter(district=found).prefetch_related("competencies")
    rows = rows if keeps else rows.filter(is_active=True)
    form = ResourceFilter(request.GET, district=found)
    page = Paginator(form.narrowed(rows), A_PAGE).get_page(request.GET.get("page"))
    context = {"home": found, "form": form, "page_obj": page, "keeps": keeps}
    return render(request, "cohorts/library/resources.html", context)


@login_required
@require_safe
def resource_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Resource.objects.visible_to(request.user).select_related("district")
    resource = get_object_or_404(rows, pk=pk)
    keeps = may_keep_library(request.user, resource.district)
    context = {
        "resource": resource,
        "competencies": resource.competencies.select_related("standard"),
        "keeps": keeps,
        "trail": _above("resource_list", _("Resources"), resource.district),
    }
    return render(request, "cohorts/library/resource.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_add(request: HttpRequest, district: str) -> HttpResponse:
    return _resource_form(request, _district(request.user, district, keeps=True), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_edit(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Resource.objects.visible_to(request.user).select_related("district")
    resource = get_object_or_404(rows, pk=pk)
    if not may_keep_library(request.user, resource.district):
        raise PermissionDenied
    return _resource_form(request, resource.district, resource)


def _resource_form(request: HttpRequest, district: District, resource: Resource | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ResourceForm(data, instance=resource, district=district)
    if form.is_valid():
        try:
            saved = service.save_resource(
                by=request.user, district=district, resource=resource, **form.values()
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("cohorts:resource_detail", pk=saved.pk)
    trail = _above("resource_list", _("Resources"), district)
    context = {"resource": resource, "form": form, "trail": trail}
    return render(request, "cohorts/library/resource_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_resources(request: HttpRequest, pk: int) -> HttpResponse:
    """Which resources stand beside a session's agenda."""
    session = load_run(request.user, pk, may_edit_sessions)
    form = AttachForm(request.POST if request.method == "POST" else None, session=session)
    if form.is_valid():
        chosen = set(form.cleaned_data["resources"])
        there = set(session.resources.all())
        for resource in chosen ^ there:
            service.attach(by=request.user, session=session, resource=resource, attached=resource in chosen)
        return redirect(session.get_absolute_url())
    home = session.program_year.cohort.district
    context = {"session": session, "form": form, "home": home, "trail": trail_of(session)}
    return render(request, "cohorts/library/attach.html", context)
