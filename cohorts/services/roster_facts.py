"""A district's schools and people as the plain values that `cohorts.roster` compares.

Seven queries whatever the size of the roll.
"""

from __future__ import annotations

import datetime

from django.db.models import Max, Q

from cohorts.models import Appointment, District, Leader, School, Supervision
from cohorts.roster import KnownPerson, KnownPost, KnownSchool


def known_schools(district: District) -> list[KnownSchool]:
    """Schools in use; a closed one is not a place to be posted to."""
    return [
        KnownSchool(
            key=school.pk,
            code=school.code,
            name=school.name,
            source_id=school.source_id,
            is_office=school.kind == School.Kind.CENTRAL_OFFICE,
        )
        for school in School.objects.active().in_district(district)
    ]


def known_people(district: District) -> list[KnownPerson]:
    """Everybody who ever stood on the roll, with the open post and the open reporting line."""
    posts = _open_posts(district)
    ended = _last_ended(district)
    lines = dict(
        Supervision.objects.current().in_district(district).values_list("leader_id", "supervisor_id")
    )
    foreign = _known_elsewhere(district)
    return [
        KnownPerson(
            key=leader.pk,
            email=leader.user.email,
            name=leader.user.name,
            preferred_name=leader.user.preferred_name,
            employee_number=leader.employee_number,
            source_id=leader.source_id,
            is_active=leader.is_active,
            leads_since=leader.leads_since,
            post=posts.get(leader.pk),
            last_ended=ended.get(leader.pk),
            supervisor=lines.get(leader.pk),
            name_follows=leader.user_id not in foreign,
            email_follows=leader.user_id not in foreign and leader.user.last_login is None,
        )
        for leader in Leader.objects.in_district(district).select_related("user").order_by("pk")
    ]


def _open_posts(district: District) -> dict[int, KnownPost]:
    return {
        post.leader_id: KnownPost(
            school=post.school_id,
            role_kind=post.role_kind,
            role_title=post.role_title,
            also_teaches=post.also_teaches,
            starts_on=post.starts_on,
        )
        for post in Appointment.objects.current().in_district(district)
    }


def _last_ended(district: District) -> dict[int, datetime.date]:
    ended = Appointment.objects.in_district(district).exclude(ends_on=None)
    return dict(ended.order_by().values_list("leader_id").annotate(Max("ends_on")))


def _known_elsewhere(district: District) -> set[int]:
    """People whom this district's roster must not rename or re-address: those of another district too, and
    operators. Whoever could change an operator's address could sign in as one."""
    others = Leader.objects.exclude(district=district).filter(user__leaders__district=district)
    operates = Q(user__is_staff=True) | Q(user__is_superuser=True)
    operators = Leader.objects.in_district(district).filter(operates)
    return set(others.values_list("user_id", flat=True)) | set(operators.values_list("user_id", flat=True))
