"""Mail on its way: a row that is written with the change it tells about, before any message exists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due_at(self, instant: datetime) -> OutgoingMailQuerySet:
        """Waiting rows whose time has come, and rows whose sender did not come back within its lease."""
        waiting = Q(state=OutgoingMail.State.QUEUED, next_attempt_at__lte=instant)
        abandoned = Q(state=OutgoingMail.State.SENDING, lease_until__lte=instant)
        return self.filter(waiting | abandoned)

    def unsent(self) -> OutgoingMailQuerySet:
        return self.filter(state__in=[OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING])

    def with_text_older_than(self, instant: datetime) -> OutgoingMailQuerySet:
        unfinished = [OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING]
        return self.filter(created_at__lt=instant).exclude(state__in=unfinished).exclude(body_text="")

    def told(self) -> OutgoingMailQuerySet:
        """What its reader was told, or will be: without what she does not want."""
        return self.exclude(state=OutgoingMail.State.UNWANTED)

    def gathered(self) -> OutgoingMailQuerySet:
        return self.filter(state=OutgoingMail.State.GATHERED)


class OutgoingMail(models.Model):
    """One message to one address. The row is the truth; the task queue only wakes the sender.

    queued → sending (with a lease) → sent, or back to queued after a passing error or until the reader's
    morning, or failed for good. Nothing leaves of what is unwanted, or gathered into the reader's daily mail.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be delivered")
        UNWANTED = "unwanted", _("not wanted")
        GATHERED = "gathered", _("in the daily mail")

    key = models.CharField(
        _("key"),
        max_length=200,
        unique=True,
        null=True,
        blank=True,
        help_text=_("A second message with the same key is never made."),
    )
    kind = models.CharField(_("kind"), max_length=60)
    to_address = models.EmailField(_("to"), max_length=254)
    from_address = models.CharField(_("from"), max_length=300)
    subject = models.CharField(_("subject"), max_length=300)
    body_text = models.TextField(_("text"))
    body_html = models.TextField(blank=True)
    # An invitation for calendar programs (iCalendar), sent as a third way to read the same message.
    calendar = models.TextField(blank=True, default="")
    secret = models.BooleanField(
        default=False,
        help_text=_("The text opens a door (a code, an invitation link) and is emptied once it is sent."),
    )
    # Where its button leads, without the host: what a daily mail shows of it. Empty for a secret text.
    path = models.CharField(max_length=500, blank=True, default="")
    # Its reader must have it by then, whatever the hour; and from then on it is of no use.
    needed_by = models.DateTimeField(_("needed by"), null=True, blank=True)
    useful_until = models.DateTimeField(_("of use until"), null=True, blank=True)
    headers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict, blank=True)
    message_id = models.CharField(max_length=200, unique=True)

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    # The kind of error only ("SMTPRecipientsRefused 550"): a server's sentence may quote the message.
    last_error = models.CharField(_("last error"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        indexes = [
            # Partial: the sweep stays at a fraction of a millisecond beside a million sent rows.
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["queued", "sending"]),
                name="outgoing_mail_unsent",
            ),
            # Was this person told of this lately?
            models.Index(fields=["kind", "to_address", "created_at"], name="outgoing_mail_told"),
            models.Index(fields=["created_at"], condition=~Q(body_text=""), name="outgoing_mail_with_text"),
            # The search for daily mails comes by every minute, beside a million sent rows.
            models.Index(fields=["created_at"], condition=Q(state="gathered"), name="outgoing_mail_gathered"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
                name="outgoing_mail_lease_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="outgoing_mail_sent_at_when_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.to_address}"
