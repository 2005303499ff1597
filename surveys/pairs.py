"""What the analysis reads: arrays of consenting responses, without anybody's identity.

The only door to answers for `surveys.analysis` and everything that draws figures:

    data = wave_data(wave)            # one wave
    both = paired(pre, post)          # people who answered both waves of one survey
    both.pre.values - both.post.values

Rows stand in an order drawn anew for each call. Values are levels (1 is the lowest), reverse-keyed statements
already turned round; what is missing is NaN in `values`, and its kind stands in `missing`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surveys.models import PREFER_NOT, SKIPPED, Item, Wave

if TYPE_CHECKING:
    import numpy as np

# Kinds of missing in WaveData.missing.
PRESENT, MISSING_PREFER_NOT, MISSING_SKIPPED, MISSING_NOT_ASKED = 0, 1, 2, 3


@dataclass(frozen=True)
class ItemInfo:
    """A statement. `competency` is the label of the competency it belongs to ("" if none), `levels` the names
    of the scale's levels from the lowest; `looks_back_at` the code of the statement that a then-item repeats.
    """

    pk: int
    code: str
    text: str
    kind: str
    competency_pk: int | None
    competency: str
    reverse_keyed: bool
    levels: tuple[str, ...]
    looks_back_at: str = ""


@dataclass(frozen=True)
class WaveData:
    """Shapes: values and missing (n responses, k items); focus, changed, role_group, school_level (n,).

    focus holds pks of competencies, 0 for unknown; changed is 1 yes, 0 no, −1 unknown.
    """

    items: tuple[ItemInfo, ...]
    values: np.ndarray
    missing: np.ndarray
    focus: np.ndarray
    changed: np.ndarray
    role_group: np.ndarray
    school_level: np.ndarray

    @property
    def n(self) -> int:
        return int(self.values.shape[0])

    def column(self, code: str) -> np.ndarray:
        """The values of one statement by its number. Raises KeyError."""
        for place, item in enumerate(self.items):
            if item.code == code:
                return self.values[:, place]
        raise KeyError(code)


@dataclass(frozen=True)
class Pairs:
    """Row i of `pre` and of `post` are one person. Statements that both waves ask come in the same columns.

    `switched` (n,) is 1 where the focus at the end is not the one at the start, 0 where it is, −1 unknown.
    """

    pre: WaveData
    post: WaveData
    switched: np.ndarray


@dataclass(frozen=True)
class Flow:
    """Participant flow of two waves: people asked, who answered, and how many answers can be used."""

    invited_pre: int
    invited_post: int
    answered_pre: int
    answered_post: int
    consenting_pre: int
    consenting_post: int
    paired: int
    paired_consenting: int


def items_of(wave: Wave) -> tuple[ItemInfo, ...]:
    """The statements (and then-statements) that the wave asks, in their order; three queries."""
    rows = (
        Item.objects.filter(section__instrument__surveys=wave.survey_id)
        .asked_in_kind(wave.kind)
        .exclude(kind=Item.Kind.OPEN)
        .select_related("node__parent", "scale", "looks_back_at")
        .prefetch_related("scale__levels")
        .in_order()
    )
    return tuple(_info(item) for item in rows)


def _info(item: Any) -> ItemInfo:
    competency = competency_of(item.node)
    return ItemInfo(
        pk=item.pk,
        code=item.code,
        text=item.text,
        kind=item.kind,
        competency_pk=competency.pk if competency else None,
        competency=str(competency) if competency else "",
        reverse_keyed=item.reverse_keyed,
        levels=tuple(level.label for level in item.scale.levels.all()),
        looks_back_at=item.looks_back_at.code if item.looks_back_at else "",
    )


def competency_of(node: Any) -> Any:
    """The competency that a node is or belongs to; None for none."""
    if node is None or node.focus_selectable or node.parent is None:
        return node
    return node.parent


_COLUMNS = ("pairing_key", "answers", "focus_id", "changed_focus", "role_group", "school_level")


def wave_data(wave: Wave, *, consenting_only: bool = True) -> WaveData:
    """Every confirmed response of a wave, those that may be analyzed unless asked otherwise."""
    rows = _shuffled(_rows(wave, consenting_only=consenting_only))
    return _as_arrays(items_of(wave), rows)


def paired(pre: Wave, post: Wave, *, consenting_only: bool = True) -> Pairs:
    """Both responses of everybody who answered both waves (and agreed to analysis in both).

    Raises ValueError for waves of two surveys: nothing pairs across surveys.
    """
    if pre.survey_id != post.survey_id:
        raise ValueError("These waves belong to two surveys. Answers are paired within one survey only.")
    import numpy as np

    first = {row[0]: row for row in _rows(pre, consenting_only=consenting_only)}
    second = {row[0]: row for row in _rows(post, consenting_only=consenting_only)}
    both = _shuffled([(key,) for key in first.keys() & second.keys()])
    items_pre, items_post = items_of(pre), items_of(post)
    common = {item.code for item in items_pre} & {item.code for item in items_post}
    pre_data = _as_arrays(_common_first(items_pre, common), [first[key] for (key,) in both])
    post_data = _as_arrays(_common_first(items_post, common), [second[key] for (key,) in both])
    known = (pre_data.focus > 0) & (post_data.focus > 0)
    switched = np.where(known, (pre_data.focus != post_data.focus).astype(np.int8), np.int8(-1))
    return Pairs(pre_data, post_data, switched)


def flow(pre: Wave, post: Wave) -> Flow:
    """Counts of people, for the researcher's participant flow; nothing in it is about one person."""
    first, second = _keys(pre), _keys(post)
    both = first.keys() & second.keys()
    return Flow(
        invited_pre=pre.invited().count(),
        invited_post=post.invited().count(),
        answered_pre=len(first),
        answered_post=len(second),
        consenting_pre=sum(first.values()),
        consenting_post=sum(second.values()),
        paired=len(both),
        paired_consenting=sum(first[key] and second[key] for key in both),
    )


def _keys(wave: Wave) -> dict[str, bool]:
    return dict(wave.responses.sent().values_list("pairing_key", "consent_analysis"))


def _rows(wave: Wave, *, consenting_only: bool) -> list[tuple[Any, ...]]:
    found = wave.responses.for_research() if consenting_only else wave.responses.sent()
    return list(found.values_list(*_COLUMNS))


def _shuffled(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    found = list(rows)
    secrets.SystemRandom().shuffle(found)
    return found


def _common_first(items: tuple[ItemInfo, ...], common: set[str]) -> tuple[ItemInfo, ...]:
    return tuple(sorted(items, key=lambda item: item.code not in common))


def _as_arrays(items: tuple[ItemInfo, ...], rows: list[tuple[Any, ...]]) -> WaveData:
    import numpy as np

    raw = np.zeros((len(rows), len(items)), dtype=np.int8)
    keys = [str(item.pk) for item in items]
    for place, row in enumerate(rows):
        answers = row[1]
        raw[place] = [answers.get(key, 0) for key in keys]
    values = np.where(raw > 0, raw, np.nan).astype(float)
    for place, item in enumerate(items):
        if item.reverse_keyed:
            values[:, place] = len(item.levels) + 1 - values[:, place]
    missing = np.full(raw.shape, PRESENT, dtype=np.int8)
    missing[raw == PREFER_NOT] = MISSING_PREFER_NOT
    missing[raw == SKIPPED] = MISSING_SKIPPED
    missing[raw == 0] = MISSING_NOT_ASKED
    changed = [-1 if row[3] is None else int(row[3]) for row in rows]
    return WaveData(
        items=items,
        values=values,
        missing=missing,
        focus=np.array([row[2] or 0 for row in rows], dtype=np.int64),
        changed=np.array(changed, dtype=np.int8),
        role_group=np.array([row[4] for row in rows], dtype=object),
        school_level=np.array([row[5] for row in rows], dtype=object),
    )
