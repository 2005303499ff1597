"""Forms for evidence: one for each kind, because each asks for something else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from growthplans.files import ENDINGS
from growthplans.models import Evidence, GrowthPlan
from growthplans.parts import LONGEST_TEXT
from growthplans.services.uploads import kinds_in_words

WHOLE_PLAN = ""
# A goal's statement may fill a page; on a list its beginning is enough to recognize it.
SHOWN = 90


class EvidenceForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    note = forms.CharField(
        label=_("What it shows"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence or two: what can somebody see in it who was not there?"),
    )
    belongs_to = forms.ChoiceField(
        label=_("What it belongs to"),
        required=False,
        help_text=_("A goal of yours, or an indicator of the competency you work on."),
    )
    happened_on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day it happened or was made."),
    )

    def __init__(self, *args: Any, plan: GrowthPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {goal.pk: goal for goal in plan.goals.all()}
        nodes = plan.competency.children.order_by("position", "pk") if plan.competency else []
        self.indicators = {node.pk: node for node in nodes}
        self.fields["belongs_to"].choices = self._ties()

    def _ties(self) -> list[Any]:
        goals = [
            (f"goal-{goal.pk}", _goal_label(number, goal.statement))
            for number, goal in enumerate(self.goals.values(), start=1)
        ]
        indicators = [(f"indicator-{node.pk}", node.coded_label) for node in self.indicators.values()]
        choices: list[Any] = [(WHOLE_PLAN, _("The plan as a whole"))]
        choices += [(_("Goals"), goals)] if goals else []
        choices += [(_("Indicators"), indicators)] if indicators else []
        return choices

    def keep_tie(self, row: Evidence) -> None:
        """Let a piece stay tied to an indicator that is no longer on the list, after a change of focus."""
        if row.indicator is not None and row.indicator_id not in self.indicators:
            self.indicators[row.indicator_id] = row.indicator
            self.fields["belongs_to"].choices = self._ties()

    def values(self) -> dict[str, Any]:
        """What was typed, as services.evidence takes it."""
        data = {
            name: value for name, value in self.cleaned_data.items() if name not in ("belongs_to", "version")
        }
        what, _dash, key = self.cleaned_data["belongs_to"].partition("-")
        data["goal"] = self.goals.get(int(key)) if what == "goal" else None
        data["indicator"] = self.indicators.get(int(key)) if what == "indicator" else None
        return data


class NoteForm(EvidenceForm):
    field_order = ["title", "note", "belongs_to", "happened_on"]


class LinkForm(EvidenceForm):
    link = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Such as https://… Whoever opens it needs access there too."),
        error_messages={"invalid": _("Write a web address, such as https://example.ca/page.")},
    )
    field_order = ["link", "title", "note", "belongs_to", "happened_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].validators = [
            *[each for each in self.fields["link"].validators if not isinstance(each, URLValidator)],
            URLValidator(schemes=["http", "https"]),
        ]


class FileForm(EvidenceForm):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # refused by the service, in the same words as every other file
        help_text=format_lazy(
            _("{kinds}. At most {limit} MB. It is kept where only the readers of your plan can fetch it."),
            kinds=lazy(kinds_in_words, str)(),
            limit=settings.EVIDENCE_MAX_MB,
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"required": _("Choose a file."), "missing": _("Choose a file.")},
    )
    field_order = ["file", "title", "note", "belongs_to", "happened_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Leave it empty to use the name of the file.")


FORMS: dict[str, type[EvidenceForm]] = {"file": FileForm, "link": LinkForm, "note": NoteForm}


class EditFileForm(EvidenceForm):
    """The words around a file; another file is another piece of evidence."""


EDIT_FORMS: dict[str, type[EvidenceForm]] = {"file": EditFileForm, "link": LinkForm, "note": NoteForm}


def _goal_label(number: int, statement: str) -> str:
    words = " ".join(statement.split()) or now("(not written yet)")
    short = words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
    return now("Goal %(number)d: %(words)s") % {"number": number, "words": short}
