"""The form of a cohort: its address makes itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cohorts.admin.forms import OneDistrictForm
from cohorts.models import Cohort


class CohortForm(OneDistrictForm):
    slug = forms.SlugField(
        label=_("address part"),
        max_length=80,
        required=False,
        help_text=_("Stands in the address of the cohort’s pages. Empty: made from the name."),
    )

    class Meta:
        model = Cohort
        fields = ["district", "name", "slug", "purpose"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        name = self.cleaned_data.get("name")
        if name and "slug" in self.fields and not self.cleaned_data.get("slug"):
            self.cleaned_data["slug"] = _free_slug(name)
        return cleaned


def _free_slug(name: str) -> str:
    """The name as an address; with a number behind it where another cohort has that address."""
    wanted = slugify(name)[:70] or "cohort"
    taken = set(Cohort.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
