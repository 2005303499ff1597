"""What a preview shows: each group of people as a table, problems as sentences."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cohorts.forms.roster import FIELD_LABELS
from cohorts.models import Appointment, District, School
from cohorts.roster import Change, RosterPlan

FIRST_ROWS = 10  # of each group on the preview itself
PAGE_ROWS = 100  # of a group on a page of its own


@dataclass(frozen=True)
class Group:
    """One table of the preview. rows: those shown; count: all there are."""

    kind: str
    title: str
    columns: list[dict[str, str]]
    rows: list[dict[str, Any]]
    count: int

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)

    @property
    def caption(self) -> str:
        if self.has_more:
            return _("%(shown)s of %(count)s") % {"shown": len(self.rows), "count": self.count}
        return _("%(count)s in all") % {"count": self.count}


class Preview:
    """The plan in the words of the page."""

    def __init__(self, plan: RosterPlan, district: District):
        self.plan = plan
        self.schools = dict(School.objects.in_district(district).values_list("pk", "name"))
        self.roles = {value: capfirst(str(label)) for value, label in Appointment.Role.choices}

    def stats(self) -> list[dict[str, Any]]:
        counts = self.plan.counts()
        return [
            {"label": _("new"), "value": counts["new"]},
            {"label": _("moved"), "value": counts["moved"]},
            {"label": _("changed"), "value": counts["changed"]},
            {"label": _("unchanged"), "value": counts["unchanged"]},
            {"label": _("not in the file"), "value": counts["absent"]},
        ]

    def groups(self) -> list[Group]:
        """Every group that has somebody in it, its first rows only."""
        return [group for kind in _GROUPS if (group := self.group(kind, 0, FIRST_ROWS)).count]

    def group(self, kind: str, start: int, stop: int) -> Group:
        title, headings, items, row = self._parts(kind)
        return Group(
            kind=kind,
            title=title,
            columns=[{"label": heading} for heading in headings],
            rows=[row(item) for item in items[start:stop]],
            count=len(items),
        )

    def page(self, kind: str, number: str | None) -> tuple[Group, Page]:
        items = self._parts(kind)[2]
        page = Paginator(items, PAGE_ROWS).get_page(number)
        return self.group(kind, page.start_index() - 1 if items else 0, page.end_index()), page

    def _parts(self, kind: str) -> tuple[str, list[str], Sequence[Any], Callable[[Any], dict[str, Any]]]:
        person = _("Person")
        email = _("E-mail")
        if kind == "problems":
            return (
                _("Problems"),
                [_("Row"), _("Column"), _("What is wrong")],
                self.plan.problems,
                _problem_row,
            )
        changes = self.plan.of_kind(kind)
        if kind == "new":
            headings = [person, email, _("School"), _("Role"), _("From")]
            return _("New people"), headings, changes, self._new_row
        if kind == "moved":
            headings = [person, _("From"), _("To"), _("On"), _("Also")]
            return _("People who move"), headings, changes, self._moved_row
        if kind == "changed":
            return _("People who change"), [person, _("What changes")], changes, self._changed_row
        return _("People who stay as they are"), [person, email], changes, _unchanged_row

    def _new_row(self, change: Change) -> dict[str, Any]:
        post = change.step.post if change.step else None
        cells = [
            change.record.email,
            self.schools[post.school] if post else "–",
            post.role_title or self.roles[post.role_kind] if post else "–",
            _day(post.starts_on) if post else "–",
        ]
        return {"heading": change.record.name, "cells": cells}

    def _moved_row(self, change: Change) -> dict[str, Any]:
        details = {detail.field: detail for detail in change.details}
        school = details["school"]
        rest = [d for name, d in details.items() if name not in ("school", "starts_on")]
        day = change.step.post.starts_on if change.step else None
        cells = [
            self.schools.get(school.before, "–"),
            self.schools[school.after],
            _day(day),
            "; ".join(self._sentence(detail) for detail in rest) or "–",
        ]
        return {"heading": change.record.name, "cells": cells}

    def _changed_row(self, change: Change) -> dict[str, Any]:
        sentence = "; ".join(self._sentence(detail) for detail in change.details)
        return {"heading": change.record.name, "cells": [sentence]}

    def _sentence(self, detail: Any) -> str:
        if detail.field == "is_active":
            return _("comes back to the roll")
        before, after = self._shown(detail.field, detail.before), self._shown(detail.field, detail.after)
        label = FIELD_LABELS[detail.field]
        if not before:
            return _("%(field)s: %(after)s") % {"field": label, "after": after}
        if not after:
            return _("%(field)s: no longer %(before)s") % {"field": label, "before": before}
        return _("%(field)s: %(before)s → %(after)s") % {"field": label, "before": before, "after": after}

    def _shown(self, field: str, value: Any) -> str:
        if field == "school":
            return self.schools.get(value, "")
        if field == "role_kind":
            return self.roles.get(value, "")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, datetime.date):
            return _day(value)
        return "" if value is None else str(value)


_GROUPS = ("problems", "new", "moved", "changed", "unchanged")


def is_group(kind: str | None) -> bool:
    return kind in _GROUPS


def _problem_row(problem: Any) -> dict[str, Any]:
    place = _("Row %(line)s") % {"line": problem.line}
    return {"heading": place, "cells": [problem.column or "–", problem.sentence(_)]}


def _unchanged_row(change: Change) -> dict[str, Any]:
    return {"heading": change.record.name, "cells": [change.record.email]}


def _day(day: datetime.date | None) -> str:
    return date_format(day, "j F Y") if day else "–"
