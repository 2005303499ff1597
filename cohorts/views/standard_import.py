"""Importing a standard: upload, check what would change, confirm. Nothing is stored before the last step."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.forms.standard import ImportForm, told
from cohorts.interchange import Reading, StandardRefused, read_standard
from cohorts.models import District, Standard
from cohorts.services.standards import ImportPlan, import_standard, plan_import
from cohorts.views.district_access import configured_district

KEPT = "standard_import"  # the name in the session of the file that waits for a yes
SHOWN = 200  # rows of each list on the page; the numbers above it count all


@login_required
@require_http_methods(["GET", "POST"])
def standard_import(request: HttpRequest, district: str) -> HttpResponse:
    here = configured_district(request.user, district)
    form = ImportForm(request.POST or None, request.FILES or None, district=here)
    if request.method == "POST" and form.is_valid():
        _keep(request, here, form.cleaned_data, form.data_read)
        return redirect("cohorts:standard_import_check", here.slug)
    context = {
        "district": here,
        "form": form,
        "problems": told(form.problems)[:SHOWN],
        "problem_count": len(form.problems),
        "trail": [{"label": _("Standards"), "url": reverse("cohorts:standard_list")}],
    }
    return render(request, "cohorts/standards/import.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def standard_import_check(request: HttpRequest, district: str) -> HttpResponse:
    """What the uploaded file would change; a POST stores it."""
    here = configured_district(request.user, district)
    waiting = _waiting(request, here)
    if waiting is None:
        messages.info(request, _("There is no file that waits to be checked. Upload it here."))
        return redirect("cohorts:standard_import", here.slug)
    wishes: dict[str, Any] = {"into": waiting.into, "remove_absent": waiting.remove_absent}
    plan = plan_import(district=here, document=waiting.reading.document, **wishes)
    if request.method == "POST" and not plan.problems:
        standard = import_standard(
            by=request.user, district=here, document=waiting.reading.document, **wishes
        )
        del request.session[KEPT]
        messages.success(request, _("“%(standard)s” is stored.") % {"standard": standard})
        return redirect("cohorts:standard_detail", here.slug, standard.slug)
    return render(request, "cohorts/standards/import_check.html", _context(here, waiting, plan))


@dataclass(frozen=True)
class Waiting:
    """An uploaded file, read again, with what its owner wished."""

    filename: str
    reading: Reading
    into: Standard | None
    remove_absent: bool


def _keep(request: HttpRequest, district: District, wishes: dict[str, Any], data: bytes) -> None:
    """The file itself goes into the session, compressed: it is read again at each step, so nothing drifts."""
    request.session[KEPT] = {
        "district": district.pk,
        "filename": wishes["file"].name,
        "title": wishes["title"],
        "into": wishes["into"].pk if wishes["into"] else None,
        "remove_absent": wishes["remove_absent"],
        "data": base64.b64encode(zlib.compress(data)).decode("ascii"),
    }


def _waiting(request: HttpRequest, district: District) -> Waiting | None:
    """The file that waits in this browser session for this district, if there is one."""
    kept = request.session.get(KEPT)
    if kept is None or kept["district"] != district.pk:
        return None
    data = zlib.decompress(base64.b64decode(kept["data"]))
    try:
        reading = read_standard(data, filename=kept["filename"], title=kept["title"])
    except StandardRefused:  # a new release reads more strictly than the one that took the upload
        return None
    into = Standard.objects.in_district(district).filter(pk=kept["into"]).first()
    return Waiting(kept["filename"], reading, into, kept["remove_absent"])


def _context(district: District, waiting: Waiting, plan: ImportPlan) -> dict[str, Any]:
    return {
        "district": district,
        "waiting": waiting,
        "plan": plan,
        "new": plan.new[:SHOWN],
        "changed": plan.changed[:SHOWN],
        "absent": plan.absent[:SHOWN],
        "shown": SHOWN,
        "problems": told(plan.problems),
        "remarks": told(waiting.reading.document.remarks),
        "trail": [
            {"label": _("Standards"), "url": reverse("cohorts:standard_list")},
            {
                "label": _("Import a standard"),
                "url": reverse("cohorts:standard_import", args=[district.slug]),
            },
        ],
    }
