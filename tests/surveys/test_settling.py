"""Closing and sealing, and what is left to link by afterwards."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from leaderdev.common.refusals import RefusedError
from surveys.keys import KeyMissingError
from surveys.models import Participation, Response
from surveys.pairs import flow, paired
from surveys.services.settling import close_wave, seal
from tests.surveys.samples import DAY, NOW, answer, answer_and_send, make_wave, seat_of

pytestmark = pytest.mark.django_db
PEOPLE = ("participant", "mate", "third", "bystander")


@pytest.fixture
def two_waves(cast, survey):
    pre, post = make_wave(cast, survey), make_wave(cast, survey, "post")
    for place, name in enumerate(PEOPLE, start=1):
        answer_and_send(seat_of(cast, pre, name), [place, 1, 1, 1])
        answer_and_send(seat_of(cast, post, name), [place, 2, 2, 1])
    return pre, post


def test_closing_erases_drafts_and_gives_new_ids(cast, survey, two_waves):
    pre, _post = two_waves
    before = set(pre.responses.values_list("pk", flat=True))
    answer(seat_of(cast, pre), [4])
    pre.responses.create(pairing_key="0" * 32, draft={"answers": {}})
    close_wave(by=cast.lead, wave=pre)
    assert pre.responses.count() == 4
    assert not pre.responses.exclude(draft=None).exists()
    assert not before & set(pre.responses.values_list("pk", flat=True))
    with pytest.raises(RefusedError, match="closed already"):
        close_wave(by=cast.lead, wave=pre)


def test_only_those_who_configure_close_and_seal(cast, survey, two_waves):
    for name in ("participant", "researcher", "facilitator"):
        with pytest.raises(PermissionDenied):
            close_wave(by=getattr(cast, name), wave=two_waves[0])
        with pytest.raises(PermissionDenied):
            seal(by=getattr(cast, name), survey=survey)


def test_an_open_wave_cannot_be_sealed(cast, survey, two_waves):
    with pytest.raises(RefusedError, match="still open"):
        seal(by=cast.lead, survey=survey)
    draft = make_wave(cast, survey, "mid", announced=False, opens_at=NOW - 9 * DAY, closes_at=NOW - 8 * DAY)
    with pytest.raises(RefusedError):
        close_wave(by=cast.lead, wave=draft)


def test_sealing_keeps_the_pairs_and_forgets_the_people(
    cast, survey, two_waves, django_capture_on_commit_callbacks
):
    pre, post = two_waves
    seats = [seat_of(cast, pre, name) for name in PEOPLE]
    known = {seat.pairing_key() for seat in seats}
    close_wave(by=cast.lead, wave=pre)
    close_wave(by=cast.lead, wave=post)
    with django_capture_on_commit_callbacks(execute=True):
        seal(by=cast.lead, survey=survey)
    both = paired(pre, post)
    assert both.pre.n == 4
    assert both.pre.column("1").tolist() == both.post.column("1").tolist()
    assert not known & set(Response.objects.values_list("pairing_key", flat=True))
    with pytest.raises(KeyMissingError):
        seats[0].pairing_key()
    # Four people are fewer than five: no fact is left that any of them shares with too few.
    facts = Response.objects.values_list("focus", "changed_focus", "role_group", "school_level")
    assert set(facts) == {(None, None, "", "")}
    assert Participation.objects.filter(done=True).count() == 8
    with pytest.raises(RefusedError, match="sealed already"):
        seal(by=cast.lead, survey=survey)


def test_sealing_closes_a_wave_whose_time_is_over_and_erases_what_was_never_sent(cast, survey, two_waves):
    """Nobody has to close each wave by hand first, and no draft outlives the survey."""
    pre, post = two_waves
    answer(seat_of(cast, pre), [4])
    pre.responses.create(pairing_key="0" * 32, draft={"answers": {}})
    survey.waves.update(closes_at=NOW - DAY)
    seal(by=cast.lead, survey=survey)
    assert set(survey.waves.values_list("closed", flat=True)) == {True}
    assert (pre.responses.count(), post.responses.count()) == (4, 4)
    assert not Response.objects.exclude(draft=None).exists()
    with pytest.raises(RefusedError, match="sealed already"):
        seal(by=cast.lead, survey=survey)


def test_pairs_hold_consenting_people_with_reverse_statements_turned(cast, survey, two_waves):
    pre, post = two_waves
    answer_and_send(seat_of(cast, post, "mate"), [2], consent=False)
    both = paired(pre, post)
    assert (both.pre.n, both.post.n) == (3, 3)
    assert sorted(both.pre.column("1")) == [1, 3, 4]
    assert set(both.pre.column("4")) == {4}
    assert [item.reverse_keyed for item in both.pre.items] == [False, False, False, True]
    assert flow(pre, post).paired == 4
    assert flow(pre, post).paired_consenting == 3
    assert flow(pre, post).consenting_post == 3


def test_waves_of_two_surveys_are_never_paired(cast, survey, two_waves):
    from tests.surveys.samples import make_survey

    foreign = make_wave(cast, make_survey(cast, survey.instrument))
    with pytest.raises(ValueError, match="two surveys"):
        paired(two_waves[0], foreign)
