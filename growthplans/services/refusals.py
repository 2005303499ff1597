"""Which values a plan does not take, each refusal with its sentence. Checked before anything is written."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import StandardNode
from cohorts.services.errors import RefusedError
from growthplans.models import ActionStep, GrowthPlan
from leaderdev.common.dates import day_in_words, today_in

# Somebody has to say why; the others speak for themselves.
STATUSES_WITH_REASON = (ActionStep.Status.DELAYED, ActionStep.Status.DROPPED)


class FieldRefusedError(RefusedError):
    """One value was refused; `field` says at which field the sentence belongs."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def not_yours() -> RefusedError:
    return RefusedError(_("Only the author writes in a growth plan."))


def not_there() -> RefusedError:
    return RefusedError(_("This part is no longer in the plan. Undo its removal to write in it again."))


def refuse_values(plan: GrowthPlan, part: str, row: Any, values: dict[str, Any]) -> None:
    """Raise a RefusedError if the values cannot stand together in the part; `row` holds what stands there."""
    if values.get("due_on") is not None:
        _refuse_day(plan, part, row, values["due_on"])
    if part == "step" and {"status", "reason"} & values.keys():
        _refuse_status(row, values)
    if values.get("competency") is not None:
        _refuse_competency(plan, part, values["competency"])
    if values.get("indicators"):
        _refuse_indicators(plan, values["indicators"])


def _refuse_day(plan: GrowthPlan, part: str, row: Any, day: datetime.date) -> None:
    year = plan.program_year
    if not year.starts_on <= day <= year.ends_on:
        sentence = _("%(day)s lies outside the program year, which runs from %(first)s to %(last)s.")
        words = {"day": day, "first": year.starts_on, "last": year.ends_on}
        named = {name: _with_year(each) for name, each in words.items()}
        raise FieldRefusedError("due_on", sentence % named)
    today = today_in(year.cohort.district.time_zone)
    # A step that had its day may run late; a new one cannot be due yesterday.
    if part == "step" and row.due_on is None and day < today:
        sentence = _("%(day)s has passed. Choose today or a later day for a new step.")
        raise FieldRefusedError("due_on", sentence % {"day": day_in_words(day, today)})


def _with_year(day: datetime.date) -> str:
    """Outside the year the year itself is what went wrong, so it is always named."""
    return day_in_words(day, datetime.date.min)


def _refuse_status(row: ActionStep, values: dict[str, Any]) -> None:
    status = values.get("status", row.status)
    if status not in ActionStep.Status.values:
        raise FieldRefusedError("status", _("Choose one of the states from the list."))
    if status in STATUSES_WITH_REASON and not values.get("reason", row.reason).strip():
        sentence = _("Say in a few words why: a delayed or dropped step needs a reason.")
        raise FieldRefusedError("reason", sentence)


def _refuse_competency(plan: GrowthPlan, part: str, key: int) -> None:
    nodes = StandardNode.objects.filter(pk=key, standard_id=plan.program_year.standard_id)
    allowed = nodes.filter(offers__program_year=plan.program_year) if part == "plan" else nodes
    if not allowed.filter(focus_selectable=True).exists():
        sentence = _("This competency is not offered in the plan’s year. Choose one from the list.")
        raise FieldRefusedError("competency", sentence)


def _refuse_indicators(plan: GrowthPlan, keys: list[int]) -> None:
    nodes = StandardNode.objects.filter(pk__in=keys, standard_id=plan.program_year.standard_id)
    if nodes.exclude(parent=None).count() != len(keys):
        sentence = _("Choose indicators from the list; one of these is not in the year’s standard.")
        raise FieldRefusedError("indicators", sentence)
