"""What a monitor asks for: is mail late, and how much went."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leaderdev.reminders.metrics import LATE, age_of_oldest, as_text, standing


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """503 once a reminder that is due has waited for more than a quarter of an hour."""
    age = age_of_oldest(now=timezone.now())
    ok = age <= LATE.total_seconds()
    return JsonResponse({"ok": ok, "oldest_due_seconds": age}, status=200 if ok else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    text = as_text(standing(now=timezone.now()))
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")
