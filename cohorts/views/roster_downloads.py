"""Files that the roster pages hand out: the template and the rejected rows."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cohorts.models import School
from cohorts.roster.writing import rejected_csv, template_csv, template_xlsx
from cohorts.services import roster
from cohorts.views.district_access import configured_district
from cohorts.views.roster_access import roster_import_of

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def template(request: HttpRequest, district: str, kind: str) -> HttpResponse:
    """An empty roster with one example row, as CSV or as a workbook with a sheet of explanations."""
    here = configured_district(request.user, district)
    if kind not in ("csv", "xlsx"):
        raise Http404
    first = School.objects.active().in_district(here).order_by("name").first()
    school = first.code if first else ""
    data = template_csv(school) if kind == "csv" else template_xlsx(school, translate=_)
    return _download(data, f"roster.{kind}", _CSV if kind == "csv" else _XLSX)


@login_required
@require_safe
def rejected(request: HttpRequest, district: str, pk: uuid.UUID) -> HttpResponse:
    """The rows that have problems, with a column that says which."""
    here = configured_district(request.user, district)
    waiting = roster_import_of(here, pk)
    if not waiting.is_waiting:
        return redirect("cohorts:roster_start", here.slug)
    plan = roster.plan_import(by=request.user, roster_import=waiting)
    data = rejected_csv(roster.uploaded_table(waiting), plan.problems, translate=_)
    return _download(data, "rejected-rows.csv", _CSV)


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
