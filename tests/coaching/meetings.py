"""Builders of a trio's meetings, for the cast of tests/cast.py."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone

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
    TrioMaterial,
    TrioSpace,
    Turn,
    VisitBlock,
)
from cohorts.models import Appointment, TrioSeat
from tests.cast import Cast, make_plan

UTC = datetime.UTC


def at(day: int, hour: int = 16, month: int = 11, year: int = 2026) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, tzinfo=UTC)


def seat(cast: Cast, name: str) -> TrioSeat:
    return TrioSeat.objects.get(membership=cast.members[name], trio=cast.trio)


def make_space(cast: Cast) -> TrioSpace:
    """Norms that the participant has agreed to."""
    found, created = TrioSpace.objects.get_or_create(
        trio=cast.trio, defaults={"norms": "SECRET norm one\nSECRET norm two"}
    )
    if created:
        seats = TrioSeat.objects.filter(trio=cast.trio).order_by("pk")
        NormAgreement.objects.create(
            space=found,
            membership=cast.members["participant"],
            version=1,
            circle=",".join(str(each.pk) for each in seats),
            agreed_at=at(1),
        )
        TrioMaterial.objects.create(
            trio=cast.trio,
            title="SECRET sheet",
            where="https://example.ca/SECRET",
            added_by=cast.members["mate"],
        )
    return found


def make_meeting(
    cast: Cast, *, state: str = "confirmed", kind: str = "talk", number: int = 1, **fields
) -> CoachingSession:
    """A meeting of the cast's trio; planned ones lie ahead of the clock, logged ones behind it."""
    logged = state in ("held", "partly", "not_held")
    start = timezone.now().replace(microsecond=0) + datetime.timedelta(days=-20 + number if logged else 20)
    values = {
        "trio": cast.trio,
        "state": state,
        "kind": kind,
        "round_number": number,
        "organizer": cast.members["participant"],
        "host": seat(cast, "mate") if kind == "visit" else None,
        "place": "SECRET place",
        "proposed_at": at(1),
        "starts_at": None if state == "proposed" else start,
        "ends_at": None if state == "proposed" else start + datetime.timedelta(hours=1),
        "logged_at": start if logged else None,
    }
    return CoachingSession.objects.create(**{**values, **fields})


def make_proposed(cast: Cast) -> CoachingSession:
    found = CoachingSession.objects.filter(trio=cast.trio, state="proposed").first()
    if found is not None:
        return found
    found = make_meeting(cast, state="proposed")
    start = timezone.now().replace(microsecond=0) + datetime.timedelta(days=20)
    proposal = TimeProposal.objects.create(
        coaching_session=found, starts_at=start, ends_at=start + datetime.timedelta(hours=1)
    )
    TimeAnswer.objects.create(
        proposal=proposal, seat=seat(cast, "participant"), answer="yes", answered_at=at(1)
    )
    return found


def make_whole_talk(cast: Cast) -> CoachingSession:
    """A held talk with words in every box: notes, turns, goals, promises, preparation, journal."""
    make_space(cast)
    plan = make_plan(cast)
    found = make_meeting(cast, state="held", notes="SECRET notes", why_not="SECRET why")
    mine, theirs = seat(cast, "participant"), seat(cast, "mate")
    Turn.objects.create(coaching_session=found, coached=mine, coach=theirs, minutes=30)
    Turn.objects.create(coaching_session=found, coached=theirs, minutes=30)
    goal = plan.goals.first()
    TouchedGoal.objects.create(coaching_session=found, goal=goal)
    Promise.objects.create(trio=cast.trio, coaching_session=found, seat=mine, what="SECRET promise")
    prepared = Preparation.objects.create(coaching_session=found, seat=mine, question="SECRET question")
    prepared.goals.add(goal)
    make_entry(cast, found)
    return found


def make_entry(cast: Cast, meeting: CoachingSession, **fields) -> JournalEntry:
    values = {
        "coaching_session": meeting,
        "author": cast.members["participant"],
        "stage": "start",
        "text": "SECRET thought",
        "received": "SECRET received",
        "given": "SECRET given",
        "received_kinds": "emotional",
        "given_kinds": "developmental",
        "manner": "asked",
        "written_at": at(3),
    }
    return JournalEntry.objects.create(**{**values, **fields})


def make_visit(cast: Cast, **fields) -> CoachingSession:
    """A planned visit that the mate hosts, with a part and an observation."""
    found = make_meeting(
        cast, kind="visit", number=2, host_question="SECRET host", look_fors="SECRET look", **fields
    )
    VisitBlock.objects.create(coaching_session=found, title="SECRET part", minutes=30)
    Observation.objects.create(
        coaching_session=found,
        seat=seat(cast, "participant"),
        claim="SECRET claim",
        evidence="SECRET evidence",
        meaning="SECRET meaning",
    )
    return found


def make_teacher(cast: Cast, name: str = "participant") -> None:
    Appointment.objects.filter(leader=cast.members[name].leader).update(also_teaches=True)


def make_budget(cast: Cast, **fields) -> ReleaseBudget:
    values = {
        "days": Decimal("40"),
        "dollars": Decimal("10000"),
        "day_rate": Decimal("262.35"),
        "cost_code": "410-77",
    }
    found, _created = ReleaseBudget.objects.get_or_create(
        program_year=cast.year, defaults={**values, **fields}
    )
    return found


def make_request(cast: Cast, meeting: CoachingSession | None = None, **fields) -> ReleaseRequest:
    meeting = meeting or make_visit(cast)
    values = {"portion": "morning", "asked_at": at(2), "seat": seat(cast, "participant")}
    return ReleaseRequest.objects.create(coaching_session=meeting, **{**values, **fields})


def make_conversation(cast: Cast, **fields) -> LeadConversation:
    found, _created = LeadConversation.objects.get_or_create(
        membership=cast.members["participant"],
        program_year=cast.year,
        after_round=3,
        defaults={"offered_at": at(20), **fields},
    )
    return found
