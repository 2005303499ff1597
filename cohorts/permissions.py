"""Every permission of this app, each with a sentence that a director can read.

Loading through a scoped queryset answers "may this person know that it exists?" (no: 404).
The functions below answer "may this person do it?" (no: 403).
"""

from __future__ import annotations

from typing import Any

from cohorts.models import Cohort, CompetencySelection, District, Membership, ProgramYear


def may_configure_district(user: Any, district: District) -> bool:
    """Whoever is marked as configuring the program, and every program lead, sets up the district."""
    return District.objects.managed_by(user).filter(pk=district.pk).exists()


def may_configure_some_district(user: Any) -> bool:
    """Whoever configures the program of any district may open the admin."""
    return user.is_active and (user.is_superuser or District.objects.managed_by(user).exists())


def may_configure_year(user: Any, year: ProgramYear) -> bool:
    """A program year is set up, opened and closed by those who configure its district."""
    return may_configure_district(user, year.cohort.district)


def may_open_year(user: Any, year: ProgramYear) -> bool:
    """A year that is being set up is opened by those who configure it."""
    return year.is_draft and may_configure_year(user, year)


def may_close_year(user: Any, year: ProgramYear) -> bool:
    """An open year is closed by those who configure it."""
    return year.is_open and may_configure_year(user, year)


def may_reopen_year(user: Any, year: ProgramYear) -> bool:
    """A closed year is opened again by those who configure it."""
    return year.is_closed and may_configure_year(user, year)


def may_copy_year(user: Any, year: ProgramYear) -> bool:
    """A year that has been open is the pattern for the next, for those who configure it."""
    return not year.is_draft and may_configure_year(user, year)


def moves_of_year(user: Any, year: ProgramYear) -> dict[str, bool]:
    """Which moves a page offers a person: the same sentences guard the services behind the buttons."""
    return {
        "open": may_open_year(user, year),
        "close": may_close_year(user, year),
        "reopen": may_reopen_year(user, year),
        "copy": may_copy_year(user, year),
    }


def may_see_directory(user: Any, cohort: Cohort) -> bool:
    """Every current member sees who else belongs to the cohort, and so do those who configure it."""
    return Cohort.objects.visible_to(user).filter(pk=cohort.pk).exists()


def may_see_who_chose(user: Any, year: ProgramYear) -> bool:
    """Program leads and facilitators see who has chosen which competency, never why."""
    roles = [Membership.Role.LEAD, Membership.Role.FACILITATOR]
    helps = Membership.objects.current().of_person(user).filter(cohort_id=year.cohort_id, role__in=roles)
    return helps.exists() or may_configure_year(user, year)


def may_remind_to_choose(user: Any, year: ProgramYear) -> bool:
    """Those who configure the year may remind people who have not chosen."""
    return year.is_open and may_configure_year(user, year)


def may_choose_focus(user: Any, membership: Membership) -> bool:
    """A participant chooses for herself; nobody chooses for another person."""
    return (
        membership.leader.user_id == user.pk
        and membership.role == Membership.Role.PARTICIPANT
        and membership.left_on is None
    )


def may_read_rationale(user: Any, selection: CompetencySelection) -> bool:
    """Why someone chose, and how they mean to go about it, is read by the author and the trio alone."""
    if selection.membership.leader.user_id == user.pk:
        return True
    seats = selection.program_year.trio_seats.current().filter(trio__published_at__isnull=False)
    mine = seats.filter(membership__leader__user_id=user.pk)
    return seats.filter(membership_id=selection.membership_id, trio_id__in=mine.values("trio_id")).exists()


def may_run_sessions(user: Any, year: ProgramYear) -> bool:
    """Rolls, groups and who was featured are seen by facilitators, program leads, and who configures."""
    return may_see_who_chose(user, year)


def may_edit_sessions(user: Any, year: ProgramYear) -> bool:
    """Agendas, groups and attendance are kept by facilitators and program leads until the year is closed."""
    return not year.is_closed and may_run_sessions(user, year)


def may_plan_sessions(user: Any, year: ProgramYear) -> bool:
    """The days of the year's sessions are set and moved by those who configure it."""
    return not year.is_closed and may_configure_year(user, year)


def may_look_back(user: Any, year: ProgramYear) -> bool:
    """Whoever facilitates or leads the cohort writes a look-back; configuring it alone is not enough."""
    helps = (
        Membership.objects.current()
        .of_person(user)
        .filter(cohort_id=year.cohort_id, role__in=[Membership.Role.FACILITATOR, Membership.Role.LEAD])
    )
    return helps.exists()


def may_keep_templates(user: Any, cohort: Cohort) -> bool:
    """Session templates are renamed, shared and deleted by the facilitators and leads of their cohort."""
    roles = [Membership.Role.LEAD, Membership.Role.FACILITATOR]
    helps = Membership.objects.current().of_person(user).filter(cohort=cohort, role__in=roles)
    return helps.exists() or may_configure_district(user, cohort.district)


def may_certify(user: Any, year: ProgramYear) -> bool:
    """Certificates are issued and withdrawn by those who configure the year, also after it is closed."""
    return not year.is_draft and may_configure_year(user, year)


def may_keep_library(user: Any, district: District) -> bool:
    """Kits and resources are written by those who configure the district and by its facilitators."""
    helps = (
        Membership.objects.current()
        .of_person(user)
        .filter(cohort__district=district, role=Membership.Role.FACILITATOR)
    )
    return helps.exists() or may_configure_district(user, district)
