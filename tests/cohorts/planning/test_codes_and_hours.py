"""Codes that live for a few minutes, and minutes in the room."""

from __future__ import annotations

import datetime

import pytest

from cohorts.planning import codes
from cohorts.planning.codes import Match
from cohorts.planning.hours import Presence, Stay, in_hours, presence

NOW = datetime.datetime(2026, 9, 17, 15, 1, tzinfo=datetime.UTC)
KEY = b"a key"
START, END = NOW.replace(hour=15, minute=0), NOW.replace(hour=18, minute=0)


def shown(minutes_ago: float = 0, session: int = 7, move: str = "arrive") -> str:
    at = NOW - datetime.timedelta(minutes=minutes_ago)
    return codes.code_at(KEY, session, move, codes.window_of(at))


def found(typed: str) -> Match:
    return codes.match(KEY, 7, "arrive", typed, NOW)


def test_the_code_of_this_moment_and_the_one_before_are_taken():
    assert (found(shown()), found(shown(3)), found(shown(6))) == (Match.NOW, Match.NOW, Match.OLD)


def test_case_spaces_and_dashes_are_nobodys_mistake():
    code = shown()
    assert found(f" {code[:3].lower()}-{code[3:]} ") is Match.NOW


def test_other_sessions_moves_keys_and_tomorrows_code_are_wrong():
    for wrong in (shown(session=8), shown(move="leave"), shown(-10), "", "BCDFGH1", shown(60 * 13)):
        assert found(wrong) is Match.WRONG
    assert codes.match(b"other", 7, "arrive", shown(), NOW) is Match.WRONG


def test_codes_are_six_plain_letters_and_change_every_three_minutes():
    assert len(shown()) == 6
    assert set(shown()) <= set(codes.ALPHABET)
    assert codes.changes_at(NOW) == NOW.replace(minute=3)
    assert len({shown(3 * n) for n in range(100)}) == 100


def at(hour: int, minute: int = 0) -> datetime.datetime:
    return NOW.replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("stays", "result"),
    [
        ([], None),
        ([Stay(at(14, 30))], Presence(180, 0, 0)),
        ([Stay(at(15, 10), at(17, 50))], Presence(160, 0, 0)),
        ([Stay(at(15, 11), at(17, 49))], Presence(158, 11, 11)),
        ([Stay(at(14), at(14, 50))], None),
        ([Stay(at(18))], None),
        # Out for an errand and back.
        ([Stay(at(15), at(16)), Stay(at(17))], Presence(120, 0, 0)),
        # A tick beside a code: time counts once.
        ([Stay(at(15), at(17)), Stay(at(16), at(18, 30))], Presence(180, 0, 0)),
        ([Stay(at(15)), Stay(at(16), at(17))], Presence(180, 0, 0)),
    ],
)
def test_minutes_in_the_room(stays, result):
    assert presence(stays, START, END) == result


@pytest.mark.parametrize(
    ("minutes", "hours"), [(0, "0"), (14, "0"), (15, "0.25"), (180, "3"), (195, "3.25"), (1230, "20.5")]
)
def test_hours_to_the_quarter(minutes, hours):
    assert in_hours(minutes) == hours
