"""What the demo's growth plans say and how far they have come: pure, seeded, in sentences of ours."""

from __future__ import annotations

import random
from collections.abc import Sequence

from leaderdev.home.demo.words import sections

SEED = 4027
# The studies' share of planned work that was done or kept on schedule, among leaders with peer coaching.
DONE_OR_ON_SCHEDULE = 0.73
FEWEST_STEPS, MOST_STEPS = 2, 4
# Where the plans of the running year stand, by share; every state comes up at least once.
SECOND_YEAR = {
    "under_way": 18,
    "shared": 9,
    "draft": 8,
    "read": 6,
    "mid_year": 5,
    "returned": 3,
    "year_end": 1,
    "closed": 1,
}
# How steps stand half-way through a year, in a plan that is worked on.
GOING_ON = ("done", "done", "on_schedule", "on_schedule", "on_schedule", "planned", "delayed")
# The people on the demo page get a plan in a state that shows something.
SPOTLIGHT = {
    "brenda.saddleback": "under_way",
    "zainab.mirza": "returned",
    "jesse.calliou": "draft",
    "angela.whitford": "mid_year",
    "nadine.cardinal": "shared",
    "connie.villaverde": "read",
}


def states(keys: Sequence[str]) -> dict[str, str]:
    """A state for each author of the running year, in the proportions of SECOND_YEAR."""
    rng = random.Random(SEED)  # noqa: S311  seeded on purpose
    fixed = {key: SPOTLIGHT[key] for key in keys if key in SPOTLIGHT}
    deck = [state for state, number in SECOND_YEAR.items() for _each in range(number)]
    for state in fixed.values():
        if deck.count(state) > 1:
            deck.remove(state)
    rest = [key for key in keys if key not in fixed]
    # One of each first, so that a small crowd shows every state too; the others as they are drawn.
    firsts = list(dict.fromkeys(deck))
    others = deck.copy()
    for state in firsts:
        others.remove(state)
    rng.shuffle(others)
    dealt = (firsts + others + ["under_way"] * len(rest))[: len(rest)]
    rng.shuffle(dealt)
    return fixed | dict(zip(rest, dealt, strict=True))


class GrowthWriter:
    """Deals sentences from seeded decks; a deck is used up before one of its sentences comes again."""

    def __init__(self, seed: int, *, texts: str = "growth") -> None:
        self.texts = texts
        self.rng = random.Random(seed)  # noqa: S311  seeded on purpose
        self._decks: dict[str, list[str]] = {}

    def deal(self, heading: str) -> str:
        deck = self._decks.setdefault(heading, [])
        if not deck:
            deck[:] = sections(self.texts)[heading]
            self.rng.shuffle(deck)
        return deck.pop()

    def goals(self, code: str) -> list[tuple[str, str, list[str]]]:
        """One to three goals as (statement, success, steps); no step comes twice in one plan."""
        own = sections(f"competency_{code}")["school strategies"]
        pool = [line for line in own if "|" not in line] + list(sections("growth")["steps"])
        self.rng.shuffle(pool)
        found = []
        for _each in range(self.rng.choice((1, 2, 2, 3))):
            statement, _bar, success = self.deal(f"goals {code}").partition("|")
            steps = [pool.pop() for _step in range(self.rng.randint(FEWEST_STEPS, MOST_STEPS))]
            found.append((statement, success, steps))
        return found

    def finished(self, number: int) -> list[str]:
        """States of `number` steps at the end of a year: 73 % done or on schedule, to the nearest step."""
        good = round(DONE_OR_ON_SCHEDULE * number)
        on_schedule, dropped = round(0.06 * number), round(0.11 * number)
        found = ["done"] * (good - on_schedule) + ["on_schedule"] * on_schedule + ["dropped"] * dropped
        found += ["delayed"] * (number - len(found))
        self.rng.shuffle(found)
        return found

    def going_on(self, state: str) -> str:
        """The state of one step half-way through a year, in a plan that stands in `state`."""
        if state in ("year_end", "closed"):
            return self.rng.choice(("done", "done", "done", "on_schedule", "dropped"))
        if state in ("under_way", "mid_year"):
            return self.rng.choice(GOING_ON)
        return "planned"

    def reason(self, status: str) -> str:
        return self.deal("reasons") if status in ("delayed", "dropped") else ""
