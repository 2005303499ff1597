"""What the page of two views may show: both sides, and what the group has picked."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from surveys.models import Item, ViewPair, Wave
from surveys.pairs import ItemInfo, items_of
from surveys.sums import sums_of
from surveys.two_views import Statement, counted_picks, side_of, widest_first


@dataclass(frozen=True)
class Beside:
    """`refusal` says why nothing is shown; empty where `statements` are."""

    statements: tuple[Statement, ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class Picked:
    """Statements that were picked, the most often first; `count` is None where it is hidden."""

    statement: Statement
    count: int | None


def joinable_waves(cohort: Cohort) -> Any:
    """Waves that may stand in a pair: of this cohort, without research consent, not of a learning session."""
    rows = Wave.objects.filter(survey__cohort=cohort, survey__instrument__consent_text="")
    return rows.filter(learning_session=None).select_related("survey").order_by("survey__title", "opens_at")


def asks_for_research(wave: Wave) -> bool:
    """Then there are reports of those who agreed; a figure of all beside them would tell of the others."""
    return bool(wave.survey.instrument.consent_text) or wave.responses.for_research().exists()


def shared_items(left: Wave, right: Wave) -> list[tuple[ItemInfo, ItemInfo]]:
    """Statements of one number on scales of as many levels, in the order of the left side."""
    others = {item.code: item for item in items_of(right) if item.kind == Item.Kind.STATEMENT}
    found = []
    for item in items_of(left):
        other = others.get(item.code)
        if item.kind == Item.Kind.STATEMENT and other and len(other.levels) == len(item.levels):
            found.append((item, other))
    return found


def smallest_of(pair: ViewPair) -> int:
    """The larger of both sides' smallest groups."""
    waves = (pair.left, pair.right)
    return max(wave.survey.smallest_group or wave.program_year.smallest_group_shown for wave in waves)


def beside(pair: ViewPair, now: datetime) -> Beside:
    """Both views, the widest difference first."""
    for wave in (pair.left, pair.right):
        if not wave.is_over_at(now):
            return Beside(
                refusal=_(
                    "“%(wave)s” is not over yet. Both views open once both have closed: while answers come "
                    "in, two looks could tell one person’s answer."
                )
                % {"wave": wave}
            )
        if asks_for_research(wave):
            return Beside(refusal=research_sentence(wave))
    smallest = smallest_of(pair)
    left, right = sums_of([pair.left])[pair.left_id], sums_of([pair.right])[pair.right_id]
    if min(left.answered, right.answered) < smallest:
        return Beside(
            refusal=_(
                "Fewer than %(smallest)d people answered on one side, so neither is shown: a figure could "
                "point at a person."
            )
            % {"smallest": smallest}
        )
    first = {item.code: counts for item, counts in zip(left.items, left.counts, strict=True)}
    second = {item.code: counts for item, counts in zip(right.items, right.counts, strict=True)}
    rows = [
        Statement(
            item.code,
            item.text,
            item.levels,
            side_of(first[item.code], smallest),
            side_of(second[item.code], smallest),
        )
        for item, _other in shared_items(pair.left, pair.right)
    ]
    return Beside(tuple(widest_first(rows)))


def research_sentence(wave: Wave) -> str:
    return _(
        "“%(wave)s” asks for research consent, so it has reports of those who agreed. Figures of everybody "
        "beside them would tell who did not agree. Take a questionnaire without a consent statement."
    ) % {"wave": wave}


def voter_of(user: Any, pair: ViewPair) -> str:
    """A keyed name: whoever reads the table alone cannot tell whose picks are whose."""
    told = f"surveys.priority|{pair.pk}|{user.pk}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()[:32]


def own_picks(user: Any, pair: ViewPair) -> list[str]:
    return list(pair.priorities.filter(voter=voter_of(user, pair)).values_list("code", flat=True))


def pickers_of(pair: ViewPair) -> int:
    return pair.priorities.values("voter").distinct().count()


def picked(pair: ViewPair, statements: Sequence[Statement]) -> list[Picked]:
    """The group's picks once picking is over, the most often picked first; those of nobody are left out."""
    if not pair.picking_over:
        return []
    counts = Counter(pair.priorities.values_list("code", flat=True))
    codes = [each.code for each in statements]
    shown = counted_picks(counts, pickers_of(pair), codes, smallest_of(pair))
    rows = [Picked(each, shown[each.code]) for each in statements if shown.get(each.code, 0) != 0]
    # The hidden ones keep the order of the page, so that their place says nothing of their count.
    return sorted(rows, key=lambda row: -1 if row.count is None else row.count, reverse=True)
