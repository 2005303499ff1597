"""Writing an agenda: items, their order, advice set aside, and where an agenda is copied from."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import AgendaItem, AgendaRules, Cohort, LearningSession, SessionTemplate, SetAside
from cohorts.permissions import may_configure_district
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.guarding import checked, locked_session

# Everything of an item that is copied with it. Who leads it is another year's question.
COPIED = (
    "position",
    "title",
    "minutes",
    "kind",
    "guest",
    "learning_goal",
    "activity",
    "materials",
    "protocol",
    "preparation",
    "challenge",
    "kit_id",
)


def _gone() -> RefusedError:
    return RefusedError(_("This item is no longer on the agenda. Undo its removal to change it."))


@transaction.atomic
def save_item(
    *, by: Any, session: LearningSession, values: dict[str, Any], item_id: int | None = None
) -> AgendaItem:
    """Add an item at the end, or change one. `values` are fields of AgendaItem.

    An agenda may be longer than its session while it is being written; the builder says by how much.
    """
    session = locked_session(by, session)
    if item_id is None:
        item = AgendaItem(session=session, position=_behind(session))
    else:
        item = _item(session, item_id)
    for name, value in values.items():
        setattr(item, name, value)
    if item.lead is not None and item.lead.cohort_id != session.program_year.cohort_id:
        raise RefusedError(_("Whoever leads an item belongs to the cohort; write others in as a guest."))
    if item.kit is not None and item.kit.district_id != session.program_year.cohort.district_id:
        raise RefusedError(_("Choose a dialogue kit of your own district."))
    checked(item)
    item.save()
    return item


@transaction.atomic
def move_item(*, by: Any, session: LearningSession, item_id: int, to: int) -> None:
    """Put an item in the place `to` (0 is the top)."""
    session = locked_session(by, session)
    item = _item(session, item_id)
    others = [each for each in session.items.kept() if each.pk != item.pk]
    to = max(0, min(to, len(others)))
    _number([*others[:to], item, *others[to:]])


@transaction.atomic
def remove_item(*, by: Any, session: LearningSession, item_id: int) -> None:
    """Take an item off; it can be put back."""
    session = locked_session(by, session)
    item = _item(session, item_id)
    item.removed_at = timezone.now()
    item.save(update_fields=["removed_at"])


@transaction.atomic
def restore_item(*, by: Any, session: LearningSession, item_id: int) -> None:
    session = locked_session(by, session)
    item = session.items.filter(pk=item_id).first()
    if item is None:
        raise _gone()
    if item.removed_at is None:
        return
    kept = list(session.items.kept())
    item.removed_at = None
    item.save(update_fields=["removed_at"])
    at = sum(each.position < item.position for each in kept)
    _number([*kept[:at], item, *kept[at:]])


@transaction.atomic
def set_aside(*, by: Any, session: LearningSession, guard: str, reason: str) -> SetAside:
    """Keep why a piece of advice is not followed in this session. A second reason replaces the first."""
    session = locked_session(by, session)
    if not reason.strip():
        raise RefusedError(_("Say in a few words why it is right this time."))
    values = {"reason": reason.strip(), "by": by}
    row, _made = SetAside.objects.update_or_create(session=session, guard=guard, defaults=values)
    return row


@transaction.atomic
def follow_again(*, by: Any, session: LearningSession, guard: str) -> None:
    """Take the reason back: the advice is shown again."""
    locked_session(by, session).set_aside.filter(guard=guard).delete()


@transaction.atomic
def save_words(*, by: Any, session: LearningSession, values: dict[str, Any]) -> LearningSession:
    """What the session is called and for, its bulletin, and how many came prepared."""
    session = locked_session(by, session)
    prepared = values.get("prepared")
    if prepared is not None:
        there = session.attendance.values("membership").distinct().count()
        if prepared > there:
            sentence = _("%(there)d people were there; no more than that can have brought something.")
            raise RefusedError(sentence % {"there": there})
    for name, value in values.items():
        setattr(session, name, value)
    checked(session)
    session.save(update_fields=list(values))
    return session


def patterns_for(session: LearningSession) -> tuple[Any, Any]:
    """Where the agenda can be copied from: earlier sessions of the cohort, and templates; two querysets."""
    cohort = session.program_year.cohort
    earlier = (
        LearningSession.objects.filter(
            program_year__cohort=cohort, items__removed_at=None, items__isnull=False
        )
        .exclude(pk=session.pk)
        .select_related("program_year")
        .distinct()
        .order_by("-starts_at")
    )
    templates = SessionTemplate.objects.filter(
        Q(cohort=cohort) | Q(shared=True, district=cohort.district)
    ).select_related("cohort")
    return earlier, templates


@transaction.atomic
def copy_agenda(
    *,
    by: Any,
    session: LearningSession,
    earlier: LearningSession | None = None,
    template: SessionTemplate | None = None,
) -> int:
    """Put another agenda behind what stands already; returns how many items came. Who leads is left open."""
    session = locked_session(by, session)
    sessions, templates = patterns_for(session)
    source = (
        sessions.filter(pk=earlier.pk).first()
        if earlier is not None
        else templates.filter(pk=template.pk).first()
        if template is not None
        else None
    )
    if source is None:
        raise RefusedError(_("Choose one of the agendas on the page."))
    made = copy_items(source, _behind(session), session=session)
    if not session.purpose and source.purpose:
        session.purpose = source.purpose
        session.save(update_fields=["purpose"])
    return len(made)


@transaction.atomic
def save_rules(*, by: Any, cohort: Cohort, values: dict[str, int]) -> AgendaRules:
    """The cohort's own thresholds."""
    if not may_configure_district(by, cohort.district):
        raise PermissionDenied
    row = AgendaRules.objects.filter(cohort=cohort).first() or AgendaRules(cohort=cohort)
    for name, value in values.items():
        setattr(row, name, value)
    checked(row)
    row.save()
    return row


def copy_items(source: LearningSession | SessionTemplate, start: int, **holder: Any) -> list[AgendaItem]:
    """Store copies of all items, numbered from `start`, for `session=` or `template=`."""
    items = source.items.kept() if isinstance(source, LearningSession) else source.items.all()
    rows = [
        AgendaItem(**{name: getattr(item, name) for name in COPIED} | {"position": start + place} | holder)
        for place, item in enumerate(items)
    ]
    return AgendaItem.objects.bulk_create(rows)


def _item(session: LearningSession, item_id: int) -> AgendaItem:
    item = session.items.kept().select_related("lead", "kit").filter(pk=item_id).first()
    if item is None:
        raise _gone()
    return item


def _behind(session: LearningSession) -> int:
    """The place after the last item: one that was taken off leaves its place free, to come back to."""
    last = session.items.kept().aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _number(rows: list[AgendaItem]) -> None:
    wrong = [(place, row) for place, row in enumerate(rows) if row.position != place]
    for place, row in wrong:
        row.position = place
    AgendaItem.objects.bulk_update([row for _place, row in wrong], ["position"])
