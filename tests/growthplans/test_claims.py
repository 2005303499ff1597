"""A statement of progress that nothing shows is a claim."""

from __future__ import annotations

import pytest

from growthplans.claims import Statement, Tie, unbacked


def says(*statuses: str, indicators: tuple[int, ...] = (7,)) -> Statement:
    return Statement(goal=1, indicators=frozenset(indicators), statuses=statuses)


@pytest.mark.parametrize(
    ("statement", "ties", "found"),
    [
        (says(), [], set()),
        (says("planned", "on_schedule", "delayed", "dropped"), [], set()),
        (says("planned", "done"), [], {1}),
        (says("done"), [Tie(goal=1, indicator=None)], set()),
        (says("done"), [Tie(goal=None, indicator=7)], set()),
        (says("done"), [Tie(goal=2, indicator=8)], {1}),
        (says("done", indicators=()), [Tie(goal=None, indicator=None)], {1}),
    ],
)
def test_progress_without_evidence_is_a_claim(statement, ties, found):
    assert unbacked([statement], ties) == found


def test_each_goal_is_asked_by_itself():
    statements = [says("done"), Statement(goal=2, indicators=frozenset(), statuses=("done",))]
    assert unbacked(statements, iter([Tie(goal=2, indicator=None)])) == {1}
