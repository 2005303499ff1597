"""The server is killed between and during saves of a plan: what it acknowledged is there, and whole."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.error
import urllib.parse
import urllib.request

import pytest
from django.conf import settings
from django.test import Client

from growthplans.models import GrowthPlan, Revision
from growthplans.services.starting import start_plan
from growthplans.services.timeline import state_at
from tests.cast import make_cast
from tests.faults.processes import Machine, Visitor

pytestmark = pytest.mark.fault
KILLS = 10
# A browser waits as long as it takes; so does this one, on a machine that is busy with other things.
PATIENCE = 120
SAVES_BETWEEN = 8


@pytest.fixture
def plan(transactional_db) -> GrowthPlan:
    cast = make_cast()
    return start_plan(
        by=cast.participant, membership=cast.members["participant"], year=cast.year, origin="blank"
    )


class Author:
    """Types into one box from outside, as the page's script does, and notes what was acknowledged."""

    def __init__(self, machine: Machine, plan: GrowthPlan) -> None:
        client = Client()
        client.force_login(plan.membership.leader.user, backend="django.contrib.auth.backends.ModelBackend")
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        self.plan, self.visitor = plan, Visitor(machine)
        self.address = f"{self.visitor.base}/plans/{plan.pk}/save/"
        self.version, self.acknowledged, self.sent = 1, "", ""
        self.token = ""

    def ask(self, data: bytes | None = None) -> dict:
        request = urllib.request.Request(self.address, data, {"Cookie": self.cookie})
        if self.token:
            request.add_header("Cookie", f"{self.cookie}; {settings.CSRF_COOKIE_NAME}={self.csrf}")
            request.add_header("X-CSRFToken", self.token)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            for header in answer.headers.get_all("Set-Cookie") or []:
                if header.startswith(settings.CSRF_COOKIE_NAME):
                    self.csrf = header.split("=", 1)[1].split(";")[0]
            return json.load(answer)

    def arrive(self) -> None:
        if not self.token:
            self.token = self.ask()["token"]

    def type(self, text: str) -> None:
        """One save; what the server does not acknowledge stays in `sent`, as it would in the browser."""
        self.sent = text
        fields = {"part": "plan", "id": self.plan.pk, "field": "rationale", "value": text}
        answer = self.ask(urllib.parse.urlencode({**fields, "version": self.version}).encode())
        self.version, self.acknowledged = answer["version"], text

    def type_while_it_dies(self, text: str) -> None:
        try:
            self.type(text)
        # An answer that broke off in its middle acknowledges nothing either.
        except (urllib.error.URLError, ConnectionError, TimeoutError, http.client.HTTPException, ValueError):
            return


def test_ten_kills_lose_no_acknowledged_text(machine, plan):
    # One key, so that the sign-in made here counts there.
    server = machine(SECRET_KEY=settings.SECRET_KEY)
    process = server.serve()
    author = Author(server, plan)
    author.arrive()
    for kill in range(KILLS):
        for number in range(SAVES_BETWEEN):
            author.type(f"{author.acknowledged}\nkill {kill}, line {number}")
        dying = threading.Thread(
            target=author.type_while_it_dies, args=(f"{author.acknowledged}\nlast {kill}",)
        )
        dying.start()
        server.kill(process)
        dying.join(PATIENCE)
        plan.refresh_from_db()
        assert plan.rationale in (author.acknowledged, author.sent)
        assert plan.version == 1 + plan.last_revision == 1 + Revision.objects.filter(plan=plan).count()
        process = server.serve()
        # The browser tries again; a save whose answer got lost is acknowledged, whatever version it names.
        author.type(author.sent)
        plan.refresh_from_db()
        assert (plan.rationale, plan.version) == (author.sent, author.version)
    assert state_at(plan, 0)["plan", plan.pk]["rationale"] == ""
