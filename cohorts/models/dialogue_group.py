"""Dialogue groups of a session, kept so that the next session mixes people anew."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import scoped_by
from cohorts.models.learning_session import LearningSession
from cohorts.models.membership import Membership


class DialogueGroup(models.Model):
    session = models.ForeignKey(LearningSession, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField(_("number"))

    objects = scoped_by("session__program_year__cohort__district").as_manager()

    class Meta:
        verbose_name = _("dialogue group")
        verbose_name_plural = _("dialogue groups")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="dialogue_group_number_once"),
        ]

    def __str__(self) -> str:
        return str(_("Group %(number)d") % {"number": self.number})


class GroupSeat(models.Model):
    """The session stands here too, so that the database allows one group a person."""

    group = models.ForeignKey(DialogueGroup, on_delete=models.CASCADE, related_name="seats")
    session = models.ForeignKey(LearningSession, on_delete=models.CASCADE, related_name="group_seats")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="group_seats")

    objects = scoped_by("session__program_year__cohort__district").as_manager()

    class Meta:
        verbose_name = _("seat in a dialogue group")
        verbose_name_plural = _("seats in dialogue groups")
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "membership"], name="group_seat_once_per_session"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.membership_id}"
