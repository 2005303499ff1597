"""Suppression and coarse facts, without a database."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.facts import Facts, role_group_of, school_level_of
from surveys.joined import coarsened_together, unjoined
from surveys.keys import KEY_BYTES, KeyMissingError, destroy_key, make_key, pairing_key, read_key
from surveys.suppression import allowed_groups, hidden_small, may_show


@pytest.mark.parametrize(
    ("kind", "grades", "level"),
    [
        ("central_office", "", "office"),
        ("school", "K–6", "elementary"),
        ("school", "7-9", "middle"),
        ("school", "10–12", "high"),
        ("school", "K–12", "all"),
        ("school", "7–12", "all"),
        ("school", "", ""),
        ("school", "outreach", ""),
    ],
)
def test_school_levels(kind, grades, level):
    assert school_level_of(kind, grades) == level


def test_role_groups():
    kinds = ["director", "principal", "assistant_principal", "other", "consultant"]
    assert [role_group_of(kind) for kind in kinds] == [
        "division",
        "principal",
        "assistant",
        "other",
        "division",
    ]


def test_a_hidden_count_cannot_be_subtracted_back():
    assert hidden_small([20, 12, 3, 6], 5) == [20, 12, None, None]
    assert hidden_small([20, 12, 0, 6], 5) == [20, 12, 0, 6]
    assert hidden_small([20, 2, 3], 5) == [20, None, None]
    assert hidden_small([20, 1, 2], 5) == [None, None, None]
    assert hidden_small([2, 0, 0], 5) == [None, None, None]
    assert hidden_small([0, 0], 5) == [0, 0]


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(5, 12))
def test_what_is_hidden_is_never_one_small_group(counts, smallest):
    shown = hidden_small(counts, smallest)
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert all(seen is None or seen == 0 or seen >= smallest for seen in shown)
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2
        assert sum(hidden) >= smallest


def test_groups_that_differ_by_too_few_are_not_shown_together():
    everybody = frozenset(range(20))
    assert may_show(frozenset(range(10)), [everybody], 5)
    assert not may_show(frozenset(range(17)), [everybody], 5)
    assert not may_show(frozenset(range(20)), [frozenset(range(16))], 5)
    assert not may_show(frozenset(range(4)), [], 5)


def test_a_part_is_hidden_too_where_what_is_left_would_be_a_small_group():
    parts = {"a": frozenset(range(7)), "b": frozenset(range(7, 13)), "c": frozenset(range(13, 16))}
    assert allowed_groups(frozenset(range(16)), [parts], 5) == [{"a"}]
    one = {"a": frozenset(range(13)), "c": parts["c"]}
    assert allowed_groups(frozenset(range(16)), [one], 5) == [set()]
    assert allowed_groups(frozenset(range(3)), [parts], 5) == [set()]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=40), st.integers(5, 8))
def test_no_two_shown_groups_single_out_fewer_than_the_smallest(rows, smallest):
    everybody = frozenset(range(len(rows)))
    partitions = [
        {name: frozenset(i for i, row in enumerate(rows) if row[place] == name) for name in names}
        for place, names in enumerate(("abc", "xy"))
    ]
    allowed = allowed_groups(everybody, partitions, smallest)
    shown = [p[name] for p, names in zip(partitions, allowed, strict=True) for name in names]
    if len(everybody) >= smallest:
        shown.append(everybody)
    for one in shown:
        for other in shown:
            if one < other:
                assert len(other - one) >= smallest
    for partition, names in zip(partitions, allowed, strict=True):
        rest = everybody.difference(*(partition[name] for name in names))
        assert not names or len(rest) == 0 or len(rest) >= smallest


_FACTS = st.builds(
    Facts,
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, True, False]),
    st.sampled_from(["", "principal", "assistant"]),
    st.sampled_from(["", "middle", "high"]),
)


_JOINED = st.dictionaries(st.sampled_from([1, 2, 3]), _FACTS, min_size=1, max_size=3)


@settings(max_examples=150)
@given(st.lists(_JOINED, max_size=60), st.integers(5, 8))
def test_every_combination_of_facts_that_is_left_is_shared_by_rows_of_the_same_waves(rows, smallest):
    left = coarsened_together(rows, smallest)
    assert [set(row) for row in left] == [set(row) for row in rows]
    waves = Counter(frozenset(row) for row in left)
    told = Counter((frozenset(row), tuple(sorted(row.items(), key=lambda pair: pair[0]))) for row in left)
    for (there, _facts), number in told.items():
        assert number >= min(smallest, waves[there])
    for row, was in zip(left, rows, strict=True):
        assert all(row[wave].focus in (None, was[wave].focus) for wave in was)


_PATTERNS = st.lists(st.frozensets(st.sampled_from([1, 2, 3]), min_size=1), max_size=50)


@settings(max_examples=200)
@given(_PATTERNS, st.integers(5, 8))
def test_nobody_is_set_apart_by_the_waves_answered(patterns, smallest):
    people = {str(number): waves for number, waves in enumerate(patterns)}
    rows = unjoined(people, smallest, rank=int)
    pieces = Counter((key, wave) for key, waves in rows for wave in waves)
    assert pieces == Counter((key, wave) for key, waves in people.items() for wave in waves), (
        "nothing is lost"
    )
    asked = Counter(wave for waves in patterns for wave in waves)
    if all(number >= smallest for number in asked.values()):
        assert all(number >= smallest for number in Counter(waves for _key, waves in rows).values())
    enough = Counter(patterns)
    if all(number >= smallest for number in enough.values()) or len(enough) == 1:
        assert len(rows) == len(people), "nobody is taken apart without need"


def test_as_few_as_needed_are_taken_apart():
    both, before, after = frozenset({1, 2}), frozenset({1}), frozenset({2})
    people = dict.fromkeys("abcdefghijkl", both) | dict.fromkeys("mnopq", before) | {"z": after}
    rows = unjoined(people, 5, rank=str)
    assert Counter(waves for _key, waves in rows) == {both: 8, before: 9, after: 5}
    assert {key for key, waves in rows if waves == after} == {"a", "b", "c", "d", "z"}


def test_a_pairing_key_is_of_one_survey_and_one_person():
    made = {pairing_key(b"k" * 32, survey, f"member:{who}") for survey in (1, 2) for who in (1, 2)}
    assert len(made) == 4
    assert pairing_key(b"k" * 32, 1, "member:1") in made
    assert {len(one) for one in made} == {32}


@pytest.mark.parametrize(
    "name", ["", "../" * 5 + "etc/passwd", "g" * 32, "a" * 31, "a" * 33, "A" * 32, "a" * 32 + "\n"]
)
def test_a_keys_name_never_leads_out_of_its_folder(name, settings):
    """The name is a column of the database; whoever could write it there must reach no other file."""
    for reach in (make_key, read_key, destroy_key):
        with pytest.raises(ValueError, match="32 letters"):
            reach(name)


def test_a_key_that_was_cut_short_is_no_key(settings):
    """A half-restored file would pair nobody with anybody, silently."""
    name = "a" * 32
    make_key(name)
    whole = read_key(name)
    make_key(name)
    assert read_key(name) == whole
    path = settings.SURVEY_KEYS_DIR / f"{name}.key"
    assert (len(whole), path.stat().st_mode & 0o777) == (KEY_BYTES, 0o600)
    for wrong in (whole[:-1], whole + b"x", b""):
        path.write_bytes(wrong)
        with pytest.raises(KeyMissingError):
            read_key(name)


def test_a_destroyed_key_is_gone_and_destroying_it_again_is_no_error(settings):
    name = "b" * 32
    make_key(name)
    destroy_key(name)
    destroy_key(name)
    assert list(settings.SURVEY_KEYS_DIR.iterdir()) == []
    with pytest.raises(KeyMissingError):
        read_key(name)
