"""The statements of a standard as pages read them: each with what stands under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol


class Statement(Protocol):
    pk: int
    parent_id: int | None


@dataclass
class Branch:
    """One statement, how deep it stands (0 at the top), and the branches under it in their order."""

    node: Statement
    depth: int = 0
    branches: list[Branch] = field(default_factory=list)

    def below(self) -> Iterator[Branch]:
        """Everything under it, each statement before what stands under that."""
        for branch in self.branches:
            yield branch
            yield from branch.below()


def tree(nodes: Iterable[Statement]) -> list[Branch]:
    """The top branches. Siblings keep the order in which the nodes come; parents may come after children."""
    branches = {node.pk: Branch(node) for node in nodes}
    top: list[Branch] = []
    for branch in branches.values():
        parent = branch.node.parent_id
        (branches[parent].branches if parent is not None else top).append(branch)
    waiting = list(top)
    while waiting:
        above = waiting.pop()
        for branch in above.branches:
            branch.depth = above.depth + 1
        waiting.extend(above.branches)
    return top


def branch_of(nodes: Iterable[Statement], pk: int) -> Branch:
    """The branch of one statement, wherever it stands. Raises KeyError for one that is not there."""
    waiting = tree(nodes)
    while waiting:
        branch = waiting.pop()
        if branch.node.pk == pk:
            return branch
        waiting.extend(branch.branches)
    raise KeyError(pk)
