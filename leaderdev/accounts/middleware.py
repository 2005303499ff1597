"""What holds for each request of a signed-in person: last seen, their clock and language, second step."""

from __future__ import annotations

import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from leaderdev.accounts import policy

SEEN_AT = "accounts_seen_at"
SECOND_FACTOR_SEEN = "accounts_second_factor"
# How often “last seen” is written, in seconds: enough for the list of sessions, at hardly any cost.
_TOUCH_EVERY = 5 * 60

Handler = Callable[[HttpRequest], HttpResponse]


class LastSeen:
    """Notes for the list of sign-ins when each was used last; SessionLimits (common) ends those left idle."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, session = int(time.time()), request.session
            if now - session.setdefault(SEEN_AT, now) >= _TOUCH_EVERY:
                session[SEEN_AT] = now
                key = session.session_key
                UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        return self.get_response(request)


class PersonalClock:
    """Shows every time in the person's own zone and every text in their language."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        request.LANGUAGE_CODE = user.language
        with timezone.override(ZoneInfo(user.time_zone)), translation.override(user.language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", user.language)
            return response


class SecondFactorDemand:
    """Whoever must use a second step and has none is sent to set one up before anything else."""

    _ALWAYS_OPEN = ("mfa_", "account_logout", "account_reauthenticate", "account_email_verification_sent")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if settings.REQUIRE_SECOND_FACTOR == "nobody" or not request.user.is_authenticated:
            return None
        if self._may_pass(request) or not policy.needs_second_factor(request.user):
            return None
        if policy.has_second_factor(request.user):
            # Remembered per sign-in: the last one cannot be removed where it is demanded.
            request.session[SECOND_FACTOR_SEEN] = True
            return None
        return redirect(reverse("accounts:second_factor"))

    def _may_pass(self, request: HttpRequest) -> bool:
        if request.session.get(SECOND_FACTOR_SEEN):
            return True
        match = request.resolver_match
        name = (match.url_name or "") if match else ""
        if match and match.namespaces == ["accounts"]:
            return name in {"second_factor", "confirm_by_code"}
        return bool(match) and not match.namespaces and name.startswith(self._ALWAYS_OPEN)
