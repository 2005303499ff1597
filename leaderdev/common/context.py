"""What every template may ask about the installation."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, bool]:
    return {"demo_mode": settings.DEMO}
