"""Typing a code, and correcting somebody's times on the roll."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.sessions.planning import time_input
from cohorts.models import Attendance, LearningSession


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code shown in the room"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
        help_text=_("Six letters. It changes every few minutes; upper or lower case does not matter."),
        error_messages={"required": _("Type the six letters that are shown in the room.")},
    )


class StayForm(forms.Form):
    arrived = forms.TimeField(label=_("Arrived"), widget=time_input())
    left = forms.TimeField(
        label=_("Left"), widget=time_input(), required=False, help_text=_("Empty: stayed until the end.")
    )

    def __init__(self, *args: Any, session: LearningSession, stay: Attendance | None, **kwargs: Any) -> None:
        self.zone = ZoneInfo(session.zone)
        self.day = session.starts_at.astimezone(self.zone).date()
        arrived = stay.arrived_at if stay else session.starts_at
        kwargs["initial"] = {
            "arrived": arrived.astimezone(self.zone).time(),
            "left": stay.left_at.astimezone(self.zone).time() if stay and stay.left_at else None,
        }
        super().__init__(*args, **kwargs)

    def times(self) -> dict[str, datetime.datetime | None]:
        """As attendance.tick takes it; the day is the session's own."""
        data = self.cleaned_data
        return {"arrived_at": self._at(data["arrived"]), "left_at": self._at(data["left"])}

    def _at(self, time: datetime.time | None) -> datetime.datetime | None:
        return None if time is None else datetime.datetime.combine(self.day, time, tzinfo=self.zone)
