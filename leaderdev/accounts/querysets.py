"""Questions about invitations and the security log, each with a name."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to rewrite the security log."""

    def __init__(self) -> None:
        super().__init__("The security log is only added to: write a new event instead.")


class InvitationQuerySet(models.QuerySet):
    def unspent(self) -> InvitationQuerySet:
        """Neither used nor replaced; may be too old all the same."""
        return self.filter(used_at=None, revoked_at=None)

    def open_at(self, instant: datetime) -> InvitationQuerySet:
        return self.unspent().filter(expires_at__gt=instant)


class SecurityEventQuerySet(models.QuerySet):
    def of(self, user) -> SecurityEventQuerySet:
        return self.filter(user=user)

    def latest_first(self) -> SecurityEventQuerySet:
        return self.order_by("-at", "-pk")

    def update(self, **kwargs):
        raise AppendOnlyError

    def delete(self):
        raise AppendOnlyError
