"""Where a page of a trio stands: the pages above it, and its clock."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.models import CoachingSession
from cohorts.models import Trio


def trail_of(trio: Trio, meeting: CoachingSession | None = None) -> list[dict[str, str]]:
    """The pages above one: the trio, and its meeting."""
    found = [{"label": _("My trio"), "url": reverse("coaching:trio", args=[trio.pk])}]
    if meeting is not None:
        found.append({"label": str(meeting), "url": meeting.get_absolute_url()})
    return found


def zone_of(trio: Trio) -> str:
    """Times are typed and shown on the district's clock: the trio meets there."""
    return trio.program_year.cohort.district.time_zone
