"""No query may join the same many rows twice: one of them is open, and another one would be mailed.

Two `filter()` calls along a relation with many rows ask two of them. Django says so in its manual and nobody
hears it while a test has one row, so the suite looks at every query that it runs. Loaded by pyproject.toml.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models.sql import compiler
from django.db.models.sql.datastructures import Join


class JoinedTwiceError(AssertionError):
    """Names the relation. Put the conditions into one call, or ask by Exists or a subquery."""


def joined_twice(query: Any) -> list[str]:
    """Relations to many rows that a query follows more than once from one place."""
    found: Counter[tuple[str, Any]] = Counter()
    for alias, join in query.alias_map.items():
        if isinstance(join, Join) and query.alias_refcount.get(alias) and _leads_to_many(join.join_field):
            found[(join.parent_alias, join.join_field)] += 1
    return [f"{query.model.__name__}: {field}" for (_, field), number in found.items() if number > 1]


def _leads_to_many(field: Any) -> bool:
    return bool(getattr(field, "one_to_many", False) or getattr(field, "many_to_many", False))


def _checked(as_sql: Any) -> Any:
    def checked(self: compiler.SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        sql = as_sql(self, *args, **kwargs)
        if relations := joined_twice(self.query):
            raise JoinedTwiceError(", ".join(relations))
        return sql

    return checked


compiler.SQLCompiler.as_sql = _checked(compiler.SQLCompiler.as_sql)
