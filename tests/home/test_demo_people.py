"""Choosing whom to be: a page of the demo, and of nothing else."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leaderdev.accounts.models import SecurityEvent
from leaderdev.accounts.signins import sign_in_as_demo_person
from tests.cast import make_user
from tests.pages.crowd import grow
from tests.pages.document import problems

pytestmark = pytest.mark.django_db
PEOPLE = reverse("home:demo_people")


def sign_in_address(user) -> str:
    return reverse("home:demo_sign_in", args=[user.pk])


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.mark.parametrize("role", [None, "participant", "operator"])
def test_outside_a_demo_there_is_no_such_page(cast, role):
    client = Client()
    if role:
        client.force_login(getattr(cast, role), backend="django.contrib.auth.backends.ModelBackend")
    before = client.session.get("_auth_user_id")
    assert client.get(PEOPLE).status_code == 404
    assert client.post(sign_in_address(cast.lead)).status_code == 404
    assert client.session.get("_auth_user_id") == before


def test_everybody_who_may_sign_in_stands_in_one_group(client, cast, demo):
    groups = {g.title: [p.name for p in g.people] for g in client.get(PEOPLE).context["groups"]}
    assert groups == {
        "Participants": ["Bystander Person", "Mate Person", "Participant Person", "Third Person"],
        "Program leads": ["Lead Person"],
        "Facilitators": ["Facilitator Person"],
        "Researchers": ["Researcher Person"],
        "On the roll, in no cohort": ["Manager Person", "Stranger Person"],
        "Operators": ["Operator Person"],
    }


def test_the_page_is_sound(client, cast, demo):
    assert problems(client.get(PEOPLE).content.decode()) == []


@pytest.mark.parametrize(
    ("search", "expected"),
    [("mate", ["Mate Person"]), ("School 103", ["Third Person"]), ("nobody at all", [])],
)
def test_searching_by_name_or_school(client, cast, demo, search, expected):
    groups = client.get(PEOPLE, {"q": search}).context["groups"]
    assert [p.name for g in groups for p in g.people] == expected


def test_a_click_signs_in_and_a_second_click_is_somebody_else(client, cast, demo):
    for person in (cast.participant, cast.operator):
        answer = client.post(sign_in_address(person))
        assert (answer.status_code, answer.url) == (302, "/")
        assert client.session["_auth_user_id"] == str(person.pk)
    assert SecurityEvent.objects.of(cast.operator).filter(kind="signed_in", detail="demo").count() == 1


def test_a_passkey_of_an_earlier_visitor_stands_in_nobodys_way(client, cast, demo):
    TOTP.activate(cast.participant, generate_totp_secret())
    assert client.post(sign_in_address(cast.participant)).url == "/"
    assert client.session["_auth_user_id"] == str(cast.participant.pk)


def test_the_way_past_the_second_step_is_shut_outside_a_demo(rf, cast):
    with pytest.raises(PermissionDenied):
        sign_in_as_demo_person(rf.post("/"), cast.participant, then="/")


def test_looking_at_the_page_signs_nobody_in(client, cast, demo):
    assert client.get(sign_in_address(cast.lead)).status_code == 405
    assert "_auth_user_id" not in client.session


def test_somebody_switched_off_cannot_be_chosen(client, cast, demo):
    assert client.post(sign_in_address(cast.disabled)).status_code == 404


def test_people_worth_a_first_visit_stand_on_top_with_what_to_try(client, cast, demo):
    from leaderdev.home.demo.people import SPOTLIGHT

    spot = SPOTLIGHT[0]
    person = make_user(spot.email, "Brenda Saddleback")
    first = client.get(PEOPLE).context["first"]
    assert [(p.pk, p.heading, p.sentence) for p in first] == [(person.pk, spot.heading, spot.sentence)]


def test_a_hundred_people_cost_no_more_queries_than_ten(client, cast, demo):
    counts = []
    for rows, first in ((1, 0), (20, 1)):
        grow(cast, rows, first=first)
        with CaptureQueriesContext(connection) as caught:
            client.get(PEOPLE)
        counts.append(len(caught))
    assert counts[0] == counts[1]
