"""Any sequence of saves, sendings and reopenings in several tabs ends in one response, the last confirmed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.models import SKIPPED, Participation, Response
from surveys.services.answering import Typed, save_answers, send
from tests.surveys.samples import make_survey, make_wave, seat_of, statements

pytestmark = pytest.mark.django_db
# A move: which tab, what it does, to which statement, with which level.
MOVES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["open", "save", "send", "send twice"]),
        st.integers(0, 3),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_one_response_with_the_last_confirmed_answers(cast, moves):
    survey = make_survey(cast, cast.district.instruments.first())
    wave = make_wave(cast, survey)
    items = [str(item.pk) for item in statements(wave)]
    tabs = [seat_of(cast, wave) for _tab in range(3)]
    typed: dict[str, int] = {}
    confirmed: dict[str, int] = {}
    for tab, move, place, level in moves:
        if move == "open":
            tabs[tab] = seat_of(cast, wave)
            continue
        typed[items[place]] = level
        said = Typed({int(items[place]): level})
        if move == "save":
            save_answers(seat=tabs[tab], typed=said)
            continue
        send(seat=tabs[tab], typed=said)
        if move == "send twice":
            send(seat=tabs[tab], typed=said)
        confirmed = dict(typed)
    assert Response.objects.filter(wave=wave).count() == (1 if typed else 0)
    sent = Response.objects.filter(wave=wave, sent=True)
    assert Participation.objects.filter(wave=wave, done=True).count() == sent.count() == bool(confirmed)
    if confirmed:
        assert sent.get().answers == {key: confirmed.get(key, SKIPPED) for key in items}
    survey.waves.all().delete()


@pytest.fixture(autouse=True)
def an_instrument(cast):
    from tests.surveys.samples import make_instrument

    make_instrument(cast)
