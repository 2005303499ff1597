"""Check-ins: held over the author's own goals and steps, moved, or skipped with a reason."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.services.errors import RefusedError
from growthplans.models import ActionStep, CheckIn, CheckInNote, GrowthPlan
from growthplans.parts import value_of
from growthplans.permissions import is_author
from growthplans.services.editing import Conflict, save_fields
from growthplans.services.loading import readable
from growthplans.services.refusals import STATUSES_WITH_REASON
from growthplans.services.sharing import step_through
from growthplans.states import Move
from leaderdev.common.dates import day_in_words, today_in

MOVES = {CheckIn.Kind.MIDDLE: Move.HOLD_MIDDLE, CheckIn.Kind.END: Move.HOLD_END}
# Room of the model's own reason; what was said at length stays whole in the note.
REASON_LENGTH = 300


@dataclass(frozen=True)
class Said:
    """What was said about one step. `was` is the status the form showed."""

    step_id: int
    status: str
    was: str
    helped: str = ""
    hindered: str = ""
    would_help: str = ""


@dataclass(frozen=True)
class Ending:
    """What the year-end conversation settles; `version` is the plan's, as the form showed it."""

    outcome: str
    implications: str
    completed: bool | None
    version: int


class StaleEndingError(RefusedError):
    """The plan's own words changed elsewhere. `plan` holds what stands there now."""

    def __init__(self, plan: GrowthPlan) -> None:
        self.plan = plan
        super().__init__(
            _("This was changed on another page meanwhile. Both texts are below: keep what you want.")
        )


@transaction.atomic
def hold(
    *,
    by: Any,
    plan: GrowthPlan,
    kind: str,
    held_on: datetime.date,
    said: Sequence[Said],
    ending: Ending | None = None,
) -> CheckIn:
    """Write down a check-in that took place, carry the steps' new states into the plan, move its state.

    Saved again later, it corrects what was written; the day's revision number stays the first one's. Raises
    RefusedError, or StaleEndingError when the closing words changed elsewhere; then nothing is stored.
    """
    plan, check_in = _own(by, plan, kind)
    _refuse_day(plan, held_on)
    first = check_in.state != CheckIn.State.HELD
    steps = {step.pk: step for step in ActionStep.objects.filter(goal__plan=plan)}
    for one in said:
        if one.step_id in steps:
            _carry(by, plan, steps[one.step_id], one)
    if kind == CheckIn.Kind.END and ending is not None:
        _end(by, plan, ending)
    if first and kind in MOVES:
        step_through(by=by, plan=plan, move=MOVES[CheckIn.Kind(kind)])
    if kind == CheckIn.Kind.END and ending is not None:
        GrowthPlan.objects.filter(pk=plan.pk).update(completed=ending.completed)
    check_in.state, check_in.held_on = CheckIn.State.HELD, held_on
    if first:
        plan.refresh_from_db(fields=["last_revision"])
        check_in.revision_number = plan.last_revision
    check_in.save()
    for one in said:
        if one.step_id in steps:
            _note(check_in, one)
    return check_in


@transaction.atomic
def postpone(*, by: Any, plan: GrowthPlan, kind: str, due_on: datetime.date, reason: str) -> CheckIn:
    """Move a check-in that has not been held to another day of the year, with a reason."""
    plan, check_in = _own(by, plan, kind)
    _refuse_held(check_in)
    year = plan.program_year
    today = today_in(year.cohort.district.time_zone)
    if not year.starts_on <= due_on <= year.ends_on or due_on < today:
        raise RefusedError(
            _("Choose a day from today to %(end)s, the end of the program year.")
            % {"end": day_in_words(year.ends_on, today)}
        )
    check_in.due_on, check_in.reason = due_on, _reason(reason)
    check_in.state = CheckIn.State.PLANNED
    check_in.save(update_fields=["due_on", "reason", "state"])
    return check_in


@transaction.atomic
def skip(*, by: Any, plan: GrowthPlan, kind: str, reason: str) -> CheckIn:
    """Say that a check-in does not take place, and why. It can still be held, or planned again."""
    plan, check_in = _own(by, plan, kind)
    _refuse_held(check_in)
    check_in.state, check_in.reason = CheckIn.State.SKIPPED, _reason(reason)
    check_in.save(update_fields=["state", "reason"])
    return check_in


def _own(by: Any, plan: GrowthPlan, kind: str) -> tuple[GrowthPlan, CheckIn]:
    plan = readable(by=by, plan=plan)
    if not is_author(by, plan):
        raise RefusedError(_("Check-ins are written down by the author of the plan."))
    if plan.state == GrowthPlan.State.DRAFT:
        raise RefusedError(_("Check-ins begin once the plan is shared."))
    try:
        return plan, plan.check_ins.get(kind=kind)
    except ObjectDoesNotExist:
        raise RefusedError(_("This check-in is not planned this year.")) from None


def _refuse_day(plan: GrowthPlan, day: datetime.date) -> None:
    today = today_in(plan.program_year.cohort.district.time_zone)
    if day > today:
        raise RefusedError(_("Write the check-in down once it has taken place: this day is still to come."))
    if day < plan.program_year.starts_on:
        raise RefusedError(_("This day lies before the program year."))


def _refuse_held(check_in: CheckIn) -> None:
    if check_in.state == CheckIn.State.HELD:
        raise RefusedError(_("This check-in was held already."))


def _reason(text: str) -> str:
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        raise RefusedError(_("Say in a few words why."))
    return text[:REASON_LENGTH]


def _carry(by: Any, plan: GrowthPlan, step: ActionStep, one: Said) -> None:
    """The step's status in the plan, if it was changed in the form; what got in the way is its reason."""
    if one.status == one.was or one.status == step.status:
        return
    values = {"status": one.status}
    if one.status in STATUSES_WITH_REASON and one.hindered.strip():
        values["reason"] = " ".join(one.hindered.split())[:REASON_LENGTH]
    key: dict[str, Any] = {"by": by, "plan": plan, "part": "step", "part_id": step.pk}
    try:
        save_fields(**key, values=values, version=step.version)
    except RefusedError as refusal:
        raise RefusedError([f"{step.what[:60]}: {each}" for each in refusal.sentences]) from None


def _end(by: Any, plan: GrowthPlan, ending: Ending) -> None:
    values = {"outcome": ending.outcome, "implications": ending.implications}
    key: dict[str, Any] = {"by": by, "plan": plan, "part": "plan", "part_id": plan.pk}
    if isinstance(save_fields(**key, values=values, version=ending.version), Conflict):
        fresh = GrowthPlan.objects.get(pk=plan.pk)
        raise StaleEndingError(fresh)


def _note(check_in: CheckIn, one: Said) -> None:
    words = {"helped": one.helped, "hindered": one.hindered, "would_help": one.would_help}
    clean = {name: text.replace("\x00", "").strip() for name, text in words.items()}
    CheckInNote.objects.update_or_create(
        check_in=check_in, step_id=one.step_id, defaults={"status": one.status, **clean}
    )


def current_ending(plan: GrowthPlan) -> dict[str, Any]:
    """What the closing form shows of the plan."""
    return {"outcome": value_of(plan, "outcome"), "implications": value_of(plan, "implications")}
