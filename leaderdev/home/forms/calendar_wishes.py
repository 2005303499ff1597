"""What somebody wants to find in her calendar, and when it rings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leaderdev.accounts.models import CalendarFeed


class CalendarWishesForm(forms.Form):
    alarm_minutes = forms.TypedChoiceField(
        label=_("Ring before meetings and sessions"),
        choices=[("", _("not at all")), *CalendarFeed.Alarm.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Some calendar programs ignore this for calendars to which one subscribes."),
    )
    with_due_dates = forms.BooleanField(label=_("Show by when check-ins are due"), required=False)
    with_closed_days = forms.BooleanField(label=_("Show days without school"), required=False)

    def __init__(self, data: Any = None, *, feed: CalendarFeed) -> None:
        minutes = "" if feed.alarm_minutes is None else feed.alarm_minutes
        super().__init__(
            data,
            initial={
                "alarm_minutes": minutes,
                "with_due_dates": feed.with_due_dates,
                "with_closed_days": feed.with_closed_days,
            },
        )
