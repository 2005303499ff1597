"""What every calendar to subscribe to has: a key that its address is made from, and how it last looked."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leaderdev.common.feed_addresses import token_of


def new_key() -> str:
    return secrets.token_hex(12)


class FeedBase(models.Model):
    """The address itself is not stored: it is the key and a seal that only this installation can make."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    # Told by the bytes, not by the rows: joining a cohort changes a feed in which no entry has changed.
    content_hash = models.CharField(max_length=64, blank=True)
    content_changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def token(self) -> str:
        return token_of(self.key)
