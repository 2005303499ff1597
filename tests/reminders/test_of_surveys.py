"""Chasers of a survey: of two waves of one cohort, each is asked about itself."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from cohorts.models import Membership
from surveys.models import Participation, Wave
from surveys.services.waves import remind
from tests.reminders.postbox import DAY, HOUR, MINUTE, morning, told
from tests.surveys.samples import make_survey, make_wave

# The wave closes on Friday 20 November 2026, 17:00 in Edmonton; five days before is a Sunday.
CLOSES = dt.datetime(2026, 11, 21, 0, tzinfo=dt.UTC)
FIRST, SECOND = morning(dt.date(2026, 11, 13)), morning(dt.date(2026, 11, 19))
PARTICIPANTS = ["bystander", "mate", "participant", "third"]


@pytest.fixture
def survey(cast, tmp_path, settings):
    settings.SURVEY_KEYS_DIR = tmp_path
    return make_survey(cast)


@pytest.fixture
def wave(cast, survey) -> Wave:
    return make_wave(cast, survey, opens_at=CLOSES - 14 * DAY, closes_at=CLOSES)


def names(instant: dt.datetime) -> list[str]:
    return [name for name, _ in told(instant, "survey_closes")]


def settle(wave: Wave, cast, **names_of) -> None:
    for field, name in names_of.items():
        Participation.objects.create(wave=wave, membership=cast.members[name], **{field: True})


def test_two_mails_at_most_and_none_to_who_has_answered_or_said_no(cast, wave):
    settle(wave, cast, done="mate", excused="third")
    assert names(FIRST - MINUTE) == []
    path = f"/surveys/{wave.pk}/"
    assert told(FIRST, "survey_closes") == [("bystander", path), ("participant", path)]
    assert names(FIRST + DAY) == []
    settle(wave, cast, done="bystander")
    assert names(SECOND) == ["participant"]
    assert names(SECOND + HOUR) == []
    assert names(CLOSES + HOUR) == []


def test_neither_a_closed_nor_a_planned_wave_is_mailed_because_another_is_open(cast, survey, wave):
    same = {"opens_at": CLOSES - 14 * DAY, "closes_at": CLOSES}
    make_wave(cast, survey, "mid", closed=True, **same)
    make_wave(cast, survey, "post", announced=False, **same)
    make_wave(cast, survey, "other", reminders_sent=2, **same)
    sealed = make_survey(cast, survey.instrument, sealed=True)
    make_wave(cast, sealed, **same)
    path = f"/surveys/{wave.pk}/"
    assert told(FIRST, "survey_closes") == [(name, path) for name in PARTICIPANTS]


def test_who_has_answered_one_is_asked_about_the_other(cast, survey, wave):
    second = make_wave(cast, survey, "post", opens_at=CLOSES - 14 * DAY, closes_at=CLOSES)
    settle(second, cast, done="mate")
    settle(wave, cast, done="third")
    first, other = f"/surveys/{wave.pk}/", f"/surveys/{second.pk}/"
    both = [(name, path) for name in ("bystander", "participant") for path in (first, other)]
    assert told(FIRST, "survey_closes") == sorted([*both, ("mate", first), ("third", other)])


def test_everybody_of_the_cohort_is_chased_only_where_everybody_was_asked(cast, survey, wave):
    Wave.objects.update(audience=Wave.Audience.MEMBERS)
    assert names(FIRST) == sorted([*PARTICIPANTS, "facilitator", "lead", "researcher"])


def test_a_wave_of_two_days_chases_nobody(cast, survey):
    make_wave(cast, survey, opens_at=CLOSES - 2 * DAY, closes_at=CLOSES)
    assert names(SECOND) == []
    make_wave(cast, survey, "post", opens_at=CLOSES - 2 * DAY - HOUR, closes_at=CLOSES)
    assert names(SECOND + MINUTE) == PARTICIPANTS


def test_who_was_reminded_by_hand_is_left_in_peace(cast, wave):
    with time_machine.travel(FIRST - 3 * HOUR, tick=False):
        remind(by=cast.lead, wave=wave)
    assert names(FIRST) == []
    assert names(SECOND) == []


def test_a_wave_of_three_days_is_chased_once_on_its_last_morning_and_not_when_it_opens(cast, survey):
    """Feedback opens while the session still runs, and its first mail would have been due days before."""
    opens, closes = CLOSES - 3 * DAY - HOUR, CLOSES
    make_wave(cast, survey, opens_at=opens, closes_at=closes)
    for instant in (opens, opens + MINUTE, opens + 6 * HOUR, opens + 16 * HOUR, SECOND - MINUTE):
        assert names(instant) == [], instant
    assert names(SECOND) == PARTICIPANTS
    assert names(SECOND + HOUR) == []


def test_who_holds_two_roles_is_asked_once_and_left_in_peace_once_she_has_answered(cast, survey, wave):
    Wave.objects.update(audience=Wave.Audience.MEMBERS)
    second = Membership.objects.create(
        cohort=cast.cohort,
        leader=cast.members["mate"].leader,
        role=Membership.Role.FACILITATOR,
        joined_on=cast.year.starts_on,
    )
    assert names(FIRST).count("mate") == 1
    settle(wave, cast, done="mate")
    assert "mate" not in names(SECOND)
    Participation.objects.all().delete()
    Participation.objects.create(wave=wave, membership=second, done=True)
    assert "mate" not in names(SECOND + MINUTE)
