"""Where mail lands in a demo: a page instead of a mail server."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailboxQuerySet(models.QuerySet["MailboxMessage"]):
    def newest_first(self) -> MailboxQuerySet:
        return self.order_by("-sent_at", "-pk")

    def to_person(self, address: str) -> MailboxQuerySet:
        """Everything to one address; an empty address asks for everybody's."""
        return self.filter(to_address=address.strip().lower()) if address.strip() else self

    def addresses(self) -> list[str]:
        return list(self.order_by("to_address").values_list("to_address", flat=True).distinct())


class MailboxMessage(models.Model):
    """A message that a demo would have sent, one row for each addressee."""

    to_address = models.EmailField(_("to"), max_length=254, db_index=True)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, default="")
    message_id = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(_("sent"), db_index=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message in the demo mailbox")
        verbose_name_plural = _("messages in the demo mailbox")
        constraints = [
            # A message that is delivered again after a crash is the same message.
            models.UniqueConstraint(
                fields=["message_id", "to_address"],
                condition=~models.Q(message_id=""),
                name="mailbox_message_once",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
