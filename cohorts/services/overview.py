"""Who has chosen what: the figures and the names behind them, for those who may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cohorts.models import Appointment, CompetencySelection, Membership, ProgramYear, StandardNode
from cohorts.models.membership import MembershipQuerySet


@dataclass(frozen=True)
class ParticipantRow:
    """One participant and what they chose this year; `earlier` are this year's superseded choices."""

    membership: Membership
    current: CompetencySelection | None
    earlier: list[CompetencySelection]
    last_year: CompetencySelection | None

    @property
    def post(self) -> Appointment | None:
        return self.membership.leader.current_post

    @property
    def chose_in_both(self) -> bool:
        return self.current is not None and self.last_year is not None

    @property
    def changed_between(self) -> bool:
        """Whether this year's focus differs from last year's; only for those who chose in both."""
        if self.current is None or self.last_year is None:
            return False
        return not same_focus(self.current.competency, self.last_year.competency)


@dataclass(frozen=True)
class SelectionOverview:
    """Everybody's choice of one year. `previous` is the cohort's year before, or None."""

    year: ProgramYear
    previous: ProgramYear | None
    rows: list[ParticipantRow]
    offered: list[StandardNode]

    @cached_property
    def chosen(self) -> list[ParticipantRow]:
        return [row for row in self.rows if row.current is not None]

    @cached_property
    def waiting(self) -> list[ParticipantRow]:
        return [row for row in self.rows if row.current is None]

    @cached_property
    def changed_within(self) -> list[ParticipantRow]:
        return [row for row in self.rows if row.earlier]

    @cached_property
    def in_both(self) -> list[ParticipantRow]:
        """Those who chose in this year and in the year before: the base of the share that changed."""
        return [row for row in self.rows if row.chose_in_both]

    @cached_property
    def changed_between(self) -> list[ParticipantRow]:
        return [row for row in self.in_both if row.changed_between]

    @property
    def changed_percent(self) -> int | None:
        """Whole percent of `in_both` whose focus changed; None when nobody chose in both years."""
        return percent_of(len(self.changed_between), len(self.in_both))

    @cached_property
    def counts(self) -> list[tuple[StandardNode, int]]:
        """People per offered competency, in the order of the offer; a competency nobody chose has 0."""
        people = Counter(row.current.competency_id for row in self.rows if row.current is not None)
        return [(competency, people[competency.pk]) for competency in self.offered]


def percent_of(part: int, whole: int) -> int | None:
    """Whole percent, halves rounded up as people do; None without a base."""
    return (200 * part + whole) // (2 * whole) if whole else None


def same_focus(one: StandardNode, other: StandardNode) -> bool:
    """Also true for the same competency in a newer version of the standard, which is a row of its own."""
    return one.pk == other.pk or one.identifier == other.identifier or one.label == other.label


def participants_of(year: ProgramYear) -> MembershipQuerySet:
    """An open year's participants of today; a closed year's whoever took part in it."""
    members = Membership.objects.in_year(year).participants()
    return members if year.is_closed else members.current()


def selection_overview(year: ProgramYear) -> SelectionOverview:
    """The year's choices with names and posts; the number of queries does not grow with the people."""
    previous = ProgramYear.objects.before(year).exclude(state=ProgramYear.State.DRAFT).first()
    years = [year.pk] if previous is None else [year.pk, previous.pk]
    chosen = (
        CompetencySelection.objects.filter(program_year__in=years)
        .select_related("competency")
        .order_by("chosen_at", "pk")
    )
    members = (
        participants_of(year)
        .by_name()
        .prefetch_related(
            Prefetch("selections", queryset=chosen, to_attr="choices"),
            Prefetch(
                "leader__appointments",
                queryset=Appointment.objects.current().select_related("school"),
                to_attr="current_posts",
            ),
        )
    )
    offered = StandardNode.objects.filter(offers__program_year=year).order_by("offers__position", "position")
    return SelectionOverview(
        year=year,
        previous=previous,
        rows=[_row(member, year, previous) for member in members],
        offered=list(offered),
    )


def _row(member: Membership, year: ProgramYear, previous: ProgramYear | None) -> ParticipantRow:
    mine: list[CompetencySelection] = member.choices  # type: ignore[attr-defined]
    this_year = [each for each in mine if each.program_year_id == year.pk]
    before = [each for each in mine if previous is not None and each.program_year_id == previous.pk]
    return ParticipantRow(
        membership=member,
        current=next((each for each in this_year if each.superseded_at is None), None),
        earlier=[each for each in this_year if each.superseded_at is not None],
        last_year=next((each for each in before if each.superseded_at is None), None),
    )


def with_progress(years: QuerySet[ProgramYear]) -> QuerySet[ProgramYear]:
    """Each year with `participants_now` and `chosen_now`, counted among those of participants_of."""
    today = Q(left_on=None, leader__is_active=True, leader__user__is_active=True)
    then = Q(cohort__years__state=ProgramYear.State.CLOSED)
    # One call, so that all of it speaks about the same one of the cohort's years.
    members = (
        Membership.objects.participants()
        .filter(
            Q(left_on=None) | Q(left_on__gt=F("cohort__years__starts_on")),
            then | today,
            cohort__years=OuterRef("pk"),
            joined_on__lte=F("cohort__years__ends_on"),
        )
        .order_by()
    )
    choice = CompetencySelection.objects.current().filter(
        membership=OuterRef("pk"), program_year=OuterRef(OuterRef("pk"))
    )
    return years.annotate(
        participants_now=_number_of(members), chosen_now=_number_of(members.filter(Exists(choice)))
    )


def _number_of(members: QuerySet[Membership]) -> Coalesce:
    return Coalesce(Subquery(members.values("cohort").annotate(number=Count("pk")).values("number")), 0)
