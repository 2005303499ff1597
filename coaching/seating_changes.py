"""What has changed since trios were published: why a repair is worth asking for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from coaching.participants import Participant
from cohorts.models import Membership


def changes_since(groups: Sequence[dict[str, Any]], people: Sequence[Participant]) -> list[str]:
    """A sentence each for who left, who has another focus, and who is ready without a seat; one query."""
    here = {str(one.membership.pk): one for one in people}
    seated = {name: group for group in groups for name in group["members"]}
    gone = [name for name in seated if name not in here or not here[name].membership.leader.user.is_active]
    names = {
        str(member.pk): str(member.leader)
        for member in (Membership.objects.filter(pk__in=gone).select_related("leader__user") if gone else [])
    }
    found = [
        _("%(name)s of trio %(number)d does not take part any more.")
        % {"name": names[name], "number": seated[name]["number"]}
        for name in gone
    ]
    for name, group in seated.items():
        one = here.get(name)
        if name in gone or one is None:
            continue
        if one.person is None or one.person.competency != group["competency"]:
            found.append(
                _("%(name)s of trio %(number)d works on another competency now.")
                % {"name": one.name, "number": group["number"]}
            )
    found += [
        _("%(name)s is ready and has no trio.") % {"name": one.name}
        for name, one in here.items()
        if one.ready and name not in seated
    ]
    return found
