"""A reminder: one kind, one person, one subject, one occasion. A row before it is a message."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, ProgramYear

# Reasons for which nothing was sent.
NO_LONGER_SO = "no longer so"
TOO_LATE = "too late"
CHOICE = "choice"
NOTHING_TO_SAY = "nothing to say"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def claimable_at(self, instant: datetime) -> ReminderQuerySet:
        """Rows whose time has come, and rows whose sender did not come back within its lease."""
        waiting = Q(state=Reminder.State.DUE, next_attempt_at__lte=instant)
        abandoned = Q(state=Reminder.State.CLAIMED, lease_until__lte=instant)
        return self.filter(waiting | abandoned)

    def not_held(self) -> ReminderQuerySet:
        """Without the rows of cohorts whose mail is held."""
        held = Cohort.objects.filter(mail__isnull=False).values("pk")
        return self.exclude(program_year__cohort__in=held)

    def unsent(self) -> ReminderQuerySet:
        return self.filter(state__in=[Reminder.State.DUE, Reminder.State.CLAIMED])

    def overdue_at(self, instant: datetime) -> ReminderQuerySet:
        """What should have left: rows of held cohorts are not late, they wait on purpose."""
        return self.unsent().filter(next_attempt_at__lte=instant).not_held()

    def of_cohort(self, cohort: Cohort) -> ReminderQuerySet:
        return self.filter(program_year__cohort=cohort)

    def sent(self) -> ReminderQuerySet:
        return self.filter(state=Reminder.State.SENT)

    def failed(self) -> ReminderQuerySet:
        return self.filter(state=Reminder.State.FAILED)


class Reminder(models.Model):
    """due → claimed (with a lease) → sent, or obsolete, failed, cancelled.

    `due_at` is the time it was wished for; `next_attempt_at` moves with quiet hours and failures. The text is
    written when it is sent, from what is true then, and never kept.
    """

    class State(models.TextChoices):
        DUE = "due", _("due")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        OBSOLETE = "obsolete", _("no longer needed")
        FAILED = "failed", _("could not be delivered")
        CANCELLED = "cancelled", _("not wanted")

    kind = models.CharField(_("kind"), max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("person")
    )
    # The key of the session, plan or check-in; which of them, the kind knows. Nothing is shown of it.
    subject = models.BigIntegerField(_("about"))
    # Which of its reminders, and for which date: a meeting that is moved is another occasion.
    occasion = models.CharField(_("occasion"), max_length=60)
    program_year = models.ForeignKey(
        ProgramYear, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("program year")
    )
    thing_on = models.DateField(_("day of the thing"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"))
    until = models.DateTimeField(_("of use until"))

    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    # The kind of error, or why it was not sent; never a sentence of a server or of a person.
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("found"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [
            # Partial: an empty sweep stays at a fraction of a millisecond beside a million sent rows.
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=["due", "claimed"]), name="reminder_unsent"
            ),
            models.Index(fields=["program_year", "state", "-due_at"], name="reminder_of_year"),
            models.Index(fields=["person", "state", "next_attempt_at"], name="reminder_of_person"),
            models.Index(fields=["state", "kind"], name="reminder_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "person", "subject", "occasion"], name="reminder_once_per_occasion"
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", lease_until__isnull=False)
                | (~Q(state="claimed") & Q(lease_until__isnull=True)),
                name="reminder_lease_while_claimed",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="reminder_sent_at_when_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"Reminder {self.pk}: {self.kind}"

    @property
    def key(self) -> str:
        """What makes the message one of a kind, and so its Message-ID."""
        return f"reminder:{self.kind}:{self.person_id}:{self.subject}:{self.occasion}"

    @property
    def stage(self) -> str:
        return self.occasion.partition(":")[0]
