"""Files for the researcher of a cohort."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from leaderdev.common.refusals import RefusedError
from surveys.export import check_quoted, codes_of, exportable, table_of
from surveys.interchange import data_files, qualitative
from surveys.models import Survey, Wave
from surveys.permissions import may_take_responses

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "wide.csv": "text/csv; charset=utf-8",
    "long.csv": "text/csv; charset=utf-8",
    "data.xlsx": _XLSX,
    "data.sav": "application/x-spss-sav",
    "paired.sps": "text/plain; charset=utf-8",
    "codebook.csv": "text/csv; charset=utf-8",
    "codebook.html": "text/html; charset=utf-8",
    "codes.qdc": "application/xml",
    "answers.qdpx": "application/zip",
}
WITH_WORDS = "answers.qdpx"
"""Nothing but open answers: made with words, whatever the address asks."""
ABOUT = {
    "wide.csv": _lazy("One row a person, the waves side by side."),
    "long.csv": _lazy("One row an answer: for R, jamovi and pivot tables."),
    "data.xlsx": _lazy("The wide table and the codebook as a workbook."),
    "data.sav": _lazy(
        "The wide table for SPSS, PSPP, jamovi and JASP, with labels of values and kinds of missing."
    ),
    "paired.sps": _lazy("Syntax that computes the paired tests from data.sav in SPSS or PSPP."),
    "codebook.csv": _lazy("What each column means and which values it has."),
    "codebook.html": _lazy("The same as a page to read or print."),
}


def _load(user: Any, slug: str) -> Survey:
    rows = Survey.objects.visible_to(user).select_related("cohort__district", "instrument")
    survey = get_object_or_404(rows, slug=slug)
    if not may_take_responses(user, survey):
        raise PermissionDenied
    return survey


@login_required
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be taken along, and what is in it."""
    survey = _load(request.user, slug)
    context = {
        "survey": survey,
        "waves": exportable(survey, timezone.now()),
        "files": [(name, str(words)) for name, words in ABOUT.items()],
        "smallest": survey.smallest_group or 5,
    }
    return render(request, "surveys/export.html", context)


@login_required
@require_safe
def export_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    survey = _load(request.user, slug)
    if name not in KINDS:
        raise Http404
    waves = exportable(survey, timezone.now())
    try:
        if not waves:
            raise RefusedError(_("No wave is closed yet. Files are made of closed waves."))
        with_words = name == WITH_WORDS or "words" in request.GET
        table = table_of(survey, waves, with_words=with_words)
        content = _made(name, table, survey, waves)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:export", slug=slug)
    answer = HttpResponse(content, content_type=KINDS[name])
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{name}"'
    return answer


def _coded(name: str, table: data_files.Table, survey: Survey, waves: list[Wave]) -> bytes:
    codes = codes_of(survey, waves)
    if not codes:
        raise RefusedError(_("The survey has no standard whose competencies could be the codes."))
    if name == "codes.qdc":
        return qualitative.codebook(codes)
    check_quoted(survey, table)
    return qualitative.project(table, codes)


def _made(name: str, table: data_files.Table, survey: Survey, waves: list[Wave]) -> bytes:
    if name in ("codes.qdc", WITH_WORDS):
        return _coded(name, table, survey, waves)
    if name == "wide.csv":
        return data_files.wide_csv(table).encode("utf-8-sig")
    if name == "long.csv":
        return data_files.long_csv(table).encode("utf-8-sig")
    if name == "data.xlsx":
        return data_files.workbook(table)
    if name == "codebook.csv":
        return data_files.codebook_csv(table).encode("utf-8-sig")
    if name == "codebook.html":
        return data_files.codebook_html(table).encode()
    if name == "paired.sps":
        pre = next((wave.slug for wave in waves if wave.kind == "pre"), waves[0].slug)
        post = next((wave.slug for wave in waves if wave.kind == "post"), waves[-1].slug)
        # Named as the file beside it is when it comes down.
        return data_files.syntax(table, pre, post, f"{survey.slug}-data.sav").encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        data_files.write_sav(table, str(path))
        return path.read_bytes()
