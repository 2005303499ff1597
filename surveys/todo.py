"""What surveys ask of a person today; leaderdev.home puts it on the start page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.standing import standing_of
from leaderdev.common.dates import day_in_words, days_left_in_words, today_in
from leaderdev.common.todo import Task, Urgency
from surveys.models import Participation, Wave

# From here on a closing day is near enough to come first.
SOON_DAYS = 4


@dataclass(frozen=True)
class OwnWave:
    """A wave that asks the person; `state` is "open", "done", "excused" or "over"."""

    wave: Wave
    state: str


def waves_of(user: Any, now: datetime.datetime) -> list[OwnWave]:
    """Waves that ask the person, open ones first; two queries, none for who belongs to no cohort."""
    members = standing_of(user).memberships
    cohorts = {member.cohort_id for member in members}
    if not cohorts:
        return []
    rows = (
        Wave.objects.filter(survey__cohort__in=cohorts, announced=True, opens_at__lte=now)
        .select_related("survey__cohort__district", "program_year")
        .order_by("closes_at", "pk")
    )
    mine = Participation.objects.filter(membership__in=[member.pk for member in members])
    # Of two rows of one person, answered under two roles, the one that says so counts.
    settled = {row.wave_id: row for row in sorted(mine, key=lambda row: row.done)}
    asked = [wave for wave in rows if any(map(wave.asks, members))]
    found = [OwnWave(wave, _state(wave, settled.get(wave.pk), now)) for wave in asked]
    return sorted(found, key=lambda own: own.state != "open")


def waiting_waves_of(user: Any, now: datetime.datetime) -> list[Wave]:
    """Waves that are open and that the person has neither answered nor declined; one query."""
    members = standing_of(user).memberships
    if not members:
        return []
    settled = Participation.objects.filter(
        Q(done=True) | Q(excused=True), wave=OuterRef("pk"), membership__in=[member.pk for member in members]
    )
    rows = Wave.objects.open_at(now).filter(
        ~Exists(settled), survey__cohort__in={member.cohort_id for member in members}
    )
    rows = rows.select_related("survey", "program_year").order_by("closes_at", "pk")
    waves = [wave for wave in rows if any(map(wave.asks, members))]
    cohorts = {member.cohort_id: member.cohort for member in members}
    for wave in waves:
        wave.survey.cohort = cohorts[wave.survey.cohort_id]
    return waves


def _state(wave: Wave, settled: Participation | None, now: datetime.datetime) -> str:
    if settled is not None and settled.done:
        return "done"
    if settled is not None and settled.excused:
        return "excused"
    return "open" if wave.is_open_at(now) else "over"


def to_answer(wave: Wave, now: datetime.datetime) -> Task:
    """Answer a wave that is open and still waits."""
    zone = wave.survey.cohort.district.time_zone
    today = today_in(zone, now)
    closes = today_in(zone, wave.last_moment)
    return Task(
        title=_("Answer the survey “%(survey)s”") % {"survey": wave.survey.title},
        url=reverse("surveys:wave", args=[wave.pk]),
        button=_("Open the survey"),
        due_on=closes,
        due=_("By %(day)s (%(left)s)")
        % {"day": day_in_words(closes, today), "left": days_left_in_words(closes, today)},
        note=_("Two minutes. Nobody in the district can tell which answers are yours.")
        if wave.learning_session_id
        else _("About ten minutes. Nobody in the district can tell which answers are yours."),
        icon="clipboard-check",
        urgency=Urgency.SOON if (closes - today).days <= SOON_DAYS else Urgency.NORMAL,
    )
