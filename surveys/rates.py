"""How many have answered, altogether and by role, never for a group that is too small."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from cohorts.models import Appointment, Membership, Supervision
from surveys.facts import role_group_of
from surveys.models import Response, Wave
from surveys.services.waves import not_answered
from surveys.suppression import hidden_small


@dataclass(frozen=True)
class RoleRate:
    """`done` and `asked` are None where the group is hidden."""

    name: str
    done: int | None
    asked: int | None


def with_done(waves: Any) -> Any:
    """A queryset of waves with `done_now`: how many have answered."""
    return waves.annotate(done_now=Count("participations", filter=Q(participations__done=True)))


def rates_by_role(wave: Wave) -> list[RoleRate]:
    """Three queries. A group is shown when neither those asked nor those who answered can be told apart."""
    asked_members = dict(wave.invited().values_list("pk", "leader_id"))
    posts = Appointment.objects.current().filter(leader_id__in=asked_members.values())
    kinds = dict(posts.values_list("leader_id", "role_kind"))
    done_members = set(wave.participations.filter(done=True).values_list("membership_id", flat=True))
    asked: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for member, leader in asked_members.items():
        group = role_group_of(kinds.get(leader, ""))
        asked[group] += 1
        done[group] += member in done_members
    smallest = wave.survey.smallest_group or wave.program_year.smallest_group_shown
    names = [choice for choice in Response.RoleGroup if asked[choice.value]]
    shown_asked = hidden_small([asked[name.value] for name in names], smallest)
    shown_done = hidden_small([done[name.value] for name in names], smallest)
    return [
        RoleRate(str(name.label), None if a is None else d, None if d is None else a)
        for name, a, d in zip(names, shown_asked, shown_done, strict=True)
    ]


def to_remind(wave: Wave, user: Any) -> tuple[list[Membership], int]:
    """Who has not answered, without those whom the reader supervises, and how many those are.

    Whoever said no is not on the list either, so that being absent from it does not say that one took part.
    """
    waiting = not_answered(wave)
    lines = Supervision.objects.current().filter(supervisor__user_id=user.pk)
    mine = set(lines.values_list("leader_id", flat=True))
    shown = [member for member in waiting if member.leader_id not in mine]
    return shown, len(waiting) - len(shown)
