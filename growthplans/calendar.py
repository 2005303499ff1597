"""What growth plans put into their author's calendar: by when a check-in is held, and nothing of the plan."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from growthplans.models import CheckIn, GrowthPlan
from leaderdev.common.calendars import Contribution, Entry


def for_person(user: Any, since: datetime.datetime) -> Contribution:
    """Check-ins of the person's own plans in open years; one that was skipped stands there as cancelled."""
    plans = GrowthPlan.objects.written_by(user).filter(program_year__state="open")
    pks = list(plans.order_by("pk").values_list("pk", flat=True))
    rows = CheckIn.objects.filter(plan__in=pks, due_on__gte=since.date())
    return Contribution([_entry(row) for row in rows], frozenset(f"plan-{pk}" for pk in pks))


def _entry(row: CheckIn) -> Entry:
    return Entry(
        key=f"check-in-{row.pk}",
        title=_("Check-in due"),
        starts_at=row.due_on,
        ends_at=row.due_on + datetime.timedelta(days=1),
        scope=f"plan-{row.plan_id}",
        url=f"{settings.SITE_URL}{reverse('growthplans:check_in', args=[row.plan_id, row.kind])}",
        blocks=False,
        cancelled=row.state == CheckIn.State.SKIPPED,
    )
