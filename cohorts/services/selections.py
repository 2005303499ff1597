"""Choosing a focus competency, changing it with a reason, and reminding those who have not chosen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cohorts.choosing import Choosing, phase_on
from cohorts.models import CompetencySelection, Membership, OfferedCompetency, ProgramYear, StandardNode
from cohorts.services import selection_refusals as refusals
from leaderdev.common.dates import today_in


def phase_of(year: ProgramYear, now: datetime.datetime | None = None) -> Choosing:
    """Where the year stands with choosing at an instant, on the district's calendar."""
    return phase_on(year, today_in(year.cohort.district.time_zone, now))


def choose_focus(
    *,
    by: Any,
    membership: Membership,
    year: ProgramYear,
    competency: StandardNode,
    rationale: str,
    strategies: str = "",
) -> CompetencySelection:
    """Store a participant's first choice for the year, inside the days of choosing.

    Raises a SelectionRefusedError whose text is for the person; then nothing is stored.
    """
    now = timezone.now()
    with _one_current_choice(membership, year):
        membership, year = _fresh(by, membership, year)
        current = _current(membership, year)
        if current is not None:
            raise refusals.AlreadyChosenError(current)
        refusal = refusals.refusal_of(year, phase_of(year, now))
        if refusal is not None:
            raise refusal
        _refuse_unoffered(year, competency)
        return CompetencySelection.objects.create(
            membership=membership,
            program_year=year,
            competency=competency,
            rationale=_required(rationale),
            strategies=strategies.strip(),
            chosen_at=now,
        )


def change_focus(
    *,
    by: Any,
    membership: Membership,
    year: ProgramYear,
    competency: StandardNode,
    rationale: str,
    strategies: str = "",
    reason: str,
    note: str = "",
) -> CompetencySelection:
    """Replace the current choice by another one while the year is open; the old one stays as history.

    `reason` is a CompetencySelection.Reason. Raises a SelectionRefusedError as choose_focus does.
    """
    now = timezone.now()
    with _one_current_choice(membership, year):
        membership, year = _fresh(by, membership, year)
        if not year.is_open:
            raise refusals.YearNotOpenError(year)
        current = _current(membership, year)
        if current is None:
            raise refusals.NothingToChangeError
        if current.competency_id == competency.pk:
            raise refusals.SameCompetencyError(competency)
        _refuse_unoffered(year, competency)
        if reason not in CompetencySelection.Reason.values:
            raise refusals.ReasonMissingError
        words = _required(rationale)
        # A clock that was set back between the two clicks must not break the order of the history.
        moment = max(now, current.chosen_at)
        current.superseded_at = moment
        current.save(update_fields=["superseded_at"])
        return CompetencySelection.objects.create(
            membership=membership,
            program_year=year,
            competency=competency,
            rationale=words,
            strategies=strategies.strip(),
            chosen_at=moment,
            replaces=current,
            change_reason=reason,
            change_note=note.strip(),
        )


@contextmanager
def _one_current_choice(membership: Membership, year: ProgramYear) -> Iterator[None]:
    """One transaction; a second current row that the database keeps out becomes the sentence for it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        current = _current(membership, year)
        if current is None:
            raise
        raise refusals.AlreadyChosenError(current) from error


def _fresh(by: Any, membership: Membership, year: ProgramYear) -> tuple[Membership, ProgramYear]:
    """Both rows as they are now and locked: a choice and the closing of its year, or two clicks, take turns.

    Locks go from the cohort to the year to the membership everywhere, so that nobody waits in a circle.
    """
    year = (
        ProgramYear.objects.select_for_update(of=("self",)).select_related("cohort__district").get(pk=year.pk)
    )
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("leader__user", "cohort")
        .get(pk=membership.pk)
    )
    if membership.leader.user_id != by.pk or membership.role != Membership.Role.PARTICIPANT:
        raise refusals.NotYoursToChooseError
    if membership.cohort_id != year.cohort_id:
        raise refusals.OtherCohortsYearError(year)
    if membership.left_on is not None or not membership.leader.is_active:
        raise refusals.LeftCohortError(membership)
    return membership, year


def _current(membership: Membership, year: ProgramYear) -> CompetencySelection | None:
    rows = CompetencySelection.objects.current().filter(membership=membership, program_year=year)
    return rows.select_related("competency").first()


def _refuse_unoffered(year: ProgramYear, competency: StandardNode) -> None:
    offers = OfferedCompetency.objects.in_district(year.cohort.district).filter(competency=competency)
    if offers.filter(program_year=year).exists():
        return
    if offers.exclude(program_year__cohort_id=year.cohort_id).exists():
        raise refusals.OtherCohortsCompetencyError(year)
    raise refusals.NotOfferedError(year)


def _required(rationale: str) -> str:
    words = rationale.strip()
    if not words:
        raise refusals.WordsMissingError
    return words
