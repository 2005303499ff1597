"""Who chose what as a table for a spreadsheet. No rationale stands in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cohorts.interchange.sheet import written
from cohorts.services.overview import ParticipantRow, SelectionOverview
from leaderdev.common.dates import today_in

# Spreadsheet programs read UTF-8 as such only behind this mark.
BYTE_ORDER_MARK = "\ufeff"


def as_csv(overview: SelectionOverview) -> str:
    """One line per participant; people who have not chosen have empty cells."""
    zone = overview.year.cohort.district.time_zone
    return BYTE_ORDER_MARK + written([_head(), *(_cells(row, zone) for row in overview.rows)])


def _head() -> list[str]:
    return [
        _("Name"),
        _("E-mail"),
        _("School"),
        _("Title"),
        _("Code"),
        _("Focus competency"),
        _("Chosen on"),
        _("Changes this year"),
        _("Reason of the last change"),
        _("Focus of the year before"),
    ]


def _cells(row: ParticipantRow, zone: str) -> list[str]:
    user, current = row.membership.leader.user, row.current
    return [
        user.get_full_name(),
        user.email,
        str(row.post.school) if row.post else "",
        row.post.title if row.post else "",
        current.competency.code if current else "",
        current.competency.label if current else "",
        today_in(zone, current.chosen_at).isoformat() if current else "",
        str(len(row.earlier)),
        str(current.get_change_reason_display()) if current else "",
        row.last_year.competency.label if row.last_year else "",
    ]
