"""Pages that show standards: the list, the library, one standard, its downloads."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cohorts.interchange.library import library
from cohorts.models import District, NodeLink, ProgramYear, Standard
from cohorts.permissions import may_configure_district
from cohorts.services.standards import adopt_library_standard
from cohorts.services.standards.adopting import NotInLibraryError
from cohorts.services.standards.files import FORMS, standard_file
from cohorts.standard_tree import tree
from cohorts.views.district_access import configured_district, known_districts


@login_required
@require_GET
def standard_list(request: HttpRequest) -> HttpResponse:
    """The standards of every district that the person belongs to."""
    districts = list(known_districts(request.user))
    if not districts:
        raise Http404
    managed = set(District.objects.managed_by(request.user).values_list("pk", flat=True))
    focus = Count("nodes", filter=Q(nodes__focus_selectable=True))
    standards = list(
        Standard.objects.visible_to(request.user).annotate(focus_count=focus).select_related("replaced_by")
    )
    groups = [
        {
            "district": district,
            "may_configure": district.pk in managed,
            "standards": [one for one in standards if one.district_id == district.pk],
        }
        for district in districts
    ]
    context = {"groups": groups, "district": districts[0] if len(districts) == 1 else None}
    return render(request, "cohorts/standards/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def standard_library(request: HttpRequest, district: str) -> HttpResponse:
    """The shipped standards; a POST copies one into the district."""
    here = configured_district(request.user, district)
    if request.method == "POST":
        try:
            standard = adopt_library_standard(
                by=request.user, district=here, slug=request.POST.get("standard", "")
            )
        except NotInLibraryError:
            messages.error(request, _("Choose one of the standards on this page."))
            return redirect("cohorts:standard_library", here.slug)
        messages.success(request, _("“%(title)s” now belongs to your district.") % {"title": standard.title})
        return redirect("cohorts:standard_detail", here.slug, standard.slug)
    there = {one.identifier: one for one in Standard.objects.in_district(here)}
    shelves = [
        {
            "slug": one.slug,
            "document": one.document,
            "adopted": there.get(one.document.identifier),
            "focus_count": sum(node.focus_selectable for node in one.document.nodes),
            "statement_count": len(one.document.nodes),
        }
        for one in library()
    ]
    trail = [{"label": _("Standards"), "url": reverse("cohorts:standard_list")}]
    return render(
        request, "cohorts/standards/library.html", {"shelves": shelves, "district": here, "trail": trail}
    )


@login_required
@require_GET
def standard_detail(request: HttpRequest, district: str, slug: str) -> HttpResponse:
    standard = _standard(request, district, slug)
    links = NodeLink.objects.filter(origin__standard=standard, destination__standard=standard)
    years = ProgramYear.objects.visible_to(request.user).filter(standard=standard).select_related("cohort")
    context = {
        "standard": standard,
        "district": standard.district,
        "branches": tree(standard.nodes.all()),
        "links": links.select_related("origin", "destination"),
        "years": years,
        "newer": Standard.objects.filter(replaces=standard).first(),
        "levels": standard.scale.levels.all() if standard.scale else (),
        "forms": FORMS,
        "may_configure": may_configure_district(request.user, standard.district),
        "trail": [{"label": _("Standards"), "url": reverse("cohorts:standard_list")}],
    }
    return render(request, "cohorts/standards/detail.html", context)


@login_required
@require_GET
def standard_export(request: HttpRequest, district: str, slug: str, form: str) -> HttpResponse:
    standard = _standard(request, district, slug)
    if form not in FORMS:
        raise Http404
    file = standard_file(standard, form)
    response = HttpResponse(file.text, content_type=f"{file.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _standard(request: HttpRequest, district: str, slug: str) -> Standard:
    visible = Standard.objects.visible_to(request.user).select_related("district", "scale", "replaces")
    return get_object_or_404(visible, district__slug=district, slug=slug)
