"""Who holds which role where, in both versions of OneRoster. No Django here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

# A roster of leaders has no place for these; their rows are counted and dropped while reading.
IGNORED_ROLES = frozenset({"student", "guardian", "parent", "relative"})
# Whose role describes the person when they hold several; a leader's role outranks a teacher's.
_RANK = (
    "principal", "districtadministrator", "siteadministrator", "administrator", "systemadministrator",
    "counselor", "teacher", "proctor", "aide",
)  # fmt: skip

Records = Iterable[tuple[int, dict[str, str]]]


@dataclass(frozen=True)
class Post:
    """One role at one organization. begins: ISO text or empty. primary: the sender's own mark."""

    role: str
    school: str
    begins: str = ""
    primary: bool = False


def posts_of_1p1(users: Records) -> dict[str, list[Post]]:
    """1.1 writes one role and a list of organizations into the user's own row."""
    posts = {}
    for _line, user in users:
        orgs = [org.strip() for org in user["orgSourcedIds"].split(",") if org.strip()] or [""]
        if user["role"]:
            posts[user["sourcedId"]] = [
                Post(user["role"], org, primary=position == 0) for position, org in enumerate(orgs)
            ]
    return posts


def posts_of_1p2(roles: Records, today: datetime.date) -> dict[str, list[Post]]:
    """1.2 has a file of dated roles; those that are over or deleted do not count.

    The format's endDate is the first day without the role.
    """
    posts: dict[str, list[Post]] = {}
    for _line, role in roles:
        over = role["endDate"] and role["endDate"][:10] <= today.isoformat()
        if role["status"].lower() == "tobedeleted" or over:
            continue
        primary = role["roleType"].lower() == "primary"
        post = Post(role["role"], role["orgSourcedId"], role["beginDate"], primary)
        posts.setdefault(role["userSourcedId"], []).append(post)
    return posts


def best_post(posts: list[Post], primary_school: str) -> Post:
    """The post that stands for the person: a leader's role first, then the primary one, then the first."""

    def order(post: Post) -> tuple[int, bool, bool]:
        role = post.role.lower()
        rank = _RANK.index(role) if role in _RANK else len(_RANK)
        return rank, not post.primary, post.school != primary_school

    return min(posts, key=order)
