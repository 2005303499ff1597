"""Addresses of the site itself: health, the gallery, the demo mailbox, the start page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from leaderdev.common.models import MailboxMessage
from tests.access.roles import CONFIGURERS, EVERYONE, NOBODY, policy
from tests.access.routes.route import Route, of_no_session
from tests.cast import Cast


def of_demo_mail(cast: Cast) -> dict[str, Any]:
    message = MailboxMessage.objects.create(
        to_address=cast.lead.email,
        subject="Welcome to the program",
        text="Hello",
        html="<p>Hello</p>",
        sent_at=timezone.now(),
    )
    return {"pk": message.pk}


SITE: tuple[Route, ...] = (
    Route("common:healthz", EVERYONE, is_page=False),
    Route("common:readyz", EVERYONE, is_page=False),
    Route("common:gallery", EVERYONE, notes="not served in production: tests/pages/test_gallery.py"),
    Route("common:mailbox", EVERYONE, notes="only where mail stays inside: tests/common/test_mailbox.py"),
    Route("common:mailbox_message", EVERYONE, kwargs=of_demo_mail),
    Route("common:mailbox_send", policy(405, outside=405, door=405), is_page=False),
    Route("common:mailbox_html", EVERYONE, kwargs=of_demo_mail, is_page=False),
    Route("home:start", EVERYONE),
    Route("home:overview", CONFIGURERS),
    # In a demo only: tests/home/test_demo_people.py.
    Route("home:demo_people", NOBODY, is_page=False),
    Route("home:demo_sign_in", NOBODY, kwargs=of_no_session, is_page=False),
)
