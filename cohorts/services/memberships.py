"""Adding people to a cohort, fifty-five as quickly as one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts import permissions
from cohorts.models import Cohort, Leader, Membership
from cohorts.services.errors import RefusedError


@dataclass(frozen=True)
class AddedMembers:
    """How many are new, how many came back after they had left, and how many held the role already."""

    added: int
    returned: int
    already: int


@transaction.atomic
def add_members(
    *, by: Any, cohort: Cohort, leaders: Sequence[Leader], role: str, joined_on: datetime.date
) -> AddedMembers:
    """Give each leader the role in the cohort; the same few queries for any number of people.

    Who left earlier comes back on the old row, so that choices and talks of both times stay together.
    Raises RefusedError when somebody is not on the roll of the cohort's district; then nobody is added.
    """
    if not permissions.may_configure_district(by, cohort.district):
        raise PermissionDenied
    _refuse_strangers(cohort, leaders)
    # Two people who add the same member take turns at the cohort: there is no row of the member to lock yet.
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    held = {
        row.leader_id: row for row in Membership.objects.filter(cohort=cohort, role=role, leader__in=leaders)
    }
    back = [row.pk for row in held.values() if row.left_on is not None]
    Membership.objects.filter(pk__in=back).update(left_on=None)
    wanted = {leader.pk: leader for leader in leaders}
    new = [
        Membership(cohort=cohort, leader=leader, role=role, joined_on=joined_on)
        for pk, leader in wanted.items()
        if pk not in held
    ]
    Membership.objects.bulk_create(new)
    return AddedMembers(added=len(new), returned=len(back), already=len(held) - len(back))


def _refuse_strangers(cohort: Cohort, leaders: Sequence[Leader]) -> None:
    off = [str(one) for one in leaders if one.district_id != cohort.district_id or not one.is_active]
    if off:
        raise RefusedError(
            _("Not on the roll of %(district)s: %(names)s.")
            % {"district": cohort.district, "names": ", ".join(off)}
        )
