"""What the page of rules carries from one press of a button to the next: the order, what is off, pins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coaching.matching import DEFAULT_ORDER, Pins, Priority
from coaching.models import TrioProposal

# More pins than this are no longer rules but the lead's own trios: moves by hand suit them better.
MOST_PINS = 60
Pair = tuple[str, str]


@dataclass
class RulesState:
    """order: all priorities as the lead put them; off: those left out of account."""

    order: list[str] = field(default_factory=lambda: [str(one) for one in DEFAULT_ORDER])
    off: set[str] = field(default_factory=set)
    together: list[Pair] = field(default_factory=list)
    apart: list[Pair] = field(default_factory=list)
    trios: list[tuple[str, ...]] = field(default_factory=list)

    @classmethod
    def of(cls, proposal: TrioProposal) -> RulesState:
        """The rules of an earlier proposal, with the trios that are pinned in it."""
        rules = proposal.rules
        used = list(rules["priorities"])
        unused = [str(one) for one in DEFAULT_ORDER if str(one) not in used]
        return cls(
            order=used + unused,
            off=set(unused),
            together=[(one, other) for one, other in rules["together"]],
            apart=[(one, other) for one, other in rules["apart"]],
            trios=[tuple(group["members"]) for group in proposal.groups if group["pinned"]],
        )

    @classmethod
    def posted(cls, data: Any, known: set[str]) -> RulesState:
        """From a form, believing nothing: unknown words and people are left out."""
        state = cls()
        wanted = [word for word in data.getlist("order") if word in state.order]
        state.order = list(dict.fromkeys([*wanted, *state.order]))
        used = set(data.getlist("use"))
        state.off = {word for word in state.order if word not in used}
        for kind, pairs in (("together", state.together), ("apart", state.apart)):
            for text in data.getlist(kind)[:MOST_PINS]:
                _add(pairs, text.split("-"), known)
        for text in data.getlist("trio")[:MOST_PINS]:
            members = tuple(dict.fromkeys(text.split("-")))
            if 2 <= len(members) <= 4 and set(members) <= known:
                state.trios.append(members)
        return state

    def press(self, data: Any, known: set[str]) -> str:
        """Carry out a button of the page; returns what it was: "up", "down", "add", "drop" or nothing."""
        for kind, by in (("up", -1), ("down", 1)):
            word = data.get(kind, "")
            if word in self.order:
                at = self.order.index(word)
                to = min(max(at + by, 0), len(self.order) - 1)
                self.order.insert(to, self.order.pop(at))
                return kind
        if "drop" in data:
            kind, _colon, text = data["drop"].partition(":")
            members = tuple(text.split("-"))
            if kind == "trio":
                self.trios = [group for group in self.trios if group != members]
            elif kind in ("together", "apart"):
                pairs = self.together if kind == "together" else self.apart
                pairs[:] = [pair for pair in pairs if pair != members]
            return "drop"
        if "add" in data:
            pairs = self.apart if data.get("how") == "apart" else self.together
            _add(pairs, [data.get("first", ""), data.get("second", "")], known)
            return "add"
        return ""

    @property
    def priorities(self) -> tuple[Priority, ...]:
        return tuple(Priority(word) for word in self.order if word not in self.off)

    @property
    def pins(self) -> Pins:
        return Pins(tuple(self.trios), tuple(self.together), tuple(self.apart))


def _add(pairs: list[Pair], names: list[str], known: set[str]) -> None:
    if len(names) != 2 or names[0] == names[1] or not set(names) <= known:
        return
    one, other = sorted(names)
    if (one, other) not in pairs and len(pairs) < MOST_PINS:
        pairs.append((one, other))
