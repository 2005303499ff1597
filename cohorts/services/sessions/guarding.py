"""Loading a session for a change: locked, as it stands now, for somebody who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cohorts.models import LearningSession, ProgramYear
from cohorts.permissions import may_edit_sessions
from cohorts.services.errors import RefusedError

JOINED = ("program_year__cohort__district", "program_year__calendar", "host")


def locked_session(
    by: Any, session: LearningSession, may: Callable[[Any, ProgramYear], bool] = may_edit_sessions
) -> LearningSession:
    """The session under a lock. Raises RefusedError where its year is closed, PermissionDenied otherwise.

    The lock leaves the key alone: somebody who notes arriving in this moment points at the row, and her
    commit would wait for us while our tick waits for her arrival.
    """
    rows = LearningSession.objects.select_for_update(of=("self",), no_key=True).select_related(*JOINED)
    found = rows.get(pk=session.pk)
    if found.program_year.is_closed:
        raise RefusedError(_("This program year is closed. Reopen it to change its sessions."))
    if not may(by, found.program_year):
        raise PermissionDenied
    return found


def checked(row: Any) -> None:
    """Everything the model refuses, as a service says it."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise RefusedError([str(sentence) for sentence in error.messages]) from error
