"""One's own plans, beginning one, and the page on which a plan is read."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.models import Membership
from cohorts.services.errors import RefusedError
from cohorts.standing import standing_of
from cohorts.views.loading import load_year, participation
from growthplans.feedback import feedback_of
from growthplans.forms.start import StartForm
from growthplans.models import GrowthPlan
from growthplans.outline import audience_of, outline_of, plan_title, step_counts
from growthplans.permissions import is_author
from growthplans.prompts import BY_STAGE
from growthplans.readers import open_moves
from growthplans.services.reading import opened
from growthplans.services.starting import current_selection, earlier_plans, start_plan
from growthplans.views.loading import load_plan, trail_of

# A division leader may be the reviewer of hundreds.
PLANS_A_PAGE = 50


@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    joined = ("program_year__cohort", "competency", "membership__leader__user")
    mine = list(GrowthPlan.objects.written_by(user).select_related(*joined))
    theirs = GrowthPlan.objects.visible_to(user).filter(program_year__state="open")
    others = theirs.exclude(membership__leader__user_id=user.pk).select_related(*joined)
    page = Paginator(others.by_author(), PLANS_A_PAGE).get_page(request.GET.get("page"))
    begun = {(plan.membership_id, plan.program_year_id) for plan in mine}
    open_years = standing_of(user).in_role(Membership.Role.PARTICIPANT)
    context = {
        "now": [plan for plan in mine if plan.program_year.is_open],
        "earlier": [plan for plan in mine if not plan.program_year.is_open],
        "to_begin": [year for member, year in open_years if (member.pk, year.pk) not in begun],
        "to_read": page.object_list,
        "page_obj": page,
    }
    return render(request, "growthplans/plan_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_start(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    program_year = load_year(request.user, slug, year)
    member = participation(request.user, program_year)
    if member is None:
        raise PermissionDenied
    there = GrowthPlan.objects.filter(membership=member, program_year=program_year).first()
    if there is not None:
        return redirect("growthplans:plan_edit", pk=there.pk)
    selection, earlier = current_selection(member, program_year), earlier_plans(member, program_year)
    form = StartForm(request.POST or None, selection=selection, earlier=earlier)
    if request.method == "POST" and form.is_valid():
        try:
            plan = start_plan(by=request.user, membership=member, year=program_year, **form.way())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("growthplans:plan_edit", pk=plan.pk)
    context = {"form": form, "year": program_year, "selection": selection, "earlier": earlier}
    return render(request, "growthplans/plan_start.html", context)


@login_required
@require_safe
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_plan(request.user, pk)
    if request.method == "GET":
        opened(by=request.user, plan=plan)
    return render(request, "growthplans/plan_detail.html", detail_context(request.user, plan))


def detail_context(user: Any, plan: GrowthPlan) -> dict[str, Any]:
    """What the reading page shows of a plan to one of its readers."""
    own = is_author(user, plan)
    outline = outline_of(plan, user)
    for reflection in outline.reflections:
        reflection.title = BY_STAGE[reflection.stage].title
    post = plan.membership.leader.current_post
    return {
        "plan": plan,
        "own": own,
        "title": plan_title(plan, own=own),
        "school": post.school.name if post else "",
        "outline": outline,
        "counts": step_counts(outline.steps),
        "moves": open_moves(user, plan),
        "feedback": feedback_of(user, plan),
        "audience": audience_of(plan),
        "trail": trail_of(plan, own=own)[:-1],
    }
