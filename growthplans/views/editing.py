"""The page on which a plan is written; it works with its Save buttons alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cohorts.services.errors import RefusedError
from growthplans.models import ActionStep, Goal, GrowthPlan, Reflection
from growthplans.outline import audience_of, plan_title
from growthplans.parts import FIELDS, labels
from growthplans.prompts import PROMPTS
from growthplans.readiness import gentle_sentence
from growthplans.services.editing import Conflict, save_fields
from growthplans.views.loading import load_own_plan, trail_of
from growthplans.views.posted import typed_values
from growthplans.views.saving import saved_words
from growthplans.wording import shown
from growthplans.writing import Writing
from leaderdev.common.numbers import whole

REMOVABLE: dict[str, Any] = {"goal": Goal, "step": ActionStep, "reflection": Reflection}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    plan = load_own_plan(request.user, pk)
    if request.method == "POST":
        return _save(request, plan)
    return _page(request, plan, Writing(plan, request.user))


def _save(request: HttpRequest, plan: GrowthPlan) -> HttpResponse:
    part, part_id = request.POST.get("part", ""), whole(request.POST.get("id", ""))
    values = _resolved(part, request) if "resolving" in request.POST else typed_values(part, request.POST)
    try:
        answer = save_fields(
            by=request.user,
            plan=plan,
            part=part,
            part_id=part_id,
            values=values,
            version=whole(request.POST.get("version", "")),
        )
    except RefusedError as refusal:
        return _refused(request, plan, part, part_id, refusal)
    if isinstance(answer, Conflict):
        return _conflict(request, plan, (part, part_id), values, answer)
    messages.success(request, saved_words(answer.at))
    return redirect(f"{reverse('growthplans:plan_edit', args=[plan.pk])}#{part}-{part_id}")


def _refused(
    request: HttpRequest, plan: GrowthPlan, part: str, part_id: int, refusal: RefusedError
) -> HttpResponse:
    plan.refresh_from_db()
    writing = Writing(plan, request.user)
    field = getattr(refusal, "field", "")
    form = writing.show_refusal(part, part_id, request.POST, field, str(refusal))
    if form is None:
        messages.error(request, str(refusal))
    return _page(request, plan, writing, form=form, status=422)


def _conflict(
    request: HttpRequest,
    plan: GrowthPlan,
    where: tuple[str, int],
    values: dict[str, Any],
    conflict: Conflict,
) -> HttpResponse:
    """Both texts of each field that differs, and the choice."""
    part, part_id = where
    names = labels(part)
    fields = [
        {
            "name": name,
            "label": names[name],
            "mine": values[name],
            "mine_list": values[name] if isinstance(values[name], list) else [values[name]],
            "mine_shown": shown(part, name, values[name]),
            "theirs": current,
            "theirs_shown": shown(part, name, current),
            "is_text": FIELDS[part][name].kind == "text",
        }
        for name, current in conflict.current.items()
        if not _same(values[name], current)
    ]
    context = {
        "plan": plan,
        "fields": fields,
        "part": part,
        "part_id": part_id,
        "version": conflict.version,
        "trail": trail_of(plan, own=True),
    }
    return render(request, "growthplans/conflict.html", context, status=409)


def _same(mine: Any, current: Any) -> bool:
    if isinstance(mine, list):
        return sorted(filter(None, mine)) == sorted(str(key) for key in current)
    return str(mine).replace("\r\n", "\n") == str("" if current is None else current)


def _resolved(part: str, request: HttpRequest) -> dict[str, Any]:
    """The values that the author chose on the conflict page. What stands elsewhere needs no saving."""
    values = typed_values(part, request.POST)
    for name in list(values):
        choice = request.POST.get(f"keep-{name}", "mine")
        if choice == "both" and isinstance(values[name], str):
            values[name] = f"{request.POST.get(f'theirs-{name}', '')}\n\n{values[name]}"
        elif choice == "theirs":
            values[name] = request.POST.get(f"theirs-{name}", "")
            if name == "indicators":
                values[name] = request.POST.getlist(f"theirs-{name}")
    return values


def _page(
    request: HttpRequest, plan: GrowthPlan, writing: Writing, form: Any = None, status: int = 200
) -> HttpResponse:
    context = {
        "plan": plan,
        "title": plan_title(plan, own=True),
        "writing": writing,
        "gentle": gentle_sentence(len(writing.goals)),
        "audience": audience_of(plan),
        "prompts": PROMPTS,
        "removed": _removed(request, plan),
        "trail": trail_of(plan, own=True),
        "form": form,
    }
    return render(request, "growthplans/plan_edit.html", context, status=status)


def _removed(request: HttpRequest, plan: GrowthPlan) -> dict[str, Any] | None:
    """The part that was just taken out, for the Undo button."""
    part, _dash, key = request.GET.get("removed", "").partition("-")
    if part not in REMOVABLE:
        return None
    path = "goal__plan" if part == "step" else "plan"
    rows = REMOVABLE[part].with_removed.filter(pk=whole(key), removed_at__isnull=False, **{path: plan})
    return {"part": part, "part_id": whole(key)} if rows.exists() else None
