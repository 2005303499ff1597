"""The admin: days of check-ins and nothing of a plan."""

from __future__ import annotations

import datetime

from django.contrib import admin
from django.urls import reverse

from growthplans.models import CheckIn, CheckInDate, Goal
from growthplans.services import sharing
from tests.growthplans.test_moves import lead_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_only_check_in_dates_are_registered():
    ours = {model for model in admin.site._registry if model._meta.app_label == "growthplans"}
    assert ours == {CheckInDate}


def test_a_lead_moves_the_days_of_her_own_district(plan, cast, other, client):
    Goal.objects.create(plan=plan, statement="A goal")
    sharing.share(by=cast.participant, plan=plan, reviewer=lead_of(cast))
    row = CheckInDate.objects.get(program_year=cast.year, kind="middle")
    address = reverse("admin:growthplans_checkindate_change", args=[row.pk])
    client.force_login(cast.lead, backend=BACKEND)
    assert client.get(reverse("admin:growthplans_checkindate_changelist")).status_code == 200
    assert client.post(address, {"due_on": "2027-02-11"}).status_code == 302
    assert CheckIn.objects.get(kind="middle").due_on == datetime.date(2027, 2, 11)
    client.force_login(other.lead, backend=BACKEND)
    assert client.get(address).status_code == 404


def test_a_kind_is_taken_away(plan, cast, client):
    Goal.objects.create(plan=plan, statement="A goal")
    sharing.share(by=cast.participant, plan=plan, reviewer=lead_of(cast))
    row = CheckInDate.objects.get(program_year=cast.year, kind="beginning")
    client.force_login(cast.lead, backend=BACKEND)
    client.post(reverse("admin:growthplans_checkindate_delete", args=[row.pk]), {"post": "yes"})
    assert set(CheckIn.objects.values_list("kind", flat=True)) == {"middle", "end"}
