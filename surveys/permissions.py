"""Every permission of this app, each with a sentence that a director can read.

Who may know of a survey at all is `Survey.objects.visible_to(user)` (no: 404). The functions below answer
"may this person do it?" (no: 403).
"""

from __future__ import annotations

from typing import Any

from cohorts.models import District, Membership
from cohorts.permissions import may_configure_district
from surveys.models import Instrument, Survey, ViewPair


def may_build_instruments(user: Any, district: District) -> bool:
    """Whoever configures a district's program writes its questionnaires."""
    return may_configure_district(user, district)


def may_change_instrument(user: Any, instrument: Instrument) -> bool:
    """Those who configure the district change an instrument until somebody has answered it."""
    return not instrument.is_frozen and may_build_instruments(user, instrument.district)


def may_run_survey(user: Any, survey: Survey) -> bool:
    """Those who configure the district announce, extend and close waves, and see counts, not responses."""
    return may_configure_district(user, survey.cohort.district)


def may_see_findings(user: Any, survey: Survey) -> bool:
    """Leads, facilitators and researchers of the cohort see figures, never about too small a group."""
    roles = [Membership.Role.LEAD, Membership.Role.FACILITATOR, Membership.Role.RESEARCHER]
    mine = Membership.objects.current().of_person(user).filter(cohort_id=survey.cohort_id, role__in=roles)
    return mine.exists() or may_run_survey(user, survey)


def may_take_responses(user: Any, survey: Survey) -> bool:
    """Responses themselves, without names and with consent, are for the cohort's researchers alone.

    Not for those who lead: somebody's supervisor must not hold a file with her answers in it.
    """
    researcher = Membership.Role.RESEARCHER
    mine = Membership.objects.current().of_person(user)
    return mine.filter(cohort_id=survey.cohort_id, role=researcher).exists()


def may_join_views(user: Any, district: District) -> bool:
    """Whoever configures a district's program sets two views side by side, and ends the picking."""
    return may_configure_district(user, district)


def may_see_pair(user: Any, pair: ViewPair) -> bool:
    """Those who see findings see both views; if a dialogue kit's group is to talk, the whole cohort does."""
    if may_see_findings(user, pair.left.survey):
        return True
    mine = Membership.objects.current().of_person(user).filter(cohort_id=pair.cohort_id)
    return pair.kit_id is not None and mine.exists()


def may_pick(user: Any, pair: ViewPair) -> bool:
    """Leads and facilitators pick what to work on, and participants where a kit's group is to talk.

    Researchers look on: what a cohort works on is the cohort's.
    """
    roles = [Membership.Role.LEAD, Membership.Role.FACILITATOR]
    if pair.kit_id is not None:
        roles.append(Membership.Role.PARTICIPANT)
    mine = Membership.objects.current().of_person(user).filter(cohort_id=pair.cohort_id, role__in=roles)
    return mine.exists() or may_run_survey(user, pair.left.survey)
