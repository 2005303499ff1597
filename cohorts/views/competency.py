"""One statement of a standard: for everybody in the district to read, for its leads to fill in words."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cohorts.forms.standard import WordsFormSet
from cohorts.models import District, NodeLink, StandardNode
from cohorts.permissions import may_configure_district
from cohorts.services.standards import edit_words, years_settled_on
from cohorts.services.standards.versions import latest
from cohorts.standard_tree import branch_of


@login_required
@require_GET
def competency_detail(request: HttpRequest, pk: int) -> HttpResponse:
    node = _node(request, pk)
    branch = branch_of(node.standard.nodes.all(), node.pk)
    inside = {node.pk, *(below.node.pk for below in branch.below())}
    here = StandardNode.objects.in_district(node.standard.district).select_related("standard")
    context = {
        "node": node,
        "standard": node.standard,
        "district": node.standard.district,
        "branch": branch,
        "related": _related(node.standard.district, inside),
        "newer": here.filter(links_in__origin=node, links_in__kind=NodeLink.Kind.REPLACED).first(),
        "older": here.filter(links_out__destination=node, links_out__kind=NodeLink.Kind.REPLACED).first(),
        "may_configure": may_configure_district(request.user, node.standard.district),
        "trail": _trail(node),
    }
    return render(request, "cohorts/standards/competency.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def competency_words(request: HttpRequest, pk: int) -> HttpResponse:
    """The district's own words and the official text of a statement and of all that stands under it."""
    node = _node(request, pk)
    if not may_configure_district(request.user, node.standard.district):
        raise PermissionDenied
    newest = latest(node.standard)
    if request.method == "GET" and newest != node.standard:
        messages.info(request, _("This version has been replaced. Here is the newest one."))
        return redirect("cohorts:standard_detail", newest.district.slug, newest.slug)
    branch = branch_of(node.standard.nodes.all(), node.pk)
    nodes = [branch.node, *(below.node for below in branch.below())]
    formset = WordsFormSet(request.POST or None, nodes=nodes)
    if request.method == "POST" and formset.is_valid():
        standard = edit_words(by=request.user, standard=node.standard, words=formset.words())
        if standard == node.standard:
            messages.success(request, _("The words are saved."))
        else:
            sentence = _(
                "The words are saved in a new version, “%(standard)s”. The old version stays as it was."
            )
            messages.success(request, sentence % {"standard": standard})
        return redirect("cohorts:competency_detail", standard.nodes.get(identifier=node.identifier).pk)
    context = {
        "node": node,
        "district": node.standard.district,
        "formset": formset,
        "years": years_settled_on(node.standard),
        "trail": [
            *_trail(node),
            {"label": str(node), "url": reverse("cohorts:competency_detail", args=[pk])},
        ],
    }
    return render(request, "cohorts/standards/words.html", context)


def _node(request: HttpRequest, pk: int) -> StandardNode:
    visible = StandardNode.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("standard__district", "parent"), pk=pk)


def _trail(node: StandardNode) -> list[dict[str, str]]:
    standard = node.standard
    trail = [
        {"label": _("Standards"), "url": reverse("cohorts:standard_list")},
        {
            "label": str(standard),
            "url": reverse("cohorts:standard_detail", args=[standard.district.slug, standard.slug]),
        },
    ]
    if node.parent is not None:
        trail.append(
            {"label": str(node.parent), "url": reverse("cohorts:competency_detail", args=[node.parent.pk])}
        )
    return trail


def _related(district: District, inside: set[int]) -> list[dict[str, object]]:
    """Links of the statement and of what stands under it, each told from its side, within the district."""
    links = (
        NodeLink.objects.filter(Q(origin__in=inside) | Q(destination__in=inside))
        .filter(origin__standard__district=district, destination__standard__district=district)
        .exclude(kind=NodeLink.Kind.REPLACED)  # told at the top of the page, once
        .select_related("origin__standard", "destination__standard")
    )
    found: list[dict[str, object]] = []
    for link in links:
        outward = link.origin_id in inside
        here, there = (link.origin, link.destination) if outward else (link.destination, link.origin)
        found.append(
            {
                "here": here,
                "there": there,
                "outward": outward,
                "kind": link.get_kind_display(),
                "group": link.group,
            }
        )
    return found
