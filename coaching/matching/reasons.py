"""Sentences about the groups, computed from who sits in them.

Nothing here reads `not_with`: a reason is the same whether or not somebody has such a wish, so that nobody
can learn of one. Wishes for a partner are counted for the group and told to the person alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from coaching.matching.costs import minutes_between
from coaching.matching.sentences import Said, ngettext
from coaching.matching.sentences import gettext as _
from coaching.matching.words import SEATS, Person, Rules

DIFFERENT = {
    2: _("Two different schools."),
    3: _("Three different schools."),
    4: _("Four different schools."),
}
OTHERS = {
    1: _("Sees one other school."),
    2: _("Sees two other schools."),
    3: _("Sees three other schools."),
}


def _placed(person: Person, rules: Rules) -> bool:
    return bool(rules.minutes) or None not in (person.lat, person.lng)


def _schools(members: Sequence[Person]) -> Said | None:
    schools = [person.school for person in members]
    if not all(schools):
        return None
    count = len(set(schools))
    if count == len(members):
        return DIFFERENT[count]
    if count == 1:
        return _("One school for %(people)d people.", people=len(members))
    if count == 2:
        return _("Two schools for %(people)d people.", people=len(members))
    return _("Three schools for %(people)d people.", people=len(members))


def group_reasons(members: Sequence[Person], rules: Rules, *, pinned: bool, total: int) -> tuple[Said, ...]:
    """members: of one group. total: how many people chose this competency."""
    found = [_("Kept as it was pinned.")] if pinned else []
    found += [sentence for sentence in [_schools(members)] if sentence]
    if all(_placed(person, rules) for person in members) and len({person.school for person in members}) > 1:
        most = max(minutes_between(one, other, rules) for one, other in combinations(members, 2))
        found.append(
            ngettext("At most one minute apart.", "At most %(number)d minutes apart.", most)
            if most
            else _("No way between the schools.")
        )
    roles = {person.role for person in members if person.role}
    if len(roles) > 1:
        found.append(_("Roles: %(roles)s.", roles=", ".join(sorted(roles))))
    years = [person.experience for person in members if person.experience is not None]
    if len(years) == len(members) and round(max(years)) > round(min(years)):
        found.append(
            _(
                "Between %(least)d and %(most)d years of leading.",
                least=round(min(years)),
                most=round(max(years)),
            )
        )
    met, asked = _wishes(members)
    if asked == 1:
        found.append(
            _("The one wish for a partner in this group is met.")
            if met
            else _("The one wish for a partner in this group is not met.")
        )
    elif asked:
        found.append(
            _("%(met)d of %(asked)d wishes for a partner in this group are met.", met=met, asked=asked)
        )
    return (*found, *_size(members, rules, total=total, pinned=pinned)) or (
        _("They share the focus competency."),
    )


def _size(members: Sequence[Person], rules: Rules, *, total: int, pinned: bool) -> list[Said]:
    """Why the group has another size than the rule says."""
    size = len(members)
    if pinned or size == rules.seats:
        return []
    if total == 2:
        return [_("Only two people chose this focus.")]
    if size == 2 and rules.pairs_allowed:
        return [_("A pair, as the rules allow.")]
    if size > SEATS and total % SEATS and rules.seats == SEATS:
        return [_("Four seats, because %(total)d people do not divide into threes.", total=total)]
    if size == SEATS and total % rules.seats:
        if rules.seats > SEATS:
            return [_("Three seats, because %(total)d people do not divide into fours.", total=total)]
        return [_("Three seats, because %(total)d people do not divide into pairs.", total=total)]
    # After a move by hand, or where a repair spares other trios.
    if size > rules.seats:
        return [_("More seats than the rules ask for.")]
    return [_("Fewer seats than the rules ask for.")]


def _wishes(members: Sequence[Person]) -> tuple[int, int]:
    here = {person.id for person in members}
    wishes = [(person.id, other) for person in members for other in set(person.wishes) - {person.id}]
    return sum(other in here for _one, other in wishes), len(wishes)


def person_reasons(person: Person, members: Sequence[Person], rules: Rules) -> tuple[Said, ...]:
    """What the group means for one of its people; nothing of wishes."""
    mates = [mate for mate in members if mate.id != person.id]
    found = []
    elsewhere = {mate.school for mate in mates if mate.school} - {person.school}
    if person.school and elsewhere:
        found.append(OTHERS[len(elsewhere)])
    if all(_placed(one, rules) for one in members) and elsewhere:
        most = max(minutes_between(person, mate, rules) for mate in mates)
        if most:
            found.append(
                ngettext("Longest way: about a minute.", "Longest way: about %(number)d minutes.", most)
            )
    return tuple(found) or (_("Shares the focus competency."),)


def wish_reason(person: Person, members: Sequence[Person]) -> Said | None:
    """For this person's eyes alone: who forms trios learns of no single person's wishes."""
    wishes = set(person.wishes) - {person.id}
    if not wishes:
        return None
    met = len(wishes & {mate.id for mate in members})
    if len(wishes) == 1:
        return _("Your wish for a partner is met.") if met else _("Your wish for a partner is not met.")
    return _("%(met)d of your %(asked)d wishes for a partner are met.", met=met, asked=len(wishes))


CHOICES = _("Join a related competency, ask somebody to change, or allow a pair.")


def unplaced_reason(total: int) -> Said:
    """Why somebody has no group, with what can be done about it; total: people of this competency."""
    if total == 1:
        return _("Nobody else chose this focus. %(choices)s", choices=CHOICES)
    if total == 2:
        return _(
            "Only two people chose this focus, and a rule keeps them apart. %(choices)s", choices=CHOICES
        )
    if total == 5:
        return _("Five people do not divide into threes and fours. %(choices)s", choices=CHOICES)
    return _("The rules leave no place in a group of this focus. %(choices)s", choices=CHOICES)


def small_note(competency: str, total: int) -> Said | None:
    """A competency that one or two people chose is reported, not hidden."""
    if total == 1:
        return _(
            "%(competency)s: one person alone. Choices: join the nearest related competency, "
            "ask somebody to change.",
            competency=competency,
        )
    if total == 2:
        return _(
            "%(competency)s: two people only. Choices: let them work as a pair, join the nearest related "
            "competency, ask somebody to change.",
            competency=competency,
        )
    return None
