"""The paired test: against SciPy on a thousand data sets, against enumeration, against the published
table."""

from __future__ import annotations

import csv
import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import mannwhitneyu, rankdata, wilcoxon

from surveys.analysis import ranks
from surveys.analysis.shifts import hodges_lehmann, mann_whitney, mcnemar, sign_test
from surveys.analysis.wilcoxon import signed_rank, signed_rank_table

DATA = Path(__file__).parent / "data"


def published() -> dict[str, dict[str, str]]:
    with (DATA / "table1_published.csv").open(encoding="utf-8") as file:
        return {row["item"]: row for row in csv.DictReader(file)}


def pairs() -> dict[str, tuple[list[int], list[int]]]:
    found: dict[str, tuple[list[int], list[int]]] = {}
    with (DATA / "table1_pairs_part.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            pre, post = found.setdefault(row["item"], ([], []))
            pre.append(int(row["pre"]))
            post.append(int(row["post"]))
    return found


def enumerated(change: np.ndarray) -> float:
    """Two-sided exact p by trying every sign."""
    size = rankdata(np.abs(change[change != 0]))
    plus = size[change[change != 0] > 0].sum()
    middle = size.sum() / 2
    signs = np.array(list(itertools.product([0, 1], repeat=size.size)))
    return float((np.abs(signs @ size - middle) >= abs(plus - middle) - 1e-9).mean())


def test_a_thousand_data_sets_with_ties_equal_scipy() -> None:
    generator = np.random.default_rng(2027)
    for _ in range(1000):
        n, levels = int(generator.integers(4, 80)), int(generator.integers(2, 9))
        pre, post = generator.integers(1, levels + 1, (2, n))
        change = post - pre
        if not change.any():
            continue
        theirs = wilcoxon(change, zero_method="wilcox", correction=False, method="asymptotic")
        ours = signed_rank(pre, post, resamples=0)
        # SciPy, like SPSS, states the z of the smaller sum.
        assert ours.z_spss == pytest.approx(theirs.zstatistic, abs=1e-10)
        assert ours.p_asymptotic == pytest.approx(theirs.pvalue, abs=1e-10)
        assert min(ours.sum_ranks_negative, ours.sum_ranks_positive) == theirs.statistic
        size = rankdata(np.abs(change[change != 0]))
        assert ours.sum_ranks_positive == size[change[change != 0] > 0].sum()
        assert (ours.negative, ours.positive, ours.tied) == (
            (change < 0).sum(),
            (change > 0).sum(),
            (change == 0).sum(),
        )


def test_exact_p_equals_enumeration() -> None:
    generator = np.random.default_rng(11)
    for _ in range(150):
        change = generator.integers(-3, 4, int(generator.integers(1, 13)))
        if change.any():
            ours = signed_rank(np.zeros(change.size), change, resamples=0)
            assert ours.p_exact == pytest.approx(enumerated(change), abs=1e-12)


def test_exact_p_without_ties_equals_scipy() -> None:
    generator = np.random.default_rng(12)
    for n in (5, 20, 60):
        change = generator.normal(0.3, 1, n)
        theirs = wilcoxon(change, zero_method="wilcox", correction=False, method="exact")
        ours = signed_rank(np.zeros(n), change, resamples=0)
        assert ours.p_exact == pytest.approx(theirs.pvalue, abs=1e-10)


def test_the_published_figures_come_out_of_the_pairs() -> None:
    printed = published()
    for item, (pre, post) in pairs().items():
        ours = signed_rank(pre, post)
        row = printed[item]
        assert (ours.negative, ours.positive, ours.tied) == tuple(
            int(row[name]) for name in ("negative", "positive", "ties")
        )
        assert ours.z == pytest.approx(float(row["z"]), abs=0.01)
        assert ours.p_asymptotic == pytest.approx(float(row["p"]), abs=0.001)


def test_one_item_whole() -> None:
    pre, post = pairs()["1"]
    ours = signed_rank(pre, post)
    assert (ours.n, ours.n_dropped, ours.n_changed) == (35, 0, 14)
    assert (ours.mean_rank_negative, ours.mean_rank_positive) == (7.5, 7.5)
    assert ours.z_spss == -ours.z
    assert ours.footnote == "Based on negative ranks."
    assert ours.r_of_pairs == pytest.approx(2.138089935299395 / math.sqrt(35))
    assert ours.r_of_observations == pytest.approx(2.138089935299395 / math.sqrt(70))
    assert ours.rank_biserial == pytest.approx((82.5 - 22.5) / 105)
    assert ours.interval is not None
    assert ours.interval.low < ours.rank_biserial < ours.interval.high
    assert signed_rank(pre, post) == ours
    assert signed_rank(pre, post, seed=4).interval != ours.interval


def test_the_other_direction_changes_signs_only() -> None:
    pre, post = pairs()["6"]
    forth, back = signed_rank(pre, post), signed_rank(post, pre)
    assert back.z == pytest.approx(-forth.z)
    assert back.rank_biserial == pytest.approx(-forth.rank_biserial)
    assert (back.p_asymptotic, back.p_exact) == (forth.p_asymptotic, forth.p_exact)
    assert back.footnote == "Based on positive ranks."
    assert signed_rank([1, 2], [2, 1]).footnote.startswith("The sum of negative ranks equals")


def test_missing_answers_are_dropped_and_counted() -> None:
    ours = signed_rank([1, None, 2, 3], [2, 3, np.nan, 4])
    assert (ours.n, ours.n_dropped, ours.positive) == (2, 2, 2)
    assert ours.mean_rank_negative is None


def test_decimals_that_differ_in_the_last_bit_are_ties() -> None:
    ours = signed_rank([3.0, 2.0, 1.0], [3.1, 2.1, 1.1])
    assert (ours.sum_ranks_positive, ours.p_exact) == (6.0, 0.25)
    assert ours.z == pytest.approx(3 / math.sqrt(3.0))


@pytest.mark.parametrize(
    ("pre", "post", "sentence"),
    [
        ([1, 2], [1], "belong together row by row"),
        ([], [], "Nobody answered both times"),
        ([np.nan], [1], "Nobody answered both times"),
        ([2, 2], [2, 2], "None of the 2 pairs changed"),
        ([2], [2], "The only pair did not change, so there is no rank"),
        (["a"], [1], "not a number"),
        ([[1]], [[2]], "one list of numbers"),
        ([np.inf], [1], "infinite"),
    ],
)
def test_undefined_cases_are_refused_in_a_sentence(pre: object, post: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        signed_rank(pre, post)


def test_unsigned_and_small_whole_numbers_do_not_wrap() -> None:
    ours = signed_rank(np.array([3, 4], np.uint8), np.array([1, 1], np.uint8), resamples=0)
    assert (ours.negative, ours.sum_ranks_negative) == (2, 3.0)


@pytest.mark.parametrize("kind", [np.int64, np.float64, np.int8])
@pytest.mark.parametrize("order", ["C", "F"])
def test_a_table_equals_its_columns(kind: type, order: str) -> None:
    generator = np.random.default_rng(3)
    pre, post = (np.asarray(generator.integers(1, 6, (5000, 6)), kind, order=order) for _ in range(2))
    table = signed_rank_table(pre, post, list("abcdef"), exact=False, resamples=0)
    for column, row in enumerate(table.rows):
        assert row.test == signed_rank(pre[:, column], post[:, column], exact=False, resamples=0)


@pytest.mark.parametrize("step", [1.0, 0.5, 7000.0, 40.0])
def test_a_table_with_missing_answers_and_wide_steps(step: float) -> None:
    generator = np.random.default_rng(4)
    pre, post = generator.integers(1, 6, (2, 3000, 3)) * step
    pre[::7, 1] = np.nan
    pre[:, 2] = post[:, 2]
    table = signed_rank_table(pre, post, ["a", "b", "c"], exact=False, resamples=0)
    assert [row.n_dropped for row in table.rows] == [0, 429, 0]
    for column in (0, 1):
        assert table.rows[column].test == signed_rank(
            pre[:, column], post[:, column], exact=False, resamples=0
        )
    assert table.rows[2].test is None
    assert table.rows[2].refusal == "None of the 3000 pairs changed, so there is no rank to test."
    assert (table.tests, table.rows[2].p_holm) == (2, None)


def test_holm_in_a_table_counts_the_tests_that_were_made() -> None:
    pre, post = np.zeros((8, 3)), np.ones((8, 3))
    post[:, 1] = 0
    post[:3, 2] = -1
    table = signed_rank_table(pre, post, ["x", "y", "z"])
    first, _, last = table.rows
    assert first.test is not None
    assert first.p_holm == pytest.approx(2 * first.test.p_asymptotic)
    assert first.p_holm_exact == pytest.approx(2 * 2 / 2**8)
    assert last.test is not None
    assert last.p_holm == last.test.p_asymptotic


def test_tables_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="they must match"):
        signed_rank_table([[1]], [[2]], ["a", "b"])
    with pytest.raises(ValueError, match="a row a person"):
        signed_rank_table([1], [2], ["a"])


def test_exact_stops_where_it_would_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("surveys.analysis.wilcoxon.MOST_EXACT", 3)
    table = signed_rank_table(np.zeros((4, 1)), np.ones((4, 1)), ["a"])
    assert table.rows[0].test is not None
    assert table.rows[0].test.p_exact is None
    assert table.rows[0].p_holm_exact is None


def test_large_groups_resample_counts_and_stay_seeded() -> None:
    generator = np.random.default_rng(5)
    pre, post = generator.integers(1, 5, (2, 900))
    once, again = signed_rank(pre, post), signed_rank(pre, post)
    assert once.interval == again.interval
    assert once.interval is not None
    assert once.interval.low < once.rank_biserial < once.interval.high


def test_too_many_different_changes_have_no_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("surveys.analysis.intervals.CELLS", 30)
    assert signed_rank([0, 0, 0], [1, 2, 3]).interval is None


def test_tail_of_a_large_group_of_ties() -> None:
    # 500 pairs with |d| = 1: a binomial; R: 2 * pbinom(230, 500, 0.5)
    assert 2 * ranks.tail_probability(np.array([501]), np.array([500]), 501 * 270) == pytest.approx(
        0.0810323496092133, abs=1e-12
    )


def test_mann_whitney_equals_scipy() -> None:
    generator = np.random.default_rng(6)
    for _ in range(200):
        first = generator.integers(1, 5, int(generator.integers(1, 30)))
        second = generator.integers(1, 5, int(generator.integers(1, 30)))
        if len(set(first) | set(second)) == 1:
            continue
        ours = mann_whitney(first, second)
        theirs = mannwhitneyu(first, second, use_continuity=False, method="asymptotic")
        assert ours.u == theirs.statistic
        assert ours.p_asymptotic == pytest.approx(theirs.pvalue, abs=1e-10)
        assert ours.share == pytest.approx(theirs.statistic / (first.size * second.size))


def test_mann_whitney_refuses() -> None:
    with pytest.raises(ValueError, match="at least one answer"):
        mann_whitney([], [1])
    with pytest.raises(ValueError, match="All answers are the same"):
        mann_whitney([2, 2], [2, None])


def test_sign_test_and_mcnemar() -> None:
    ours = sign_test(9, 15)
    # R: binom.test(15, 24)$p.value
    assert ours.p_exact == pytest.approx(0.307456254959107, abs=1e-12)
    assert (ours.n_changed, ours.z) == (24, 6 / math.sqrt(24))
    assert mcnemar([0, 0, 1, 1, None], [1, 1, 0, 1, 1]).positive == 2
    with pytest.raises(ValueError, match="0 or 1"):
        mcnemar([0, 2], [1, 1])
    with pytest.raises(ValueError, match="Nobody changed"):
        sign_test(0, 0)
    with pytest.raises(ValueError, match="start at 0"):
        sign_test(-1, 0)


def test_hodges_lehmann_against_all_pairs() -> None:
    generator = np.random.default_rng(8)
    for n in (1, 2, 7, 40):
        change = generator.integers(-3, 4, n)
        walsh = np.add.outer(change, change)[np.tril_indices(n)] / 2
        assert hodges_lehmann(np.zeros(n), change).estimate == np.median(walsh)


def test_hodges_lehmann_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="Nobody answered both times"):
        hodges_lehmann([None], [1])
    monkeypatch.setattr("surveys.analysis.shifts.MOST_VALUES", 2)
    with pytest.raises(ValueError, match="too many to pair"):
        hodges_lehmann([0, 0, 0], [1, 2, 3])
