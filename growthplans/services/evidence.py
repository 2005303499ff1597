"""Adding, rewording, removing and bringing back what shows that something came of a goal."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import StandardNode
from growthplans.history import delta
from growthplans.models import Evidence, Goal, GrowthPlan
from growthplans.parts import fields_of, plain, value_of
from growthplans.permissions import may_edit_plan
from growthplans.services import refusals
from growthplans.services.editing import Conflict, Saved
from growthplans.services.refusals import FieldRefusedError
from growthplans.services.revisions import Entry, locked_part, locked_plan, record
from growthplans.services.uploads import taken
from leaderdev.common.dates import day_in_words, today_in

Kind = Evidence.Kind
WORDS = ("title", "note", "link", "happened_on", "goal", "indicator")


@transaction.atomic
def add_evidence(
    *,
    by: Any,
    plan: GrowthPlan,
    kind: str,
    title: str,
    happened_on: datetime.date,
    note: str = "",
    link: str = "",
    file: Any = None,
    goal: Goal | None = None,
    indicator: StandardNode | None = None,
) -> Evidence:
    """One more piece of evidence. `file` is an uploaded file; without a title its name becomes one.

    Raises FieldRefusedError with the field and its sentence, RefusedError for anybody but the author.
    """
    plan = _own(by, plan)
    refuse_day(plan, happened_on)
    _refuse_ties(plan, goal, indicator)
    row = Evidence(plan=plan, kind=kind, title=title, note=note, happened_on=happened_on)
    row.goal, row.indicator = goal, indicator
    if kind == Kind.FILE:
        upload = taken(file)
        row.file_name, row.content_type, row.size = upload.name, upload.content_type, upload.size
        row.title = title or upload.name
        # Should this transaction fail from here on, the sweep of files without a row finds it.
        row.file.save(upload.name, upload.content, save=False)
    elif kind == Kind.LINK:
        row.link = link
    row.save()
    record(by=by, plan=plan, entries=[Entry("added", "evidence", row.pk, after=_stored(row))])
    return row


@transaction.atomic
def edit_evidence(
    *, by: Any, plan: GrowthPlan, pk: int, version: int, values: dict[str, Any]
) -> Saved | Conflict:
    """Reword a piece of evidence. `values` maps names of WORDS to what shall stand there.

    Answered like a save of the plan's own words: a newer version wins nothing silently (Conflict).
    """
    row = _locked(by, plan, pk)
    if row.removed_at is not None:
        raise refusals.not_there()
    typed = {
        name: values[name] for name in WORDS if name in values and (name != "link" or row.kind == Kind.LINK)
    }
    current = {name: value_of(row, name) for name in typed}
    changed = {name: value for name, value in typed.items() if plain(value) != current[name]}
    if not changed:
        return Saved(version=row.version, at=timezone.now())
    if row.version != version:
        return Conflict(version=row.version, current=current)
    if "happened_on" in changed:
        refuse_day(row.plan, changed["happened_on"])
    _refuse_ties(row.plan, changed.get("goal"), changed.get("indicator"))
    same = Evidence.with_removed.filter(pk=row.pk, version=row.version)
    if not same.update(**changed, version=F("version") + 1):
        row.refresh_from_db()
        return Conflict(version=row.version, current={name: value_of(row, name) for name in typed})
    entries = [
        Entry("changed", "evidence", row.pk, name, *delta(current[name], plain(value)))
        for name, value in changed.items()
    ]
    return Saved(version=row.version + 1, at=record(by=by, plan=row.plan, entries=entries))


@transaction.atomic
def remove_evidence(*, by: Any, plan: GrowthPlan, pk: int) -> Evidence:
    """Out of the plan, and out of everybody's reach at once; it can come back until it is erased."""
    row = _locked(by, plan, pk)
    if row.removed_at is None:
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        record(by=by, plan=row.plan, entries=[Entry("removed", "evidence", row.pk, before=_stored(row))])
    return row


@transaction.atomic
def put_back_evidence(*, by: Any, plan: GrowthPlan, pk: int) -> Evidence:
    """Undo remove_evidence; what is in the plan already stays as it is."""
    row = _locked(by, plan, pk)
    if row.removed_at is not None:
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        record(by=by, plan=row.plan, entries=[Entry("added", "evidence", row.pk, after=_stored(row))])
    return row


@transaction.atomic
def erase_evidence(*, by: Any, plan: GrowthPlan, pk: int) -> None:
    """For good: the row now, its file once that is committed. The record keeps that it was there."""
    row = remove_evidence(by=by, plan=plan, pk=pk)
    drop(row)


def drop(row: Evidence) -> None:
    """Delete a row, and its file after the commit: a file must not go while its row could still stay."""
    name, storage = row.file.name, row.file.storage
    row.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def refuse_day(plan: GrowthPlan, day: datetime.date) -> None:
    year = plan.program_year
    today = today_in(year.cohort.district.time_zone)
    if day > today:
        sentence = _("%(day)s has not come yet. Choose the day on which it happened.")
        raise FieldRefusedError("happened_on", sentence % {"day": day_in_words(day, today)})
    if not year.starts_on <= day <= year.ends_on:
        sentence = _("%(day)s lies outside the program year, which runs from %(first)s to %(last)s.")
        words = {"day": day, "first": year.starts_on, "last": year.ends_on}
        named = {name: day_in_words(each, datetime.date.min) for name, each in words.items()}
        raise FieldRefusedError("happened_on", sentence % named)


def _refuse_ties(plan: GrowthPlan, goal: Goal | None, indicator: StandardNode | None) -> None:
    if goal is not None and goal.plan_id != plan.pk:
        raise FieldRefusedError("belongs_to", _("Choose one of the goals of this plan."))
    if indicator is not None and indicator.standard_id != plan.program_year.standard_id:
        raise FieldRefusedError("belongs_to", _("Choose one of the indicators on the list."))


def _own(by: Any, plan: GrowthPlan) -> GrowthPlan:
    plan = locked_plan(plan.pk)
    if not may_edit_plan(by, plan):
        raise refusals.not_yours()
    return plan


def _locked(by: Any, plan: GrowthPlan, pk: int) -> Evidence:
    try:
        row = locked_part(Evidence.with_removed, "evidence", pk, plan.pk)
    except ObjectDoesNotExist:
        raise refusals.not_there() from None
    if not may_edit_plan(by, row.plan):
        raise refusals.not_yours()
    return row


def _stored(row: Evidence) -> dict[str, Any]:
    return {"fields": fields_of("evidence", row)}
