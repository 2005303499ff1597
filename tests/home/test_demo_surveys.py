"""The demo's surveys: counts and pairs as the study had them."""

from __future__ import annotations

import numpy as np

from leaderdev.home.demo.survey_answers import MOVES, make_sheets

FIRST = [f"p{n}" for n in range(55)]
SECOND = [f"p{n}" for n in range(3, 55)]


def test_before_and_one_year_on_have_50_and_41_answers_and_35_pairs():
    sheets = make_sheets(FIRST, SECOND, ["p5"], 1)
    pre, spring, post, now = sheets.waves
    both = {sheet.key for sheet in pre} & {sheet.key for sheet in post} - {None}
    assert (len(pre), len(post), len(both), len(spring)) == (50, 41, 35, 44)
    assert [len(part) for part in sheets.took_part] == [50, 44, 41, len(now)]
    assert both <= set(SECOND)
    assert {"p0", "p1", "p2"} <= {sheet.key for sheet in pre} - both
    assert "p5" not in sheets.took_part[3]
    assert all(sheet.answers["8t"] in (-2, 1, 2, 3, 4) for sheet in (*post, *now))
    assert not any("8t" in sheet.answers for sheet in (*pre, *spring))
    assert all(sheet.analysis for sheet in pre[:35] + post[:35])


def test_pairs_move_as_often_as_the_table_says():
    pre, _spring, post, _now = make_sheets(FIRST, SECOND, [], 1).waves
    for code, counts in MOVES.items():
        pairs = [(a.answers[code], b.answers[code]) for a, b in zip(pre[:35], post[:35], strict=True)]
        steps = np.array([after - before for before, after in pairs if before > 0 and after > 0])
        assert (int((steps < 0).sum()), int((steps > 0).sum())) == (sum(counts[:3]), sum(counts[3:]))
        assert all(value in range(-2, 5) and value != 0 for pair in pairs for value in pair)


def test_the_same_seed_gives_the_same_answers():
    assert make_sheets(FIRST, SECOND, [], 7) == make_sheets(FIRST, SECOND, [], 7)
