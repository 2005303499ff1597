"""Where a person is signed in, and ending it."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from leaderdev.accounts.models import SecurityEvent, User
from leaderdev.accounts.services import security_log


def end_all(*, user: User, keep: str | None = None) -> int:
    """End every sign-in of `user` at once, except the session with the key `keep`; returns how many ended."""
    ended = 0
    for session in UserSession.objects.filter(user=user).exclude(session_key=keep):
        session.end()
        ended += 1
    return ended


@transaction.atomic
def end_others(*, user: User, request: HttpRequest) -> int:
    ended = end_all(user=user, keep=request.session.session_key)
    security_log.record(kind=SecurityEvent.Kind.SESSIONS_ENDED, user=user, request=request)
    return ended


@transaction.atomic
def end_one(*, session: UserSession, request: HttpRequest) -> None:
    session.end()
    security_log.record(kind=SecurityEvent.Kind.SESSIONS_ENDED, user=session.user, request=request)


def of(*, user: User):
    """The sign-ins of `user` that still count, the latest first."""
    now = timezone.now()
    return UserSession.objects.filter(
        user=user,
        last_seen_at__gt=now - timedelta(minutes=settings.SESSION_IDLE_MINUTES),
        created_at__gt=now - timedelta(hours=settings.SESSION_ABSOLUTE_HOURS),
    ).order_by("-last_seen_at", "-pk")
