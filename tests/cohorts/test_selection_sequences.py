"""Whatever people click in whatever order and year state, the history stays one unbroken line."""

from __future__ import annotations

import datetime
import itertools

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.models import CompetencySelection, ProgramYear
from cohorts.services.selection_refusals import SelectionRefusedError
from cohorts.services.selections import change_focus, choose_focus

BEGIN = datetime.datetime(2026, 8, 30, 12, tzinfo=datetime.UTC)
clicks = st.one_of(
    st.tuples(st.just("choose"), st.integers(1, 3)),
    st.tuples(st.just("change"), st.integers(1, 3)),
    st.tuples(st.just("state"), st.sampled_from(["open", "closed"])),
    st.tuples(st.just("wait"), st.integers(0, 20)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(clicks, max_size=14))
def test_any_sequence_of_clicks_leaves_one_line_of_choices(cast, sequence):
    CompetencySelection.objects.all().delete()
    ProgramYear.objects.update(state="open")
    now, expected = BEGIN, []
    for what, value in sequence:
        if what == "wait":
            now += datetime.timedelta(days=value)
        elif what == "state":
            ProgramYear.objects.update(state=value)
        elif _allowed(what, value, now, expected):
            _click(cast, what, value, now)
            expected.append(value)
        else:
            _click_and_be_refused(cast, what, value, now)
    rows = list(CompetencySelection.objects.order_by("pk").select_related("competency"))
    assert [int(row.competency.code) for row in rows] == expected
    assert [row.superseded_at is None for row in rows] == [False] * (len(rows) - 1) + [True] * bool(rows)
    assert [row.replaces_id for row in rows] == [None, *(row.pk for row in rows)][: len(rows)]
    assert all(row.superseded_at == after.chosen_at for row, after in itertools.pairwise(rows))


def _allowed(what: str, number: int, now: datetime.datetime, chosen: list[int]) -> bool:
    """The rules in one line each, written apart from the service."""
    if ProgramYear.objects.get().state != "open":
        return False
    if what == "change":
        return bool(chosen) and chosen[-1] != number
    inside = (
        datetime.date(2026, 9, 1) <= (now - datetime.timedelta(hours=6)).date() <= datetime.date(2026, 10, 2)
    )
    return not chosen and inside


def _click(cast, what: str, number: int, now: datetime.datetime) -> None:
    words = {
        "by": cast.participant,
        "membership": cast.members["participant"],
        "year": cast.year,
        "competency": cast.standard.nodes.get(code=str(number)),
        "rationale": "Because.",
    }
    with time_machine.travel(now, tick=False):
        if what == "choose":
            choose_focus(**words)
        else:
            change_focus(**words, reason="other")


def _click_and_be_refused(cast, what: str, number: int, now: datetime.datetime) -> None:
    try:
        _click(cast, what, number, now)
    except SelectionRefusedError as refusal:
        assert str(refusal).endswith((".", "set-up of the year."))
    else:
        raise AssertionError(f"{what} {number} at {now} should have been refused")
