"""Inviting everybody of a cohort who has not been asked in yet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts import permissions
from cohorts.models import Cohort
from leaderdev.accounts.models import User
from leaderdev.accounts.services.invitations import invite_many


def waiting_for_invitation(cohort: Cohort) -> list[User]:
    """Current members, each once, who have neither been invited nor ever signed in; by name."""
    people = User.objects.filter(
        pk__in=cohort.memberships.current().values("leader__user"), last_login=None, invitations=None
    )
    return list(people.order_by("name", "pk"))


@transaction.atomic
def invite_waiting(*, by: Any, cohort: Cohort) -> int:
    """Mail each of them a link for the first sign-in; returns how many."""
    if not permissions.may_configure_district(by, cohort.district):
        raise PermissionDenied
    people = waiting_for_invitation(cohort)
    reason = _("You were added to %(cohort)s.") % {"cohort": cohort.name}
    return len(invite_many(by=by, users=people, reason=reason)) if people else 0
