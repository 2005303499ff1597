"""The trio's own page, its norms and its materials."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coaching.forms.space import MaterialForm, NormsForm
from coaching.models import Promise, TrioSpace, trios_of
from coaching.norms import STARTERS
from coaching.services import logs, spaces
from coaching.services.spaces import StaleNormsError
from coaching.trio_page import trio_context
from coaching.views.loading_trio import load_trio, trail_of
from cohorts.services.errors import RefusedError
from leaderdev.common.numbers import whole


@login_required
@require_safe
def my_trio(request: HttpRequest) -> HttpResponse:
    """The only trio at once; with several, or none, a page that lists them."""
    joined = ("program_year__cohort", "competency")
    trios = list(
        trios_of(request.user).select_related(*joined).order_by("-program_year__starts_on", "number")
    )
    now = [trio for trio in trios if trio.program_year.is_open]
    if len(now) == 1 and "all" not in request.GET:
        return redirect("coaching:trio", pk=now[0].pk)
    earlier = [trio for trio in trios if not trio.program_year.is_open]
    return render(request, "coaching/my_trio.html", {"now": now, "earlier": earlier})


@login_required
@require_safe
def trio(request: HttpRequest, pk: int) -> HttpResponse:
    found = load_trio(request.user, pk)
    several = trios_of(request.user).count() > 1
    context = {**trio_context(request.user, found), "several": several}
    return render(request, "coaching/trio.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def norms(request: HttpRequest, pk: int) -> HttpResponse:
    found = load_trio(request.user, pk)
    space = TrioSpace.objects.filter(trio=found).first()
    initial = {"norms": space.norms if space else "", "version": space.version if space else 0}
    form = NormsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            spaces.write_norms(by=request.user, trio=found, **form.cleaned_data)
        except StaleNormsError as refusal:
            form.keep_both(refusal.space.norms, refusal.space.version)
            form.add_error(None, str(refusal))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your norms stand. The others are asked whether they agree."))
            return redirect("coaching:trio", pk=pk)
    context = {"form": form, "trio": found, "starters": STARTERS, "trail": trail_of(found)}
    return render(request, "coaching/norms.html", context)


@login_required
@require_POST
def norms_agree(request: HttpRequest, pk: int) -> HttpResponse:
    found = load_trio(request.user, pk)
    try:
        spaces.agree(by=request.user, trio=found, version=whole(request.POST.get("version")))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You agree to these norms."))
    return redirect("coaching:trio", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def material_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = load_trio(request.user, pk)
    form = MaterialForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            spaces.add_material(by=request.user, trio=found, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It stands with your materials."))
            return redirect("coaching:trio", pk=pk)
    return render(request, "coaching/material.html", {"form": form, "trio": found, "trail": trail_of(found)})


@login_required
@require_POST
def material_remove(request: HttpRequest, pk: int, material_id: int) -> HttpResponse:
    found = load_trio(request.user, pk)
    try:
        spaces.remove_material(by=request.user, trio=found, material_id=material_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is taken out of your materials."))
    return redirect("coaching:trio", pk=pk)


@login_required
@require_POST
def promise_settle(request: HttpRequest, pk: int) -> HttpResponse:
    promise = get_object_or_404(Promise.objects.visible_to(request.user).select_related("trio"), pk=pk)
    state = request.POST.get("state", "")
    try:
        logs.settle_promise(by=request.user, promise=promise, state=state)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        done = {"kept": _("It is done."), "let_go": _("It is let go."), "open": _("It is open again.")}
        messages.success(request, done[state])
    if meeting := whole(request.POST.get("meeting")):
        return redirect("coaching:meeting", pk=meeting)
    return redirect("coaching:trio", pk=promise.trio_id)
