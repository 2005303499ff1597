"""A plan on paper: the print page, and ordering, awaiting and fetching a PDF or a Word document."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.services.errors import RefusedError
from growthplans.documents.content import content_of, readable_reflections
from growthplans.forms.document import DocumentForm, ReflectionsForm
from growthplans.models import DocumentRequest
from growthplans.outline import plan_title
from growthplans.permissions import is_author
from growthplans.services.documents import request_document
from growthplans.services.reading import noted
from growthplans.views.loading import load_plan, trail_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_plan(request.user, pk)
    own = is_author(request.user, plan)
    reflections = readable_reflections(plan, request.user)
    form = DocumentForm(request.POST if request.method == "POST" else None, reflections=reflections, own=own)
    if form.is_valid():
        wanted = {"reflections": (), **form.cleaned_data}
        try:
            order = request_document(by=request.user, plan=plan, **wanted)
            noted(by=request.user, plan=plan)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("growthplans:document_wait", pk=plan.pk, document_pk=order.pk)
    mine = DocumentRequest.objects.filter(by=request.user, plan=plan).ready_now()
    context = {"plan": plan, "form": form, "ready": list(mine), "trail": trail_of(plan, own=own)}
    return render(request, "growthplans/document.html", context)


@login_required
@require_safe
def document_wait(request: HttpRequest, pk: int, document_pk: uuid.UUID) -> HttpResponse:
    plan = load_plan(request.user, pk)
    mine = DocumentRequest.objects.filter(by=request.user, plan=plan).unexpired()
    order = get_object_or_404(mine, pk=document_pk)
    again = reverse("growthplans:document", args=[plan.pk])
    above = {"label": _("Print or download"), "url": again}
    context = {
        "plan": plan,
        "order": order,
        "waiting": order.state == DocumentRequest.State.QUEUED,
        "here": request.path,
        "fetch": reverse("growthplans:document_file", args=[plan.pk, order.pk]),
        "again": again,
        "trail": [*trail_of(plan, own=is_author(request.user, plan)), above],
    }
    return render(request, "growthplans/document_wait.html", context)


@login_required
@require_safe
def print_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as it comes out of the browser's own printing; the address says which reflections are in."""
    plan = load_plan(request.user, pk)
    own = is_author(request.user, plan)
    if request.method == "GET":
        noted(by=request.user, plan=plan)
    asked = "choose" in request.GET
    form = ReflectionsForm(
        request.GET if asked else None, reflections=readable_reflections(plan, request.user), own=own
    )
    chosen = form.cleaned_data.get("reflections", []) if asked and form.is_valid() else form.released
    context = {
        "plan": plan,
        "form": form,
        "title": plan_title(plan, own=own),
        "document": content_of(plan, request.user, chosen),
        "trail": trail_of(plan, own=own),
    }
    return render(request, "growthplans/print.html", context)
