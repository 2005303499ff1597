"""Pages that say what went wrong stand without any context, and say what to do."""

import pytest
from django.template.loader import render_to_string

from tests.pages.document import problems

PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_sound_without_context(name):
    assert problems(render_to_string(name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_the_page_leads_on(name):
    assert 'href="/"' in render_to_string(name)


def test_the_last_page_needs_no_file_manifest(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    assert "/static/css/tokens.css" in render_to_string("500.html")


@pytest.mark.django_db
def test_a_form_without_its_token_says_so_in_our_words(client):
    strict = type(client)(enforce_csrf_checks=True)
    response = strict.post("/accounts/logout/")
    assert response.status_code == 403
    assert "This form was open too long" in response.content.decode()
