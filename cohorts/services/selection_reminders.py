"""Reminding those who have not chosen a focus competency, once a day at most."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cohorts.choosing import Choosing
from cohorts.models import Membership, ProgramYear
from cohorts.permissions import may_configure_year
from cohorts.services.selection_refusals import NobodyToRemindError
from cohorts.services.selections import phase_of
from leaderdev.common.dates import today_in
from leaderdev.common.mail.queue import Letter, queue_many
from leaderdev.common.models import OutgoingMail


def remind_to_choose(*, by: Any, year: ProgramYear) -> int:
    """Queue one mail to each participant who has not chosen; returns how many new ones.

    A second call on the same day of the district queues nothing and returns 0. Raises PermissionDenied for
    those who do not configure the year, NobodyToRemindError while its days of choosing are not running.
    """
    if not may_configure_year(by, year):
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        # Clicks on the same year take turns, so that each counts only what it queued itself.
        year = (
            ProgramYear.objects.select_for_update(of=("self",))
            .select_related("cohort__district")
            .get(pk=year.pk)
        )
        if phase_of(year, now) is not Choosing.NOW:
            raise NobodyToRemindError
        day = today_in(year.cohort.district.time_zone, now)
        waiting = Membership.objects.awaiting_selection(year).by_name()
        letters = {f"choose-focus:{year.pk}:{member.pk}:{day}": member for member in waiting}
        known = OutgoingMail.objects.filter(key__in=letters).values_list("key", flat=True)
        fresh = {key: letters[key] for key in letters.keys() - set(known)}
        queue_many(
            kind="choose_focus",
            letters=[_letter(key, member, year, by) for key, member in sorted(fresh.items())],
            reply_to=year.cohort.district.contact_email or by.email,
        )
    return len(fresh)


def _letter(key: str, member: Membership, year: ProgramYear, by: Any) -> Letter:
    user = member.leader.user
    path = reverse("cohorts:focus", kwargs={"slug": year.cohort.slug, "year": year.slug})
    return Letter(
        to=user.email,
        key=key,
        language=user.language,
        context={
            "greeting": user.get_short_name(),
            "cohort": year.cohort.name,
            "year": year.label,
            "closes_on": year.selection_closes_on,
            "sender": by.get_full_name(),
            "button_url": f"{settings.SITE_URL}{path}",
            "button_label": gettext_lazy("Choose your focus"),
            "why": gettext_lazy("You get this mail because you take part in the program this year."),
        },
    )
