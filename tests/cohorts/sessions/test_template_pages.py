"""Agendas kept as patterns: looked through, renamed, shared, deleted, by those who plan sessions."""

from __future__ import annotations

import pytest
from django.test import Client

from cohorts.models import AgendaItem, SessionTemplate
from cohorts.services.sessions.templates import keep_as_template
from tests.cohorts.sessions.builders import first_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def template(cast) -> SessionTemplate:
    kept = {"by": cast.lead, "session": first_session(cast), "shared": False}
    return keep_as_template(name="Opening day", **kept)


@pytest.fixture
def lead(cast) -> Client:
    client = Client()
    client.force_login(cast.lead)
    return client


def words_of(answered) -> str:
    return " ".join(answered.content.decode().split())


def list_page(cast) -> str:
    return f"/cohorts/{cast.cohort.slug}/session-templates/"


def test_the_list_counts_items_and_minutes_of_each(cast, lead, template):
    shown = words_of(lead.get(list_page(cast)))
    assert "Opening day" in shown
    assert "2 items" in shown
    assert "1 h 30" in shown or "90 min" in shown


def test_an_empty_list_says_how_a_template_is_made(cast, lead):
    assert "template" in words_of(lead.get(list_page(cast))).lower()


def test_it_is_renamed_and_shared_and_an_agenda_made_from_it_stays(cast, lead, template):
    page = f"/session-templates/{template.pk}/"
    assert "Norms" in words_of(lead.get(page))
    answered = lead.post(page, {"name": "  First day  ", "shared": "on"})
    assert answered.url == list_page(cast)
    template.refresh_from_db()
    assert (template.name, template.shared) == ("First day", True)
    assert "required" in words_of(lead.post(page, {"name": ""}))


def test_a_name_that_is_taken_is_refused_with_a_sentence(cast, lead, template):
    first_session(cast)
    other = keep_as_template(by=cast.lead, session=first_session(cast), name="Another", shared=False)
    answered = lead.post(f"/session-templates/{other.pk}/", {"name": "Opening day"})
    assert answered.status_code == 200
    assert "already" in words_of(answered)
    other.refresh_from_db()
    assert other.name == "Another"


def test_deleting_takes_the_pattern_and_leaves_the_session(cast, lead, template):
    delete = f"/session-templates/{template.pk}/delete/"
    assert lead.get(delete).status_code == 405
    assert "“Opening day” is deleted." in words_of(lead.post(delete, follow=True))
    assert SessionTemplate.objects.count() == 0
    assert AgendaItem.objects.filter(session=first_session(cast)).count() == 2
    assert lead.post(delete).status_code == 404


def test_only_those_who_plan_sessions_of_the_district_open_them(cast, other, template):
    for person, status in ((cast.participant, 403), (cast.researcher, 403), (other.lead, 404)):
        client = Client()
        client.force_login(person)
        assert client.get(list_page(cast)).status_code == status
        assert client.get(f"/session-templates/{template.pk}/").status_code == status
        assert client.post(f"/session-templates/{template.pk}/delete/").status_code == status
    assert SessionTemplate.objects.count() == 1
