"""The two minutes at the end of a session, and choosing the goal or trio that something is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from cohorts.models import Trio
from growthplans.models import Goal
from surveys.models import Item, Wave

SHOWN = 90


class FeedbackForm(forms.Form):
    """Wording and levels come from the instrument, so that figures and question say the same."""

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Item.objects.filter(section__instrument=wave.survey.instrument).select_related("scale")
        for item in rows.prefetch_related("scale__levels").in_order():
            self.fields[item.code] = _field(item)
            self.fields[item.code].audience = now("Those who run the sessions, in sum and without names")


def _field(item: Item) -> forms.Field:
    if item.scale is None:
        return forms.CharField(
            label=item.text, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
        )
    return forms.TypedChoiceField(
        label=item.text,
        coerce=int,
        choices=[(level.value, level.label) for level in item.scale.levels.all()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four.")},
    )


class StepForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What do you want to do?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to do.")},
    )
    goal = forms.ModelChoiceField(
        label=_("For which goal of your plan?"),
        queryset=Goal.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the goal that it serves.")},
    )

    def __init__(self, *args: Any, outcomes: list[str], goals: list[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [(line, line) for line in outcomes]
        if len(outcomes) == 1:
            self.fields["what"].initial = outcomes[0]
        self.goals = {goal.pk: goal for goal in goals}
        field = self.fields["goal"]
        field.queryset = Goal.objects.filter(pk__in=self.goals)
        field.label_from_instance = lambda goal: Truncator(
            goal.statement or now("A goal without words")
        ).chars(SHOWN)
        for name in self.fields:
            self.fields[name].audience = now("Whoever reads your plan")


class TrioForm(forms.Form):
    trio = forms.ModelChoiceField(
        label=_("For which trio?"),
        queryset=Trio.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the trio."), "invalid_choice": _("Choose one of your trios.")},
    )

    def __init__(self, *args: Any, trios: list[Trio], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["trio"]
        field.queryset = Trio.objects.filter(pk__in=[trio.pk for trio in trios])
        named = {trio.pk: f"{trio.program_year}: {trio.competency.coded_label}" for trio in trios}
        field.label_from_instance = lambda trio: named[trio.pk]
        field.initial = trios[0].pk if len(trios) == 1 else None
        field.audience = now("You and your trio")
