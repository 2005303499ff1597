"""Findings: which reports there are, one report, its pictures, its files."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leaderdev.common.charts.standalone import as_png, standalone
from leaderdev.common.documents.files import download
from leaderdev.common.documents.orders import OrderState
from leaderdev.common.refusals import RefusedError
from surveys.forms.reports import ReportFileForm
from surveys.models import ReportOrder, Survey, Wave
from surveys.permissions import may_see_findings, may_take_responses
from surveys.report.writers import TYPES
from surveys.services import reports as service


@login_required
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    mine = Survey.objects.visible_to(request.user).for_research()
    surveys = mine.select_related("cohort").prefetch_related("waves")
    allowed = [survey for survey in surveys if may_see_findings(request.user, survey)]
    found = service.readable_pairs(allowed, now)
    listed = [{"survey": survey, "pairs": pairs} for survey, pairs in zip(allowed, found, strict=True)]
    return render(request, "surveys/report/list.html", {"surveys": listed})


def load_waves(user: Any, slug: str, pre: str, post: str) -> tuple[Wave, Wave]:
    """Both waves of a survey that the person may know of, and may read findings of."""
    waves = Wave.objects.visible_to(user).filter(survey__slug=slug).select_related("survey__cohort__district")
    found = get_object_or_404(waves, slug=pre), get_object_or_404(waves, slug=post)
    if not may_see_findings(user, found[0].survey):
        raise PermissionDenied
    return found


@login_required
@require_safe
def report(request: HttpRequest, slug: str, pre: str, post: str) -> HttpResponse:
    waves = load_waves(request.user, slug, pre, post)
    try:
        service.check_readable(by=request.user, pre=waves[0], post=waves[1], now=timezone.now())
    except RefusedError as refusal:
        messages.info(request, str(refusal))
        return redirect("findings:list")
    return _page(request, *waves)


def _page(request: HttpRequest, pre: Wave, post: Wave, form: ReportFileForm | None = None) -> HttpResponse:
    found = service.findings(pre, post)
    choices = service.formats_for(request.user, pre.survey)
    context = {
        "report": found.report,
        "problems": found.problems,
        "pre": pre,
        "post": post,
        "takes_responses": may_take_responses(request.user, pre.survey),
        "form": form or ReportFileForm(formats=choices),
        "trail": [{"label": _("Findings"), "url": reverse("findings:list")}],
    }
    return render(request, "surveys/report/page.html", context, status=400 if form else 200)


@login_required
@require_POST
def file_order(request: HttpRequest, slug: str, pre: str, post: str) -> HttpResponse:
    waves = load_waves(request.user, slug, pre, post)
    choices = service.formats_for(request.user, waves[0].survey)
    form = ReportFileForm(request.POST, formats=choices)
    try:
        service.check_readable(by=request.user, pre=waves[0], post=waves[1], now=timezone.now())
        if form.is_valid():
            order = service.order_report(by=request.user, pre=waves[0], post=waves[1], **form.cleaned_data)
            return redirect("findings:file_wait", pk=order.pk)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("findings:list")
    return _page(request, *waves, form=form)


@login_required
@require_safe
def file_wait(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    mine = ReportOrder.objects.visible_to(request.user).unexpired().select_related("pre__survey", "post")
    order = get_object_or_404(mine, pk=pk)
    again = reverse("findings:report", args=[order.pre.survey.slug, order.pre.slug, order.post.slug])
    context = {
        "order": order,
        "waiting": order.state == OrderState.QUEUED,
        "here": request.path,
        "fetch": reverse("findings:file_download", args=[order.pk]),
        "again": again,
        "trail": [
            {"label": _("Findings"), "url": reverse("findings:list")},
            {"label": order.pre.survey.title, "url": again},
        ],
    }
    return render(request, "surveys/report/file_wait.html", context)


@login_required
@require_safe
def file_download(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    ready = ReportOrder.objects.visible_to(request.user).ready_now().select_related("pre__survey", "post")
    order = get_object_or_404(ready, pk=pk)
    if not may_see_findings(request.user, order.pre.survey):
        raise PermissionDenied
    kind, ending = TYPES[order.format]
    name = f"{order.pre.survey.slug}-{order.pre.slug}-{order.post.slug}.{ending}"
    return download(order.file, name=name, content_type=kind)


@login_required
@require_safe
def picture(request: HttpRequest, slug: str, pre: str, post: str, key: str, form: str) -> HttpResponse:
    waves = load_waves(request.user, slug, pre, post)
    try:
        service.check_readable(by=request.user, pre=waves[0], post=waves[1], now=timezone.now())
    except RefusedError:
        raise Http404 from None
    chart = service.findings(*waves).report.pictures().get(key)
    if chart is None or form not in ("svg", "png"):
        raise Http404
    if form == "svg":
        response = HttpResponse(str(standalone(chart)), content_type="image/svg+xml")
    else:
        response = HttpResponse(as_png(chart), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{key}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response
