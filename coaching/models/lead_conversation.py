"""A conversation with the program lead, offered after every third round."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models import Membership, ProgramYear


class LeadConversationQuerySet(models.QuerySet):
    def of_person(self, user: Any) -> LeadConversationQuerySet:
        return self.filter(membership__leader__user_id=user.pk, membership__leader__is_active=True)

    def waiting(self) -> LeadConversationQuerySet:
        return self.filter(state__in=[LeadConversation.State.OFFERED, LeadConversation.State.WANTED])


class LeadConversation(models.Model):
    """One offer per person and number of rounds: editing a log later offers nothing twice."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        WANTED = "wanted", _("wanted")
        HELD = "held", _("held")
        DECLINED = "declined", _("not this time")

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="lead_conversations")
    program_year = models.ForeignKey(ProgramYear, on_delete=models.CASCADE, related_name="lead_conversations")
    after_round = models.PositiveSmallIntegerField(_("after round"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OFFERED)
    offered_at = models.DateTimeField()
    held_on = models.DateField(null=True, blank=True)

    objects = LeadConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-after_round", "membership__leader__user__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "program_year", "after_round"], name="lead_conversation_offered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.after_round}"
