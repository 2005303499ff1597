"""Words of an instrument, its sections, items and scales, and files of its structure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.interchange.outline import MOST_LEVELS
from surveys.models import Instrument, Item, Section

MOST_FILE_BYTES = 1024 * 1024


class InstrumentForm(forms.ModelForm):
    class Meta:
        model = Instrument
        fields = ["title", "kind", "purpose", "consent_text", "thanks"]


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ["title", "intro"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 3})}


class ItemForm(forms.ModelForm):
    class Meta:
        model = Item
        fields = ["code", "text", "kind", "asked_in", "scale", "looks_back_at", "node", "reverse_keyed"]
        fields += ["help_text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        self.fields["scale"].queryset = instrument.scales.all()
        mine = Item.objects.filter(section__instrument=instrument, kind=Item.Kind.STATEMENT)
        self.fields["looks_back_at"].queryset = mine.exclude(pk=self.instance.pk).in_order()
        nodes = self.fields["node"]
        nodes.queryset = (
            nodes.queryset.none() if instrument.standard is None else instrument.standard.nodes.all()
        )
        nodes.label_from_instance = lambda node: node.coded_label

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        others = Item.objects.filter(section__instrument=self.instrument).exclude(pk=self.instance.pk)
        if others.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("Another item of this instrument has this number."))
        return code

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        is_open, is_then = found.get("kind") == "open", found.get("kind") == "then"
        if is_open:
            found["scale"] = None
        elif not found.get("scale"):
            self.add_error("scale", _("A statement needs a scale."))
        stays = found.get("kind") == "statement" or not self.instance.pk
        if not stays and self.instance.then_items.exists():
            self.add_error("kind", _("Another item looks back at this statement. Change that one first."))
        if not is_then:
            found["looks_back_at"] = None
        elif not found.get("looks_back_at"):
            self.add_error("looks_back_at", _("Name the statement that it looks back at."))
        return found


class ScaleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    levels = forms.CharField(
        label=_("Levels"), help_text=_("One a line, the lowest first; two to nine."), widget=forms.Textarea
    )

    def clean_levels(self) -> list[str]:
        labels = [line.strip() for line in self.cleaned_data["levels"].splitlines() if line.strip()]
        if not 2 <= len(labels) <= MOST_LEVELS:
            raise forms.ValidationError(_("Give two to nine levels."))
        if any(len(label) > 80 for label in labels):
            raise forms.ValidationError(_("A level has eighty letters at most."))
        return labels


class StructureFileForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160, required=False)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or workbook with the columns number and wording, or a LimeSurvey structure (.txt, .tsv)."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB. A questionnaire is not."))
        return file
