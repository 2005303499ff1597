"""Something of the library goes to one's trio, by one's own click."""

from __future__ import annotations

import pytest
from django.urls import reverse

from coaching.models import TrioMaterial
from cohorts.models import ProgramYear, Resource
from leaderdev.common.refusals import RefusedError
from leaderdev.home.sessions.for_trio import take_to_trio
from tests.access.routes.sessions import of_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource(cast):
    return Resource.objects.get(pk=of_resource(cast)["pk"])


def test_it_stands_among_the_trios_materials_once(client, cast, resource):
    here = reverse("home:resource_trio", args=[resource.pk])
    client.force_login(cast.participant)
    shown = client.get(reverse("cohorts:resource_detail", args=[resource.pk])).content.decode()
    assert here in shown
    for _time in range(2):
        answer = client.post(here, {"trio": cast.trio.pk})
        assert answer["Location"] == reverse("coaching:trio", args=[cast.trio.pk])
    row = TrioMaterial.objects.get(trio=cast.trio)
    assert (row.title, row.added_by) == (resource.title, cast.members["participant"])
    # It stands nowhere else: the library's own page is its address.
    assert row.url.endswith(reverse("cohorts:resource_detail", args=[resource.pk]))
    assert resource.title in client.get(answer["Location"]).content.decode()


def test_an_address_is_kept_as_it_is(cast, resource):
    resource.address = "https://example.ca/talk"
    row = take_to_trio(by=cast.participant, resource=resource, trio=cast.trio)
    assert row.where == "https://example.ca/talk"


def test_nobody_takes_it_to_anothers_trio(client, cast, resource):
    here = reverse("home:resource_trio", args=[resource.pk])
    for person in (cast.bystander, cast.lead, cast.facilitator):
        client.force_login(person)
        assert "You sit in no trio now" in client.get(here).content.decode()
        assert client.post(here, {"trio": cast.trio.pk}).status_code == 200
        with pytest.raises(RefusedError):
            take_to_trio(by=person, resource=resource, trio=cast.trio)
    assert not TrioMaterial.objects.exists()


def test_a_closed_year_takes_nothing_more(client, cast, resource):
    ProgramYear.objects.filter(pk=cast.year.pk).update(state=ProgramYear.State.CLOSED)
    client.force_login(cast.participant)
    here = reverse("home:resource_trio", args=[resource.pk])
    assert "You sit in no trio now" in client.get(here).content.decode()
    # Nor by the service alone.
    with pytest.raises(RefusedError, match="of this district"):
        take_to_trio(by=cast.participant, resource=resource, trio=cast.trio)


def test_a_resource_of_another_district_stays_there(cast, other):
    foreign = Resource.objects.get(pk=of_resource(other)["pk"])
    with pytest.raises(RefusedError, match="of this district"):
        take_to_trio(by=cast.participant, resource=foreign, trio=cast.trio)
    assert not TrioMaterial.objects.exists()
