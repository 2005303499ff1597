"""An agenda with its running clock, and the advice on it in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import AgendaItem, LearningSession, SetAside
from cohorts.planning import agenda as thinking
from cohorts.planning.agenda import Item, Notice, Rules
from cohorts.services.sessions.years import rules_of

YEAR_GUARDS = ("one_presenter", "challenge_falls")


@dataclass(frozen=True)
class Line:
    """One item with its times as people read them, and its place, counted from 0."""

    item: AgendaItem
    place: int
    starts: str
    ends: str
    slot: thinking.Slot


@dataclass(frozen=True)
class Advice:
    """One guard's sentence; `aside` is the reason for which it was set aside, or None."""

    guard: str
    sentence: str
    aside: SetAside | None


def lines_of(session: LearningSession) -> list[Line]:
    """The kept items with running times by the district's clock; two queries."""
    items = list(session.items.kept().select_related("lead__leader__user", "kit"))
    zone = ZoneInfo(session.zone)
    slots = thinking.clock(session.starts_at, [item.minutes for item in items])
    return [
        Line(
            item, place, _clock(slot.starts_at.astimezone(zone)), _clock(slot.ends_at.astimezone(zone)), slot
        )
        for place, (item, slot) in enumerate(zip(items, slots, strict=True))
    ]


def minutes_over(session: LearningSession, lines: list[Line]) -> int:
    return thinking.over([_thought(line.item) for line in lines], session.minutes)


def advice_on(session: LearningSession, lines: list[Line]) -> list[Advice]:
    """What the guards say of this session and its year, each with the reason that sets it aside."""
    rules = rules_of(session.program_year.cohort).as_rules()
    sizes = [len(seats) for seats in _seats(session).values()]
    notices = thinking.session_notices(
        [_thought(line.item) for line in lines],
        minutes=session.minutes,
        full_day=session.is_full_day,
        rules=rules,
        group_sizes=sizes,
    )
    notices += _year_notices(session, rules)
    asides = {row.guard: row for row in session.set_aside.select_related("by")}
    names = _names(session, notices)
    return [Advice(n.guard, _sentence(n, names), asides.get(n.guard)) for n in notices]


def _seats(session: LearningSession) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for group, member in session.group_seats.values_list("group_id", "membership_id"):
        found.setdefault(group, []).append(member)
    return found


def _year_notices(session: LearningSession, rules: Rules) -> list[Notice]:
    """Only what this session has a part in: a presenter of it, and a year that ends with it so far."""
    items = AgendaItem.objects.kept().filter(session__program_year_id=session.program_year_id)
    by_session: dict[int, list[Item]] = {}
    for item in items.filter(session__starts_at__lte=session.starts_at).order_by(
        "session__starts_at", "position"
    ):
        by_session.setdefault(item.session_id, []).append(_thought(item))
    whole: list[Item] = [_thought(item) for item in items]
    mine = {item.lead for item in by_session.get(session.pk, []) if item.lead is not None}
    presenters = [
        n
        for n in thinking.year_notices([whole], rules=rules)
        if n.guard == "one_presenter" and n.facts["lead"] in mine
    ]
    falls = [
        n
        for n in thinking.year_notices(list(by_session.values()), rules=rules)
        if n.guard == "challenge_falls"
    ]
    return [*presenters, *(falls if session.pk in by_session else [])]


def _names(session: LearningSession, notices: list[Notice]) -> dict[int, str]:
    keys = [n.facts["lead"] for n in notices if n.guard == "one_presenter"]
    if not keys:
        return {}
    members = session.program_year.cohort.memberships.filter(pk__in=keys).select_related("leader__user")
    return {member.pk: member.leader.user.get_full_name() for member in members}


def _sentence(notice: Notice, names: dict[int, str]) -> str:
    f: dict[str, Any] = notice.facts
    if notice.guard == "operations_early":
        return _(
            "Operations stand before learning. Kept to the end, or in the bulletin, they "
            "leave the room for learning."
        )
    if notice.guard == "operations_long":
        return (
            _(
                "Operations take %(spent)d minutes; %(limit)d is the most that leaves "
                "room for learning. Put the rest in the bulletin."
            )
            % f
        )
    if notice.guard == "many_protocols":
        return (
            _(
                "The agenda uses %(used)d protocols. With more than %(most)d nobody goes "
                "deep, and people stop preparing."
            )
            % f
        )
    if notice.guard == "guest_without_goal":
        return ngettext(
            "%(guests)s comes as a guest without a learning goal and an activity. Agree on both beforehand.",
            "%(guests)s come as guests without a learning goal and an activity. Agree on both beforehand.",
            len(f["guests"]),
        ) % {"guests": ", ".join(f["guests"])}
    if notice.guard == "group_size":
        sizes = ", ".join(str(size) for size in f["sizes"])
        return _("There are groups of %(sizes)s. Dialogue is best with %(least)d to %(most)d people.") % {
            **f,
            "sizes": sizes,
        }
    if notice.guard == "one_presenter":
        name = names.get(f["lead"], _("One person"))
        return _(
            "%(name)s leads %(times)d of the year’s %(all)d items, more than %(percent)d "
            "per cent. Who else could?"
        ) % {**f, "name": name}
    return (
        _(
            "The most demanding item is at level %(to)d; an earlier session was at "
            "%(from)d. Tasks should grow over the year."
        )
        % f
    )


def _thought(item: AgendaItem) -> Item:
    return Item(
        title=item.title,
        minutes=item.minutes,
        kind=item.kind,
        lead=item.lead_id,
        guest=item.guest,
        goal=item.learning_goal,
        activity=item.activity,
        protocol=item.protocol,
        challenge=item.challenge,
    )


def _clock(local: Any) -> str:
    return date_format(local, "G:i")
