"""A journal entry after a meeting: its author's alone until she releases it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coaching.models.circle import my_seats
from coaching.models.coaching_session import CoachingSession
from cohorts.models import Membership
from leaderdev.common.sealed_field import SealedTextField


class JournalQuerySet(models.QuerySet):
    def written_by(self, user: Any) -> JournalQuerySet:
        return self.filter(author__leader__user_id=user.pk, author__leader__is_active=True)

    def released_to_trio_of(self, user: Any) -> JournalQuerySet:
        """Entries that trio mates opened to the trio; the author must still sit in it."""
        trios = my_seats(user).order_by().values("trio_id")
        return self.filter(released_to_trio_at__isnull=False, coaching_session__trio__in=trios)

    def written(self) -> JournalQuerySet:
        return self.filter(skipped_at=None)


class JournalEntry(models.Model):
    class Stage(models.TextChoices):
        START = "start", _("the start")
        EARLY = "early", _("months 1 to 3")
        MIDDLE = "middle", _("months 4 to 6")
        LATE = "late", _("months 7 to 9")

    coaching_session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="journal")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="journal")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    text = SealedTextField(_("your thoughts"))
    received = SealedTextField(_("what being coached gave me"))
    given = SealedTextField(_("what coaching gave me"))
    # Words of choices.KINDS and MANNERS, sealed as well: what helped somebody is as private as a sentence.
    received_kinds = SealedTextField()
    given_kinds = SealedTextField()
    manner = SealedTextField()
    written_at = models.DateTimeField()
    skipped_at = models.DateTimeField(null=True, blank=True)
    released_to_trio_at = models.DateTimeField(null=True, blank=True)
    released_for_conversation_at = models.DateTimeField(null=True, blank=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ["-coaching_session__starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coaching_session", "author"], name="journal_once_per_person_and_meeting"
            ),
            models.CheckConstraint(
                condition=Q(skipped_at=None) | Q(released_to_trio_at=None, released_for_conversation_at=None),
                name="journal_skipped_is_not_released",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}"
