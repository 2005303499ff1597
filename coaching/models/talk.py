"""What is prepared, said and promised around one meeting."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coaching.models.circle import OfTrioQuerySet, of_trio_by
from coaching.models.coaching_session import CoachingSession
from cohorts.models import Trio, TrioSeat
from growthplans.models import Goal
from leaderdev.common.sealed_field import SealedTextField


class Preparation(models.Model):
    """What one person brings to a meeting: goals and a question."""

    coaching_session = models.ForeignKey(
        CoachingSession, on_delete=models.CASCADE, related_name="preparations"
    )
    seat = models.ForeignKey(TrioSeat, on_delete=models.CASCADE, related_name="preparations")
    question = SealedTextField(_("my question"))
    goals: models.ManyToManyField = models.ManyToManyField(
        Goal, blank=True, related_name="brought_to", verbose_name=_("goals I bring")
    )

    objects = of_trio_by("coaching_session__trio").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coaching_session", "seat"], name="prepared_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.seat}"


class Turn(models.Model):
    """For how many minutes somebody was coached, and by whom in the main; none: by the others together."""

    coaching_session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="turns")
    coached = models.ForeignKey(TrioSeat, on_delete=models.CASCADE, related_name="turns_coached")
    coach = models.ForeignKey(
        TrioSeat, on_delete=models.CASCADE, null=True, blank=True, related_name="turns_coaching"
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    objects = of_trio_by("coaching_session__trio").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coaching_session", "coached"], name="turn_once_per_person"),
            models.CheckConstraint(
                condition=Q(coach=None) | ~Q(coach=models.F("coached")), name="nobody_coaches_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coached}: {self.minutes}"


class TouchedGoal(models.Model):
    coaching_session = models.ForeignKey(
        CoachingSession, on_delete=models.CASCADE, related_name="touched_goals"
    )
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="talked_about")

    objects = of_trio_by("coaching_session__trio").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coaching_session", "goal"], name="goal_touched_once_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id}"


class PromiseQuerySet(OfTrioQuerySet):
    def open(self) -> PromiseQuerySet:
        return self.filter(state=Promise.State.OPEN)


class Promise(models.Model):
    """What somebody means to have done by the next time; the next talk begins with it."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        KEPT = "kept", _("done")
        LET_GO = "let_go", _("let go")

    trio = models.ForeignKey(Trio, on_delete=models.CASCADE, related_name="promises")
    coaching_session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="promises")
    seat = models.ForeignKey(TrioSeat, on_delete=models.CASCADE, related_name="promises")
    what = SealedTextField(_("what"))
    by_when = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["by_when", "pk"]

    def __str__(self) -> str:
        return f"{self.seat}"
