"""Taking a person onto a district's roll, correcting what the roll says, and taking her off again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts import permissions
from cohorts.models import District, Leader
from cohorts.services.errors import RefusedError
from leaderdev.accounts.managers import normal_email
from leaderdev.accounts.models import User


def person_for(*, name: str, email: str) -> User:
    """Who signs in with this address: the person known already, as she is, or a new one without password.

    A name typed for a known person is ignored: she may stand on another district's roll, where the name
    was agreed with her. Nothing tells the caller which of the two it was.
    """
    email = normal_email(email)
    known = User.objects.filter(email=email).first()
    return known or User.objects.create_user(email, None, name=name.strip())


@transaction.atomic
def enroll(*, by: Any, leader: Leader, name: str, email: str) -> Leader:
    """Save a new row of the roll together with the person who signs in."""
    _only_own_district(by, leader.district)
    leader.user = person_for(name=name, email=email)
    leader.save()
    return leader


def is_ours_alone(leader: Leader) -> bool:
    """Whether this district may correct the person's name: on no other roll, and not an operator."""
    person = leader.user
    if person.is_staff or person.is_superuser:
        return False
    return not person.leaders.exclude(pk=leader.pk).exists()


@transaction.atomic
def rename(*, by: Any, leader: Leader, name: str) -> None:
    """Correct the name of somebody who stands on this roll alone. Raises RefusedError otherwise."""
    _only_own_district(by, leader.district)
    if not is_ours_alone(leader):
        raise RefusedError(_("This person changes the name in the own profile."))
    leader.user.name = name.strip()
    leader.user.save(update_fields=["name"])


@transaction.atomic
def make_inactive(*, by: Any, leaders: Sequence[Leader]) -> int:
    """Take people off the roll; what they wrote and where they worked stays. Returns how many changed."""
    ids = _own_ids(by, leaders)
    return Leader.objects.filter(pk__in=ids, is_active=True).update(is_active=False, manages_program=False)


@transaction.atomic
def make_active(*, by: Any, leaders: Sequence[Leader]) -> int:
    ids = _own_ids(by, leaders)
    return Leader.objects.filter(pk__in=ids, is_active=False).update(is_active=True)


def _only_own_district(by: Any, district: District) -> None:
    if not permissions.may_configure_district(by, district):
        raise PermissionDenied


def _own_ids(by: Any, leaders: Sequence[Leader]) -> list[int]:
    managed = set(District.objects.managed_by(by).values_list("pk", flat=True))
    if any(leader.district_id not in managed for leader in leaders):
        raise PermissionDenied
    return [leader.pk for leader in leaders]
