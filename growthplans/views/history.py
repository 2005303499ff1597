"""The plan's past: what changed when, what differs between two moments, and putting something back."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cohorts.services.errors import RefusedError
from growthplans import history as past
from growthplans.past_pages import compared_parts, lines_of, names_of
from growthplans.services import timeline
from growthplans.views.loading import load_own_plan, trail_of
from leaderdev.common.numbers import whole

# A page of them; an hour of writing fills about one.
REVISIONS_SHOWN = 60


@login_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    before = whole(request.GET.get("before", "")) or plan.last_revision + 1
    rows = list(
        plan.revisions.filter(number__lt=before)
        .select_related("by")
        .order_by("-number")[: REVISIONS_SHOWN + 1]
    )
    more, rows = len(rows) > REVISIONS_SHOWN, rows[:REVISIONS_SHOWN]
    lines = lines_of(rows, names_of(plan))
    days = [(day, list(group)) for day, group in groupby(lines, key=lambda line: timezone.localdate(line.at))]
    held = plan.check_ins.filter(state="held").order_by("-held_on", "-pk").first()
    context = {
        "plan": plan,
        "days": days,
        "older": rows[-1].number if more else 0,
        "held": held,
        "newest": before > plan.last_revision,
        "trail": trail_of(plan, own=True),
    }
    return render(request, "growthplans/history.html", context)


@login_required
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    first, second = _two_numbers(request, plan)
    now = timeline.state_now(plan)
    later = list(timeline.revisions_after(plan, first).order_by("-number"))
    newer = past.undone(now, [each for each in later if each.number > second])
    older = past.undone(now, later)
    moments = {each.number: each.at for each in plan.revisions.filter(number__in=[first, second])}
    context = {
        "plan": plan,
        "parts": compared_parts(past.compare(older, newer), older, newer),
        "first": first,
        "second": second,
        "first_at": moments.get(first),
        "second_at": moments.get(second),
        "is_now": second == plan.last_revision,
        "trail": trail_of(plan, own=True),
    }
    return render(request, "growthplans/compare.html", context)


def _two_numbers(request: HttpRequest, plan: Any) -> tuple[int, int]:
    """The earlier and the later revision of the address; without a later one it is now."""
    first = whole(request.GET.get("from", ""))
    second = whole(request.GET["to"]) if request.GET.get("to") else plan.last_revision
    first, second = min(first, second), max(first, second)
    if second > plan.last_revision:
        raise Http404
    return first, second


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    number = whole(request.POST.get("number", ""))
    part, part_id = request.POST.get("part", ""), whole(request.POST.get("part_id", ""))
    if "number" not in request.POST or number > plan.last_revision:
        return redirect("growthplans:history", pk=pk)
    try:
        count = timeline.restore(by=request.user, plan=plan, number=number, part=part, part_id=part_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _restored(count))
    return redirect("growthplans:plan_edit", pk=pk)


def _restored(count: int) -> str:
    if not count:
        return _("The plan stands like that already; nothing was changed.")
    words = ngettext("One part was put back.", "%(count)d parts were put back.", count) % {"count": count}
    return _("%(words)s What stood there before is in the history.") % {"words": words}
