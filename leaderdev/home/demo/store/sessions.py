"""Agendas, rolls, groups, look-backs and certificates of both years, and the district's library."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from itertools import combinations

from cohorts.models import (
    AgendaItem,
    Appointment,
    Attendance,
    DialogueGroup,
    DialogueKit,
    GroupSeat,
    LearningSession,
    LookBack,
    Membership,
    ProgramYear,
    Resource,
    SetAside,
)
from cohorts.models.look_back import MOVES
from cohorts.planning.groups import Person, split
from cohorts.services.certificates import issue
from cohorts.services.library import adopt_kit, shipped_kits
from leaderdev.accounts.models import User
from leaderdev.home.demo import agendas as said
from leaderdev.home.demo import program
from leaderdev.home.demo.library import RESOURCES
from leaderdev.home.demo.look_backs import NEXT_TIME, NOTICED
from leaderdev.home.demo.wishes import WISHES
from leaderdev.home.demo.world import World, email_of
from leaderdev.home.sessions.exit_feedback import CHANGE, ENGAGED, USEFUL, open_wave
from surveys import keys
from surveys.models import Item, Participation, Response

SEED = 8107
_MINUTE = datetime.timedelta(minutes=1)
_DEGREES = (1, 2, 2, 3, 3, 3, 4)


def agendas(world: World) -> None:
    """Stores nothing where a kit is there already, and nothing for a year that a visitor has renamed."""
    lead = _user(said.ANGELA)
    if lead is None or DialogueKit.objects.filter(district__slug=program.SLUG).exists():
        return
    kits = {slug: adopt_kit(by=lead, district=world.district, slug=slug) for slug in shipped_kits()}
    library = _resources(world)
    for plan, agenda in zip(world.plan.years, (said.FIRST_YEAR, said.SECOND_YEAR), strict=True):
        year = ProgramYear.objects.filter(
            cohort__slug=program.COHORT_SLUG, cohort__district__slug=program.SLUG, label=plan.dates.label
        ).first()
        if year is not None:
            _YearOfSessions(world, year, agenda, kits, library).store()
            if year.is_closed:
                issue(
                    by=lead, year=year, memberships=Membership.objects.in_year(year).participants().by_name()
                )


def _user(key: str) -> User | None:
    return User.objects.filter(email=email_of(key)).first()


def _resources(world: World) -> dict[str, Resource]:
    found = {}
    for title, kind, use, note, address, text, codes in RESOURCES:
        row = Resource.objects.create(
            district=world.district, title=title, kind=kind, use=use, note=note, address=address, text=text
        )
        row.competencies.set([world.competencies[code] for code in codes if code in world.competencies])
        found[title] = row
    return found


class _YearOfSessions:
    """One year: agendas of every session, and what came of those that have been held."""

    def __init__(
        self,
        world: World,
        year: ProgramYear,
        agendas: tuple[said.Agenda, ...],
        kits: dict[str, DialogueKit],
        library: dict[str, Resource],
    ) -> None:
        self.world, self.year, self.agendas = world, year, agendas
        self.kits, self.library = kits, library
        self.rng = random.Random(SEED + year.starts_on.year)  # noqa: S311  seeded on purpose
        self.past: Counter[frozenset[int]] = Counter()
        self.members = {
            member.leader.user.email.partition("@")[0]: member
            for member in Membership.objects.in_year(year).select_related("leader__user").order_by("pk")
        }
        self.schools = dict(
            Appointment.objects.current()
            .filter(leader__district=world.district)
            .values_list("leader_id", "school_id")
        )

    def store(self) -> None:
        now = self.world.instant(self.world.plan.dates.today, datetime.time(8))
        for session, agenda in zip(
            self.year.learning_sessions.order_by("number"), self.agendas, strict=False
        ):
            self._plan(session, agenda)
            if session.ends_at <= now:
                self._hold(session)

    def _plan(self, session: LearningSession, agenda: said.Agenda) -> None:
        session.purpose, session.bulletin = agenda.purpose, agenda.bulletin
        session.save(update_fields=["purpose", "bulletin"])
        AgendaItem.objects.bulk_create(
            AgendaItem(
                session=session,
                position=place,
                title=item.title,
                minutes=item.minutes,
                kind=item.kind,
                lead=self.members.get(item.lead),
                guest=item.guest,
                learning_goal=item.goal,
                activity=item.activity,
                materials=item.materials,
                protocol=item.protocol,
                preparation=item.preparation,
                challenge=item.challenge,
                kit=self.kits.get(item.kit),
            )
            for place, item in enumerate(agenda.items)
        )
        SetAside.objects.bulk_create(
            SetAside(session=session, guard=guard, reason=reason, by=self._helpers()[0].leader.user)
            for guard, reason in agenda.aside
        )
        session.resources.set([self.library[title] for title in agenda.resources])

    def _helpers(self) -> list[Membership]:
        return [self.members[key] for key in (said.TOMASZ, said.RUTH) if key in self.members]

    def _hold(self, session: LearningSession) -> None:
        day = session.starts_at.astimezone(self.world.zone).date()
        able = [
            member
            for member in self.members.values()
            if member.role == Membership.Role.PARTICIPANT
            and member.joined_on <= day
            and (member.left_on is None or member.left_on > day)
        ]
        there = sorted((m for m in able if self.rng.random() < 0.93), key=lambda m: m.leader.user.email)
        Attendance.objects.bulk_create(self._stay(session, member) for member in there)
        if session.items.exclude(preparation="").exists():
            session.prepared = int(len(there) * self.rng.uniform(0.62, 0.9))
            session.save(update_fields=["prepared"])
        self._seat(session, there)
        self._ask(session, there)
        for place, member in enumerate(self._helpers()):
            self._look_back(session, member, shared=place == 0 and session.number % 2 == 0)

    def _stay(self, session: LearningSession, member: Membership) -> Attendance:
        late = self.rng.randint(12, 40) if self.rng.random() < 0.07 else -self.rng.randint(0, 14)
        left = session.ends_at - self.rng.randint(15, 55) * _MINUTE if self.rng.random() < 0.05 else None
        by_code = self.rng.random() < 0.85
        return Attendance(
            session=session,
            membership=member,
            arrived_at=session.starts_at + late * _MINUTE,
            left_at=left,
            how=Attendance.How.CODE if by_code else Attendance.How.TICK,
            taken_by=member.leader.user if by_code else self._helpers()[0].leader.user,
        )

    def _seat(self, session: LearningSession, there: list[Membership]) -> None:
        people = [Person(member.pk, self.schools.get(member.leader_id)) for member in there]
        found = split(people, least=5, most=7, past=self.past, seed=session.number)
        groups = DialogueGroup.objects.bulk_create(
            DialogueGroup(session=session, number=number) for number in range(1, len(found) + 1)
        )
        GroupSeat.objects.bulk_create(
            GroupSeat(group=group, session=session, membership_id=person.key)
            for group, row in zip(groups, found, strict=True)
            for person in row
        )
        for row in found:
            self.past.update(frozenset((a.key, b.key)) for a, b in combinations(row, 2))

    def _ask(self, session: LearningSession, there: list[Membership]) -> None:
        """Exit feedback: four in five answer, and it grows a little more useful as the year goes on."""
        wave = open_wave(session)
        items = {item.code: item for item in Item.objects.filter(section__instrument=wave.survey.instrument)}
        key = keys.read_key(wave.survey.key_name)
        lift = (session.number - 1) * 0.06 + (0.1 if session.is_full_day else 0.0)
        answering = [member for member in there if self.rng.random() < 0.8]
        wishes = [*WISHES]
        self.rng.shuffle(wishes)
        Response.objects.bulk_create(
            Response(
                wave=wave,
                pairing_key=keys.pairing_key(key, wave.survey_id, f"member:{member.pk}"),
                sent=True,
                answers={
                    str(items[USEFUL].pk): self._level(lift),
                    str(items[ENGAGED].pk): self._level(lift / 2),
                },
                words={str(items[CHANGE].pk): wishes[place]} if place < len(wishes) - 2 else {},
            )
            for place, member in enumerate(answering)
        )
        Participation.objects.bulk_create(
            Participation(wave=wave, membership=member, done=True) for member in answering
        )

    def _level(self, lift: float) -> int:
        """1 to 4, mostly 3; `lift` moves people from the lower levels up."""
        level = self.rng.choice((1, 2, 2, 3, 3, 3, 3, 4, 4))
        return min(4, level + (level < 3 and self.rng.random() < lift * 2))

    def _look_back(self, session: LearningSession, member: Membership, *, shared: bool) -> None:
        # From one session to the next a little more is clear.
        lift = (session.number - 1) / 8
        degrees = {name: min(4, self.rng.choice(_DEGREES) + (self.rng.random() < lift)) for name in MOVES}
        LookBack.objects.create(
            session=session,
            by=member.leader.user,
            noticed=self.rng.choice(NOTICED),
            next_time=self.rng.choice(NEXT_TIME),
            shared_at=session.ends_at + datetime.timedelta(hours=20) if shared else None,
            **degrees,
        )
