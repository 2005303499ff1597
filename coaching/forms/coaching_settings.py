"""The pace of a year's trios and when their pages show a kind note."""

from __future__ import annotations

from django import forms

from coaching.models import CoachingSettings


class CoachingSettingsForm(forms.ModelForm):
    class Meta:
        model = CoachingSettings
        fields = (
            "cadence",
            "answer_days",
            "quiet_share_percent",
            "quiet_rounds",
            "missed_in_a_row",
            "untouched_goal_rounds",
            "conversation_after_rounds",
        )
