"""What goes into forming trios and what comes out: plain values, no Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coaching.matching.sentences import Said
from coaching.matching.sentences import gettext as _

# Everyone coaches, is coached, and the third watches how it is done. Five have no time to talk.
SEATS = 3
MOST_SEATS = 4


class RefusedError(ValueError):
    """The input cannot be used at all; `problems` says why, one plain sentence each."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


class Priority(StrEnum):
    """What is wanted, as integer costs of pairs who share a group; the lead puts them in order."""

    SCHOOLS = "schools"
    TRAVEL = "travel"
    MIX = "mix"
    WISHES = "wishes"
    CONTEXT = "context"
    TIMES = "times"
    LAST_YEAR = "last_year"


DEFAULT_ORDER = tuple(Priority)


@dataclass(frozen=True)
class Person:
    """One participant.

    experience: years in a leadership post. not_with: ids that only this person and the solver know of.
    context: a word for the kind of school ("K–6", "rural"); context_wish: "same", "different" or nothing.
    free: numbers of half-days kept free for visits. last_trio: last year's group, any word.
    name: for sentences.
    """

    id: str
    competency: str
    school: str = ""
    lat: float | None = None
    lng: float | None = None
    role: str = ""
    experience: float | None = None
    supervisor: str = ""
    not_with: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    context: str = ""
    context_wish: str = ""
    free: frozenset[int] = frozenset()
    last_trio: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class Pins:
    """What the lead holds fast, by ids: whole groups as they are, pairs together, pairs apart."""

    trios: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rules:
    """seats: how many people a group should have, 2 to 4.

    minutes: driving minutes between two schools, in either order; pairs missing there are estimated.
    """

    priorities: tuple[Priority, ...] = DEFAULT_ORDER
    pairs_allowed: bool = False
    seats: int = SEATS
    keep_last_trios: bool = False
    pins: Pins = field(default_factory=Pins)
    minutes: Mapping[tuple[str, str], int] | None = None
    seed: int = 1
    time_limit: float = 60.0


@dataclass(frozen=True)
class Trio:
    members: tuple[str, ...]
    competency: str
    reasons: tuple[str, ...] = ()
    pinned: bool = False


@dataclass(frozen=True)
class Unplaced:
    id: str
    reason: str


@dataclass(frozen=True)
class Standing:
    """How one priority came out. bound: no solution that keeps the priorities before it can be lower."""

    priority: Priority
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.value <= self.bound

    @property
    def gap(self) -> float:
        """Share of the value that might still be saved; 0 where the value is proven."""
        return 0.0 if self.proven else (self.value - self.bound) / max(1, abs(self.value))


@dataclass(frozen=True)
class Result:
    """standings stand in the order of the priorities. moved: filled by a repair only."""

    trios: tuple[Trio, ...]
    unplaced: tuple[Unplaced, ...]
    standings: tuple[Standing, ...]
    unmet_wishes: int
    notes: tuple[str, ...]
    person_reasons: Mapping[str, tuple[str, ...]]
    seconds: float
    stopped: bool = False
    contradiction: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()

    @property
    def optimal(self) -> bool:
        return not self.contradiction and all(standing.proven for standing in self.standings)

    @property
    def gap(self) -> float:
        """Of the first priority that is not proven: those after it hold only for what it came to."""
        return next((standing.gap for standing in self.standings if not standing.proven), 0.0)

    @property
    def objective(self) -> tuple[int, ...]:
        return tuple(standing.value for standing in self.standings)

    def verdict(self) -> Said:
        """How good it is, in a sentence."""
        if self.contradiction:
            return _("No proposal: the rules contradict each other.")
        if self.optimal:
            return _("Best possible: proven.")
        first = next(standing for standing in self.standings if not standing.proven)
        return _(
            "Within %(percent)s %% of the best possible (%(what)s).",
            percent=f"{100 * first.gap:.1f}",
            what=PRIORITY_WORDS[first.priority],
        )


PRIORITY_WORDS = {
    Priority.SCHOOLS: _("pairs from one school"),
    Priority.TRAVEL: _("minutes between schools"),
    Priority.MIX: _("pairs alike in role or experience"),
    Priority.WISHES: _("unmet wishes for a partner"),
    Priority.CONTEXT: _("unmet wishes about the kind of school"),
    Priority.TIMES: _("pairs without a shared free half-day"),
    Priority.LAST_YEAR: _("pairs as last year"),
}

Progress = Callable[[float, str], None]
Stop = Callable[[], bool]
