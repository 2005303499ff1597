"""Times that are proposed for one meeting, and what each person answers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coaching.models.circle import of_trio_by
from coaching.models.coaching_session import CoachingSession
from cohorts.models import TrioSeat


class TimeProposal(models.Model):
    coaching_session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    objects = of_trio_by("coaching_session__trio").as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="proposed_time_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["coaching_session", "starts_at", "ends_at"], name="time_proposed_once_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class TimeAnswer(models.Model):
    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        IF_NEED_BE = "if_need_be", _("If need be")
        NO = "no", _("No")

    proposal = models.ForeignKey(TimeProposal, on_delete=models.CASCADE, related_name="answers")
    seat = models.ForeignKey(TrioSeat, on_delete=models.CASCADE, related_name="time_answers")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices)
    answered_at = models.DateTimeField()

    objects = of_trio_by("proposal__coaching_session__trio").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "seat"], name="time_answered_once_per_person"),
        ]

    def __str__(self) -> str:
        return str(self.get_answer_display())
