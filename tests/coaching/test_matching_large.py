"""The ways of the solver that large districts take, tried on small ones where the answer is known."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from coaching.matching import Pins, Priority, Rules, competency, contradictions, form_trios, forming, pricing
from coaching.matching.columns import allowed, best_partition, every_column, of_groups, relaxed
from coaching.matching.competency import Solver
from coaching.matching.contradictions import Rule
from coaching.matching.costs import build_problem
from coaching.matching.pricing import MOST_ROUNDS, Generated, Prices, Pricing, generate
from coaching.matching.sentences import gettext
from coaching.matching.sizes import best_sizes
from tests.coaching.districts import broken, district

EVER = 1e9


def case(seed: int, n: int, sizes: tuple[int, ...], *, rows: int = 2):
    """(tables of costs, forbidden pairs, how many groups of which size, a partition) at random."""
    dice = np.random.default_rng(seed)
    costs = dice.integers(0, 30, size=(rows, n, n))
    costs = np.triu(costs, 1) + np.triu(costs, 1).transpose(0, 2, 1)
    forbidden = np.eye(n, dtype=bool)
    order, groups = list(range(n)), []
    for size in sizes:
        groups.append(order[:size])
        order = order[size:]
    return costs, forbidden, dict(Counter(sizes)), groups


def known_best(costs, row, forbidden, counts, settled):
    """(best value of whole groups, value of the relaxation) over every group there is."""
    n = costs.shape[1]
    columns = allowed(every_column(n, set(counts), costs), forbidden, [])
    limits = [(columns.costs[of].astype(float), most) for of, most in settled]
    answer = best_partition(columns, columns.costs[row], n, counts, limits, 60)
    value, *_prices = relaxed(columns, columns.costs[row], n, counts, limits)
    return round(answer.bound), value


def best_of(made: Generated, costs, row, counts, settled) -> int:
    limits = [(made.columns.costs[of].astype(float), most) for of, most in settled]
    answer = best_partition(made.columns, made.columns.costs[row], costs.shape[1], counts, limits, 60)
    return round(answer.bound)


SIZES = ((3, 3, 3), (3, 3, 2, 2), (3, 3, 3, 1), (2, 2, 2, 2, 1), (4, 3, 3), (4, 4, 2), (4, 4, 1))


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("seed", range(3))
def test_generated_columns_hold_the_best_partition_and_their_bound_is_none_too_high(sizes, seed):
    costs, forbidden, counts, groups = case(seed, sum(sizes), sizes)
    best, relaxation = known_best(costs, 0, forbidden, counts, [])
    made = generate(
        Pricing(costs, 0, forbidden, counts, []), groups, lambda: True, most_columns=competency.MOST_COLUMNS
    )
    assert made.bound <= relaxation + 1e-4
    assert made.bound >= relaxation - max(1e-2, 1e-3 * relaxation)
    assert made.complete
    assert best_of(made, costs, 0, counts, []) == best
    again = made.gather(best)
    assert len(again.columns) <= len(made.columns)
    assert best_of(again, costs, 0, counts, []) == best


@pytest.mark.parametrize("seed", range(4))
def test_what_an_earlier_priority_came_to_is_kept_by_its_price(seed):
    sizes = (3, 3, 3)
    costs, forbidden, counts, _groups = case(seed, 9, sizes)
    first, _value = known_best(costs, 0, forbidden, counts, [])
    # A little room, so that the limit costs something without deciding everything.
    settled = [(0, first + 10)]
    columns = every_column(9, {3}, costs)
    limits = [(columns.costs[0].astype(float), first + 10)]
    start = best_partition(columns, columns.costs[0], 9, counts, limits, 60)
    groups = [columns.group(number) for number in start.chosen]
    best, relaxation = known_best(costs, 1, forbidden, counts, settled)
    made = generate(Pricing(costs, 1, forbidden, counts, settled), groups, lambda: True, most_columns=12_000)
    assert made.bound <= relaxation + 1e-4
    assert made.complete
    assert best_of(made, costs, 1, counts, settled) == best


@pytest.mark.parametrize("sizes", [(4, 4, 4), (4, 3, 3), (4, 4, 3, 3)])
def test_fours_of_too_many_people_are_bounded_from_threes(sizes, monkeypatch):
    monkeypatch.setattr(pricing, "MOST_FOR_FOURS", 5)
    for seed in range(3):
        costs, forbidden, counts, groups = case(seed, sum(sizes), sizes, rows=1)
        best, relaxation = known_best(costs, 0, forbidden, counts, [])
        made = generate(Pricing(costs, 0, forbidden, counts, []), groups, lambda: True, most_columns=12_000)
        assert made.bound <= relaxation + 1e-4, "a bound that is too high would be called a proof"
        assert not made.complete, "not every four was looked at"
        assert best_of(made, costs, 0, counts, []) >= best


def test_when_not_all_columns_fit_the_cheapest_are_taken_and_nothing_is_called_complete():
    costs, forbidden, counts, groups = case(5, 12, (3, 3, 3, 3), rows=1)
    target = int(of_groups(groups, costs).costs[0].sum())
    made = generate(Pricing(costs, 0, forbidden, counts, []), groups, lambda: True, most_columns=30)
    loose = made.gather(target + 200)
    assert not loose.complete
    assert len(loose.columns) == 30
    assert loose.bound == pytest.approx(made.bound)


def test_a_stop_leaves_a_bound_that_holds():
    costs, forbidden, counts, groups = case(6, 12, (3, 3, 3, 3), rows=1)
    _best, relaxation = known_best(costs, 0, forbidden, counts, [])
    made = generate(Pricing(costs, 0, forbidden, counts, []), groups, lambda: False, most_columns=12_000)
    assert made.bound <= relaxation + 1e-4


@pytest.mark.parametrize("rounds", [1, MOST_ROUNDS])
def test_few_rounds_leave_a_lower_bound_that_holds(rounds, monkeypatch):
    monkeypatch.setattr(pricing, "MOST_ROUNDS", rounds)
    costs, forbidden, counts, groups = case(7, 15, (3,) * 5, rows=1)
    _best, relaxation = known_best(costs, 0, forbidden, counts, [])
    made = generate(Pricing(costs, 0, forbidden, counts, []), groups, lambda: True, most_columns=12_000)
    assert made.bound <= relaxation + 1e-4


def test_a_large_pool_is_trimmed_without_losing_the_relaxation():
    costs, forbidden, counts, _groups = case(8, 27, (3,) * 9, rows=1)
    pool = every_column(27, {3}, costs)
    assert len(pool) > 80 * 27
    value, people, sizes, limits = relaxed(pool, pool.costs[0], 27, counts, [])
    prices = Prices(people, {3: float(sizes[0])}, limits)
    kept = pricing._trimmed(pool, prices, Pricing(costs, 0, forbidden, counts, []))
    assert len(kept) == 40 * 27
    assert relaxed(kept, kept.costs[0], 27, counts, [])[0] == pytest.approx(value)


def test_a_block_that_gave_all_it_may_is_not_called_whole():
    costs, forbidden, counts, _groups = case(9, 6, (3, 3), rows=1)
    price = Pricing(costs, 0, forbidden, counts, [])
    assert pricing._nothing_cut(price, {3: np.array([[0, 1, 2], [0, 1, 3]])}, 3)
    assert not pricing._nothing_cut(price, {3: np.array([[0, 1, 2], [0, 1, 3]])}, 2)
    assert pricing._nothing_cut(price, {2: np.array([[0, 1]])}, 2)
    assert not pricing._nothing_cut(price, {2: np.array([[0, 1], [2, 3]])}, 2)


@pytest.mark.parametrize("people", [14, 16, 21])
def test_the_way_of_large_districts_finds_what_looking_at_every_group_finds(people, monkeypatch):
    order = (Priority.SCHOOLS, Priority.TRAVEL, Priority.MIX, Priority.WISHES)
    for seed in range(3):
        crowd = district(people, 1, seed)
        exact = form_trios(crowd, Rules(priorities=order))
        assert exact.optimal
        with monkeypatch.context() as small:
            small.setattr(competency, "ALL_COLUMNS", 10)
            priced = form_trios(crowd, Rules(priorities=order))
        assert broken(priced, crowd, Rules()) == []
        assert priced.objective >= exact.objective
        for mine, known in zip(priced.standings, exact.standings, strict=True):
            assert mine.bound <= known.value, "a bound above the best would be a false proof"
            if mine.value != known.value:
                break
        if priced.optimal:
            assert priced.objective == exact.objective


@pytest.mark.parametrize("columns", [10, 5_000])
def test_a_stop_at_any_moment_leaves_groups_and_bounds_that_hold(columns, monkeypatch):
    monkeypatch.setattr(competency, "ALL_COLUMNS", columns)
    monkeypatch.setattr(competency, "FEW_KICKS", 0)
    order = (Priority.TRAVEL, Priority.MIX)
    crowd = district(15, 1, 5, rules=0)
    problem = build_problem(crowd, Rules(priorities=order), pairs=False)
    best = form_trios(crowd, Rules(priorities=order)).objective
    asked = 0
    while asked < 200:
        asked, calls = asked + 1 + asked // 4, []

        def running(most=asked, calls=calls) -> bool:
            calls.append(1)
            return len(calls) <= most

        found = Solver(problem, best_sizes(15, pairs=False), 1, running).solve(EVER)
        assert found.possible
        assert found.bounds[0] <= best[0] <= found.values[0]
        if found.values[0] == best[0]:
            assert found.bounds[1] <= found.values[1]


def test_columns_that_do_not_all_fit_leave_a_gap_and_no_false_proof(monkeypatch):
    monkeypatch.setattr(competency, "ALL_COLUMNS", 10)
    monkeypatch.setattr(competency, "MOST_COLUMNS", 12)
    monkeypatch.setattr(competency, "FEW_KICKS", 0)
    order = (Priority.TRAVEL, Priority.MIX)
    for seed in range(6):
        crowd = district(18, 1, seed, rules=0)
        monkeypatch.setattr(competency, "ALL_COLUMNS", 10)
        few = form_trios(crowd, Rules(priorities=order))
        monkeypatch.setattr(competency, "ALL_COLUMNS", 5_000)
        exact = form_trios(crowd, Rules(priorities=order))
        assert exact.optimal
        assert few.standings[0].bound <= exact.objective[0] <= few.standings[0].value
        if few.standings[0].value == exact.objective[0]:
            assert few.standings[1].bound <= exact.objective[1] <= few.standings[1].value


def test_five_of_a_large_competency_leave_one_person_over(monkeypatch):
    monkeypatch.setattr(competency, "ALL_COLUMNS", 0)
    crowd = district(5, 1, 2, rules=0)
    result = form_trios(crowd, Rules(priorities=(Priority.TRAVEL,)))
    assert ([len(trio.members) for trio in result.trios], len(result.unplaced)) == ([4], 1)
    monkeypatch.undo()
    assert result.objective == form_trios(crowd, Rules(priorities=(Priority.TRAVEL,))).objective


def test_a_second_try_that_is_better_is_taken(monkeypatch):
    """Both competencies are cut short at first, as on a busy machine."""
    monkeypatch.setattr(competency, "ALL_COLUMNS", 10)
    monkeypatch.setattr(competency, "FEW_KICKS", 0)
    real, tries = forming.best_groups, []

    def busy(problem, rules, moment, stop):
        tries.append(problem)
        return real(problem, rules, moment if len(tries) > 2 else 0.0, stop)

    monkeypatch.setattr(forming, "best_groups", busy)
    crowd = district(24, 2, 6, rules=0)
    late = form_trios(crowd, Rules(priorities=(Priority.TRAVEL,)))
    assert len(tries) == 4
    monkeypatch.undo()
    assert late.objective[0] <= form_trios(crowd, Rules(priorities=(Priority.TRAVEL,))).objective[0] * 1.05


def test_a_relaxation_without_a_solution_is_a_fault_of_ours_and_says_so():
    costs, _forbidden, _counts, _groups = case(1, 6, (3, 3), rows=1)
    columns = every_column(6, {3}, costs)
    with pytest.raises(ArithmeticError, match="gave up"):
        relaxed(columns, columns.costs[0], 6, {3: 5}, [])


@pytest.mark.parametrize("pairs", [False, True])
def test_of_very_many_people_the_plain_bound_holds_too(pairs, monkeypatch):
    crowd = district(17, 1, 3)
    rules = Rules(priorities=(Priority.TRAVEL, Priority.MIX), pairs_allowed=pairs)
    exact = form_trios(crowd, rules)
    monkeypatch.setattr(competency, "ALL_COLUMNS", 10)
    monkeypatch.setattr(competency, "MOST_FOR_PRICING", 5)
    plain = form_trios(crowd, rules)
    assert broken(plain, crowd, rules) == []
    first = plain.standings[0]
    assert first.bound <= exact.objective[0] <= first.value
    assert first.bound > 0
    if not plain.optimal:
        assert 0 < plain.gap <= 1
        assert plain.verdict().startswith("Within ")


def test_the_start_of_a_large_competency_that_cannot_be_divided_says_so(monkeypatch):
    monkeypatch.setattr(competency, "ALL_COLUMNS", 0)
    crowd = district(6, 1, 1, rules=0)
    rules = Rules(pins=Pins(apart=tuple((crowd[0].id, other.id) for other in crowd[1:])))
    problem = build_problem(crowd, rules, pairs=False)
    found = Solver(problem, best_sizes(6, pairs=False), 1, lambda: True).solve(EVER)
    assert (found.groups, found.possible) == ([], False)


def test_where_exchanges_find_no_start_the_solver_does(monkeypatch):
    """Two pairs that stay together and rules all around them: without kicks, exchanges are soon at an end."""
    monkeypatch.setattr(competency, "FEW_KICKS", 0)
    found_by_solver = 0
    for seed in range(40):
        crowd = district(9, 1, seed, rules=0)
        dice = np.random.default_rng(seed)
        ids = [person.id for person in crowd]
        apart = {tuple(sorted(dice.choice(ids, 2, replace=False))) for _pair in range(16)}
        together = (("p0000", "p0001"), ("p0002", "p0003"))
        rules = Rules(pins=Pins(together=together, apart=tuple(sorted(apart - set(together)))))
        problem = build_problem(crowd, rules, pairs=False)
        columns = allowed(every_column(9, {3}, problem.costs), problem.forbidden, problem.together)
        possible = False
        if len(columns):
            zero = np.zeros(len(columns), dtype=np.int64)
            possible = best_partition(columns, zero, 9, {3: 3}, [], 60).chosen is not None
        found = Solver(problem, (3, 3, 3), 1, lambda: True).solve(EVER)
        assert found.possible == possible
        found_by_solver += possible
    assert 0 < found_by_solver < 40


def test_people_with_the_most_rules_stay_out_where_a_large_competency_cannot_be_divided(monkeypatch):
    monkeypatch.setattr(forming, "MOST_FOR_EVERY_SIZE", 5)
    crowd = district(10, 1, 4, rules=0)
    lonely = crowd[0].id
    rules = Rules(pins=Pins(apart=tuple((lonely, other.id) for other in crowd[1:])))
    result = form_trios(crowd, rules)
    assert [one.id for one in result.unplaced] == [lonely]
    assert sorted(len(trio.members) for trio in result.trios) == [3, 3, 3]
    assert result.unplaced[0].reason.startswith("The rules leave no place")


def test_where_nobody_can_be_left_out_the_rules_are_named(monkeypatch):
    monkeypatch.setattr(forming, "MOST_FOR_EVERY_SIZE", 3)
    crowd = district(4, 1, 4, rules=0)
    one, two, three, four = (person.id for person in crowd)
    pins = Pins(together=((one, two), (three, four)), apart=((one, three),))
    result = form_trios(crowd, Rules(pins=pins))
    assert len(result.contradiction) > 1
    assert result.contradiction[-1].startswith("With the hard rules, no group of this focus")


def test_the_time_that_is_left_over_goes_to_what_is_not_proven(monkeypatch):
    monkeypatch.setattr(competency, "ALL_COLUMNS", 10)
    monkeypatch.setattr(competency, "MOST_FOR_PRICING", 5)
    crowd = district(24, 2, 6)
    first = []
    real = forming.best_groups

    def watched(problem, rules, moment, stop):
        first.append(problem.n)
        return real(problem, rules, moment, stop)

    monkeypatch.setattr(forming, "best_groups", watched)
    result = form_trios(crowd, Rules(priorities=(Priority.TRAVEL,), time_limit=30))
    assert not result.optimal
    assert len(first) > 2, "each competency was tried once, and some again"
    first.clear()
    form_trios(crowd, Rules(priorities=(Priority.TRAVEL,), time_limit=0.5))
    assert len(first) == 2, "too little time is left for a second try"


def test_among_very_many_rules_an_irreducible_clash_is_named():
    rules = [Rule("apart", (str(n), str(n + 1)), gettext("Pinned.")) for n in range(30)]
    needed = {rules[3], rules[11], rules[29]}
    found = contradictions.smallest(rules, lambda some: needed <= set(some))
    assert set(found) == needed
    few = contradictions.smallest(rules[:6], lambda some: set(rules[:5]) <= set(some))
    assert few == rules[:5], "larger than the sets that are tried one by one"


def test_pins_that_need_five_seats_or_two_trios_at_once_clash():
    crowd = district(9, 1, 2, rules=0)
    ids = [person.id for person in crowd]
    chain = tuple((ids[n], ids[n + 1]) for n in range(4))
    result = form_trios(crowd, Rules(pins=Pins(together=chain)))
    assert result.contradiction[-1] == "A group has at most four seats, and nobody sits in two."
    both = Pins(trios=(tuple(ids[:3]),), together=((ids[2], ids[3]),))
    result = form_trios(crowd, Rules(pins=both))
    assert "A group has at most four seats, and nobody sits in two." in result.contradiction
    assert math.isclose(result.gap, 0)
