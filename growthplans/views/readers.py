"""Who reads a plan, who opened it, and which plans wait for a reviewer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from growthplans.models import Comment, GrowthPlan
from growthplans.permissions import is_author
from growthplans.readers import former_readers, readers_of
from growthplans.views.loading import load_plan, trail_of
from growthplans.views.plans import PLANS_A_PAGE


@login_required
@require_safe
def readers(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_plan(request.user, pk)
    own = is_author(request.user, plan)
    now = readers_of(plan)
    record = list(plan.readings.select_related("reader"))
    words = dict(Comment.Voice.choices)
    for row in record:
        row.voice_word = words.get(row.voice, row.voice)
    context = {
        "plan": plan,
        "own": own,
        "readers": now,
        "record": record,
        "before": former_readers(plan, now) if own else [],
        "released": own and plan.releases.filter(withdrawn_at=None).exists(),
        "zone": plan.program_year.cohort.district.time_zone,
        "trail": trail_of(plan, own=own),
    }
    return render(request, "growthplans/readers.html", context)


@login_required
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Plans whose author named the person as reviewer: those that wait, then the others of open years."""
    joined = ("membership__leader__user", "program_year__cohort__district", "competency")
    plans = GrowthPlan.objects.for_review_by(request.user).in_order_of_review().select_related(*joined)
    page = Paginator(plans, PLANS_A_PAGE).get_page(request.GET.get("page"))
    current = [plan for plan in page if plan.program_year.is_open]
    context = {
        "page_obj": page,
        "waiting": [plan for plan in current if plan.state == GrowthPlan.State.SHARED],
        "others": [plan for plan in current if plan.state != GrowthPlan.State.SHARED],
        "earlier": [plan for plan in page if not plan.program_year.is_open],
    }
    return render(request, "growthplans/reviews.html", context)
