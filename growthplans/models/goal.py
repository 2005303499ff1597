"""Goals of a plan and the small steps toward them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import StandardNode
from growthplans.models.plan import GrowthPlan, WithRemoved


class KeptGoals(models.Manager):
    """Goals that are in the plan; a removed one keeps its row, its comments and its way back."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(removed_at=None)


class KeptSteps(models.Manager):
    """Steps that are in the plan: a step of a removed goal is not."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(removed_at=None, goal__removed_at=None)


class Goal(models.Model):
    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="goals")
    position = models.PositiveIntegerField(default=0)
    statement = models.TextField(_("goal"), blank=True)
    competency = models.ForeignKey(
        StandardNode,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("competency it serves"),
    )
    indicators: models.ManyToManyField = models.ManyToManyField(
        StandardNode, blank=True, related_name="goals_by_indicator", verbose_name=_("indicators it serves")
    )
    success = models.TextField(_("what success will look like"), blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    # The first is what relations use, so that a removed goal shows up only where it is asked for.
    objects = KeptGoals()
    with_removed = WithRemoved()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"Goal {self.pk}"


class ActionStep(models.Model):
    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        ON_SCHEDULE = "on_schedule", _("on schedule")
        DELAYED = "delayed", _("delayed")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField(default=0)
    what = models.TextField(_("step"), blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    material = models.CharField(_("material"), max_length=200, blank=True)
    money = models.DecimalField(_("money"), max_digits=9, decimal_places=2, null=True, blank=True)
    release_days = models.DecimalField(
        _("release days"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    with_whom = models.CharField(_("with whom"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PLANNED)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeptSteps()
    with_removed = WithRemoved()

    class Meta:
        verbose_name = _("action step")
        verbose_name_plural = _("action steps")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(money=None) | Q(money__isnull=False, money__gte=0), name="step_money_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(release_days=None) | Q(release_days__isnull=False, release_days__gte=0),
                name="step_release_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["delayed", "dropped"]) | ~Q(reason=""),
                name="step_delayed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Action step {self.pk}"
