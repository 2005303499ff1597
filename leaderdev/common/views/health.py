"""What a load balancer and a monitor ask for."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leaderdev.common.health import NEEDED_TO_SERVE, readiness


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers. It asks nobody else, so that a broken database restarts no web server."""
    return JsonResponse({"ok": True})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 when pages cannot be served. Late background work makes `ok` false but keeps the pages on."""
    parts = readiness(now=timezone.now())
    serves = all(parts[name]["ok"] for name in NEEDED_TO_SERVE if name in parts)
    return JsonResponse(
        {"ok": all(part["ok"] for part in parts.values()), "parts": parts}, status=200 if serves else 503
    )
