"""Forming trios of a year: who is ready, the rules, a repair, the travel table, the list of proposals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coaching import forming_words
from coaching.forming_rules import RulesState
from coaching.forms.forming import RepairForm, RulesForm, TravelForm
from coaching.models import TravelMinutes, TrioProposal
from coaching.participants import Participant, participants_of, rules_of
from coaching.seating_changes import changes_since
from coaching.services.forming_travel import forget_travel_minutes, save_travel_minutes
from coaching.services.trio_proposals import propose_trios, repair_trios, seats_now
from coaching.views.loading_forming import forming_step, load_formed_year, trail_of
from cohorts.models import ProgramYear
from leaderdev.common.numbers import whole
from leaderdev.common.refusals import RefusedError

PROPOSALS_SHOWN = 30


@login_required
@require_safe
def forming(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = load_formed_year(request.user, slug, year)
    people = participants_of(found)
    waiting = [one for one in people if not one.ready]
    groups = seats_now(found)
    rows = (
        TrioProposal.objects.filter(program_year=found)
        .without_weight()
        .select_related("made_by", "published_by")
    )
    proposals = list(rows[:PROPOSALS_SHOWN])
    context = {
        "year": found,
        "cohort": found.cohort,
        "zone": found.cohort.district.time_zone,
        "stats": _stats(people, groups),
        "waiting": waiting,
        "competencies": _by_competency(people),
        "proposals": [one for one in proposals if one.set_aside_at is None],
        "aside": [one for one in proposals if one.set_aside_at is not None],
        "groups": groups,
        "changes": changes_since(groups, people) if groups else [],
        "comparable": sum(bool(one.groups) for one in proposals) > 1,
        "travel": TravelMinutes.objects.in_district(found.cohort.district).count(),
        "trail": trail_of(found),
    }
    return render(request, "coaching/forming/forming.html", context)


def _stats(people: list[Participant], groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    everyone = _("of %(all)d") % {"all": len(people)}
    return [
        {"value": sum(one.ready for one in people), "unit": everyone, "label": _("participants are ready")},
        {"value": len(groups), "unit": "", "label": _("trios now")},
    ]


def _by_competency(people: list[Participant]) -> list[dict[str, Any]]:
    """How many are ready for each competency; one with one or two people is said to need a decision."""
    counts: dict[str, int] = {}
    for one in people:
        if one.ready and one.person is not None:
            counts[one.person.competency] = counts.get(one.person.competency, 0) + 1
    return [
        {"label": label, "people": number, "small": number < 3} for label, number in sorted(counts.items())
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    """The order of what is wanted, switches and pins; buttons of the page change it, the last one forms."""
    found = load_formed_year(request.user, slug, year)
    people = participants_of(found)
    known = {str(one.membership.pk): one.name for one in people if one.person is not None}
    source = _source(request, found)
    pressed = ""
    if request.method == "POST":
        form = RulesForm(request.POST)
        state = RulesState.posted(request.POST, set(known))
        pressed = state.press(request.POST, set(known))
        if not pressed and form.is_valid():
            try:
                proposal = _ordered(request, found, form, state, source)
            except RefusedError as refusal:
                form.add_error(None, refusal.sentences)
            else:
                return redirect("coaching:proposal", slug, year, proposal.number)
    else:
        state = RulesState.of(source) if source else RulesState()
        form = RulesForm(initial=_initial(found, source))
    context = {
        "year": found,
        "cohort": found.cohort,
        "form": form,
        "source": source,
        "priorities": _priorities(request, state, pressed),
        "pins": _pins(state, known),
        "people": sorted(known.items(), key=lambda item: item[1]),
        "pressed": pressed,
        "trail": trail_of(found, forming_step(found)),
    }
    return render(request, "coaching/forming/rules.html", context)


def _source(request: HttpRequest, year: ProgramYear) -> TrioProposal | None:
    number = whole((request.POST if request.method == "POST" else request.GET).get("from"))
    return get_object_or_404(TrioProposal, program_year=year, number=number) if number else None


def _initial(year: ProgramYear, source: TrioProposal | None) -> dict[str, Any]:
    if source is None:
        return {"pairs_allowed": year.pairs_allowed}
    names = ("pairs_allowed", "keep_last_trios", "include_without_school")
    return {name: source.rules.get(name, False) for name in names}


def _ordered(
    request: HttpRequest,
    year: ProgramYear,
    form: RulesForm,
    state: RulesState,
    source: TrioProposal | None,
) -> TrioProposal:
    asked = form.cleaned_data
    wanted = rules_of(
        year,
        priorities=state.priorities,
        pins=state.pins,
        pairs_allowed=asked["pairs_allowed"],
        keep_last_trios=asked["keep_last_trios"],
        time_limit=float(asked["time_limit"]),
    )
    return propose_trios(
        by=request.user,
        year=year,
        rules=wanted,
        include_without_school=asked["include_without_school"],
        based_on=source,
    )


def _priorities(request: HttpRequest, state: RulesState, pressed: str) -> list[dict[str, Any]]:
    """focus: the button that was pressed keeps the focus, or its sibling where it has come to the end."""
    word = request.POST.get(pressed, "") if pressed in ("up", "down") else ""
    last = len(state.order) - 1
    found = []
    for at, name in enumerate(state.order):
        focus = pressed if name == word else ""
        if focus == "up" and at == 0:
            focus = "down"
        if focus == "down" and at == last:
            focus = "up"
        found.append(
            {
                "name": name,
                "label": forming_words.label(name),
                "what": forming_words.counted(name),
                "used": name not in state.off,
                "first": at == 0,
                "last": at == last,
                "focus": focus,
            }
        )
    return found


def _pins(state: RulesState, known: dict[str, str]) -> list[dict[str, str]]:
    kinds = (
        ("trio", state.trios, _("Stay as they are: %(names)s")),
        ("together", state.together, _("Together: %(names)s")),
        ("apart", state.apart, _("Apart: %(names)s")),
    )
    return [
        {
            "kind": kind,
            "value": "-".join(group),
            "words": words % {"names": ", ".join(sorted(known.get(name, "?") for name in group))},
        }
        for kind, groups, words in kinds
        for group in groups
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def repair(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    """What has changed since the trios were published, and which of them must stay as they are."""
    found = load_formed_year(request.user, slug, year)
    groups, people = seats_now(found), participants_of(found)
    names = {str(one.membership.pk): one.name for one in people}
    choices = [
        (
            group["trio"],
            _("Trio %(number)d: %(names)s")
            % {
                "number": group["number"],
                "names": ", ".join(names[name] for name in group["members"] if name in names),
            },
        )
        for group in groups
    ]
    form = RepairForm(request.POST if request.method == "POST" else None, groups=choices)
    if form.is_valid():
        try:
            proposal = repair_trios(by=request.user, year=found, pinned=form.chosen())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentences)
        else:
            return redirect("coaching:proposal", slug, year, proposal.number)
    context = {
        "year": found,
        "form": form,
        "groups": groups,
        "changes": changes_since(groups, people),
        "trail": trail_of(found, forming_step(found)),
    }
    return render(request, "coaching/forming/repair.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def travel(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = load_formed_year(request.user, slug, year)
    district = found.cohort.district
    if request.method == "POST" and "forget" in request.POST:
        forget_travel_minutes(by=request.user, district=district)
        messages.success(request, _("The table is erased. Ways are estimated from the map again."))
        return redirect("coaching:forming_travel", slug, year)
    form = TravelForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            count = save_travel_minutes(
                by=request.user, district=district, data=form.cleaned_data["file"].read()
            )
        except RefusedError as refusal:
            for sentence in refusal.sentences:
                form.add_error("file", sentence)
        else:
            messages.success(request, _("%(count)d ways between schools are stored.") % {"count": count})
            return redirect("coaching:forming", slug, year)
    rows = TravelMinutes.objects.in_district(district).select_related("one", "other")
    context = {
        "year": found,
        "form": form,
        "stored": rows.count(),
        "sample": list(rows.order_by("one__name", "other__name")[:10]),
        "trail": trail_of(found, forming_step(found)),
    }
    return render(request, "coaching/forming/travel.html", context)
