"""Rate limits for doors of our own, from the same table and counters as allauth's (ACCOUNT_RATE_LIMITS)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def limited(action: str) -> Callable:
    """Refuse with the 429 page once the `action`'s tries by address or person are used up; GET is free."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            return ratelimit.consume_or_429(request, action=action) or view(request, *args, **kwargs)

        return guarded

    return decorate


def allows(request: HttpRequest, *, action: str, key: str) -> bool:
    """Count one try of `action` for `key`; False when there were too many."""
    return ratelimit.consume(request, action=action, key=key)
