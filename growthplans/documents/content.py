"""What stands in a printed plan, as plain values, the same for the print page, the PDF and Word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from growthplans.models import ActionStep, Evidence, Goal, GrowthPlan, Reflection
from growthplans.permissions import may_read_reflection
from leaderdev.common.dates import day_in_words, today_in

# Signs that neither XML nor a page can hold; line ends and tabs stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class PrintedStep:
    what: str
    status: str
    due: str
    resources: str
    with_whom: str
    reason: str


@dataclass(frozen=True)
class PrintedGoal:
    number: int
    statement: str
    competency: str
    indicators: tuple[str, ...]
    success: str
    due: str
    steps: tuple[PrintedStep, ...]


@dataclass(frozen=True)
class PrintedEvidence:
    title: str
    kind: str
    day: str
    shows: str
    source: str
    tie: str


@dataclass(frozen=True)
class PrintedReflection:
    heading: str
    day: str
    text: str


@dataclass(frozen=True)
class PrintedPlan:
    """`facts` and `words` are (label, text) pairs; texts keep their line ends."""

    title: str
    author: str
    facts: tuple[tuple[str, str], ...]
    indicators: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    goals: tuple[PrintedGoal, ...]
    evidence: tuple[PrintedEvidence, ...]
    reflections: tuple[PrintedReflection, ...]
    outcome: tuple[tuple[str, str], ...]
    signers: tuple[str, ...]
    printed_on: str


def readable_reflections(plan: GrowthPlan, user: Any) -> list[Reflection]:
    """Reflections with words in them that the person may read, oldest first."""
    found = []
    for reflection in plan.reflections.exclude(text=""):
        reflection.plan = plan
        if may_read_reflection(user, reflection):
            found.append(reflection)
    return found


def content_of(plan: GrowthPlan, user: Any, reflections: Collection[int]) -> PrintedPlan:
    """The plan as `user` may print it: of the ticked reflections only those that the person may read.

    `plan` comes with its author, year, district, competency and reviewer (growthplans.views.loading); ten
    queries, however long it is.
    """
    goals = list(plan.goals.select_related("competency").prefetch_related("indicators", "steps"))
    numbers = {goal.pk: place for place, goal in enumerate(goals, start=1)}
    post = plan.membership.leader.current_post
    author = str(plan.membership.leader.user)
    chosen = [each for each in readable_reflections(plan, user) if each.pk in set(reflections)]
    return PrintedPlan(
        title=_("Growth plan %(year)s") % {"year": plan.program_year.label},
        author=author,
        facts=_facts(plan, post),
        indicators=_indicators(plan),
        words=_words(plan, "rationale", "school_goal", "division_goal"),
        goals=tuple(_goal(number, goal) for number, goal in enumerate(goals, start=1)),
        evidence=tuple(_evidence(each, numbers) for each in plan.evidence.select_related("indicator")),
        reflections=tuple(_reflection(each) for each in chosen),
        outcome=_outcome(plan),
        signers=_signers(plan, author),
        printed_on=_day(today_in(plan.program_year.cohort.district.time_zone)),
    )


def clean(text: str) -> str:
    """Text without signs that cannot be printed, in the composed form that fonts have letters for."""
    return unicodedata.normalize(
        "NFC", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    ).strip()


def _facts(plan: GrowthPlan, post: Any) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("Name"), str(plan.membership.leader.user)),
        (_("School"), f"{post.school.name} ({post.title})" if post else ""),
        (_("District"), plan.program_year.cohort.district.name),
        (_("Program year"), f"{plan.program_year.label}, {plan.program_year.cohort.name}"),
        (_("Focus competency"), plan.competency.coded_label if plan.competency else ""),
    ]
    return tuple((label, clean(text)) for label, text in facts if text)


def _indicators(plan: GrowthPlan) -> tuple[str, ...]:
    if plan.competency is None:
        return ()
    return tuple(clean(node.coded_label) for node in plan.competency.children.order_by("position", "pk"))


def _words(plan: GrowthPlan, *names: str) -> tuple[tuple[str, str], ...]:
    found = []
    for name in names:
        label = str(GrowthPlan._meta.get_field(name).verbose_name)
        found.append((label[:1].upper() + label[1:], clean(getattr(plan, name))))
    return tuple((label, text) for label, text in found if text)


def _outcome(plan: GrowthPlan) -> tuple[tuple[str, str], ...]:
    found = _words(plan, "outcome", "implications")
    if plan.completed is None:
        return found
    settled = _("Completed") if plan.completed else _("Not completed; it goes on or was set aside")
    return (*found, (_("Settled in the year-end conversation"), settled))


def _goal(number: int, goal: Goal) -> PrintedGoal:
    return PrintedGoal(
        number=number,
        statement=clean(goal.statement) or _("(not written yet)"),
        competency=goal.competency.coded_label if goal.competency else "",
        indicators=tuple(clean(node.coded_label) for node in goal.indicators.all()),
        success=clean(goal.success),
        due=_day(goal.due_on),
        steps=tuple(_step(step) for step in goal.steps.all()),
    )


def _step(step: ActionStep) -> PrintedStep:
    resources = [clean(step.material)]
    if step.money is not None:
        resources.append(_("$%(amount)s") % {"amount": _amount(step.money, 2)})
    if step.release_days is not None:
        days = ngettext("%(days)s release day", "%(days)s release days", 1 if step.release_days == 1 else 2)
        resources.append(days % {"days": _amount(step.release_days, 1)})
    return PrintedStep(
        what=clean(step.what) or _("(not written yet)"),
        status=str(step.get_status_display()),
        due=_day(step.due_on),
        resources=", ".join(filter(None, resources)),
        with_whom=clean(step.with_whom),
        reason=clean(step.reason),
    )


def _amount(value: Decimal, places: int) -> str:
    return number_format(value, 0 if value == value.to_integral_value() else places, force_grouping=True)


def _evidence(row: Evidence, numbers: dict[int, int]) -> PrintedEvidence:
    tie = ""
    if row.goal_id in numbers:
        tie = _("Goal %(number)d") % {"number": numbers[row.goal_id]}
    elif row.indicator is not None:
        tie = clean(row.indicator.coded_label)
    return PrintedEvidence(
        title=clean(row.title),
        kind=str(row.get_kind_display()),
        day=_day(row.happened_on),
        shows=clean(row.note),
        source=clean(row.link or row.file_name),
        tie=tie,
    )


def _reflection(row: Reflection) -> PrintedReflection:
    heading = clean(row.prompt) or str(row.get_stage_display()).capitalize()
    return PrintedReflection(heading=heading, day=_day(row.written_on), text=clean(row.text))


def _signers(plan: GrowthPlan, author: str) -> tuple[str, ...]:
    """Who acknowledges that the plan was talked about; a line for a hand to sign on."""
    reviewer = str(plan.reviewer.user) if plan.reviewer else ""
    first = _("%(name)s, author") % {"name": author}
    second = _("%(name)s, reviewer") % {"name": reviewer} if reviewer else _("Reviewer")
    return clean(first), clean(second)


def _day(day: Any) -> str:
    """With the year always: paper is read years later."""
    return day_in_words(day, day.min) if day else ""
