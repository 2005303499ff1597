"""What surveys ask of a person, with feedback on a session in the words of that session."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Attendance, LearningSession
from leaderdev.common.todo import Task, Urgency
from surveys.models import Wave
from surveys.todo import to_answer, waiting_waves_of


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    """Answer each survey that is open; of sessions only those that the person was at."""
    waves = waiting_waves_of(user, now)
    sessions = [wave.learning_session_id for wave in waves if wave.learning_session_id]
    asked = _sessions_to_speak_of(user, sessions) if sessions else set()
    found = []
    for wave in waves:
        if not wave.learning_session_id:
            found.append(to_answer(wave, now))
        elif wave.learning_session_id in asked:
            found.append(_feedback(wave, now))
    return found


def _sessions_to_speak_of(user: Any, sessions: list[int]) -> set[int]:
    """Those of the sessions that the person is on the roll of, or whose roll nobody has kept; one query."""
    there = Attendance.objects.filter(session=OuterRef("pk"))
    mine = there.filter(membership__leader__user_id=user.pk)
    rows = LearningSession.objects.filter(pk__in=sessions).filter(Exists(mine) | ~Exists(there))
    return set(rows.order_by().values_list("pk", flat=True))


def _feedback(wave: Wave, now: datetime.datetime) -> Task:
    return replace(
        to_answer(wave, now),
        # The wave bears the title that the session had when people were asked.
        title=_("Two minutes of feedback on “%(session)s”") % {"session": wave.title},
        url=reverse("home:session_feedback", args=[wave.learning_session_id]),
        button=_("Give feedback"),
        note=_("Three questions. Only the sum is read, without names."),
        icon="chat-left-text",
        urgency=Urgency.SOON,
    )
