"""An invitation by mail: the first way in, for one person, once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leaderdev.accounts.querysets import InvitationQuerySet


class Invitation(models.Model):
    """The link itself is never stored: only a hash of its token, so a copy of the database opens no door."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting to be used")
        USED = "used", _("used")
        REVOKED = "revoked", _("replaced or withdrawn")
        EXPIRED = "expired", _("too old")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="invitations",
        verbose_name=_("person"),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invitations_sent",
        verbose_name=_("invited by"),
    )
    reason = models.CharField(
        _("why"), max_length=300, blank=True, help_text=_("One sentence that the mail shows.")
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("replaced or withdrawn"), null=True, blank=True)
    message_key = models.CharField(max_length=100, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="invitation_one_unspent_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="invitation_expires_after_creation",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(revoked_at=None),
                name="invitation_not_both_used_and_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_state_label()}"

    @property
    def state(self) -> Invitation.State:
        if self.used_at:
            return self.State.USED
        if self.revoked_at:
            return self.State.REVOKED
        if self.expires_at <= timezone.now():
            return self.State.EXPIRED
        return self.State.OPEN

    def get_state_label(self) -> str:
        return str(self.state.label)
