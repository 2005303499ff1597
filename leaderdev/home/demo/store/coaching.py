"""The trios' talks of both years: rounds, visits, a one-sided trio, one that missed twice, open times."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from typing import Any

from coaching.journal_prompts import stage_of
from coaching.models import (
    CoachingSession,
    JournalEntry,
    LeadConversation,
    NormAgreement,
    Observation,
    Preparation,
    Promise,
    ReleaseBudget,
    ReleaseRequest,
    TimeAnswer,
    TimeProposal,
    TouchedGoal,
    TrioSpace,
    Turn,
    VisitBlock,
)
from coaching.services.visits import usual_blocks
from cohorts.models import Appointment, ProgramYear, Trio, TrioSeat
from growthplans.models import Goal, GrowthPlan
from leaderdev.home.demo import talks
from leaderdev.home.demo.people import MISSED, ONE_SIDED, SPOTLIGHT
from leaderdev.home.demo.world import World, email_of

State = CoachingSession.State
AT = datetime.time(15, 30)
VISIT_AT = datetime.time(9, 0)
HOUR, VISIT = datetime.timedelta(minutes=60), datetime.timedelta(minutes=180)
_DAY = datetime.timedelta(days=1)
# Rounds whose meeting is a visit: each member has hosted once by the end of the year.
VISIT_ROUNDS = (3, 5, 6, 7)
BUDGET = {
    "days": Decimal("60"),
    "dollars": Decimal("16500.00"),
    "day_rate": Decimal("262.35"),
    "cost_code": "410-3377",
}


def coaching(world: World) -> None:
    """Stores nothing where a meeting is there already, nor for a year that a visitor has renamed."""
    if CoachingSession.objects.exists():
        return
    for number, plan in enumerate(world.plan.years):
        year = ProgramYear.objects.filter(
            cohort__slug="growing-together", cohort__district__slug="larkspur-plains", label=plan.dates.label
        )
        found = year.select_related("calendar").first()
        if found is not None:
            _YearOfTalks(world, found, plan.trios_told, running=number == 1).store()


class _YearOfTalks:
    """One year: each trio's meetings are dealt in order of time, with the talk around each."""

    def __init__(self, world: World, year: ProgramYear, told: datetime.date, *, running: bool) -> None:
        self.world, self.year, self.told, self.running = world, year, told, running
        self.rng = random.Random(talks.SEED + running)  # noqa: S311  seeded on purpose
        self.today = world.plan.dates.today
        self.free = _days_without_school(year)
        self.spotlight = {each.email for each in SPOTLIGHT}
        self.goals = _goals_by_member(year)
        self.teach = set(
            Appointment.objects.current().filter(also_teaches=True).values_list("leader_id", flat=True)
        )

    def store(self) -> None:
        ReleaseBudget.objects.get_or_create(program_year=self.year, defaults=BUDGET)
        trios = Trio.objects.published().filter(program_year=self.year).order_by("number")
        for place, trio in enumerate(trios):
            rows = TrioSeat.objects.filter(trio=trio).select_related("membership__leader__user")
            if not self.running:
                seats = list(rows.order_by("membership__leader__user__email"))
            else:
                current = rows.filter(left_on=None, membership__left_on=None)
                seats = list(current.order_by("membership__leader__user__email"))
            if len(seats) > 1:
                self._store_trio(place, trio, seats)

    def _store_trio(self, place: int, trio: Trio, seats: list[TrioSeat]) -> None:
        self._norms(place, trio, seats)
        last = self.today - _DAY * 2 if self.running else self.year.ends_on - _DAY * 14
        # Two trios of the running year are what the kind notes are for.
        emails = {seat.membership.leader.user.email for seat in seats}
        one_sided = self.running and email_of(ONE_SIDED) in emails
        misses = self.running and email_of(MISSED) in emails
        steps = talks.FORTNIGHTLY if one_sided or misses else talks.MONTHLY
        days = talks.meeting_days(self.told, last, self.rng, free=self.free, steps=steps)
        hosts = list(seats)
        for number, day in enumerate(days, start=1):
            missed = misses and number > len(days) - 2
            visit = number in VISIT_ROUNDS and bool(hosts) and not missed
            host = hosts.pop(0) if visit else None
            meeting = self._meeting(trio, seats, number, day, host=host, missed=missed)
            if not missed:
                self._talk(meeting, seats, place + number, last=number == len(days), one_sided=one_sided)
        # Who missed twice has nothing ahead: the trio's page offers times instead.
        if self.running and not misses:
            self._ahead(place, trio, seats, len(days) + 1, hosts)
        self._offer(seats, sum(1 for _day in days) - 2 * misses)

    def _norms(self, place: int, trio: Trio, seats: list[TrioSeat]) -> None:
        if self.running and place == 4:
            return  # one trio has still to write them
        norms = talks.NORM_SETS[place % len(talks.NORM_SETS)]
        space = TrioSpace.objects.create(trio=trio, norms="\n".join(norms))
        circle = ",".join(str(pk) for pk in sorted(seat.pk for seat in seats))
        agree = seats if place % 5 else seats[:-1]
        at = self.world.instant(self.told + _DAY * 9, AT)
        NormAgreement.objects.bulk_create(
            NormAgreement(space=space, membership=seat.membership, version=1, circle=circle, agreed_at=at)
            for seat in agree
        )

    def _meeting(
        self,
        trio: Trio,
        seats: list[TrioSeat],
        number: int,
        day: datetime.date,
        *,
        host: TrioSeat | None,
        missed: bool,
    ) -> CoachingSession:
        start = self.world.instant(day, VISIT_AT if host else AT)
        return CoachingSession.objects.create(
            trio=trio,
            kind="visit" if host else "talk",
            host=host,
            state=State.NOT_HELD if missed else State.HELD,
            round_number=number,
            starts_at=start,
            ends_at=start + (VISIT if host else HOUR),
            place=""
            if host
            else self.rng.choice(("Video call", "Division office, small room", "Café Aurora")),
            organizer=seats[number % len(seats)].membership,
            proposed_at=start - _DAY * 12,
            confirmed_at=start - _DAY * 9,
            logged_at=start + datetime.timedelta(hours=4),
            why_not=talks.pick(self.rng, talks.MISSED, number) if missed else "",
            notes="" if missed else talks.pick(self.rng, talks.NOTES, number + trio.number),
            host_question=talks.pick(self.rng, talks.HOST_QUESTIONS, trio.number) if host else "",
            look_fors=talks.pick(self.rng, talks.LOOK_FORS, trio.number) if host else "",
        )

    def _talk(
        self, meeting: CoachingSession, seats: list[TrioSeat], place: int, *, last: bool, one_sided: bool
    ) -> None:
        lengths = talks.minutes(self.rng, len(seats), one_sided=one_sided)
        Turn.objects.bulk_create(
            Turn(coaching_session=meeting, coached=seat, minutes=length)
            for seat, length in zip(seats, lengths, strict=True)
        )
        touched = [
            goals[place % len(goals)] for seat in seats if (goals := self.goals.get(seat.membership_id))
        ]
        TouchedGoal.objects.bulk_create(TouchedGoal(coaching_session=meeting, goal=goal) for goal in touched)
        for offset, seat in enumerate(seats[:2]):
            day = (start_of(meeting) + _DAY * 28).date()
            Promise.objects.create(
                trio=meeting.trio,
                coaching_session=meeting,
                seat=seat,
                what=talks.pick(self.rng, talks.PROMISES, place + offset * 4),
                by_when=day,
                state="open" if last and self.running else ("let_go" if place % 7 == 0 else "kept"),
            )
        self._journal(meeting, seats, place)
        if meeting.is_visit:
            self._visit(meeting, seats, place)

    def _journal(self, meeting: CoachingSession, seats: list[TrioSeat], place: int) -> None:
        """About two of three write; every fourth entry is open to the trio, every fifth to the lead."""
        for offset, seat in enumerate(seats):
            if (place + offset) % 3 == 2:
                continue
            day = start_of(meeting).astimezone(self.world.zone).date()
            stage = stage_of(self.year.starts_on, day, meeting.round_number)
            written = start_of(meeting) + datetime.timedelta(hours=6)
            JournalEntry.objects.create(
                coaching_session=meeting,
                author=seat.membership,
                stage=stage,
                text=talks.pick(self.rng, talks.THOUGHTS[stage], place + offset),
                received=talks.pick(self.rng, talks.RECEIVED, place),
                given=talks.pick(self.rng, talks.GIVEN, offset),
                received_kinds="functional" if place % 2 else "emotional,developmental",
                given_kinds="developmental",
                manner=("asked", "told", "both")[(place + offset) % 3],
                written_at=written,
                released_to_trio_at=written if (place + offset) % 4 == 0 else None,
                released_for_conversation_at=written if (place + offset) % 5 == 0 else None,
            )

    def _visit(self, meeting: CoachingSession, seats: list[TrioSeat], place: int) -> None:
        self._blocks(meeting)
        for offset, seat in enumerate(each for each in seats if each.pk != meeting.host_id):
            claim, evidence, meaning = talks.CLAIMS[(place + offset) % len(talks.CLAIMS)]
            Observation.objects.create(
                coaching_session=meeting, seat=seat, claim=claim, evidence=evidence, meaning=meaning
            )
            if seat.membership.leader_id in self.teach:
                self._release(meeting, seat, "approved")

    def _blocks(self, meeting: CoachingSession) -> None:
        VisitBlock.objects.bulk_create(
            VisitBlock(coaching_session=meeting, position=n, title=block.title, minutes=block.minutes)
            for n, block in enumerate(usual_blocks())
        )

    def _release(self, meeting: CoachingSession, seat: TrioSeat, state: str) -> None:
        approved = state == "approved"
        budget = ReleaseBudget(**BUDGET)
        ReleaseRequest.objects.create(
            coaching_session=meeting,
            seat=seat,
            portion="morning",
            state=state,
            asked_at=meeting.proposed_at,
            decided_at=meeting.confirmed_at if approved else None,
            decided_by=self.world.leaders["angela.whitford"].user if approved else None,
            days=Decimal("0.5") if approved else Decimal("0"),
            cost=budget.cost_of("morning") if approved else Decimal("0"),
            cost_code=budget.cost_code if approved else "",
        )

    def _ahead(
        self, place: int, trio: Trio, seats: list[TrioSeat], number: int, hosts: list[TrioSeat]
    ) -> None:
        """Times to answer for whoever stands on the page of demo people; a planned meeting for the others."""
        emails = {seat.membership.leader.user.email for seat in seats}
        known = [seat for seat in seats if seat.membership.leader.user.email in self.spotlight]
        days = talks.meeting_days(self.today - _DAY * 8, self.today + _DAY * 60, self.rng, free=self.free)
        if not days:
            return
        if emails & self.spotlight:
            self._proposal(trio, seats, known, number, days[0])
        else:
            visit = place % 3 == 0 and bool(hosts)
            self._planned(trio, seats, number, days[0], hosts[0] if visit else None)

    def _proposal(
        self, trio: Trio, seats: list[TrioSeat], known: list[TrioSeat], number: int, day: datetime.date
    ) -> None:
        by = next((seat for seat in seats if seat not in known), seats[0])
        asked = self.world.instant(self.today - _DAY, AT)
        meeting = CoachingSession.objects.create(
            trio=trio, round_number=number, organizer=by.membership, proposed_at=asked, place="Video call"
        )
        for days_later, at in ((0, AT), (1, datetime.time(8, 0))):
            start = self.world.instant(day + _DAY * days_later, at)
            if self.free(day + _DAY * days_later):
                continue
            time = TimeProposal.objects.create(
                coaching_session=meeting, starts_at=start, ends_at=start + HOUR
            )
            TimeAnswer.objects.create(proposal=time, seat=by, answer="yes", answered_at=asked)

    def _planned(
        self, trio: Trio, seats: list[TrioSeat], number: int, day: datetime.date, host: TrioSeat | None
    ) -> None:
        start = self.world.instant(day, VISIT_AT if host else AT)
        meeting = CoachingSession.objects.create(
            trio=trio,
            kind="visit" if host else "talk",
            host=host,
            state=State.CONFIRMED,
            round_number=number,
            starts_at=start,
            ends_at=start + (VISIT if host else HOUR),
            organizer=seats[0].membership,
            proposed_at=self.world.instant(self.today - _DAY * 6, AT),
            confirmed_at=self.world.instant(self.today - _DAY * 4, AT),
        )
        prepared = Preparation.objects.create(
            coaching_session=meeting,
            seat=seats[0],
            question=talks.pick(self.rng, talks.QUESTIONS, trio.number),
        )
        prepared.goals.set(self.goals.get(seats[0].membership_id, [])[:1])
        if host is not None:
            self._blocks(meeting)
            for seat in seats:
                if seat.pk != host.pk and seat.membership.leader_id in self.teach:
                    self._release(meeting, seat, "asked")

    def _offer(self, seats: list[TrioSeat], rounds: int) -> None:
        for after in range(3, rounds + 1, 3):
            LeadConversation.objects.bulk_create(
                LeadConversation(
                    membership=seat.membership,
                    program_year=self.year,
                    after_round=after,
                    state="offered" if self.running else "held",
                    held_on=None if self.running else self.year.ends_on - _DAY * 20,
                    offered_at=self.world.instant(min(self.today, self.year.ends_on - _DAY * 30), AT),
                )
                for seat in seats
            )


def start_of(meeting: CoachingSession) -> datetime.datetime:
    """A held meeting has a time, which the database knows and the types do not."""
    if meeting.starts_at is None:
        raise ValueError(f"{meeting} has no time.")
    return meeting.starts_at


def _days_without_school(year: ProgramYear) -> Any:
    """A predicate: whether a day has no school."""
    rows = year.calendar.no_school_days.values_list("first_day", "last_day") if year.calendar else []
    spans = list(rows)
    return lambda day: day.weekday() >= 5 or any(first <= day <= last for first, last in spans)


def _goals_by_member(year: ProgramYear) -> dict[int, list[Goal]]:
    """Goals with words of shared plans, by membership."""
    goals = Goal.objects.filter(plan__program_year=year).exclude(plan__state=GrowthPlan.State.DRAFT)
    found: dict[int, list[Goal]] = {}
    for goal in goals.exclude(statement="").select_related("plan").order_by("position", "pk"):
        found.setdefault(goal.plan.membership_id, []).append(goal)
    return found
