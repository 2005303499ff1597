"""Sharing a plan with a reviewer, and signing its release for evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cohorts.models import Leader


class ShareForm(forms.Form):
    """`reviewers` are the leaders who can be named; with one or none there is nothing to choose."""

    reviewer = forms.ChoiceField(
        label=_("Who reads it as reviewer?"),
        widget=forms.RadioSelect,
        help_text=_("The reviewer comments or asks a question. Nobody grades a plan."),
        error_messages={"required": _("Choose who reads your plan as reviewer.")},
    )

    def __init__(self, *args: Any, reviewers: Sequence[Leader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_key = {str(leader.pk): leader for leader in reviewers}
        if len(reviewers) < 2:
            del self.fields["reviewer"]
        else:
            names = [(key, _named(leader)) for key, leader in self._by_key.items()]
            self.fields["reviewer"].choices = names

    def chosen(self) -> Leader | None:
        return self._by_key.get(self.cleaned_data.get("reviewer", ""))


def _named(leader: Leader) -> str:
    """Name and post: an author may know one and not the other."""
    post, name = leader.current_post, leader.user.get_full_name()
    return _t("%(name)s, %(post)s") % {"name": name, "post": post.title} if post else name


class ReleaseForm(forms.Form):
    purpose = forms.CharField(
        label=_("For what may this plan be used?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: my annual conversation with the superintendent in May."),
        error_messages={"required": _("Say for what the plan may be used.")},
    )
    signed_name = forms.CharField(
        label=_("Sign with your full name"),
        max_length=150,
        error_messages={"required": _("Sign with your name; without it nothing is released.")},
    )
