"""Whom a visitor of the demo may be, group by group, with a sentence on what to try."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cohorts.models import Appointment, Membership
from leaderdev.accounts.models import User
from leaderdev.home.demo.people import SPOTLIGHT

Role = Membership.Role


@dataclass(frozen=True)
class Person:
    """One line of the list; `heading` and `sentence` only for those worth a visit first."""

    pk: int
    name: str
    post: str
    heading: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    sentence: str
    people: list[Person]


def first_visits() -> list[Person]:
    """The people to sign in as first, in the order in which the demo tells its story."""
    found = {user.email: user for user in User.objects.active().filter(email__in=_spotlit_addresses())}
    posts = _posts(user.pk for user in found.values())
    return [
        Person(user.pk, user.name, posts.get(user.pk, ""), spot.heading, spot.sentence)
        for spot in SPOTLIGHT
        if (user := found.get(spot.email))
    ]


def groups(search: str = "") -> list[Group]:
    """Everybody who may sign in, by role; `search` keeps those whose name, address or school contains it."""
    people = User.objects.active()
    if search:
        people = people.filter(
            Q(name__icontains=search)
            | Q(email__icontains=search)
            | Q(leaders__appointments__school__name__icontains=search, leaders__appointments__ends_on=None)
        )
    people = list(people.distinct().order_by("name", "pk"))
    numbers = [user.pk for user in people]
    roles, posts = _roles(numbers), _posts(numbers)
    members: dict[str, list[Person]] = {}
    for user in people:
        place = _place(user, roles.get(user.pk, set()))
        members.setdefault(place, []).append(Person(user.pk, user.name, posts.get(user.pk, "")))
    return [
        Group(title, sentence, members[place])
        for place, title, sentence in _descriptions()
        if place in members
    ]


def _descriptions() -> list[tuple[str, str, str]]:
    return [
        (
            Role.PARTICIPANT,
            _("Participants"),
            _("Principals and other leaders: choose a focus, meet the trio."),
        ),
        (Role.LEAD, _("Program leads"), _("See who has chosen, remind the others, set up the next year.")),
        (Role.FACILITATOR, _("Facilitators"), _("Hold the learning sessions; see the choices as numbers.")),
        (Role.RESEARCHER, _("Researchers"), _("See the program without anyone’s own words.")),
        (
            "roll",
            _("On the roll, in no cohort"),
            _("See what the product shows to somebody who is not in it yet."),
        ),
        ("operator", _("Operators"), _("Run the installation: every district, every person.")),
    ]


def _place(user: User, roles: set[str]) -> str:
    """The one group in which somebody stands who holds several roles: the one with most to see."""
    if user.is_superuser:
        return "operator"
    for role in (Role.LEAD, Role.FACILITATOR, Role.RESEARCHER, Role.PARTICIPANT):
        if role in roles:
            return role
    return "roll"


def _roles(numbers: list[int]) -> dict[int, set[str]]:
    held: dict[int, set[str]] = {}
    rows = Membership.objects.current().filter(leader__user__in=numbers)
    for number, role in rows.values_list("leader__user_id", "role"):
        held.setdefault(number, set()).add(role)
    return held


def _posts(numbers: Iterable[int]) -> dict[int, str]:
    """“Principal, Prairie Rose School” for each of the people who holds a post now."""
    posts = Appointment.objects.current().filter(leader__user__in=list(numbers))
    found = {}
    for post in posts.select_related("school", "leader"):
        title = capfirst(post.role_title or post.get_role_kind_display())
        found[post.leader.user_id] = f"{title}, {post.school.name}"
    return found


def _spotlit_addresses() -> list[str]:
    return [spot.email for spot in SPOTLIGHT]
