"""How a plan is begun: three ways, each only where it leads somewhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cohorts.models import CompetencySelection
from growthplans.models import GrowthPlan

Origin = GrowthPlan.Origin


class StartForm(forms.Form):
    origin = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        selection: CompetencySelection | None,
        earlier: list[GrowthPlan],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        choices: list[tuple[str, str]] = []
        if selection is not None:
            focus = _("From my focus: %(competency)s. Why I chose it stands in the plan already.")
            choices.append((Origin.FOCUS, focus % {"competency": selection.competency.coded_label}))
        for plan in earlier:
            carry = _("From my plan of %(year)s: its goals and the steps that are still open come along.")
            choices.append((f"{Origin.CARRIED}-{plan.pk}", carry % {"year": plan.program_year.label}))
        choices.append((Origin.BLANK, _("From a blank page.")))
        field = self.fields["origin"]
        field.label = _("How do you want to begin?")
        field.choices = choices
        field.initial = choices[0][0]
        field.error_messages["required"] = _("Choose how you want to begin.")
        field.error_messages["invalid_choice"] = _("Choose one of the ways on the page.")

    def way(self) -> dict[str, Any]:
        """The choice as start_plan takes it."""
        origin, _dash, key = self.cleaned_data["origin"].partition("-")
        source = next((plan for plan in self.earlier if str(plan.pk) == key), None)
        return {"origin": origin, "carry_from": source}
