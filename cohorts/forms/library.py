"""Writing a dialogue kit or a resource, and looking for one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import DialogueKit, District, LearningSession, Resource, StandardNode

_ROWS = {
    "why": 4,
    "provocations": 4,
    "discussion": 4,
    "questions": 4,
    "statements": 5,
    "think": 2,
    "discuss": 2,
    "act": 4,
}


class KitForm(forms.ModelForm):
    class Meta:
        model = DialogueKit
        fields = (
            "title",
            "theme",
            "why",
            "provocations",
            "discussion",
            "questions",
            "first_view",
            "second_view",
            "statements",
            "think",
            "discuss",
            "act",
            "is_active",
        )
        widgets = {name: forms.Textarea(attrs={"rows": rows}) for name, rows in _ROWS.items()}

    def _post_clean(self) -> None:
        """The service checks the row; checking here too would say everything twice."""


class ResourceForm(forms.ModelForm):
    class Meta:
        model = Resource
        fields = ("title", "kind", "use", "address", "text", "note", "competencies", "is_active")
        widgets = {"text": forms.Textarea(attrs={"rows": 6}), "competencies": forms.CheckboxSelectMultiple}

    address = forms.URLField(
        label=_("Web address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where it is read or watched."),
    )

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["competencies"]
        nodes = StandardNode.objects.filter(standard__district=district, focus_selectable=True)
        field.queryset = nodes.select_related("standard").order_by("standard", "position")
        field.label_from_instance = lambda node: node.coded_label

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Give an address that begins with https://."))
        return address

    def _post_clean(self) -> None:
        """As in KitForm."""

    def values(self) -> dict[str, Any]:
        """As save_resource takes it: fields of the row, and competencies apart."""
        data = dict(self.cleaned_data)
        return {"competencies": list(data.pop("competencies")), "values": data}


class ResourceFilter(forms.Form):
    q = forms.CharField(label=_("Words in the title"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Every kind")), *Resource.Kind.choices]
    )
    use = forms.ChoiceField(
        label=_("Use"), required=False, choices=[("", _("Every use")), *Resource.Use.choices]
    )
    competency = forms.ModelChoiceField(
        label=_("Competency"),
        required=False,
        queryset=StandardNode.objects.none(),
        empty_label=_("Every competency"),
    )

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["competency"]
        field.queryset = StandardNode.objects.filter(standard__district=district, focus_selectable=True)
        field.label_from_instance = lambda node: node.coded_label

    def narrowed(self, rows: Any) -> Any:
        """The resources that fit; a filter that cannot be read narrows nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("q"):
            rows = rows.filter(title__icontains=data["q"])
        for name in ("kind", "use"):
            if data.get(name):
                rows = rows.filter(**{name: data[name]})
        return rows.filter(competencies=data["competency"]) if data.get("competency") else rows


class AttachForm(forms.Form):
    """Which resources stand beside a session's agenda."""

    resources = forms.ModelMultipleChoiceField(
        label=_("Materials of this session"),
        queryset=Resource.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, session: LearningSession, **kwargs: Any) -> None:
        district_id = session.program_year.cohort.district_id
        kwargs.setdefault("initial", {"resources": list(session.resources.values_list("pk", flat=True))})
        super().__init__(*args, **kwargs)
        self.fields["resources"].queryset = Resource.objects.filter(district_id=district_id, is_active=True)
