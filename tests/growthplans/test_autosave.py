"""The address that the script saves to: its five answers."""

from __future__ import annotations

import json

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client, cast, plan):
    client.force_login(cast.participant)

    def call(as_json=False, **values):
        sent = {"part": "plan", "id": plan.pk, "field": "rationale", "value": "Words", "version": 1, **values}
        if as_json:
            return client.post(f"/plans/{plan.pk}/save/", json.dumps(sent), content_type="application/json")
        return client.post(f"/plans/{plan.pk}/save/", sent)

    return call


@pytest.mark.parametrize("as_json", [True, False])
def test_saved_tells_the_next_version_and_the_time(send, plan, as_json):
    answer = send(as_json)
    assert answer.status_code == 200
    assert answer.json()["version"] == 2
    assert answer.json()["saved_at"].startswith("Saved ")
    plan.refresh_from_db()
    assert plan.rationale == "Words"


def test_an_old_version_is_answered_with_the_other_text(send):
    send()
    answer = send(value="Other words")
    assert (answer.status_code, answer.json()) == (409, {"current": "Words", "version": 2})


def test_a_refused_value_is_answered_with_a_sentence(send):
    answer = send(field="competency", value="castle")
    assert (answer.status_code, answer.json()) == (422, {"sentence": "Choose one from the list."})


@pytest.mark.parametrize(
    "values",
    [
        {"part": "castle"},
        {"field": "state", "value": "closed"},
        {"field": "version", "value": "9"},
        {"id": "9" * 30},
        {"id": "x"},
    ],
)
def test_nonsense_is_refused_and_nothing_breaks(send, plan, values):
    for as_json in (True, False):
        assert send(as_json, **values).status_code == 422
    plan.refresh_from_db()
    assert (plan.version, plan.state) == (1, "draft")


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', '{"part": {"a": 1}, "value": {"b": 2}}'])
def test_a_body_that_is_no_save_is_refused(client, cast, plan, body):
    client.force_login(cast.participant)
    answer = client.post(f"/plans/{plan.pk}/save/", body, content_type="application/json")
    assert answer.status_code == 422


def test_signed_out_it_says_where_to_sign_in(plan):
    answer = Client().post(f"/plans/{plan.pk}/save/", {"value": "Words"})
    assert answer.status_code == 401
    assert answer.json() == {"sign_in": f"/accounts/login/?next=/plans/{plan.pk}/edit/"}


def test_a_fresh_form_token_can_be_asked_for(client, cast, plan):
    client.force_login(cast.participant)
    answer = client.get(f"/plans/{plan.pk}/save/").json()
    assert (answer["person"], len(answer["token"])) == (cast.participant.pk, 64)
