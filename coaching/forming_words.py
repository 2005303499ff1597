"""What is said about priorities and their values, in one place for all pages of forming trios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.matching import Priority

LABELS = {
    Priority.SCHOOLS: gettext_lazy("Different schools"),
    Priority.TRAVEL: gettext_lazy("Short ways"),
    Priority.MIX: gettext_lazy("Mixed roles and experience"),
    Priority.WISHES: gettext_lazy("Wishes for a partner"),
    Priority.CONTEXT: gettext_lazy("Wishes about the kind of school"),
    Priority.TIMES: gettext_lazy("Shared free half-days"),
    Priority.LAST_YEAR: gettext_lazy("Other people than last year"),
}
COUNTS = {
    Priority.SCHOOLS: gettext_lazy("pairs from one school"),
    Priority.TRAVEL: gettext_lazy("minutes between schools, all pairs together"),
    Priority.MIX: gettext_lazy("pairs alike in role or experience"),
    Priority.WISHES: gettext_lazy("wishes not met"),
    Priority.CONTEXT: gettext_lazy("wishes not met"),
    Priority.TIMES: gettext_lazy("pairs without a shared free half-day"),
    Priority.LAST_YEAR: gettext_lazy("pairs as last year"),
}
KEPT = gettext_lazy("Trios of last year kept")
PARTED = gettext_lazy("pairs of last year parted")


def label(priority: str, *, keeps: bool = False) -> str:
    return str(KEPT if keeps and priority == Priority.LAST_YEAR else LABELS[Priority(priority)])


def counted(priority: str, *, keeps: bool = False) -> str:
    return str(PARTED if keeps and priority == Priority.LAST_YEAR else COUNTS[Priority(priority)])


def effect_words(effect: Sequence[int], priorities: Sequence[str], *, keeps: bool) -> list[dict[str, Any]]:
    """What a move changes, one item for each priority that changes; `better` says in which direction."""
    found = []
    for change, priority in zip(effect, priorities, strict=True):
        if change:
            words = {"number": abs(change), "what": counted(priority, keeps=keeps)}
            text = _("%(number)d fewer: %(what)s") if change < 0 else _("%(number)d more: %(what)s")
            found.append({"text": text % words, "better": change < 0})
    return found


def verdict(standings: Sequence[dict[str, Any]], *, keeps: bool) -> str:
    """How good a solved proposal is: proven, or how far from the bound at most."""
    for one in standings:
        value, bound = one["value"], one["bound"]
        if value > bound:
            share = 100 * (value - bound) / max(1, abs(value))
            words = {"percent": f"{share:.1f}", "what": label(one["priority"], keeps=keeps)}
            return _("Within %(percent)s %% of the best possible (%(what)s)") % words
    return _("Best possible: proven")
