"""What every answer carries: a request number, privacy headers, and the two limits of a browser session."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from leaderdev.common.logs import request_id, user_id

logger = logging.getLogger("leaderdev.requests")

GetResponse = Callable[[HttpRequest], HttpResponse]
# Nothing here uses these; a page that is broken into shall not use them either.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
# How exact the idle limit is; each refresh is one write to the session table.
SEEN_EVERY_SECONDS = 300


def RequestLog(get_response: GetResponse) -> GetResponse:  # noqa: N802 (named like Django's own middleware)
    """Number the request, and write one line when it is answered: route, status, time; never the path.

    The path of an invitation holds its token, so the line names the pattern that matched.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        number = request_id.set(uuid.uuid4().hex[:12])
        person = user_id.set("")
        try:
            response = get_response(request)
            response["X-Request-ID"] = request_id.get()
            match = request.resolver_match
            logger.info(
                "answered",
                extra={
                    "method": request.method,
                    "route": match.route if match else "(no page)",
                    "status": response.status_code,
                    "milliseconds": round((time.monotonic() - started) * 1000),
                },
            )
            return response
        finally:
            request_id.reset(number)
            user_id.reset(person)

    return answer


def PrivacyHeaders(get_response: GetResponse) -> GetResponse:  # noqa: N802
    """Keep pages of signed-in people out of every cache, and switch off browser features nobody needs."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        session = getattr(request, "session", None)
        if session is not None and session.accessed and SESSION_KEY in session:
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


def SessionLimits(get_response: GetResponse) -> GetResponse:  # noqa: N802
    """End a session that was idle too long or has lasted too long; the next page asks to sign in again."""

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _keep_or_end(request.session, now=int(time.time()))
            user_id.set(str(request.session.get(SESSION_KEY, "")))
        return get_response(request)

    return answer


def _keep_or_end(session, *, now: int) -> None:
    started, seen = session.get("started_at", now), session.get("seen_at", now)
    idle = now - seen > settings.SESSION_IDLE_MINUTES * 60
    if idle or now - started > settings.SESSION_ABSOLUTE_HOURS * 3600:
        session.flush()
        return
    if now - seen >= SEEN_EVERY_SECONDS:
        session["seen_at"] = now


def begin_session_clock(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """At sign-in, so that the first page after it costs no extra write (Django's user_logged_in signal)."""
    request.session["started_at"] = request.session["seen_at"] = int(time.time())
