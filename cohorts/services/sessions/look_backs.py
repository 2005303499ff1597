"""A facilitator's look-back: written for oneself, shared when one wants to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import LearningSession, LookBack
from cohorts.models.look_back import MOVES
from cohorts.permissions import may_look_back
from cohorts.services.errors import RefusedError

FIELDS = (*MOVES, "noticed", "next_time")


@transaction.atomic
def save_look_back(*, by: Any, session: LearningSession, values: dict[str, Any]) -> LookBack:
    """Write or correct one's own; a closed year can still be looked back on."""
    if not may_look_back(by, session.program_year):
        raise PermissionDenied
    if session.starts_at > timezone.now():
        raise RefusedError(_("The session has not been held yet. Look back on it afterwards."))
    kept = {name: values[name] for name in FIELDS if name in values}
    row, _made = LookBack.objects.update_or_create(session=session, by=by, defaults=kept)
    return row


@transaction.atomic
def share_look_back(*, by: Any, session: LearningSession, shared: bool) -> LookBack:
    """Let the facilitators and program leads of the cohort read it, or keep it to oneself again."""
    row = LookBack.objects.filter(session=session, by=by).first()
    if row is None:
        raise RefusedError(_("Write your look-back first; then you can share it."))
    row.shared_at = timezone.now() if shared else None
    row.save(update_fields=["shared_at"])
    return row
