"""Rows of learning sessions that several tests need; each is made once and found again."""

from __future__ import annotations

import datetime

from django.utils import timezone

from cohorts.models import (
    AgendaItem,
    Attendance,
    Certificate,
    DialogueKit,
    LearningSession,
    Resource,
)
from cohorts.services.library import adopt_kit
from tests.cast import Cast


def first_session(cast: Cast) -> LearningSession:
    """The cast's session with an agenda, a bulletin, materials, and the participant on its roll."""
    session = cast.year.learning_sessions.get(number=1)
    if session.items.filter(title="Norms").exists():
        return session
    session.purpose, session.bulletin = "Begin the year together", "Buses leave at 15:10."
    session.save()
    AgendaItem.objects.create(session=session, title="Norms", minutes=30, kind="community", position=0)
    AgendaItem.objects.create(
        session=session,
        title="Feedback",
        minutes=60,
        position=1,
        lead=cast.members["mate"],
        preparation="One piece of feedback you gave",
        kit=kit_of(cast),
    )
    resource_of(cast).sessions.add(session)
    Attendance.objects.create(
        session=session, membership=cast.members["participant"], arrived_at=session.starts_at, how="code"
    )
    return session


def running_session(cast: Cast) -> LearningSession:
    """A session that began an hour ago, whatever the day."""
    start = timezone.now() - datetime.timedelta(hours=1)
    row, _made = LearningSession.objects.get_or_create(
        program_year=cast.year,
        number=50,
        defaults={
            "title": "Running",
            "starts_at": start,
            "ends_at": start + datetime.timedelta(hours=3),
            "host": cast.schools[1],
        },
    )
    return row


def kit_of(cast: Cast) -> DialogueKit:
    return adopt_kit(by=cast.lead, district=cast.district, slug="trust")


def resource_of(cast: Cast) -> Resource:
    row, made = Resource.objects.get_or_create(
        district=cast.district, title="A protocol for feedback", kind="protocol", text="One. Two. Three."
    )
    if made:
        row.competencies.set(cast.standard.nodes.competencies()[:1])
    return row


def certificate_of(cast: Cast) -> Certificate:
    row, _made = Certificate.objects.get_or_create(
        membership=cast.members["participant"],
        program_year=cast.year,
        defaults={"holder": "Participant Person", "minutes": 195, "sessions": 1, "number": "7KMP3XQ9HTRB"},
    )
    return row
