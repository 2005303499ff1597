"""Proposals of trios as they were made and published, with the repair of the first year."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from coaching.matching import Person, Result, Rules, Trio
from coaching.matching.continuity import continuing
from coaching.matching.plain import plain_person, plain_rules
from coaching.matching.sentences import plain_said
from coaching.models import TrioProposal
from cohorts.models import ProgramYear, School, TrioSeat
from leaderdev.accounts.models import User
from leaderdev.home.demo import program
from leaderdev.home.demo.formed import REPAIRED_AFTER, FormedYear
from leaderdev.home.demo.roster import PARTICIPANT
from leaderdev.home.demo.world import World, email_of

LEAD = "angela.whitford"
MADE_AT, TOLD_AT = datetime.time(9, 25), datetime.time(16, 10)


def proposals(world: World) -> None:
    """Nothing where a proposal is there, and nothing for a year whose trios a visitor has changed since."""
    if TrioProposal.objects.exists() or not _as_planned(world):
        return
    by = User.objects.filter(email=email_of(LEAD)).first()
    for year, formed, plan in zip(world.years, world.formed, world.plan.years, strict=True):
        story = _Story(world, year, formed, by, plan.trios_told)
        if story.fits:
            story.store()


def _as_planned(world: World) -> bool:
    """Whether years and schools are called what the plan calls them: an older demo may have been renamed."""
    labels = [plan.dates.label for plan in world.plan.years]
    years = ProgramYear.objects.filter(cohort__slug=program.COHORT_SLUG, label__in=labels)
    schools = School.objects.filter(district__slug=program.SLUG).values_list("code", flat=True)
    return years.count() == len(labels) and {post.school for post in world.plan.posts} <= set(schools)


class _Story:
    """The proposals of one year, the oldest first."""

    def __init__(
        self, world: World, year: ProgramYear, formed: FormedYear, by: User | None, told: datetime.date
    ) -> None:
        self.world, self.year, self.formed, self.by, self.told = world, year, formed, by, told
        self.key_of = {
            str(member.pk): key for (key, role), member in world.members.items() if role == PARTICIPANT
        }
        self.id_of = {key: pk for pk, key in self.key_of.items()}
        self.names = {key: str(member.leader) for (key, _role), member in world.members.items()}
        self.codes = {node.coded_label: node.pk for node in world.competencies.values()}

    @property
    def fits(self) -> bool:
        seats: dict[int, set[str]] = {}
        for seat in TrioSeat.objects.filter(program_year=self.year, left_on=None):
            seats.setdefault(seat.trio_id, set()).add(self.key_of.get(str(seat.membership_id), ""))
        wanted = {frozenset(trio.members) for trio in self.formed.final}
        self.trio_of = {frozenset(members): trio for trio, members in seats.items()}
        return self.trio_of.keys() == wanted

    def store(self) -> None:
        day, number = self.told, 0
        first = self.formed.first
        if self.formed.tried is not None:
            number += 1
            self._row(number, self.formed.tried, day - datetime.timedelta(days=4), published=None)
        number += 1
        first_row = self._row(number, first, day - datetime.timedelta(days=1), published=day)
        if self.formed.repaired is not None:
            later = day + REPAIRED_AFTER
            self._row(number + 1, self.formed.repaired, later, published=later, before=first_row)

    def _row(
        self,
        number: int,
        result: Result,
        day: datetime.date,
        *,
        published: datetime.date | None,
        before: TrioProposal | None = None,
    ) -> TrioProposal:
        seated = {name for trio in result.trios for name in trio.members}
        seated |= {one.id for one in result.unplaced}
        rules = replace(self.formed.rules, priorities=tuple(one.priority for one in result.standings))
        proposal = TrioProposal(
            program_year=self.year,
            number=number,
            kind=TrioProposal.Kind.REPAIR if before else TrioProposal.Kind.FRESH,
            state=TrioProposal.State.PUBLISHED if published else TrioProposal.State.READY,
            rules=self._rules(rules),
            groups=self._groups(result.trios, before),
            unplaced=[self.id_of[one.id] for one in result.unplaced],
            before=self._before(before) if before else [],
            standings=[
                {"priority": str(one.priority), "value": one.value, "bound": one.bound}
                for one in result.standings
            ],
            notes=[plain_said(note) for note in result.notes],
            # The time that the solver took differs from run to run; the same day gives the same demo.
            seconds=None,
            progress=100,
            based_on=before,
            made_by=self.by,
            made_at=self.world.instant(day, MADE_AT),
            published_by=self.by if published else None,
            published_at=self.world.instant(published, TOLD_AT) if published else None,
        )
        proposal.people = [self._person(one) for one in self.formed.people if one.id in seated]
        proposal.save()
        return proposal

    def _rules(self, rules: Rules) -> dict[str, Any]:
        return {**plain_rules(rules), "include_without_school": False}

    def _person(self, person: Person) -> dict[str, Any]:
        school = self.world.schools[person.school]
        row = plain_person(replace(person, school=str(school.pk), name=self.names[person.id]))
        return {
            **row,
            "id": self.id_of[person.id],
            "supervisor": self.id_of.get(person.supervisor, ""),
            "school_name": school.name,
            "competency_id": self.codes[person.competency],
        }

    def _groups(self, trios: tuple[Trio, ...], before: TrioProposal | None) -> list[dict[str, Any]]:
        goes_on: dict[int, int] = {}
        if before is not None:
            old = [[self.key_of[name] for name in group["members"]] for group in before.groups]
            goes_on = continuing(old, [trio.members for trio in trios])
        return [
            {
                "competency": trio.competency,
                "members": [self.id_of[name] for name in trio.members],
                "pinned": False,
                "trio": self.trio_of.get(frozenset(trio.members)) if number in goes_on else None,
            }
            for number, trio in enumerate(trios)
        ]

    def _carried_by(self, final: tuple[Trio, ...], number: int | None) -> int | None:
        return None if number is None else self.trio_of[frozenset(final[number].members)]

    def _before(self, before: TrioProposal) -> list[dict[str, Any]]:
        """How the trios sat before the repair, each under the trio that carries it on."""
        old = [[self.key_of[name] for name in group["members"]] for group in before.groups]
        final = self.formed.final
        carried = {o: n for n, o in continuing(old, [trio.members for trio in final]).items()}
        return [
            {
                **group,
                "trio": self._carried_by(final, carried.get(number)),
                "number": number + 1,
            }
            for number, group in enumerate(before.groups)
        ]
