"""One item of an agenda, and what stands around the items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cohorts.models import AgendaItem, DialogueKit, LearningSession, Membership, SessionTemplate

ALWAYS = ("title", "minutes", "kind", "lead")
MORE = (
    "preparation",
    "materials",
    "protocol",
    "kit",
    "challenge",
    "guest",
    "learning_goal",
    "activity",
)


class ItemForm(forms.ModelForm):
    """The first four are always open; the rest stands behind one fold."""

    class Meta:
        model = AgendaItem
        fields = (*ALWAYS, *MORE)
        widgets = {"materials": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "learning_goal": _("A guest needs both this and an activity: agree on them beforehand."),
            "materials": _("What has to be on the tables."),
        }

    def __init__(self, *args: Any, session: LearningSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = session.program_year
        people = Membership.objects.current().filter(cohort_id=year.cohort_id).by_name()
        lead = self.fields["lead"]
        lead.queryset = people
        lead.label_from_instance = lambda member: (
            f"{member.leader.user.get_full_name()}, {member.get_role_display()}"
        )
        lead.empty_label = _("Nobody yet")
        kits = DialogueKit.objects.filter(district_id=year.cohort.district_id, is_active=True)
        self.fields["kit"].queryset = kits
        self.fields["kit"].empty_label = _("None")
        self.fields["challenge"].choices = [("", _("Not said")), *AgendaItem.Challenge.choices]

    def _post_clean(self) -> None:
        """The service checks the row as a whole; a second check here would say everything twice."""

    @property
    def first_fields(self) -> list[Any]:
        return [self[name] for name in ALWAYS]

    @property
    def more_fields(self) -> list[Any]:
        return [self[name] for name in MORE]

    @property
    def opens_more(self) -> bool:
        """Whether something stands behind the fold already, or is wrong there."""
        return any(self[name].value() for name in MORE) or any(name in self.errors for name in MORE)


class WordsForm(forms.ModelForm):
    class Meta:
        model = LearningSession
        fields = ("title", "purpose", "bulletin", "prepared")
        widgets = {"bulletin": forms.Textarea(attrs={"rows": 6})}

    def _post_clean(self) -> None:
        """As in ItemForm: the service checks the row."""


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is right this time"),
        max_length=300,
        error_messages={"required": _("Say in a few words why it is right this time.")},
    )


class CopyForm(forms.Form):
    """One list of both kinds of patterns: `s-12` is an earlier session, `t-3` a template."""

    source = forms.ChoiceField(
        label=_("Which agenda?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the agendas on the page."),
            "invalid_choice": _("Choose one of the agendas on the page."),
        },
    )

    def __init__(
        self,
        *args: Any,
        earlier: QuerySet[LearningSession],
        templates: QuerySet[SessionTemplate],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources: dict[str, Any] = {f"s-{row.pk}": row for row in earlier[:40]}
        self.sources |= {f"t-{row.pk}": row for row in templates[:40]}
        self.fields["source"].choices = [(key, _named(row)) for key, row in self.sources.items()]

    def chosen(self) -> dict[str, Any]:
        row = self.sources[self.cleaned_data["source"]]
        return {"earlier" if isinstance(row, LearningSession) else "template": row}


def _named(row: LearningSession | SessionTemplate) -> str:
    if isinstance(row, LearningSession):
        return f"{row.program_year.label}, {row}"
    if row.shared:
        return str(_("Template: %(name)s (shared by %(cohort)s)") % {"name": row.name, "cohort": row.cohort})
    return str(_("Template: %(name)s") % {"name": row.name})


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("Name of the template"), max_length=120)
    shared = forms.BooleanField(label=_("Share it with every cohort of the district"), required=False)
