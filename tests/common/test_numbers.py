"""Numbers as browsers send them."""

from __future__ import annotations

import pytest

from leaderdev.common.numbers import whole


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("0", 0), (12, 12), ("9" * 15, 10**15 - 1)],
)
def test_a_whole_number_is_read(text, number):
    assert whole(text) == number


@pytest.mark.parametrize(
    "text",
    ["", None, "-1", "+1", "1.0", " 1", "1e3", "²", "٣", "NaN", "9" * 16, "9" * 5000, "1\x00", [], True],
)
def test_everything_else_is_none(text):
    assert (whole(text), whole(text, otherwise=-1)) == (0, -1)
