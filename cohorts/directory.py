"""The people of a cohort, one row a person, with what colleagues may see of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from cohorts.models import Appointment, Cohort, CompetencySelection, Leader, Membership, ProgramYear


@dataclass(frozen=True)
class Entry:
    """A person of the cohort: their post, their parts in it, and the focus of the year."""

    leader: Leader

    @property
    def post(self) -> Appointment | None:
        return self.leader.current_post

    @property
    def roles(self) -> str:
        return ", ".join(str(member.get_role_display()) for member in self._held)

    @property
    def takes_part(self) -> bool:
        """Whether the person is a participant: the others choose no focus."""
        return any(member.role == Membership.Role.PARTICIPANT for member in self._held)

    @property
    def focus(self) -> CompetencySelection | None:
        return next((choice for member in self._held for choice in member.current_choices), None)

    @property
    def _held(self) -> list[Membership]:
        return self.leader.held  # type: ignore[attr-defined]


def people_of(cohort: Cohort, year: ProgramYear | None) -> QuerySet[Leader]:
    """Leaders with a current membership, by name, with `held` and the `current_choices` of the year."""
    held = Membership.objects.filter(cohort=cohort, left_on=None)
    chosen = CompetencySelection.objects.current().filter(program_year=year).select_related("competency")
    belonging = Membership.objects.current().filter(cohort=cohort).values("leader_id")
    return (
        Leader.objects.filter(pk__in=belonging)
        .with_post()
        .prefetch_related(
            Prefetch(
                "memberships",
                queryset=held.prefetch_related(
                    Prefetch("selections", queryset=chosen, to_attr="current_choices")
                ),
                to_attr="held",
            )
        )
        .order_by("user__name", "pk")
    )


def former_members(cohort: Cohort) -> QuerySet[Membership]:
    """Memberships that have ended, the latest first."""
    ended = Membership.objects.filter(cohort=cohort).exclude(left_on=None)
    return ended.select_related("leader__user").order_by("-left_on", "leader__user__name")
