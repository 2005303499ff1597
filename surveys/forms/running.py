"""Starting a survey, and the words and times of its waves."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from surveys.models import Instrument, Survey, Wave


class SurveyForm(forms.ModelForm):
    class Meta:
        model = Survey
        fields = ["title", "instrument"]
        help_texts = {
            "title": _("People see it in mail and on their start page, such as “Growth 2026–28”."),
            "instrument": _("What is asked. Answers before and after are paired within one survey."),
        }

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Instrument.objects.in_district(cohort.district).latest_first()
        self.fields["instrument"].queryset = rows


class ZonedField(forms.DateTimeField):
    """A day and a time on the district's clock, whatever the reader's own zone is."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    zone = "UTC"

    def to_python(self, value: Any) -> datetime.datetime | None:
        found = super().to_python(value)
        return found and found.replace(tzinfo=ZoneInfo(self.zone))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime.datetime):
            return value.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return value


class WaveForm(forms.ModelForm):
    opens_at = ZonedField(label=_("Opens"))
    closes_at = ZonedField(label=_("Closes"), help_text=_("From this moment no answer is taken."))

    class Meta:
        model = Wave
        fields = ["title", "kind", "program_year", "audience", "opens_at", "closes_at"]
        help_texts = {
            "title": _("Such as “Autumn 2026”."),
            "kind": _("Decides which open questions are asked, and what is paired with what."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        survey = self.instance.survey
        self.fields["program_year"].queryset = survey.cohort.years.order_by("-starts_on")
        for name in ("opens_at", "closes_at"):
            self.fields[name].zone = survey.cohort.district.time_zone
        if self.instance.announced:
            # What people were told stays: only the closing time may still move.
            for name in ("kind", "program_year", "audience", "opens_at"):
                del self.fields[name]


class LateForm(forms.Form):
    late_until = ZonedField(
        label=_("Take late answers until"),
        required=False,
        help_text=_("Leave empty to take none. Once the wave is over this cannot be changed any more."),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["late_until"].zone = zone
