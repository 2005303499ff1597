"""Forms of the roster import: the upload, what its columns mean, and the yes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cohorts.models import Appointment
from cohorts.roster import (
    LEAVE_OUT,
    MAX_FILE_MB,
    OFFERED,
    SUGGESTED,
    Choices,
    RosterPlan,
    RosterRefusedError,
    Table,
    column_key,
)
from cohorts.roster.columns import key
from cohorts.roster.people import unknown_role_words
from cohorts.roster.plan import MOST_ROLE_WORDS
from cohorts.roster.roles import role_kind_in_title
from cohorts.roster.table import MEGABYTE

FIELD_LABELS = {
    "email": _("e-mail"),
    "name": _("name"),
    "given_name": _("given name"),
    "family_name": _("family name"),
    "preferred_name": _("preferred name"),
    "school": _("school (name or code)"),
    "school_code": _("school code"),
    "role_kind": _("kind of role"),
    "role_title": _("title"),
    "also_teaches": _("also teaches (yes or no)"),
    "employee_number": _("employee number"),
    "source_id": _("source id"),
    "starts_on": _("start date"),
    "supervisor": _("supervisor (e-mail)"),
    "leads_since": _("leads since (year)"),
    "is_active": _("on the roll"),
}
SAMPLES = 3  # values shown beside a column: enough to recognize it by
_UNDECIDED = "?"
# Django refuses a form of more than a thousand fields; past this the page asks about all of them at once.
MOST_BOXES = 300


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Roster file"),
        help_text=format_lazy(
            _(
                "A list saved as CSV or XLSX, or a OneRoster zip from your student system. "
                "At most {limit} MB. Nothing is stored before you have seen what would change."
            ),
            limit=MAX_FILE_MB,
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.zip"}),
    )

    def clean_file(self) -> Any:
        """Refuse by the stated size, before the whole of a huge file is read into memory."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE_MB * MEGABYTE:
            raise forms.ValidationError(RosterRefusedError("too_big", limit=MAX_FILE_MB).sentence(now))
        return upload


class ColumnsForm(forms.Form):
    """What each column of the upload means, what unknown role words mean, and how dates are written."""

    def __init__(self, *args: Any, table: Table, plan: RosterPlan, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.choices_known = choices
        # A OneRoster zip says itself what its columns mean; only its roles are asked about.
        asked = range(len(table.headings)) if table.coverage == "list" else ()
        self._names = {index: f"column_{index}" for index in asked}
        # Words that were explained earlier are shown too, so that an answer can be corrected.
        words = unknown_role_words(table, plan.recognition, Choices())
        self._words = list(words) if len(words) <= MOST_ROLE_WORDS else []
        meant = {index: name for name, index in plan.recognition.columns.items()}
        unsure = {index for indices in plan.recognition.doubled.values() for index in indices}
        unsure |= set(plan.recognition.undecided)
        for index in sorted(self._names, key=lambda index: index not in unsure):
            initial = _UNDECIDED if index in unsure else meant.get(index, LEAVE_OUT)
            self.fields[self._names[index]] = self._column_field(index, initial)
        for number, word in enumerate(self._words):
            self.fields[f"role_{number}"] = self._role_field(word, words[word])
        if self._names:
            self.fields["date_order"] = self._date_order_field(choices.date_order)

    def _date_order_field(self, known: str) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_("How are dates such as 03/04/2026 written?"),
            required=False,
            initial=known,
            choices=[
                ("", _("There are none, or I am not sure: tell me which rows are doubtful")),
                ("dmy", _("Day first: 3 April 2026")),
                ("mdy", _("Month first: March 4, 2026")),
            ],
        )

    def _column_field(self, index: int, initial: str) -> forms.ChoiceField:
        offered = [(name, FIELD_LABELS[name]) for name in OFFERED]
        options: list[tuple[str, Any]] = [(LEAVE_OUT, _("leave this column out")), *offered]
        if initial == _UNDECIDED:
            options.insert(0, (_UNDECIDED, _("choose…")))
        return forms.ChoiceField(
            label=self.table.headings[index] or now("Column %(number)s") % {"number": index + 1},
            choices=options,
            initial=initial,
            required=False,
            help_text=_samples(self.table, index),
        )

    def _role_field(self, word: str, count: int) -> forms.ChoiceField:
        suggested = SUGGESTED.get(key(word), role_kind_in_title(word) or _UNDECIDED)
        known = self.choices_known.roles.get(key(word), suggested)
        return forms.ChoiceField(
            label=now("The role “%(word)s”") % {"word": word},
            help_text=ngettext("In %(count)s row.", "In %(count)s rows.", count) % {"count": count},
            choices=[
                (_UNDECIDED, _("choose…")),
                *Appointment.Role.choices,
                (LEAVE_OUT, _("not a leader: leave these people out")),
            ],
            initial=known,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        claimed: dict[str, str] = {}
        for name, value in list(cleaned.items()):  # add_error takes answers out
            if value == _UNDECIDED:
                self.add_error(name, _("Choose what this means, or leave it out."))
            elif name.startswith("column_") and value and claimed.setdefault(value, name) != name:
                first = self.fields[claimed[value]].label
                self.add_error(name, now("“%(first)s” has this meaning already.") % {"first": first})
        if self._names:
            self._require_people(claimed)
        return cleaned

    def _require_people(self, claimed: dict[str, str]) -> None:
        if "email" not in claimed:
            self.add_error(None, _("Say which column holds the e-mail addresses."))
        if "name" not in claimed and not {"given_name", "family_name"} <= claimed.keys():
            self.add_error(
                None, _("Say which column holds the names, or which two hold given and family name.")
            )

    def answers(self) -> Choices:
        """What was chosen, ready to be remembered."""
        data = self.cleaned_data
        return Choices(
            columns={
                column_key(self.table.headings, index): data[name]
                for index, name in self._names.items()
                if name in data
            },
            roles={key(word): data[f"role_{number}"] for number, word in enumerate(self._words)},
            date_order=data.get("date_order", self.choices_known.date_order),
        )


class ConfirmForm(forms.Form):
    """The yes to one plan, and who of the absent is to leave the roll.

    own_email: of the person who confirms, who is not asked about: nobody takes themselves off the roll.
    """

    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: RosterPlan, own_email: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"digest": plan.digest()}, **kwargs)
        self.absent = [absence for absence in plan.absent if absence.person.email != own_email]
        if len(self.absent) > MOST_BOXES:
            self.fields["all_absent"] = forms.BooleanField(
                label=now("Make all %(count)s of them inactive") % {"count": len(self.absent)},
                required=False,
                help_text=_("They are too many to list here. Nothing of theirs is deleted."),
            )
        elif self.absent:
            self.fields["absent"] = forms.TypedMultipleChoiceField(
                label=_("Make inactive"),
                coerce=int,
                required=False,
                choices=[
                    (absence.person.key, f"{absence.person.name}, {absence.person.email}")
                    for absence in self.absent
                ],
                initial=[absence.person.key for absence in self.absent if absence.suggested],
                widget=forms.CheckboxSelectMultiple,
                help_text=_(
                    "Whoever is ticked leaves the roll and the list of members. "
                    "Nothing of theirs is deleted, and a later roster that names them brings them back."
                ),
            )

    def leaving(self) -> list[int]:
        if self.cleaned_data.get("all_absent"):
            return [absence.person.key for absence in self.absent]
        return self.cleaned_data.get("absent", [])


def _samples(table: Table, index: int) -> str:
    """A few different values of a column, so that it is recognized without opening the file."""
    values: list[str] = []
    for row in table.rows:
        value = row.cells[index]
        if value and value not in values:
            values.append(value)
        if len(values) == SAMPLES:
            break
    if not values:
        return now("This column is empty.")
    shown = " · ".join(value if len(value) <= 40 else f"{value[:39]}…" for value in values)
    return now("For example: %(values)s") % {"values": shown}
