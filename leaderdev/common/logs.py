"""Log lines that say which request and which person they belong to, and nothing a person typed."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="")
user_id: ContextVar[str] = ContextVar("user_id", default="")
# What a caller may hand over in `extra=`; anything else stays out of the line.
EXTRA = ("route", "method", "status", "milliseconds", "mail", "kind", "count")


class AddRequest(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        record.user_id = user_id.get()
        # Django names the path in its own lines ("Not Found: /join/…"); an invitation's path is its token.
        request = getattr(record, "request", None)
        # Under runserver the record's "request" is a socket, and the line is for the developer's eyes.
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = match.route if match else "(no page)"
            record.args = tuple(route if arg == request.path else arg for arg in record.args)
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request, user and the allowed extras.

    Django hangs the whole request on some records (`extra={"request": …}`); only names in EXTRA are written.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name in ("request_id", "user_id", *EXTRA):
            if value := getattr(record, name, ""):
                line[name] = value
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
