"""The parts of a plan and their fields: how each is typed, checked, shown and stored in a revision."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cohorts.services.errors import RefusedError
from growthplans.models import ActionStep, Evidence, Goal, GrowthPlan, Reflection
from leaderdev.common.numbers import whole

MODELS: dict[str, type[models.Model]] = {
    "plan": GrowthPlan,
    "goal": Goal,
    "step": ActionStep,
    "reflection": Reflection,
    "evidence": Evidence,
}
# Room for a long evening's writing; above it something was pasted by mistake.
LONGEST_TEXT = 50_000


@dataclass(frozen=True)
class Field:
    """`kind` is text, line, date, number, choice, node or nodes; `most` is a length or the largest number."""

    kind: str
    most: int = LONGEST_TEXT
    places: int = 0


TEXT, DATE, NODE, NODES = Field("text"), Field("date"), Field("node"), Field("nodes")
# What the author types and the editing service saves.
FIELDS: dict[str, dict[str, Field]] = {
    "plan": {
        "competency": NODE,
        "rationale": TEXT,
        "school_goal": TEXT,
        "division_goal": TEXT,
        "outcome": TEXT,
        "implications": TEXT,
    },
    "goal": {"statement": TEXT, "competency": NODE, "indicators": NODES, "success": TEXT, "due_on": DATE},
    "step": {
        "what": TEXT,
        "due_on": DATE,
        "material": Field("line", 200),
        "money": Field("number", 9_999_999, 2),
        "release_days": Field("number", 999, 1),
        "with_whom": Field("line", 200),
        # The reason stands before the status that asks for it.
        "reason": Field("line", 300),
        "status": Field("choice"),
    },
    "reflection": {"text": TEXT},
}
# What a revision remembers besides; written by services only.
ALSO_KEPT: dict[str, tuple[str, ...]] = {
    "plan": (),
    "goal": (),
    "step": ("goal",),
    "reflection": ("stage", "prompt", "written_on", "released_at"),
    "evidence": ("kind", "title", "note", "link", "file_name", "happened_on", "goal", "indicator"),
}


def plain(value: Any) -> Any:
    """A value as JSON keeps it: days and instants in ISO form, amounts as text, rows by their key."""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, models.Model):
        return value.pk
    return value


def value_of(row: Any, name: str) -> Any:
    """The plain value of a field of a part; for indicators their keys in order."""
    if name == "indicators":
        return sorted(node.pk for node in row.indicators.all())
    model_field = row._meta.get_field(name)
    return plain(getattr(row, model_field.attname))


def fields_of(part: str, row: Any) -> dict[str, Any]:
    """Everything that a revision remembers of a part, as plain values."""
    return {name: value_of(row, name) for name in (*FIELDS.get(part, {}), *ALSO_KEPT[part])}


def cleaned(field: Field, raw: Any) -> Any:
    """What was typed as the value to store. Raises RefusedError with a sentence for the field."""
    if field.kind in ("text", "line"):
        return _text(field, raw)
    if field.kind == "nodes":
        return _keys(raw)
    text = str(raw if raw is not None else "").strip()
    if field.kind == "choice":
        return text
    if not text:
        return None
    return {"date": _day, "number": _number, "node": _key}[field.kind](field, text)


def _text(field: Field, raw: Any) -> str:
    # Browsers send CRLF from a form and LF from a script; NUL and broken halves of emoji cannot be stored.
    text = str(raw if raw is not None else "").replace("\r\n", "\n").replace("\x00", "")
    text = text.encode("utf-8", "replace").decode()
    if field.kind == "line":
        text = " ".join(text.split("\n"))
    if len(text) > field.most:
        sentence = _("This has %(length)d characters; there is room for %(most)d. Shorten it a little.")
        raise RefusedError(sentence % {"length": len(text), "most": field.most})
    return text


def _day(field: Field, text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise RefusedError(_("This is not a date. Write it like 2027-01-31.")) from None


def _number(field: Field, text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "").replace(" ", "").removeprefix("$"))
        stored = number.quantize(Decimal(1).scaleb(-field.places))
    except InvalidOperation:
        raise RefusedError(_("Write a number, such as 250 or 1.5.")) from None
    if not stored.is_finite() or stored < 0 or stored > field.most:
        raise RefusedError(_("Write a number from 0 to %(most)d.") % {"most": field.most})
    return stored


def _key(field: Field, text: str) -> int:
    key = whole(text, otherwise=-1)
    if key < 0:
        raise RefusedError(_("Choose one from the list."))
    return key


def _keys(raw: Any) -> list[int]:
    many = raw if isinstance(raw, list | tuple) else [raw]
    return sorted({_key(NODE, str(each)) for each in many if each not in (None, "")})


def labels(part: str) -> Mapping[str, str]:
    """Field → the name that people read, from the model."""
    meta = MODELS[part]._meta
    return {
        name: str(meta.get_field(name).verbose_name) for name in (*FIELDS.get(part, {}), *ALSO_KEPT[part])
    }
