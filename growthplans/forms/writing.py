"""The boxes of the writing page. What is typed into them is checked by the editing service, not here."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from growthplans.models import ActionStep
from growthplans.parts import value_of

Choices = list[tuple[str, str]]


def _box(label: Any, rows: int, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, widget=widget, strip=False)


def _line(label: Any, help_text: Any = "", **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.TextInput(attrs={"dir": "auto", **attrs})
    )


def _day(label: Any, help_text: Any = "") -> forms.CharField:
    # A text field for the server, a date field for the browser: one place says what a wrong day is.
    return forms.CharField(label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}))


class PartForm(forms.Form):
    """One part of the plan with the version it was opened on; ids carry the part's key."""

    part = ""

    def __init__(self, row: Any, *, data: Any = None, choices: dict[str, Choices] | None = None) -> None:
        self.row, self.key = row, f"{self.part}-{row.pk}"
        super().__init__(data, auto_id=f"{self.key}-%s")
        for name, field in self.fields.items():
            field.required = False
            if choices and name in choices:
                field.choices = choices[name]
            value = value_of(row, name)
            self.initial[name] = [str(key) for key in value] if isinstance(value, list) else value

    def limit_days(self, first: datetime.date, last: datetime.date) -> None:
        self.fields["due_on"].widget.attrs.update(min=first.isoformat(), max=last.isoformat())


class WhyForm(PartForm):
    part = "plan"
    competency = forms.ChoiceField(label=_("Focus competency"))
    rationale = _box(
        _("Why this focus?"),
        5,
        _("What in your school or your role asks for it now? A few sentences are enough."),
    )
    school_goal = _box(
        _("Which school goal does it serve?"), 2, _("If there is one. You may leave this empty.")
    )
    division_goal = _box(
        _("Which division goal does it serve?"), 2, _("If there is one. You may leave this empty.")
    )


class YearEndForm(PartForm):
    part = "plan"
    outcome = _box(_("What came of it?"), 4, _("What is different now, and what shows it?"))
    implications = _box(_("What does it mean for next year?"), 3, _("What you would keep, stop or try next."))


class GoalForm(PartForm):
    part = "goal"
    statement = _box(_("Goal"), 2, _("One sentence about what will be different, and for whom."))
    success = _box(_("What will success look like?"), 2, _("What you or others would see or hear."))
    due_on = _day(_("By when?"))
    competency = forms.ChoiceField(label=_("Competency it serves"))
    indicators = forms.MultipleChoiceField(
        label=_("Indicators it serves"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )


class StepForm(PartForm):
    part = "step"
    what = _box(_("Step"), 1)
    due_on = _day(_("By when?"))
    status = forms.ChoiceField(label=_("How it stands"), choices=ActionStep.Status.choices)
    reason = _line(_("Why?"), _("Needed for a delayed or dropped step."))
    with_whom = _line(_("With whom?"))
    material = _line(_("Material needed"))
    money = _line(_("Money needed"), inputmode="decimal")
    release_days = _line(_("Release days needed"), inputmode="decimal")


class ReflectionForm(PartForm):
    part = "reflection"
    text = _box(_("Your reflection"), 6)
