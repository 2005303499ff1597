"""What may be shown of few people, from arrays alone: statements, levels, groups, counts of people, rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from surveys.analysis.bundle import coarse
from surveys.analysis.checks import problems
from surveys.analysis.descriptives import Scale, descriptives
from surveys.analysis.protection import levels_need, parts_too_small, shown, shown_table
from surveys.analysis.study import study
from surveys.analysis.study_data import Flow
from surveys.analysis.study_json import study_json
from tests.surveys.studies import make_study

SCALE = Scale(((1, "Beginning"), (2, "Developing"), (3, "Achieving"), (4, "Excelling")), {-2: "skipped"})


def test_levels_need_a_smallest_group_each() -> None:
    assert levels_need(4, 5) == 20
    twenty = shown(descriptives([1] * 19 + [4], SCALE), 5)
    assert [level.count for level in twenty.levels] == [19, 0, 0, 1]
    fewer = shown(descriptives([1] * 19 + [-2], SCALE), 5)
    assert (fewer.levels, fewer.mean, fewer.sd, fewer.quartiles) == ((), None, None, None)
    assert (fewer.n, fewer.median, fewer.n_missing, fewer.hidden) == (19, 1.0, 1, False)
    four = shown(descriptives([1, 2, 3, 4] + [-2] * 16, SCALE), 5)
    assert (four.hidden, four.n, four.missing, four.median) == (True, 0, (), None)
    nobody = shown(descriptives([-2] * 20, SCALE), 5)
    assert (nobody.hidden, nobody.n, nobody.n_missing) == (False, 0, 20)


def test_a_column_that_few_answered_twice_is_in_no_test() -> None:
    pre = np.tile([1.0, 1.0], (12, 1))
    post = np.column_stack([[2.0] * 8 + [1.0] * 4, [2.0] * 4 + [np.nan] * 8])
    table = shown_table(pre, post, ["a", "b"], 5)
    assert (table.tests, table.rows[0].n, table.rows[0].p_holm) == (1, 12, table.rows[0].test.p_asymptotic)
    assert (table.rows[1].hidden, table.rows[1].n, table.rows[1].test) == (True, 0, None)
    assert "Fewer than 5 people" in table.rows[1].refusal
    assert np.nansum(post) == 8 * 2 + 4 + 4 * 2, "the arrays that were given stay as they were"


def test_parts_that_make_up_everybody() -> None:
    there = np.array([[True, True, True]] * 5 + [[True, False, False]] * 3 + [[True, True, False]] * 2)
    parts = [np.arange(10) < 5, np.arange(10) >= 5]
    assert parts_too_small(there, parts, 5).tolist() == [False, True, False]


def test_a_statement_leaves_both_groups_when_the_rest_is_few() -> None:
    data = make_study()
    switched = (-1,) * 5 + data.switched[5:]
    post = data.post.copy()
    post[:3, 4] = -2
    found = study(replace(data, switched=switched, post=post))
    assert not found.stayers.hidden
    assert found.stayers.rows[4].hidden
    assert found.switchers.rows[4].hidden
    assert not found.stayers.rows[3].hidden
    assert found.items[4].row.n == 32


def test_few_answers_to_a_competency_give_neither_median_nor_alpha() -> None:
    data = make_study()
    pre = data.pre.copy()
    pre[4:, :3] = -2
    found = study(replace(data, pre=pre, alone_pre=data.alone_pre[:0]))
    first = found.competencies[0]
    assert (first.row.hidden, first.median_pre, first.pre) == (True, None, None)
    assert "Fewer than 5" in first.pre_refusal
    assert found.items[0].pre.hidden
    assert found.items[0].shift is None
    assert "Fewer than 5" in found.factors_refusal
    assert problems(study_json(found, [item.code for item in data.items])) == []


@pytest.mark.parametrize(
    ("flow", "told"),
    [
        ((9, 9, 9, 9, 9, 9, 9, 9), (9, 9, 9, 9)),
        ((40, 40, 40, 40, 38, 35, 36, 34), (None, 35, None, 34)),
        ((40, 40, 40, 40, 30, 30, 30, 25), (30, 30, 30, 25)),
        ((40, 40, 40, 40, 0, 0, 30, 0), (None, None, None, None)),
    ],
)
def test_how_many_agreed_is_told_of_nobody_or_enough(flow, told) -> None:
    found = Flow(*flow).shown(5)
    assert (found.consenting_pre, found.consenting_post, found.paired, found.paired_consenting) == told
    assert found.shown(5) == found
    assert (found.invited_pre, found.answered_post) == (flow[0], flow[3])


def test_rows_of_a_bundle_keep_a_focus_that_enough_share() -> None:
    data = make_study(60)
    found = coarse(data)
    facts = Counter(zip(found.switched, found.focus_pre, strict=True))
    assert min(facts.values()) >= 5
    assert sum(count for (_, focus), count in facts.items() if focus) >= 30
    assert set(found.focus_post) == {""}
    mixed = coarse(
        replace(data, focus_pre=("A",) * 6 + ("B",) * 5 + ("C",) * 2 + ("A",) * 47, switched=(0,) * 60)
    )
    assert Counter(mixed.focus_pre) == {"A": 53, "": 7}
    with pytest.raises(ValueError, match="Fewer than 5"):
        coarse(make_study(4))
