"""Forms of the admin that once answered nonsense with a server error."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_cohort_form_refused_with_neither_name_nor_address_is_shown_again(client, cast):
    client.force_login(cast.manager)
    data = {"district": cast.district.pk, "name": "", "slug": "", "purpose": "Kept"}
    data |= {"norms-TOTAL_FORMS": "0", "norms-INITIAL_FORMS": "0"}
    page = client.post(reverse("admin:cohorts_cohort_change", args=[cast.cohort.pk]), data)
    assert page.status_code == 200
    assert "Kept" in page.content.decode()
    cast.cohort.refresh_from_db()
    assert cast.cohort.slug


@pytest.mark.parametrize("value", ["NaN", "inf", "x", "9" * 30, "-1"])
def test_a_leader_that_is_no_key_is_refused(client, cast, value):
    client.force_login(cast.manager)
    data = {"cohort": cast.cohort.pk, "leader": value, "role": "participant", "joined_on": "2026-09-01"}
    page = client.post(reverse("admin:cohorts_membership_add"), data)
    assert page.status_code == 200
    assert b"errorlist" in page.content or b"invalid" in page.content


@pytest.mark.parametrize("value", ["NaN", "9" * 30, "9" * 5000, "0", "-1"])
def test_a_cohort_that_is_no_key_filters_people_to_nobody(client, cast, value):
    client.force_login(cast.manager)
    for question in ({"cohort": value}, {"cohort": value, "part": "lead"}):
        # Django's own filters lead back to the whole list, with a note, from what they cannot read.
        page = client.get(reverse("admin:cohorts_leader_changelist"), question)
        assert page.status_code == 200 or page.url.endswith("?e=1")
        assert cast.participant.email.encode() not in page.content
