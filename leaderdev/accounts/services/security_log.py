"""Adding a line to the security log."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from leaderdev.accounts import devices
from leaderdev.accounts.models import SecurityEvent, User


def record(
    *,
    kind: str,
    user: User | None,
    request: HttpRequest | None = None,
    by: User | None = None,
    detail: str = "",
) -> SecurityEvent:
    """One line: `user` is whose account it is, `by` who acted when that was somebody else."""
    network = device = ""
    if request is not None:
        network = devices.network(_address(request))
        device = devices.family(request.META.get("HTTP_USER_AGENT", ""))
    return SecurityEvent.objects.create(
        kind=kind, user=user, by=by, network=network, device=device, detail=detail[:120]
    )


def _address(request: HttpRequest) -> str:
    if not request.META.get("REMOTE_ADDR") and "x-forwarded-for" not in request.headers:
        return ""
    return get_adapter(request).get_client_ip(request)
