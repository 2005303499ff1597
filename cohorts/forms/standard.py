"""Forms about leadership standards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cohorts.interchange import Problem, Reading, StandardRefused, read_standard
from cohorts.interchange.checking import LONGEST_TEXT, storable
from cohorts.interchange.reading import MOST_BYTES
from cohorts.models import District, Standard, StandardNode
from cohorts.services.standards.wording import Words


def told(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems in the reader's language: where each one is, and what it is."""
    return [
        {
            "place": ", ".join(
                part
                for part in (
                    gettext("Row %(number)s") % {"number": one.line} if one.line is not None else "",
                    one.where,
                )
                if part
            ),
            "text": gettext(one.message) % dict(one.values),
        }
        for one in problems
    ]


class ImportForm(forms.Form):
    """The upload. A valid form has `reading`, the standard in the file, and `data_read`, its bytes."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CASE 1.0 or 1.1 (JSON), a Moodle competency framework (CSV), or a table with a column “label” "
            "(CSV). At most 10 MB and 5,000 statements."
        ),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_(
            "Only for a table that does not name its standard. Otherwise the file’s own title counts."
        ),
    )
    into = forms.ModelChoiceField(
        Standard.objects.none(),
        label=_("Which standard is it about?"),
        required=False,
        empty_label=_("Let the file’s identifier decide"),
        help_text=_(
            "Choose one to update it, or to bring in its next version. "
            "Statements are matched by identifier, then by code."
        ),
    )
    remove_absent = forms.BooleanField(
        label=_("Remove statements that the file lacks"),
        required=False,
        help_text=_("What a program year or a plan refers to stays in any case."),
    )

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        into.queryset = Standard.objects.in_district(district).filter(replaced_by=None)
        self.problems: tuple[Problem, ...] = ()
        self.reading: Reading | None = None
        self.data_read = b""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload is None:
            return cleaned
        self.data_read = upload.read(MOST_BYTES + 1)
        try:
            self.reading = read_standard(self.data_read, filename=upload.name, title=cleaned.get("title", ""))
        except StandardRefused as refusal:
            self.problems = refusal.problems
            sentence = ngettext(
                "Nothing was stored: the file has %(count)s problem, named below.",
                "Nothing was stored: the file has %(count)s problems, named below.",
                len(self.problems),
            )
            self.add_error("file", sentence % {"count": len(self.problems)})
        return cleaned


class WordsForm(forms.Form):
    """The two texts of one statement.

    Each carries what it was when the page was opened, so that saving touches only what was changed here
    and not what a colleague has filled in meanwhile.
    """

    summary = forms.CharField(
        label=_("In our words"),
        max_length=LONGEST_TEXT,
        required=False,
        show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    official_text = forms.CharField(
        label=_("Official text"),
        max_length=LONGEST_TEXT,
        required=False,
        show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, node: StandardNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.node = node

    def as_they_were(self) -> SafeString:
        """Hidden fields with the texts of when the page was opened; our field template leaves them out."""
        return mark_safe("".join(field.as_hidden(only_initial=True) for field in self))  # noqa: S308  Django's own

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, text in cleaned.items():
            if not storable(text):
                self.add_error(
                    name, gettext("The text contains a character that cannot be stored. Type it again.")
                )
        return {name: text.replace("\r\n", "\n").strip() for name, text in cleaned.items()}


class WordsFormSet:
    """One form for each statement; valid when all are. Not a Django formset: the rows are fixed."""

    def __init__(self, data: Any, *, nodes: Sequence[StandardNode]) -> None:
        self.forms = [
            WordsForm(
                data,
                prefix=f"statement-{node.pk}",
                node=node,
                initial={"summary": node.summary, "official_text": node.official_text},
            )
            for node in nodes
        ]

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])  # noqa: C419 - every form shows its errors

    def words(self) -> dict[int, Words]:
        """What was changed, by the statement's row number; ask only where the forms are valid."""
        return {
            form.node.pk: Words(**{name: form.cleaned_data[name] for name in form.changed_data})
            for form in self.forms
            if form.changed_data
        }
