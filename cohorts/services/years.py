"""Opening, closing and reopening a program year, and carrying it over into the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohorts import permissions
from cohorts.models import Cohort, OfferedCompetency, ProgramYear, SchoolCalendar
from cohorts.services.errors import RefusedError
from cohorts.services.newer_standard import carry_over
from cohorts.setup import checklist
from cohorts.year_labels import a_year_later, next_label, same_label

# What a district set as its policy and wants again next year.
_KEPT_SETTINGS = ("session_length", "trio_size", "pairs_allowed", "plan_reviewers", "smallest_group_shown")


@dataclass(frozen=True)
class CopiedYear:
    """`left_behind` names offered competencies that the newer version of the standard has no place for."""

    year: ProgramYear
    left_behind: list[str]


@transaction.atomic
def open_program_year(*, by: Any, year: ProgramYear) -> ProgramYear:
    """Participants see the year from now on. Raises RefusedError with every sentence that blocks it."""
    year = _guarded(by, year, permissions.may_open_year, _("This year has been opened already."))
    missing = checklist(year).blocking
    if missing:
        raise RefusedError([line.item.sentence for line in missing])
    return _moved(year, ProgramYear.State.OPEN)


@transaction.atomic
def close_program_year(*, by: Any, year: ProgramYear) -> ProgramYear:
    """Nothing can be chosen or changed in the year any more; everything stays readable."""
    year = _guarded(by, year, permissions.may_close_year, _("This year is not open."))
    return _moved(year, ProgramYear.State.CLOSED)


@transaction.atomic
def reopen_program_year(*, by: Any, year: ProgramYear) -> ProgramYear:
    year = _guarded(by, year, permissions.may_reopen_year, _("This year is not closed."))
    _refuse_beside_another(year)
    return _moved(year, ProgramYear.State.OPEN)


@transaction.atomic
def copy_to_next_year(*, by: Any, year: ProgramYear) -> CopiedYear:
    """A draft of the next year: same settings and offer, dates one year later.

    Memberships and norms belong to the cohort and go on by themselves. Sessions, selections and trios
    are not copied: they are the work of each year. A newer version of the standard is taken up, and
    what was offered follows its “replaced by” links.
    """
    year = _guarded(by, year, permissions.may_copy_year, _("Open this year first; then it can be copied."))
    label = next_label(year.label)
    if not label:
        raise RefusedError(_("The name of this year holds no year number, so the next one has no name."))
    if year.cohort.years.filter(slug=slugify(label.replace("–", "-").replace("/", "-"))).exists():
        raise RefusedError(_("This cohort has the program year %(label)s already.") % {"label": label})
    carried = carry_over(year)
    copy = ProgramYear.objects.create(
        cohort=year.cohort,
        label=label,
        standard=carried.standard,
        calendar=_calendar_for(year, label),
        **_dates_a_year_later(year),
        **{name: getattr(year, name) for name in _KEPT_SETTINGS},
    )
    OfferedCompetency.objects.bulk_create(
        OfferedCompetency(program_year=copy, competency_id=pk, position=position)
        for position, pk in enumerate(carried.competencies, start=1)
    )
    return CopiedYear(copy, carried.left_behind)


def _guarded(
    by: Any, year: ProgramYear, may: Callable[[Any, ProgramYear], bool], refusal: str
) -> ProgramYear:
    """The year as it stands now, locked, so that two clicks make one move.

    Its cohort is locked as well: two years of one cohort cannot be opened in the same moment.
    """
    Cohort.objects.select_for_update().get(pk=year.cohort_id)
    locked = ProgramYear.objects.select_for_update(of=("self",)).select_related(
        "cohort__district", "standard", "calendar"
    )
    year = locked.get(pk=year.pk)
    if not permissions.may_configure_year(by, year):
        raise PermissionDenied
    if not may(by, year):
        raise RefusedError(refusal)
    return year


def _moved(year: ProgramYear, state: str) -> ProgramYear:
    year.state = state
    year.save(update_fields=["state"])
    return year


def _refuse_beside_another(year: ProgramYear) -> None:
    other = year.cohort.years.open().exclude(pk=year.pk).first()
    if other is not None:
        raise RefusedError(
            _("The program year %(label)s of this cohort is still open. Close it first.")
            % {"label": other.label}
        )


def _dates_a_year_later(year: ProgramYear) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "selection_opens_on", "selection_closes_on")
    days = {name: getattr(year, name) for name in names}
    return {name: a_year_later(day) if day else None for name, day in days.items()}


def _calendar_for(year: ProgramYear, label: str) -> SchoolCalendar | None:
    """The district's calendar of that year if it has been entered already."""
    calendars = SchoolCalendar.objects.in_district(year.cohort.district)
    return next((one for one in calendars if same_label(one.label, label)), None)
