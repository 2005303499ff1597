"""Two proposals side by side: what each priority came to, sizes, and who sits with whom else."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from coaching import forming_words
from coaching.proposal_page import ProposalPage


def compared(one: ProposalPage, other: ProposalPage) -> dict[str, Any]:
    """rows: a line each with both values and which is better; people: whose trio differs, with both trios."""
    lines = [_line(label, a, b, less=less) for label, a, b, less in _values(one, other)]
    return {"one": one.proposal, "other": other.proposal, "rows": lines, "people": _people(one, other)}


def _values(one: ProposalPage, other: ProposalPage) -> list[tuple[str, int | None, int | None, bool]]:
    found: list[tuple[str, int | None, int | None, bool]] = [
        (_("People seated"), _seated(one), _seated(other), False),
    ]
    for seats, label in ((3, _("Threes")), (4, _("Fours")), (2, _("Pairs"))):
        counts = [sum(len(g["members"]) == seats for g in page.proposal.groups) for page in (one, other)]
        if any(counts):
            found.append((label, counts[0], counts[1], seats != 3))
    order = list(dict.fromkeys([*one.proposal.rules["priorities"], *other.proposal.rules["priorities"]]))
    for priority in order:
        keeps = one.keeps and other.keeps
        label = _("%(label)s: %(what)s") % {
            "label": forming_words.label(priority, keeps=keeps),
            "what": forming_words.counted(priority, keeps=keeps),
        }
        found.append((label, _value(one, priority), _value(other, priority), True))
    return found


def _seated(page: ProposalPage) -> int:
    return sum(len(group["members"]) for group in page.proposal.groups)


def _value(page: ProposalPage, priority: str) -> int | None:
    """None where the proposal left this priority out of account."""
    return dict(zip(page.proposal.rules["priorities"], page.described.values, strict=True)).get(priority)


def _line(label: str, one: int | None, other: int | None, *, less: bool) -> dict[str, Any]:
    better = ""
    if one is not None and other is not None and one != other:
        better = "one" if (one < other) == less else "other"
    left_out = _("left out")
    return {
        "label": label,
        "one": left_out if one is None else one,
        "other": left_out if other is None else other,
        "better": better,
    }


def _people(one: ProposalPage, other: ProposalPage) -> list[dict[str, str]]:
    first, second = _mates(one), _mates(other)
    names = {key: row["name"] for page in (one, other) for key, row in page.rows.items()}

    def words(mates: frozenset[str] | None) -> str:
        if mates is None:
            return _("not in it")
        return ", ".join(sorted(names[name] for name in mates)) or _("without a seat")

    return [
        {"name": names[key], "one": words(first.get(key)), "other": words(second.get(key))}
        for key in sorted(first.keys() | second.keys(), key=lambda key: names[key])
        if first.get(key) != second.get(key)
    ]


def _mates(page: ProposalPage) -> dict[str, frozenset[str]]:
    found = {name: frozenset() for name in page.rows}
    for group in page.proposal.groups:
        for name in group["members"]:
            found[name] = frozenset(set(group["members"]) - {name})
    return found
