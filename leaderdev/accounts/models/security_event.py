"""What happened at the doors: written once, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leaderdev.accounts.querysets import AppendOnlyError, SecurityEventQuerySet


class SecurityEvent(models.Model):
    """One line of the security log.

    Holds as little as still helps the person to recognize it: the network with its last part cut off and the
    family of the browser. What was typed is never kept, for people type passwords into the e-mail box.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("A sign-in failed")
        SIGNED_OUT = "signed_out", _("Signed out")
        SESSIONS_ENDED = "sessions_ended", _("Signed out on other devices")
        PASSWORD_CHANGED = "password_changed", _("The password was changed")
        SECOND_FACTOR_ADDED = "second_factor_added", _("A second step was added")
        SECOND_FACTOR_REMOVED = "second_factor_removed", _("A second step was removed")
        SECOND_FACTOR_FAILED = "second_factor_failed", _("A second step failed")
        EMAIL_CHANGED = "email_changed", _("The e-mail address was changed")
        INVITED = "invited", _("An invitation was sent")
        INVITATION_USED = "invitation_used", _("An invitation was used")
        SIGN_IN_REFUSED = "sign_in_refused", _("A sign-in with another account was refused")
        DEACTIVATED = "deactivated", _("The account was switched off")
        REACTIVATED = "reactivated", _("The account was switched on again")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="security_events",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("what happened"), max_length=30, choices=Kind.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("done by"),
        help_text=_("Empty when the person did it themselves."),
    )
    network = models.CharField(_("network"), max_length=45, blank=True)
    device = models.CharField(_("device"), max_length=60, blank=True)
    detail = models.CharField(_("detail"), max_length=120, blank=True)

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security log")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"], name="security_event_person_time")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError
