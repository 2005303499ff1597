"""What a participant attended, her certificates, and both on paper."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cohorts import hours
from cohorts.forms.certificates import PaperForm
from cohorts.models import AttendancePaper, Certificate
from cohorts.services import certificates as service
from cohorts.services.errors import RefusedError
from leaderdev.common.documents.files import PDF, download
from leaderdev.common.documents.orders import OrderState
from leaderdev.common.numbers import whole


@login_required
@require_safe
def my_attendance(request: HttpRequest) -> HttpResponse:
    mine = Certificate.objects.filter(membership__leader__user=request.user)
    context = {
        "transcript": hours.transcript(request.user),
        "certificates": mine.select_related("program_year__cohort"),
        "form": PaperForm(),
    }
    return render(request, "cohorts/certificates/mine.html", context)


@login_required
@require_POST
def paper_order(request: HttpRequest) -> HttpResponse:
    """A transcript, or with `certificate` in the form the PDF of that certificate."""
    form = PaperForm(request.POST)
    paper = form.cleaned_data["paper"] if form.is_valid() else "letter"
    key = request.POST.get("certificate", "")
    certificate = None
    if key:
        able = service.certificates_for(request.user)
        certificate = get_object_or_404(able, pk=whole(key))
    try:
        order = service.order_paper(by=request.user, certificate=certificate, paper=paper)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("cohorts:my_attendance")
    return redirect("cohorts:paper_wait", pk=order.pk)


@login_required
@require_safe
def paper_wait(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    order = get_object_or_404(AttendancePaper.objects.visible_to(request.user).unexpired(), pk=pk)
    again = reverse("cohorts:my_attendance")
    context = {
        "order": order,
        "waiting": order.state == OrderState.QUEUED,
        "here": request.path,
        "fetch": reverse("cohorts:paper_file", args=[order.pk]),
        "again": again,
        "trail": [{"label": _("My attendance"), "url": again}],
    }
    return render(request, "common/document_wait.html", context)


@login_required
@require_safe
def paper_file(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    ready = AttendancePaper.objects.visible_to(request.user).ready_now()
    order = get_object_or_404(ready.select_related("certificate"), pk=pk)
    name = f"certificate-{order.certificate.number}.pdf" if order.certificate else "transcript.pdf"
    return download(order.file, name=name, content_type=PDF)


@login_required
@require_safe
def badge(request: HttpRequest, pk: int) -> HttpResponse:
    """The holder's Open Badge; a withdrawn certificate has none."""
    mine = Certificate.objects.filter(membership__leader__user=request.user, withdrawn_at=None)
    row = get_object_or_404(
        mine.select_related("program_year__cohort__district", "membership__leader__user"), pk=pk
    )
    name, text = service.badge_of(row)
    kind = "application/json" if name.endswith(".json") else "application/vc+jwt"
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
