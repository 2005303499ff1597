"""Feedback in threads on a plan, a goal or a step."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from growthplans.models.goal import ActionStep, Goal
from growthplans.models.plan import GrowthPlan


class Comment(models.Model):
    """One contribution. It can be withdrawn; after somebody read it, it is not rewritten."""

    class Voice(models.TextChoices):
        AUTHOR = "author", _("author")
        MATE = "mate", _("trio mate")
        REVIEWER = "reviewer", _("reviewer")

    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="comments")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    step = models.ForeignKey(
        ActionStep, on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    answers = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plan_comments")
    voice = models.CharField(max_length=8, choices=Voice.choices)
    text = models.TextField(_("comment"), max_length=10_000)
    asks_what_shows_this = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(goal=None) | Q(step=None), name="comment_on_a_goal_or_a_step"),
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(answers=None), name="comment_resolved_at_its_head"
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"
