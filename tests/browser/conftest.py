"""A signed-in browser page on the live server, without walking through the sign-in each time."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast, make_cast

LAPTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# Answers that some tests ask for on purpose and check themselves; the browser reports each as an error.
ASKED_FOR = (
    "404 (Not Found)",
    "401 (Unauthorized)",
    "403 (Forbidden)",
    "409 (Conflict)",
    "422 (Unprocessable",
    "ERR_INTERNET_DISCONNECTED",
)
# The narrowest screen that the pages promise to fit.
NARROW = {"width": 360, "height": 740}


@pytest.fixture
def live_cast(transactional_db, live_server) -> Cast:
    return make_cast()


@pytest.fixture
def live_other(live_cast) -> Cast:
    return make_cast("river-bend")


@pytest.fixture
def open_as(browser, live_server):
    """open_as(user, viewport) → a page whose browser is signed in as the user (None: nobody).

    What the browser writes to its console as an error (a blocked script, a missing file) fails the test.
    """
    contexts, complaints = [], []

    def listen(message) -> None:
        if message.type == "error" and not any(words in message.text for words in ASKED_FOR):
            complaints.append(message.text)

    def open_page(user, viewport=LAPTOP, **options):
        context = browser.new_context(viewport=viewport, base_url=live_server.url, **options)
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
