"""One proposal: looking at it, changing it by hand, comparing, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coaching import forming_words
from coaching.forming_permissions import may_change_proposal
from coaching.forms.forming import CompareForm
from coaching.matching.moving import Place, places, seat_of
from coaching.models import TrioProposal
from coaching.proposal_comparison import compared
from coaching.proposal_page import ProposalPage
from coaching.services import trio_proposals
from coaching.services.trio_proposal_moves import groups_of, move_person, pin_trio, undo
from coaching.services.trio_proposal_publishing import obstacles, publish_proposal
from coaching.views.loading_forming import (
    forming_step,
    load_formed_year,
    load_proposal,
    proposal_step,
    trail_of,
)
from leaderdev.common.numbers import whole
from leaderdev.common.refusals import RefusedError

# The best places are at the top; beyond this many nobody reads on.
PLACES_SHOWN = 25
COMPARABLE = (TrioProposal.State.READY, TrioProposal.State.PUBLISHED)


@login_required
@require_safe
def proposal(request: HttpRequest, slug: str, year: str, number: int) -> HttpResponse:
    found = load_proposal(request.user, slug, year, number)
    changes = may_change_proposal(request.user, found)
    context = {
        "year": found.program_year,
        "cohort": found.program_year.cohort,
        "zone": found.program_year.cohort.district.time_zone,
        "proposal": found,
        "page": ProposalPage(found),
        "changes": changes,
        "obstacles": obstacles(found, found.program_year) if changes else [],
        "last_step": found.history[-1]["words"] if found.history else "",
        "trail": trail_of(found.program_year, forming_step(found.program_year)),
    }
    return render(request, "coaching/forming/proposal.html", context)


@login_required
def step(request: HttpRequest, slug: str, year: str, number: int) -> HttpResponse:
    """Every small button of a proposal: stop, undo, copy, put aside, pin."""
    found = load_proposal(request.user, slug, year, number)
    # After the question who asks: a stranger shall not learn from a 405 that the year exists.
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        number = _carried_out(request, found)
    except RefusedError as refusal:
        messages.warning(request, str(refusal))
    if number is None:
        return redirect("coaching:forming", slug, year)
    answer = redirect("coaching:proposal", slug, year, number)
    anchor = request.POST.get("trio", "")
    if whole(anchor, otherwise=-1) >= 0:
        answer["Location"] += f"#trio-{anchor}"
    return answer


def _carried_out(request: HttpRequest, found: TrioProposal) -> int | None:
    """The number of the proposal to show next, None for the list."""
    action, values = request.POST.get("action", ""), {"by": request.user, "proposal": found}
    if action == "stop":
        trio_proposals.stop_forming(**values)
        messages.info(request, _("It stops at the next moment and keeps the best so far."))
    elif action == "undo":
        messages.success(request, _("Taken back: %(step)s.") % {"step": undo(**values)})
    elif action == "copy":
        copy = trio_proposals.copy_proposal(**values)
        messages.success(request, _("This is the copy. The first one stays as it is."))
        return copy.number
    elif action == "aside":
        trio_proposals.set_aside(**values, aside=True)
        messages.success(request, _("%(proposal)s is put aside.") % {"proposal": found})
        return None
    elif action == "back":
        trio_proposals.set_aside(**values, aside=False)
    elif action in ("pin", "let_go"):
        position = whole(request.POST.get("trio"), otherwise=-1)
        pin_trio(**values, number=position, pinned=action == "pin")
    return found.number


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, slug: str, year: str, number: int, member: int) -> HttpResponse:
    """Every place that is open to one person, with what it would change; one button each."""
    found = load_proposal(request.user, slug, year, number)
    page = ProposalPage(found)
    person = str(member)
    if person not in page.rows:
        raise Http404
    errors: list[str] = []
    if request.method == "POST":
        try:
            move_person(by=request.user, proposal=found, person=person, **_posted_place(request))
        except RefusedError as refusal:
            errors = refusal.sentences
        else:
            found.refresh_from_db(fields=["groups", "history", "before"])
            messages.success(request, f"{found.history[-1]['words']}.")
            answer = redirect("coaching:proposal", slug, year, number)
            seat = seat_of(groups_of(found), person)
            answer["Location"] += f"#trio-{seat}" if seat >= 0 else "#without-a-seat"
            return answer
    groups = groups_of(found)
    offered = places(page.people, page.rules, groups, found.unplaced, person)
    here = seat_of(groups, person)
    context = {
        "year": found.program_year,
        "proposal": found,
        "person": page.rows[person],
        "here": found.numbers[here] if here >= 0 else None,
        "pinned": here >= 0 and groups[here].pinned,
        "mates": [page.rows[name] for name in groups[here].members if name != person] if here >= 0 else [],
        "changes": may_change_proposal(request.user, found),
        "errors": errors,
        "places": [_shown(place, page) for place in offered[:PLACES_SHOWN]],
        "more": len(offered) - PLACES_SHOWN,
        "trail": trail_of(found.program_year, forming_step(found.program_year), proposal_step(found)),
    }
    return render(request, "coaching/forming/move.html", context, status=409 if errors else 200)


def _posted_place(request: HttpRequest) -> dict[str, Any]:
    group, _colon, swap = request.POST.get("place", "").partition(":")
    number = whole(group.removeprefix("-"), otherwise=-1)
    if number < 0:
        return {"group": -2, "swap": ""}
    return {"group": -number if group.startswith("-") else number, "swap": swap}


def _shown(place: Place, page: ProposalPage) -> dict[str, Any]:
    numbers = page.proposal.numbers
    mates = page.proposal.groups[place.group]["members"] if place.group >= 0 else []
    name = page.rows[place.swap]["name"] if place.swap else ""
    if place.group >= 0 and name:
        title = _("Change places with %(name)s (trio %(number)d)") % {
            "name": name,
            "number": numbers[place.group],
        }
    elif place.group >= 0:
        title = _("Join trio %(number)d") % {"number": numbers[place.group]}
    elif name:
        title = _("Sit with %(name)s") % {"name": name}
    else:
        title = _("Leave without a seat")
    notes = []
    if place.left == 1:
        notes.append(_("One person stays behind without a seat."))
    elif place.left == 2 and not place.swap:
        notes.append(_("A pair stays behind."))
    if place.joined == 4 and not place.swap:
        notes.append(_("Four people sit there then."))
    return {
        "value": f"{place.group}:{place.swap}",
        "title": title,
        "with": ", ".join(page.rows[other]["name"] for other in mates if other != place.swap),
        "effects": forming_words.effect_words(
            place.effect, page.proposal.rules["priorities"], keeps=page.keeps
        ),
        "notes": notes,
    }


@login_required
@require_safe
def compare(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = load_formed_year(request.user, slug, year)
    rows = list(TrioProposal.objects.filter(program_year=found, state__in=COMPARABLE).shown())
    asked = "one" in request.GET
    initial = {"one": rows[1].number, "other": rows[0].number} if len(rows) > 1 else {}
    form = CompareForm(request.GET if asked else None, proposals=rows, initial=initial)
    chosen = form.cleaned_data if asked and form.is_valid() else ({} if asked else initial)
    pages = {row.number: row for row in rows}
    result = None
    if chosen:
        result = compared(ProposalPage(pages[chosen["one"]]), ProposalPage(pages[chosen["other"]]))
    context = {
        "year": found,
        "form": form,
        "enough": len(rows) > 1,
        "result": result,
        "trail": trail_of(found, forming_step(found)),
    }
    return render(request, "coaching/forming/compare.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str, year: str, number: int) -> HttpResponse:
    found = load_proposal(request.user, slug, year, number)
    errors: list[str] = []
    if request.method == "POST":
        try:
            publish_proposal(by=request.user, proposal=found)
        except RefusedError as refusal:
            errors = refusal.sentences
        else:
            messages.success(request, _("The trios are published, and their members get a mail now."))
            return redirect("coaching:proposal", slug, year, number)
    page = ProposalPage(found)
    changes = may_change_proposal(request.user, found)
    context = {
        "year": found.program_year,
        "proposal": found,
        "page": page,
        "changes": changes,
        "errors": errors or (obstacles(found, found.program_year) if changes else []),
        "ending": len(page.ending),
        "trail": trail_of(found.program_year, forming_step(found.program_year), proposal_step(found)),
    }
    return render(request, "coaching/forming/publish.html", context, status=409 if errors else 200)
