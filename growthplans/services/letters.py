"""Mails about a plan. They say that something happened and where to read it, never a word of the plan."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from growthplans.models import GrowthPlan
from leaderdev.common.mail.queue import queue_mail

WHY = {
    "plan_shared": gettext_lazy("You get this mail because you read this plan."),
    "plan_read": gettext_lazy("You get this mail because it is about your growth plan."),
    "plan_returned": gettext_lazy("You get this mail because it is about your growth plan."),
    "plan_comment": gettext_lazy("You get this mail because it is about your growth plan."),
}


def tell(*, kind: str, plan: GrowthPlan, to: Any, by: Any, voice: str = "", key: str) -> None:
    """Queue one mail of the kind to a user; leaves with the caller's transaction."""
    path = reverse("growthplans:plan_detail", args=[plan.pk])
    queue_mail(
        to=to.email,
        kind=kind,
        key=key,
        reply_to=by.email,
        language=to.language,
        context={
            "greeting": to.get_short_name(),
            "name": by.get_full_name(),
            "year": plan.program_year.label,
            "voice": voice,
            "button_url": f"{settings.SITE_URL}{path}",
            "button_label": gettext_lazy("Open the plan"),
            "why": WHY[kind],
        },
    )
