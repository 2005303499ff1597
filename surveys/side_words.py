"""One statement of two views in words, for the page."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from surveys.models import ViewPair
from surveys.two_views import Side, Statement


def side_by_side(statement: Statement, pair: ViewPair) -> dict[str, Any]:
    """code, text, gap (a sentence), sides (name, n, middle, levels as [label, count, share in per cent])."""
    return {
        "code": statement.code,
        "text": statement.text,
        "gap": _gap(statement, pair),
        "sides": [
            _side(name, side, statement.levels)
            for name, side in ((pair.left_name, statement.left), (pair.right_name, statement.right))
        ],
    }


def _side(name: str, side: Side, levels: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": name,
        "n": side.n,
        "middle": "" if side.middle is None else middle_in_words(side.middle, levels),
        "levels": [
            {"label": label, "count": count, "share": round(100 * count / (side.n or 1))}
            for label, count in zip(levels, side.counts, strict=False)
        ],
    }


def middle_in_words(middle: float, levels: tuple[str, ...]) -> str:
    """The level in the middle of all answers, or the two between which it lies."""
    low = int(middle)
    if low == middle:
        return levels[low - 1]
    return _("between %(low)s and %(high)s") % {"low": levels[low - 1], "high": levels[low]}


def _gap(statement: Statement, pair: ViewPair) -> str:
    gap = statement.gap
    if gap is None:
        return _("Cannot be compared: too few answers on one side.")
    if gap == 0:
        return _("Both see it alike.")
    higher, lower = (pair.right_name, pair.left_name) if gap > 0 else (pair.left_name, pair.right_name)
    steps = number_format(abs(gap), decimal_pos=1)
    return _("%(higher)s: higher by %(steps)s of a level than %(lower)s.") % {
        "higher": higher[:1].upper() + higher[1:],
        "lower": lower,
        "steps": steps,
    }
