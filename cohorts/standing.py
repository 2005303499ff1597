"""What one person is to the program today, each answer fetched once and only when somebody asks."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from cohorts.models import (
    Appointment,
    Cohort,
    CompetencySelection,
    District,
    Leader,
    LearningSession,
    Membership,
    ProgramYear,
    Trio,
    TrioSeat,
)
from cohorts.services.overview import with_progress

Role = Membership.Role
# A look-back on a session after more than three weeks is fiction.
LOOK_BACK_DAYS = 21


def standing_of(user: Any) -> Standing:
    """The person's standing, kept with the object that one request has of them."""
    if not hasattr(user, "program_standing"):
        user.program_standing = Standing(user)
    return user.program_standing


class Standing:
    """Rolls, memberships, years, choices, sessions and trios of one signed-in person."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def leaders(self) -> list[Leader]:
        """Where the person stands on a roll, with `held`: their current memberships."""
        rows = Leader.objects.filter(user_id=self.user.pk, is_active=True).select_related("district")
        # Asked by every page, so sorted here and joined by hand: a prefetch in order costs a quarter more.
        found = {leader.pk: leader for leader in rows.order_by("pk")}
        for leader in found.values():
            leader.user, leader.held = self.user, []  # type: ignore[attr-defined]
        held = Membership.objects.filter(left_on=None, leader__in=found).select_related("cohort").order_by()
        for member in sorted(held if found else (), key=lambda one: (one.cohort.name, one.pk)):
            member.leader = found[member.leader_id]
            member.cohort.district = member.leader.district
            member.leader.held.append(member)  # type: ignore[attr-defined]
        return list(found.values())

    @cached_property
    def memberships(self) -> list[Membership]:
        return [member for leader in self.leaders for member in leader.held]

    @property
    def reads_findings(self) -> bool:
        """Whoever leads, facilitates or studies a cohort, or configures a district, reads what surveys
        found."""
        roles = {Role.LEAD, Role.FACILITATOR, Role.RESEARCHER}
        return self.configures_something or any(member.role in roles for member in self.memberships)

    @property
    def cohorts(self) -> list[Cohort]:
        return list({member.cohort_id: member.cohort for member in self.memberships}.values())

    @property
    def district(self) -> District | None:
        """The one district the person works in; with two, no page can be of one of them."""
        return self.leaders[0].district if len(self.leaders) == 1 else None

    def configures(self, district_id: int) -> bool:
        if self.user.is_superuser:
            return True
        return any(
            leader.district_id == district_id
            and (leader.manages_program or any(member.role == Role.LEAD for member in leader.held))
            for leader in self.leaders
        )

    @property
    def configures_something(self) -> bool:
        return self.user.is_superuser or any(self.configures(leader.district_id) for leader in self.leaders)

    @property
    def may_write_plans(self) -> bool:
        """Whoever takes part in a cohort has a plan to write or an earlier one to read."""
        return any(member.role == Role.PARTICIPANT for member in self.memberships)

    @cached_property
    def years(self) -> list[ProgramYear]:
        """Years that are open or being set up, nearest first; with their progress for those who follow it."""
        # As ProgramYear.visible_to says it, from what is known of the person already.
        states = ProgramYear.State
        going_on = ProgramYear.objects.exclude(state=states.CLOSED)
        if not self.user.is_superuser:
            configured = {row.district_id for row in self.leaders if self.configures(row.district_id)}
            mine = Q(cohort__in={member.cohort_id for member in self.memberships}, state=states.OPEN)
            going_on = going_on.filter(mine | Q(cohort__district__in=configured) if configured else mine)
        rows = going_on.select_related("cohort__district").order_by("starts_on", "cohort__name")
        # Counting takes longer than all else of the query, and most people are shown no count.
        return list(with_progress(rows) if self._follows_progress else rows)

    @property
    def _follows_progress(self) -> bool:
        return self.configures_something or any(m.role == Role.FACILITATOR for m in self.memberships)

    def in_role(self, role: str) -> list[tuple[Membership, ProgramYear]]:
        """Each open year in which the person holds the role, with the membership that says so."""
        return [
            (member, year)
            for year in self.years
            if year.is_open
            for member in self.memberships
            if member.cohort_id == year.cohort_id and member.role == role
        ]

    @cached_property
    def choices(self) -> dict[tuple[int, int], CompetencySelection]:
        """Current choices by (membership, program year)."""
        rows = CompetencySelection.objects.current().filter(membership__in=self.memberships)
        return {(row.membership_id, row.program_year_id): row for row in rows.select_related("competency")}

    @cached_property
    def sessions(self) -> list[LearningSession]:
        """Learning sessions of the person's open years from three weeks back, the first one first."""
        years = {year.pk: year for year in self.years if year.is_open and self._belongs(year)}
        if not years:
            return []
        since = timezone.now() - datetime.timedelta(days=LOOK_BACK_DAYS)
        rows = LearningSession.objects.after(since).filter(program_year__in=years).select_related("host")
        found = list(rows)
        for session in found:
            session.program_year = years[session.program_year_id]
        return found

    @property
    def coming_up(self) -> list[LearningSession]:
        """The next three that have not ended."""
        now = timezone.now()
        return [session for session in self.sessions if session.ends_at > now][:3]

    def _belongs(self, year: ProgramYear) -> bool:
        return any(m.cohort_id == year.cohort_id for m in self.memberships) or self.configures(
            year.cohort.district_id
        )

    @cached_property
    def trios(self) -> list[Trio]:
        """Published trios of open years in which the person has a seat, with `mates`: the other seats, and
        `current_posts` of their people; two queries."""
        years = {year.pk: year for _member, year in self.in_role(Role.PARTICIPANT)}
        if not years:
            return []
        mine = TrioSeat.objects.current().filter(
            membership__in=[member.pk for member in self.memberships],
            program_year__in=years,
            trio__published_at__isnull=False,
        )
        rows = TrioSeat.objects.current().filter(trio__in=mine.order_by().values("trio_id"))
        seats = list(
            rows.select_related("trio__competency", "membership__leader__user").order_by("trio_id", "pk")
        )
        trios = {seat.trio_id: seat.trio for seat in seats}
        for trio in trios.values():
            trio.program_year, trio.mates = years[trio.program_year_id], []  # type: ignore[attr-defined]
        mates = [seat for seat in seats if seat.membership.leader.user_id != self.user.pk]
        for seat in mates:
            seat.trio = trios[seat.trio_id]
            seat.trio.mates.append(seat)  # type: ignore[attr-defined]
        posts = Appointment.objects.current().select_related("school")
        prefetch_related_objects(
            [seat.membership.leader for seat in mates],
            Prefetch("appointments", queryset=posts, to_attr="current_posts"),
        )
        return sorted(trios.values(), key=lambda trio: (trio.program_year_id, trio.number))
