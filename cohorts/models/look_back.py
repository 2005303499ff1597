"""A facilitator's own look-back on a session. Nobody else reads it until it is shared."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.learning_session import LearningSession
from cohorts.models.membership import Membership

# The five moves, in the order of the form. Field → words.
MOVES = {
    "joint_work": _("We treated leading learning as work we do together"),
    "modelling": _("I showed how I would do it and said aloud why"),
    "tools": _("We used few tools, and went deep with them"),
    "resource": _("Everyone was positioned as a resource for the others"),
    "brokering": _("I brought useful people in and kept the rest away"),
}


class LookBackQuerySet(models.QuerySet):
    def readable_by(self, user: Any) -> LookBackQuerySet:
        """One's own, and what others shared with those who facilitate or lead the same cohort now."""
        helps = Membership.objects.current().of_person(user).filter(role__in=["facilitator", "lead"])
        shared = Q(shared_at__isnull=False, session__program_year__cohort__in=helps.values("cohort"))
        return self.filter(Q(by_id=user.pk) | shared)


class LookBack(models.Model):
    class Degree(models.IntegerChoices):
        NOT_YET = 1, _("not this time")
        STARTED = 2, _("a little")
        CLEAR = 3, _("clearly")
        THROUGHOUT = 4, _("throughout")

    session = models.ForeignKey(LearningSession, on_delete=models.CASCADE, related_name="look_backs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="look_backs")
    joint_work = models.PositiveSmallIntegerField(choices=Degree.choices, null=True, blank=True)
    modelling = models.PositiveSmallIntegerField(choices=Degree.choices, null=True, blank=True)
    tools = models.PositiveSmallIntegerField(choices=Degree.choices, null=True, blank=True)
    resource = models.PositiveSmallIntegerField(choices=Degree.choices, null=True, blank=True)
    brokering = models.PositiveSmallIntegerField(choices=Degree.choices, null=True, blank=True)
    noticed = models.TextField(_("what I noticed"), blank=True)
    next_time = models.TextField(_("what I do differently next time"), blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(auto_now=True)

    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("look-back")
        verbose_name_plural = _("look-backs")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "by"], name="look_back_one_per_person"),
        ]

    def __str__(self) -> str:
        return f"Look-back {self.pk}"
