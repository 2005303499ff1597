"""A cohort's pace and thresholds: defaults until somebody who configures the year changes them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from coaching.models import CoachingSettings, settings_of
from coaching.services.coaching_settings import set_coaching
from cohorts.services.errors import RefusedError

pytestmark = pytest.mark.django_db
ASKED = {
    "cadence": "six_weeks",
    "answer_days": 5,
    "quiet_share_percent": 20,
    "quiet_rounds": 3,
    "missed_in_a_row": 2,
    "untouched_goal_rounds": 4,
    "conversation_after_rounds": 3,
}


def test_nobody_else_changes_them(cast):
    with pytest.raises(RefusedError, match="configure the year"):
        set_coaching(by=cast.participant, year=cast.year, values=ASKED)
    assert not CoachingSettings.objects.exists()


def test_a_lead_changes_them_on_a_page(client, cast):
    client.force_login(cast.lead)
    url = reverse("coaching:settings", args=[cast.cohort.slug, cast.year.slug])
    assert client.get(url).context["form"].initial["answer_days"] == settings_of(cast.year).answer_days == 3

    answer = client.post(url, ASKED)

    assert answer.url == reverse("coaching:standing", args=[cast.cohort.slug, cast.year.slug])
    kept = settings_of(cast.year)
    assert {name: getattr(kept, name) for name in ASKED} == ASKED


def test_a_number_that_cannot_be_is_refused_with_its_sentence(client, cast):
    client.force_login(cast.lead)
    url = reverse("coaching:settings", args=[cast.cohort.slug, cast.year.slug])

    page = client.post(url, {**ASKED, "quiet_share_percent": 80, "answer_days": 0}).content.decode()

    assert "A small share is at most half of the time." in page
    assert "Each of these numbers is at least one." in page
    assert not CoachingSettings.objects.exists()
