"""Two views side by side: setting them up, reading them, picking what to work on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leaderdev.common.refusals import RefusedError
from surveys.forms.pairing import PicksForm, ViewPairForm
from surveys.models import ViewPair
from surveys.permissions import may_join_views, may_pick, may_see_pair
from surveys.services.view_pairs import end_picking, join_views, pick, remove_pair
from surveys.side_words import side_by_side
from surveys.view_pairs import beside, own_picks, picked, pickers_of, smallest_of
from surveys.views.loading import load_survey


def load_pair(user: Any, pk: int) -> ViewPair:
    """Two views that the person may read: 404 for strangers, 403 for who may know of the cohort only."""
    rows = ViewPair.objects.visible_to(user).with_both_sides().select_related("kit")
    pair = get_object_or_404(rows, pk=pk)
    if not may_see_pair(user, pair):
        raise PermissionDenied
    return pair


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pair_new(request: HttpRequest, slug: str) -> HttpResponse:
    survey = load_survey(request.user, slug)
    form = ViewPairForm(request.POST if request.method == "POST" else None, cohort=survey.cohort)
    if form.is_valid():
        try:
            pair = join_views(by=request.user, cohort=survey.cohort, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Both views stand side by side."))
            return redirect("surveys:pair", pk=pair.pk)
    context = {"form": form, "survey": survey, "enough": form.fields["left"].queryset.count() > 1}
    return render(request, "surveys/pair_new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pair_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides, the widest difference first; below them one's own picks, or the group's once it is over."""
    pair = load_pair(request.user, pk)
    found = beside(pair, timezone.now())
    picks = may_pick(request.user, pair)
    form = None
    if picks and found.statements and not pair.picking_over:
        data = request.POST if request.method == "POST" else None
        form = PicksForm(data, statements=found.statements, initial={"codes": own_picks(request.user, pair)})
    if request.method == "POST":
        if form is None:
            messages.error(request, _("There is nothing to pick here now."))
            return redirect("surveys:pair", pk=pk)
        if form.is_valid():
            return _store(request, pair, form.cleaned_data["codes"])
    runs = may_join_views(request.user, pair.cohort.district)
    context = {
        "pair": pair,
        "refusal": found.refusal,
        "rows": [side_by_side(each, pair) for each in found.statements],
        "form": form,
        "picked": picked(pair, found.statements),
        "pickers": pickers_of(pair),
        "smallest": smallest_of(pair),
        "runs": runs,
        "trail": _trail(pair, runs),
    }
    return render(request, "surveys/pair.html", context)


def _trail(pair: ViewPair, runs: bool) -> list[dict[str, str]]:
    found = [{"label": _("Surveys"), "url": reverse("surveys:list")}]
    if runs:
        survey = pair.left.survey
        found.append({"label": survey.title, "url": reverse("surveys:run", args=[survey.slug])})
    return found


def _store(request: HttpRequest, pair: ViewPair, codes: list[str]) -> HttpResponse:
    try:
        pick(by=request.user, pair=pair, codes=codes)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your choice is kept.") if codes else _("Your choice is taken back."))
    return redirect("surveys:pair", pk=pair.pk)


@login_required
def pair_end(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, end_picking, _("Picking is over; the counts are shown."), stays=True)


@login_required
def pair_remove(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, pk, remove_pair, _("The two views are taken apart again."), stays=False)


def _move(
    request: HttpRequest, pk: int, service: Callable[..., Any], done: str, *, stays: bool
) -> HttpResponse:
    pair = load_pair(request.user, pk)
    if not may_join_views(request.user, pair.cohort.district):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        service(by=request.user, pair=pair)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:pair", pk=pk)
    messages.success(request, done)
    return redirect("surveys:pair", pk=pk) if stays else redirect("surveys:run", slug=pair.left.survey.slug)
