"""Dated posts and the reporting line that follows from them; pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leaderdev.home.demo.roster import (
    AP,
    ASSISTANT,
    CITY,
    CONSULTANT,
    COUNTRY,
    DIRECTOR,
    LEARNING,
    OTHER,
    PRINCIPAL,
    SCHOOLS,
    SUPER,
    Move,
    Person,
)


@dataclass(frozen=True)
class Post:
    """Half-open: from `starts` up to, not including, `ends`."""

    key: str
    role: str
    school: str
    starts: datetime.date
    ends: datetime.date | None
    teaches: bool
    title: str

    def on(self, day: datetime.date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Line:
    """`key` reports to `supervisor` in the half-open time."""

    key: str
    supervisor: str
    starts: datetime.date
    ends: datetime.date | None


def dated_posts(
    people: Iterable[Person],
    moves: Iterable[Move],
    when: Mapping[str, datetime.date],
    began: Mapping[str, datetime.date],
) -> list[Post]:
    """Every post; `when` dates the words of the moves, `began` the first post of each person."""
    later: dict[str, list[Move]] = {}
    for move in moves:
        later.setdefault(move.key, []).append(move)
    posts = []
    for person in people:
        if not person.role:
            continue
        step: Person | Move = person
        starts = began[person.key]
        for move in later.get(person.key, []):
            posts.append(_post(person.key, step, starts, when[move.when]))
            step, starts = move, when[move.when]
        if step.role:
            posts.append(_post(person.key, step, starts, None))
    return posts


def _post(key: str, step: Person | Move, starts: datetime.date, ends: datetime.date | None) -> Post:
    return Post(key, step.role, step.school, starts, ends, step.teaches, step.title)


def reporting_lines(posts: Iterable[Post], since: datetime.date) -> list[Line]:
    """Who reports to whom from a day on: a stretch of time per person and supervisor, none overlapping."""
    posts = list(posts)
    changes = {post.starts for post in posts} | {post.ends for post in posts if post.ends}
    turns = sorted({since} | {day for day in changes if day > since})
    lines: list[Line] = []
    open_lines: dict[str, Line] = {}
    for starts, ends in zip(turns, [*turns[1:], None], strict=True):
        held = [post for post in posts if post.on(starts)]
        for post in held:
            supervisor = _supervisor(post, held)
            line = open_lines.get(post.key)
            if line and line.ends == starts and line.supervisor == supervisor:
                open_lines[post.key] = Line(post.key, line.supervisor, line.starts, ends)
            elif supervisor:
                lines += [line] if line else []
                open_lines[post.key] = Line(post.key, supervisor, starts, ends)
    return sorted([*lines, *open_lines.values()], key=lambda line: (line.key, line.starts))


def _supervisor(post: Post, held: list[Post]) -> str:
    """The key of the person this post reports to among those in office, or an empty text."""
    wanted = _post_above(post)
    found = [
        other
        for other in held
        if other.key != post.key
        and all(getattr(other, name) == value for name, value in wanted.items() if value)
    ]
    return found[0].key if wanted and found else ""


def _post_above(post: Post) -> dict[str, str]:
    in_city, high_school = post.school.startswith("1"), post.school in ("101", "108", "202", "208")
    if post.role == AP:
        return {"role": PRINCIPAL, "school": post.school}
    if post.role == PRINCIPAL:
        return {"title": SCHOOLS if high_school else CITY if in_city else COUNTRY}
    if post.role in (DIRECTOR, CONSULTANT, OTHER):
        return {"title": SCHOOLS if post.title in (CITY, COUNTRY) else LEARNING}
    if post.role == ASSISTANT:
        return {"role": SUPER}
    return {}
