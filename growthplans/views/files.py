"""Files leave only through here: after the check of who may read the plan, and never to be run."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from growthplans.models import DocumentRequest, Evidence
from growthplans.services.reading import noted
from growthplans.views.loading import load_plan
from leaderdev.common.documents.files import PDF, download

CONTENT_TYPES = {
    "pdf": PDF,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@login_required
@require_safe
def evidence_file(request: HttpRequest, pk: int, evidence_pk: int) -> FileResponse:
    plan = load_plan(request.user, pk)
    row = get_object_or_404(Evidence.objects.filter(plan=plan, kind=Evidence.Kind.FILE), pk=evidence_pk)
    if request.method == "GET":
        noted(by=request.user, plan=plan)
    return download(row.file, name=row.file_name, content_type=row.content_type)


@login_required
@require_safe
def document_file(request: HttpRequest, pk: int, document_pk: uuid.UUID) -> FileResponse:
    ready = DocumentRequest.objects.visible_to(request.user).ready_now().filter(plan_id=pk)
    order = get_object_or_404(ready.select_related("plan__program_year"), pk=document_pk)
    year = slugify(order.plan.program_year.label.replace("–", "-"))
    name = f"growth-plan-{year}.{order.format}"
    return download(order.file, name=name, content_type=CONTENT_TYPES[order.format])
