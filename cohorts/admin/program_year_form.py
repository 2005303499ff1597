"""The form of a program year: what is offered is a list of boxes to tick."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cohorts.admin.forms import OneDistrictForm
from cohorts.models import Cohort, ProgramYear, StandardNode
from cohorts.services.errors import RefusedError
from cohorts.services.offers import refuse_withdrawing_chosen


class CompetencyBoxes(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: StandardNode) -> str:
        return obj.coded_label


class ProgramYearForm(OneDistrictForm):
    offered = CompetencyBoxes(
        label=_("offered"),
        queryset=StandardNode.objects.none(),
        required=False,
        help_text=_("Leaders choose their focus among these. The study offered five of nine."),
    )

    class Meta:
        model = ProgramYear
        exclude = ["competencies"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "offered" in self.fields:
            field = self.fields["offered"]
            field.queryset = StandardNode.objects.competencies().filter(standard=self.instance.standard_id)
            self.initial["offered"] = list(self.instance.offered.values_list("competency_id", flat=True))

    def clean_label(self) -> str:
        label = self.cleaned_data["label"].strip()
        if not slugify(label.replace("–", "-").replace("/", "-")):
            raise forms.ValidationError(_("Give the year a name with numbers, such as 2026–27."))
        return label

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._refuse_second_of_the_name()
        self._refuse_withdrawing()
        return cleaned

    def _refuse_second_of_the_name(self) -> None:
        """The address part is made from the name, so the database's own rule is out of the form's sight."""
        cohort = self.cleaned_data.get("cohort") or self._own_cohort()
        label = self.cleaned_data.get("label")
        if cohort is None or not label:
            return
        slug = slugify(label.replace("–", "-").replace("/", "-"))
        if cohort.years.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            self.add_error("label", _("This cohort has a program year of this name already."))

    def _own_cohort(self) -> Cohort | None:
        return self.instance.cohort if self.instance.cohort_id else None

    def _refuse_withdrawing(self) -> None:
        if not self.instance.pk or "offered" not in self.cleaned_data:
            return
        try:
            refuse_withdrawing_chosen(self.instance, [node.pk for node in self.cleaned_data["offered"]])
        except RefusedError as refusal:
            self.add_error("offered", refusal.sentences)
