"""The statements of a standard as a tree."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from cohorts.standard_tree import branch_of, tree


@dataclass
class Node:
    pk: int
    parent_id: int | None = None


NODES = [Node(1), Node(4, 3), Node(2), Node(3, 1), Node(5, 1)]


def test_a_tree_has_each_statement_under_its_parent_in_the_order_given() -> None:
    top = tree(NODES)

    assert [branch.node.pk for branch in top] == [1, 2]
    assert [(below.node.pk, below.depth) for below in top[0].below()] == [(3, 1), (4, 2), (5, 1)]


def test_a_branch_is_found_wherever_it_stands() -> None:
    assert [below.node.pk for below in branch_of(NODES, 3).below()] == [4]


def test_a_statement_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        branch_of(NODES, 9)
