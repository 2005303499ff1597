"""Release time: asked for by those who teach, decided by a lead against the year's budget."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.models import CoachingSession, ReleaseBudget, ReleaseRequest
from coaching.models.release_time import FELL_THROUGH
from coaching.permissions import may_decide_release
from coaching.release_costs import Entry, Ledger, ledger
from coaching.services.loading import locked_meeting
from cohorts.models import ProgramYear
from cohorts.services.errors import RefusedError

State = ReleaseRequest.State


class OverBudgetError(RefusedError):
    """The budget does not hold it; a lead may approve it all the same, in so many words."""


@transaction.atomic
def ask(*, by: Any, meeting: CoachingSession, portion: str) -> ReleaseRequest:
    """Ask for half a day or a full one, for a visit with a day. Raises RefusedError."""
    meeting, seat = locked_meeting(by=by, meeting=meeting)
    if not meeting.is_visit or meeting.state != CoachingSession.State.CONFIRMED:
        raise RefusedError(_("Release time is asked for a planned site visit, once its day is settled."))
    post = seat.membership.leader.current_post
    if post is None or not post.also_teaches:
        raise RefusedError(
            _("Release time is for those who also teach. The roll does not say so of your post.")
        )
    if portion not in ReleaseRequest.Portion.values:
        raise RefusedError(_("Choose half a day or a full one."))
    if _live(meeting, seat.pk).exists():
        raise RefusedError(_("You have asked for this visit already."))
    return ReleaseRequest.objects.create(
        coaching_session=meeting, seat=seat, portion=portion, asked_at=timezone.now()
    )


@transaction.atomic
def withdraw(*, by: Any, request: ReleaseRequest) -> ReleaseRequest:
    """Take back what one has asked for, also after it was approved: the money is free again."""
    found = _locked(request)
    if found.seat.membership.leader.user_id != by.pk:
        raise RefusedError(_("This request is somebody else’s."))
    if found.state not in (State.ASKED, State.APPROVED):
        raise RefusedError(_("This request is settled already."))
    found.state = State.WITHDRAWN
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def approve(*, by: Any, request: ReleaseRequest, over_budget: bool = False) -> ReleaseRequest:
    """Approve at today's rate. Raises OverBudgetError where the budget lacks it, unless `over_budget`.

    The budget's row is locked first: two leads at once cannot both give the last day away.
    """
    year = request.coaching_session.trio.program_year
    _refuse_lead(by, year)
    budget = ReleaseBudget.objects.select_for_update().filter(program_year=year).first()
    if budget is None:
        raise RefusedError(_("Enter the budget of the year first."))
    found = _locked(request)
    _refuse_decision(found)
    cost, days = budget.cost_of(found.portion), found.length
    fits = ledger_of(year, budget).holds(days, cost)
    if not fits and not over_budget:
        raise OverBudgetError(
            _("The budget does not hold this any more. Approve it all the same only on purpose.")
        )
    found.state, found.days, found.cost, found.cost_code = State.APPROVED, days, cost, budget.cost_code
    found.over_budget = not fits
    _decided(found, by)
    return found


@transaction.atomic
def decline(*, by: Any, request: ReleaseRequest, reason: str) -> ReleaseRequest:
    """Say no, with a reason that the person who asked reads."""
    _refuse_lead(by, request.coaching_session.trio.program_year)
    found = _locked(request)
    _refuse_decision(found)
    if not reason.strip():
        raise RefusedError(_("Say in a few words why. The person who asked reads it."))
    found.state, found.reason = State.DECLINED, reason.strip()[:200]
    _decided(found, by)
    return found


@transaction.atomic
def set_budget(*, by: Any, year: ProgramYear, values: dict[str, Any]) -> ReleaseBudget:
    """Enter or change the year's budget. What was approved keeps the price of its day."""
    _refuse_lead(by, year)
    budget, _created = ReleaseBudget.objects.update_or_create(program_year=year, defaults=values)
    return budget


def counted(year: ProgramYear) -> QuerySet[ReleaseRequest]:
    """Approved requests of the year that cost something."""
    approved = ReleaseRequest.objects.of_year(year).approved()
    return approved.exclude(coaching_session__state__in=FELL_THROUGH)


def ledger_of(year: ProgramYear, budget: ReleaseBudget) -> Ledger:
    """Committed: approved for a day to come. Used: its day has passed."""
    now = timezone.now()
    rows = counted(year).values_list("days", "cost", "coaching_session__ends_at")
    entries = [Entry(days, cost, used=ends_at is not None and ends_at <= now) for days, cost, ends_at in rows]
    return ledger(budget.days, budget.dollars, entries)


def _live(meeting: CoachingSession, seat_id: int) -> QuerySet[ReleaseRequest]:
    return ReleaseRequest.objects.filter(
        coaching_session=meeting, seat_id=seat_id, state__in=[State.ASKED, State.APPROVED]
    )


def _locked(request: ReleaseRequest) -> ReleaseRequest:
    rows = ReleaseRequest.objects.select_for_update(of=("self",))
    return rows.select_related("coaching_session", "seat__membership__leader__user").get(pk=request.pk)


def _refuse_lead(by: Any, year: ProgramYear) -> None:
    if not may_decide_release(by, year):
        raise RefusedError(_("Those who configure the year decide about release time."))


def _refuse_decision(found: ReleaseRequest) -> None:
    if found.state != State.ASKED:
        raise RefusedError(_("This request is settled already."))
    if found.coaching_session.state in FELL_THROUGH:
        raise RefusedError(_("This visit was called off or did not take place: there is nothing to decide."))


def _decided(found: ReleaseRequest, by: Any) -> None:
    found.decided_at, found.decided_by = timezone.now(), by
    found.save()
