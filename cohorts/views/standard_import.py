"""Importing a standard: upload, check what would change, confirm. Nothing is stored before the last step."""

from __future__ import annotations

import base64
import hashlib
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
from cohorts.services.standards.planning import MODEL_NAMES
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
    seal = _seal(waiting, plan)
    if request.method == "POST" and request.GET.get("seal") != seal:
        messages.warning(request, _("Something has changed since you looked. Check once more, then store."))
        return redirect("cohorts:standard_import_check", here.slug)
    if request.method == "POST" and not plan.problems:
        standard = import_standard(
            by=request.user, district=here, document=waiting.reading.document, **wishes
        )
        del request.session[KEPT]
        messages.success(request, _("“%(standard)s” is stored.") % {"standard": standard})
        return redirect("cohorts:standard_detail", here.slug, standard.slug)
    return render(request, "cohorts/standards/import_check.html", _context(here, waiting, plan, seal))


@dataclass(frozen=True)
class Waiting:
    """An uploaded file, read again, with what its owner wished."""

    filename: str
    checksum: str
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
    checksum = hashlib.sha256(data).hexdigest()
    return Waiting(kept["filename"], checksum, reading, into, kept["remove_absent"])


def _seal(waiting: Waiting, plan: ImportPlan) -> str:
    """A short mark of the file and of what it would do; a yes counts for what was seen, nothing else.

    It differs when another file was uploaded in a second tab, or a year was opened in the meantime.
    """
    seen = (
        waiting.checksum,
        plan.standard.pk if plan.standard else 0,
        plan.as_new_version,
        *(len(part) for part in (plan.new, plan.changed, plan.removed, plan.kept, plan.problems)),
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _context(district: District, waiting: Waiting, plan: ImportPlan, seal: str) -> dict[str, Any]:
    return {
        "seal": seal,
        "header": [str(Standard._meta.get_field(MODEL_NAMES.get(n, n)).verbose_name) for n in plan.header],
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
