"""Forms of forming trios: the rules, a travel table, a repair, which two proposals to compare, wishes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coaching.models import MOST_APART, MOST_PARTNERS, TrioProposal
from cohorts.models import Membership

MEGABYTE = 1024 * 1024
# Two hundred thousand rows of codes and minutes stay under this.
MOST_MEGABYTES = 5
TIMES = ((10, _("10 seconds")), (30, _("30 seconds")), (60, _("a minute")))


class RulesForm(forms.Form):
    """The switches beside the order of priorities and the pins, which the page keeps itself."""

    pairs_allowed = forms.BooleanField(
        label=_("Pairs are allowed"),
        required=False,
        help_text=_("Two people instead of three where that leaves fewer people over."),
    )
    keep_last_trios = forms.BooleanField(
        label=_("Keep trios of last year together"),
        required=False,
        help_text=_("Otherwise people sit with others than last year, as far as the order allows."),
    )
    include_without_school = forms.BooleanField(
        label=_("Seat people without a school as well"),
        required=False,
        help_text=_("Their ways and their mix of schools cannot be counted."),
    )
    time_limit = forms.TypedChoiceField(
        label=_("Look for at most"),
        choices=TIMES,
        coerce=int,
        initial=30,
        help_text=_("Most cohorts need a few seconds. You can stop at any time and keep the best so far."),
    )


class TravelForm(forms.Form):
    file = forms.FileField(
        label=_("Table of driving minutes"),
        help_text=format_lazy(
            _("A CSV file with the columns from, to and minutes; schools by code. At most {limit} MB."),
            limit=MOST_MEGABYTES,
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt"}),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_MEGABYTES * MEGABYTE:
            raise forms.ValidationError(_("This file is larger than a table of one district can be."))
        return upload


class RepairForm(forms.Form):
    pinned = forms.MultipleChoiceField(
        label=_("Trios that stay as they are"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody joins or leaves them, as long as all of their people take part."),
    )

    def __init__(self, *args: Any, groups: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pinned"].choices = groups

    def chosen(self) -> set[int]:
        return {int(key) for key in self.cleaned_data.get("pinned", ())}


class CompareForm(forms.Form):
    one = forms.TypedChoiceField(label=_("Compare"), coerce=int)
    other = forms.TypedChoiceField(label=_("with"), coerce=int)

    def __init__(self, *args: Any, proposals: Sequence[TrioProposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].choices = [(row.number, str(row)) for row in proposals]


ORDINALS = (_("First person"), _("Second person"), _("Third person"), _("Fourth person"), _("Fifth person"))


class PeopleWidget(forms.MultiWidget):
    """A short row of boxes, each with all names: fifty ticks would be six screens on a phone."""

    def __init__(self, boxes: int) -> None:
        super().__init__([forms.Select(attrs={"aria-label": word}) for word in ORDINALS[:boxes]])

    def decompress(self, value: Sequence[str] | None) -> list[str]:
        chosen = list(value or [])[: len(self.widgets)]
        return chosen + [""] * (len(self.widgets) - len(chosen))


class PeopleField(forms.MultiValueField):
    """Cleans to the keys of the people chosen, each once; a box left alone is nobody."""

    widget: PeopleWidget

    def __init__(self, *, boxes: int, people: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        fields = [forms.ChoiceField(required=False, choices=people) for _box in range(boxes)]
        super().__init__(
            fields, required=False, widget=PeopleWidget(boxes), require_all_fields=False, **kwargs
        )

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        for field, widget in zip(self.fields, self.widget.widgets, strict=True):
            field.choices = widget.choices = [("", _("Nobody")), *people]

    def compress(self, data_list: Sequence[str]) -> list[str]:
        return list(dict.fromkeys(key for key in data_list if key))


class WishesForm(forms.Form):
    partners = PeopleField(
        label=_("People you would like to sit with"),
        boxes=MOST_PARTNERS,
        help_text=format_lazy(
            _("At most {most}. Only people with the same focus competency can share a trio."),
            most=MOST_PARTNERS,
        ),
    )
    context = forms.ChoiceField(
        label=_("What kind of school should your partners come from?"),
        required=False,
        widget=forms.RadioSelect,
        choices=(
            ("", _("I do not mind")),
            ("same", _("The same kind as mine")),
            ("different", _("Another kind than mine")),
        ),
        help_text=_("The kind is told by the grades that a school has."),
    )
    apart = PeopleField(
        label=_("People you would rather not sit with"),
        boxes=MOST_APART,
        help_text=format_lazy(_("At most {most}. Nobody asks you why."), most=MOST_APART),
    )

    def __init__(self, *args: Any, people: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((str(one.pk), str(one.leader)) for one in people), key=lambda one: plain(one[1]))
        for name in ("partners", "apart"):
            self.fields[name].offer(choices)
        for name in ("partners", "context"):
            self.fields[name].audience = _(
                "Only you. Program leads see how many wishes are met, without names."
            )
        self.fields["apart"].audience = _("Only you. No lead, no operator, no page shows it.")


def plain(name: str) -> str:
    """For the order of names: Étienne stands between Emily and Fatuma."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
