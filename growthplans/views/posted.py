"""What a page or a script sends about a part of a plan, read without trusting it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, QueryDict

from growthplans.parts import FIELDS


def typed_values(part: str, data: QueryDict) -> dict[str, Any]:
    """The fields of the part that a form sent, raw; boxes of indicators as the list of those ticked."""
    return {name: _value(name, data, name) for name in FIELDS.get(part, {}) if name in data}


def autosaved(request: HttpRequest) -> dict[str, Any]:
    """part, id, field, value and version of an autosave, sent as a form or as JSON; {} when it is neither."""
    if request.content_type != "application/json":
        data = request.POST
        found = {name: data.get(name, "") for name in ("part", "id", "field", "version")}
        return {**found, "value": _value(found["field"], data, "value")}
    try:
        sent = json.loads(request.body)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _value(field: str, data: QueryDict, name: str) -> Any:
    return data.getlist(name) if field == "indicators" else data.get(name, "")
