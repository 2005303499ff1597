"""The check-in form: the author's own steps, and at the end of the year what came of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from growthplans.models import ActionStep, CheckIn, CheckInNote, GrowthPlan
from growthplans.services.check_ins import Ending, Said

LONGEST = 10_000
QUESTIONS = {
    "helped": _("What helped?"),
    "hindered": _("What got in the way?"),
    "would_help": _("What would help now?"),
}


class CheckInForm(forms.Form):
    """Fields per step are named status_12, helped_12 and so on; `rows` walks through them."""

    held_on = forms.DateField(
        label=_("When did you talk?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Say on which day you talked.")},
    )
    outcome = forms.CharField(
        label=_("What came of it?"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    implications = forms.CharField(
        label=_("What does it mean for next year?"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    completed = forms.ChoiceField(
        label=_("Did you complete the plan?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Completed")), ("no", _("Not completed")), ("", _("We leave it open"))],
        required=False,
        help_text=_(
            "Settle it together in the conversation. It is no grade, and leads see no names with it."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        plan: GrowthPlan,
        check_in: CheckIn,
        steps: Sequence[ActionStep],
        notes: Mapping[int, CheckInNote],
        today: datetime.date,
    ) -> None:
        super().__init__(data, initial=_initial(plan, check_in, today))
        self.steps = steps
        self.at_the_end = check_in.kind == CheckIn.Kind.END
        if not self.at_the_end:
            for name in ("outcome", "implications", "completed", "version"):
                del self.fields[name]
        for step in steps:
            self._add(step, notes.get(step.pk))

    def _add(self, step: ActionStep, note: CheckInNote | None) -> None:
        self.fields[f"status_{step.pk}"] = forms.ChoiceField(
            label=_("Where it stands"), choices=ActionStep.Status.choices, initial=step.status
        )
        self.fields[f"was_{step.pk}"] = forms.CharField(
            widget=forms.HiddenInput, initial=step.status, required=False
        )
        for name, label in QUESTIONS.items():
            self.fields[f"{name}_{step.pk}"] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=getattr(note, name, ""),
            )

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """Each step with its bound fields, in the order of the plan."""
        for step in self.steps:
            words = [self[f"{name}_{step.pk}"] for name in QUESTIONS]
            yield {
                "step": step,
                "status": self[f"status_{step.pk}"],
                "was": self[f"was_{step.pk}"],
                "words": words,
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for step in self.steps:
            status = cleaned.get(f"status_{step.pk}")
            lacks = not cleaned.get(f"hindered_{step.pk}") and not step.reason
            if status in (ActionStep.Status.DELAYED, ActionStep.Status.DROPPED) and lacks:
                self.add_error(
                    f"hindered_{step.pk}", _t("Say in a few words why this step is delayed or dropped.")
                )
        return cleaned

    def said(self) -> list[Said]:
        found = self.cleaned_data
        return [
            Said(
                step_id=step.pk,
                status=found[f"status_{step.pk}"],
                was=found[f"was_{step.pk}"],
                **{name: found[f"{name}_{step.pk}"] for name in QUESTIONS},
            )
            for step in self.steps
        ]

    def ending(self) -> Ending | None:
        if not self.at_the_end:
            return None
        found = self.cleaned_data
        completed = {"yes": True, "no": False}.get(found["completed"])
        return Ending(found["outcome"], found["implications"], completed, found["version"])

    def keep_both(self, plan: GrowthPlan) -> None:
        """After a change elsewhere: put what stands there above what was typed, and name its version."""
        data = self.data.copy()
        data["version"] = str(plan.version)
        for name in ("outcome", "implications"):
            theirs, mine = getattr(plan, name), data.get(name, "")
            if theirs.strip() and theirs.strip() != mine.strip():
                data[name] = f"{theirs}\n\n{mine}".strip()
        self.data = data


class ChangeCheckInForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What happens to this check-in?"),
        widget=forms.RadioSelect,
        choices=[("move", _("It moves to another day")), ("skip", _("It does not take place"))],
        error_messages={"required": _("Choose one of the two.")},
    )
    due_on = forms.DateField(
        label=_("The new day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Only if it moves."),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        error_messages={"required": _("Say in a few words why.")},
        help_text=_("A few words. The readers of your plan see them."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("what") == "move" and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _t("Choose the day to which it moves."))
        return cleaned


def _initial(plan: GrowthPlan, check_in: CheckIn, today: datetime.date) -> dict[str, Any]:
    return {
        "held_on": check_in.held_on or today,
        "outcome": plan.outcome,
        "implications": plan.implications,
        "completed": {True: "yes", False: "no", None: ""}[plan.completed],
        "version": plan.version,
    }
