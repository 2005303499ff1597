"""What the writing page shows: each part of the plan as a form, with its choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import StandardNode
from cohorts.offering import offered_competencies
from growthplans.forms.writing import (
    Choices,
    GoalForm,
    PartForm,
    ReflectionForm,
    StepForm,
    WhyForm,
    YearEndForm,
)
from growthplans.models import GrowthPlan
from growthplans.outline import Outline, outline_of
from growthplans.prompts import BY_STAGE


@dataclass(frozen=True)
class GoalBlock:
    form: GoalForm
    steps: list[StepForm]


class Writing:
    """All forms of one plan. `refused` replaces one of them: what was typed, with its sentence."""

    def __init__(self, plan: GrowthPlan, user: Any) -> None:
        self.plan = plan
        self.outline: Outline = outline_of(plan, user)
        self.offered = list(offered_competencies(plan.program_year))
        empty = [("", _("Not chosen"))]
        self.competencies: Choices = empty + [(str(node.pk), node.coded_label) for node in self.offered]
        self.why = WhyForm(plan, choices={"competency": self._with(plan.competency)})
        self.year_end = YearEndForm(plan)
        self.goals = [self._goal(goal) for goal in self.outline.goals]
        _place([block.form for block in self.goals])
        self.reflections = [self._reflection(each) for each in self.outline.reflections]

    def _goal(self, goal: Any) -> GoalBlock:
        choices = {"competency": self._with(goal.competency), "indicators": self._indicators(goal)}
        block = GoalBlock(GoalForm(goal, choices=choices), [StepForm(step) for step in goal.listed_steps])
        year = self.plan.program_year
        _place(block.steps)
        for form in (block.form, *block.steps):
            form.limit_days(year.starts_on, year.ends_on)
        return block

    def _reflection(self, reflection: Any) -> ReflectionForm:
        form = ReflectionForm(reflection)
        prompt = BY_STAGE[reflection.stage]
        form.title = prompt.title
        form.fields["text"].help_text = reflection.prompt or prompt.questions
        return form

    def _with(self, node: StandardNode | None) -> Choices:
        """The competencies on offer, and the one that is chosen though it is no longer offered."""
        if node is None or any(key == str(node.pk) for key, _label in self.competencies):
            return self.competencies
        return [*self.competencies, (str(node.pk), node.coded_label)]

    def _indicators(self, goal: Any) -> Choices:
        """What stands below the goal's competency, or below the plan's; and what was chosen before."""
        wanted = goal.competency_id or self.plan.competency_id
        found: Choices = []
        for node in self.offered:
            if node.pk == wanted:
                for part in node.parts:
                    found.append((str(part.pk), part.coded_label))
                    found += [(str(below.pk), below.coded_label) for below in part.parts]
        listed = {key for key, _label in found}
        return found + [
            (str(node.pk), node.coded_label) for node in goal.indicators.all() if str(node.pk) not in listed
        ]

    def forms(self) -> list[PartForm]:
        steps = [form for block in self.goals for form in (block.form, *block.steps)]
        return [self.why, *steps, *self.reflections, self.year_end]

    def show_refusal(self, part: str, part_id: int, data: Any, field: str, sentence: str) -> PartForm | None:
        """Put what was typed back into its form, with the sentence at its field; None if it is not there."""
        for form in self.forms():
            if (form.part, form.row.pk) == (part, part_id) and (field in form.fields or field == ""):
                form.data, form.is_bound = data, True
                form.full_clean()
                form.add_error(field or None, sentence)
                return form
        return None


def _place(forms: Sequence[PartForm]) -> None:
    """Give each form the places above and below it, for the buttons that work without script."""
    for place, form in enumerate(forms):
        form.place_before, form.place_after = max(place - 1, 0), place + 1
