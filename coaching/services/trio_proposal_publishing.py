"""Publishing a proposal: seats are changed and members told, in one transaction. Nothing is told before.

Seats that end keep their row, and a trio that nobody carries on keeps its own: what was said and held there
stays with the people who held it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.forming_permissions import may_form_trios
from coaching.matching import Person
from coaching.matching.moving import supervised
from coaching.models import TrioProposal
from coaching.participants import participants_of
from cohorts.models import Cohort, Membership, ProgramYear, Trio, TrioSeat
from leaderdev.common.dates import today_in
from leaderdev.common.mail.queue import Letter, queue_many
from leaderdev.common.refusals import RefusedError

State = TrioProposal.State


@transaction.atomic
def publish_proposal(*, by: Any, proposal: TrioProposal) -> TrioProposal:
    """Make the proposal's groups the year's trios and tell whoever sits in a new or changed one.

    by: who publishes, None for a command. Raises RefusedError with a sentence for each thing that has changed
    since the proposal was made: somebody left, chose another focus, or became somebody's supervisor.
    """
    if by is not None and not may_form_trios(by, proposal.program_year):
        raise RefusedError(_("Trios are published by those who configure the year."))
    # Locks in the one order: cohort, year, then what hangs on them.
    Cohort.objects.select_for_update().get(pk=proposal.program_year.cohort_id)
    years = ProgramYear.objects.select_for_update(of=("self",)).select_related("cohort__district", "standard")
    year = years.get(pk=proposal.program_year_id)
    proposal = TrioProposal.objects.select_for_update().get(pk=proposal.pk)
    if not proposal.is_ready or year.is_closed:
        raise RefusedError(
            _("This proposal cannot be published: it is published already, or the year is closed.")
        )
    sentences = obstacles(proposal, year)
    if sentences:
        raise RefusedError(sentences)
    now = timezone.now()
    changed = _Seating(proposal, year, now).done()
    TrioProposal.objects.filter(pk=proposal.pk).update(
        state=State.PUBLISHED, published_by=by, published_at=now, set_aside_at=None
    )
    _tell(year, proposal, changed)
    proposal.refresh_from_db()
    return proposal


def obstacles(proposal: TrioProposal, year: ProgramYear) -> list[str]:
    """What has changed since the proposal was made and would break a rule that everybody may know."""
    now = {str(one.membership.pk): one for one in participants_of(year)}
    names = {row["id"]: row["name"] for row in proposal.people}
    found = []
    for group in proposal.groups:
        people: list[Person] = []
        for name in group["members"]:
            one = now.get(name)
            if one is None or not one.membership.leader.user.is_active:
                found.append(_("%(name)s does not take part any more.") % {"name": names[name]})
            elif one.person is None or one.person.competency != group["competency"]:
                found.append(_("%(name)s has another focus competency now.") % {"name": one.name})
            else:
                people.append(one.person)
        found += [
            _("%(one)s and %(other)s are on one reporting line now.")
            % {"one": one.label, "other": other.label}
            for number, one in enumerate(people)
            for other in people[number + 1 :]
            if supervised(one, other)
        ]
    if found:
        found.append(_("Form the trios again, or move these people first."))
    return found


class _Seating:
    """From the groups of a proposal to rows; `done` returns the members of new and changed trios by trio."""

    def __init__(self, proposal: TrioProposal, year: ProgramYear, now: datetime.datetime) -> None:
        self.proposal, self.year, self.now = proposal, year, now
        self.today = today_in(year.cohort.district.time_zone, now)
        seats = TrioSeat.objects.select_for_update(of=("self",)).filter(program_year=year, left_on=None)
        self.seats = {seat.membership_id: seat for seat in seats}
        self.trios = {trio.pk: trio for trio in Trio.objects.filter(program_year=year)}
        self.last = max((trio.number for trio in self.trios.values()), default=0)

    def done(self) -> dict[int | None, list[int]]:
        """Trio → members to be told; under None those who lose a seat and get no other."""
        members_of: dict[int, set[int]] = {}
        for seat in self.seats.values():
            members_of.setdefault(seat.trio_id, set()).add(seat.membership_id)
        labels = {row["competency"]: row["competency_id"] for row in self.proposal.people}
        wanted: dict[int, int] = {}
        told: dict[int | None, list[int]] = {}
        used: set[int] = set()
        for group in self.proposal.groups:
            members = {int(name) for name in group["members"]}
            trio = self._trio(group, members, members_of, used, labels[group["competency"]])
            used.add(trio.pk)
            wanted |= dict.fromkeys(members, trio.pk)
            if members != members_of.get(trio.pk) or trio.published_at is None:
                told[trio.pk] = sorted(members)
        gone = [pk for pk in self.seats if pk not in wanted]
        self._reseat(wanted)
        Trio.objects.filter(pk__in=used, published_at=None).update(published_at=self.now)
        if gone:
            told[None] = sorted(gone)
        return told

    def _trio(
        self,
        group: dict[str, Any],
        members: set[int],
        members_of: dict[int, set[int]],
        used: set[int],
        competency: int,
    ) -> Trio:
        """The trio that the group carries on, the one in which exactly these people sit, or a new one."""
        same = next((pk for pk, there in members_of.items() if there == members), None)
        for pk in (group.get("trio"), same):
            there = self.trios.get(pk) if pk else None
            if there is not None and pk not in used and there.competency_id == competency:
                return there
        self.last += 1
        return Trio.objects.create(program_year=self.year, number=self.last, competency_id=competency)

    def _reseat(self, wanted: dict[int, int]) -> None:
        ending = [seat for pk, seat in self.seats.items() if wanted.get(pk) != seat.trio_id]
        for seat in ending:
            seat.left_on = max(self.today, seat.seated_on)
        TrioSeat.objects.bulk_update(ending, ["left_on"])
        TrioSeat.objects.bulk_create(
            TrioSeat(trio_id=trio, program_year=self.year, membership_id=pk, seated_on=self.today)
            for pk, trio in wanted.items()
            if pk not in self.seats or self.seats[pk].trio_id != trio
        )


def _tell(year: ProgramYear, proposal: TrioProposal, changed: dict[int | None, list[int]]) -> None:
    members = _users(pk for group in changed.values() for pk in group)
    trios = Trio.objects.filter(pk__in=[pk for pk in changed if pk]).select_related("competency").in_bulk()
    path = reverse("cohorts:year_detail", args=[year.cohort.slug, year.slug])
    letters = []
    for trio, group in changed.items():
        for pk in group:
            member = members.get(pk)
            if member is None:
                continue
            mates = [str(members[other].leader) for other in group if other != pk and other in members]
            letter = Letter(
                to=member.leader.user.email,
                key=f"trio_published:{proposal.pk}:{pk}",
                language=member.leader.user.language,
                context={
                    "greeting": member.leader.user.get_short_name(),
                    "year": str(year),
                    "mates": mates if trio else [],
                    "competency": trios[trio].competency.coded_label if trio else "",
                    "button_url": f"{settings.SITE_URL}{path}",
                    "button_label": gettext_lazy("Open your program year"),
                    "why": gettext_lazy("You get this mail because you take part in this program year."),
                },
            )
            letters.append(letter)
    queue_many(kind="trio_published", letters=letters, reply_to=year.cohort.district.contact_email or None)


def _users(keys: Iterable[int]) -> dict[int, Membership]:
    """Current members only: who has left is not written to."""
    rows = Membership.objects.current().filter(pk__in=list(keys)).select_related("leader__user")
    return {member.pk: member for member in rows}
