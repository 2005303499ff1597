"""Every address of the site with who gets what. A route that is not here fails the suite.

Add a line with each new route: its name, what a GET answers to each role, and how its arguments
come from the cast. `view_as` is the role that sees the page at its fullest, for the page tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cohorts.models import RosterImport
from cohorts.services import roster
from growthplans.services.check_in_dates import ensure_check_ins
from growthplans.services.documents import make_document, request_document
from leaderdev.common.models import MailboxMessage
from tests.access.roles import (
    CONFIGURERS,
    EVERYONE,
    LEADS,
    LEADS_AND_FACILITATORS,
    LEADS_POST,
    MEMBERS,
    NOBODY,
    PARTICIPANTS,
    PLAN_AUTHOR,
    PLAN_READERS,
    SIGNED_IN,
    Policy,
    policy,
)
from tests.cast import Cast, make_evidence_file, make_plan


def nothing(cast: Cast) -> dict[str, Any]:
    return {}


def of_cohort(cast: Cast) -> dict[str, Any]:
    return {"slug": cast.cohort.slug}


def of_year(cast: Cast) -> dict[str, Any]:
    return {"slug": cast.cohort.slug, "year": cast.year.slug}


def of_district(cast: Cast) -> dict[str, Any]:
    return {"district": cast.district.slug}


def of_standard(cast: Cast) -> dict[str, Any]:
    return {"district": cast.district.slug, "slug": cast.standard.slug}


def of_export(cast: Cast) -> dict[str, Any]:
    return {**of_standard(cast), "form": "case-1-1"}


def of_competency(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.standard.nodes.competencies().order_by("pk")[0].pk}


def of_demo_mail(cast: Cast) -> dict[str, Any]:
    message = MailboxMessage.objects.create(
        to_address=cast.lead.email,
        subject="Welcome to the program",
        text="Hello",
        html="<p>Hello</p>",
        sent_at=timezone.now(),
    )
    return {"pk": message.pk}


def of_token(cast: Cast) -> dict[str, Any]:
    return {"token": "a-token-that-nobody-was-sent"}


def of_no_session(cast: Cast) -> dict[str, Any]:
    return {"pk": 1}


def of_template(cast: Cast) -> dict[str, Any]:
    return {**of_district(cast), "kind": "csv"}


def of_waiting_roster(cast: Cast) -> dict[str, Any]:
    """An upload that waits: somebody new, somebody moved, everybody else absent."""
    data = (
        "E-mail,Name,School\r\nnew@example.ca,New Person,101\r\n"
        f"{cast.participant.email},{cast.participant.name},102\r\n"
    ).encode()
    waiting = roster.start_import(by=None, district=cast.district, file_name="roster.csv", data=data)
    return {**of_district(cast), "pk": waiting.pk}


def of_finished_roster(cast: Cast) -> dict[str, Any]:
    done = RosterImport.objects.create(
        district=cast.district,
        file_name="roster.csv",
        state=RosterImport.State.DONE,
        finished_at=timezone.now(),
        counts={"new": 2, "moved": 1, "changed": 0, "unchanged": 3, "absent": 0, "deactivated": 0},
    )
    return {**of_district(cast), "pk": done.pk}


def of_plan(cast: Cast) -> dict[str, Any]:
    return {"pk": make_plan(cast).pk}


def of_shared_plan(cast: Cast) -> dict[str, Any]:
    """With its check-ins planned, as sharing leaves it."""
    plan = make_plan(cast)
    ensure_check_ins(plan=plan)
    return {"pk": plan.pk}


def of_check_in(cast: Cast) -> dict[str, Any]:
    return {**of_shared_plan(cast), "kind": "middle"}


def of_comment(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast)
    return {"pk": plan.pk, "comment_id": plan.comments.first().pk}


def of_plan_goal(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast)
    return {"pk": plan.pk, "goal_id": plan.goals.first().pk}


def of_plan_part(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast)
    return {"pk": plan.pk, "part": "goal", "part_id": plan.goals.first().pk}


def of_plan_reflection(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast)
    return {"pk": plan.pk, "part_id": plan.reflections.first().pk}


def of_plan_evidence(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast)
    return {"pk": plan.pk, "evidence_pk": plan.evidence.first().pk}


def of_new_evidence(cast: Cast) -> dict[str, Any]:
    return {**of_plan(cast), "kind": "link"}


def of_evidence_file(cast: Cast) -> dict[str, Any]:
    return {"pk": make_plan(cast).pk, "evidence_pk": make_evidence_file(cast).pk}


def of_document(cast: Cast) -> dict[str, Any]:
    """A document that the author ordered and that waits for its worker."""
    order = request_document(by=cast.participant, plan=make_plan(cast), format="docx", paper="letter")
    return {"pk": order.plan_id, "document_pk": order.pk}


def of_ready_document(cast: Cast) -> dict[str, Any]:
    found = of_document(cast)
    make_document(pk=found["document_pk"])
    return found


@dataclass(frozen=True)
class Route:
    """One named address.

    method: "get" for pages, "post" for addresses that only take a form (GET answers 405 to insiders).
    post: how a POST without any field is answered; None where the policy's refusals hold and the
    allowed get the page again or a redirect.
    """

    name: str
    policy: Policy
    kwargs: Callable[[Cast], dict[str, Any]] = nothing
    view_as: str = "lead"
    query: str = ""
    is_page: bool = True
    takes_post: bool = False
    notes: str = field(default="", compare=False)

    def url(self, cast: Cast) -> str:
        return reverse(self.name, kwargs=self.kwargs(cast)) + self.query


ROUTES: tuple[Route, ...] = (
    Route("common:healthz", EVERYONE, is_page=False),
    Route("common:readyz", EVERYONE, is_page=False),
    Route("common:gallery", EVERYONE, notes="not served in production: tests/pages/test_gallery.py"),
    Route("common:mailbox", EVERYONE, notes="only where mail stays inside: tests/common/test_mailbox.py"),
    Route("common:mailbox_message", EVERYONE, kwargs=of_demo_mail),
    Route("common:mailbox_html", EVERYONE, kwargs=of_demo_mail, is_page=False),
    Route("home:start", EVERYONE),
    Route("home:overview", CONFIGURERS),
    Route("cohorts:cohort_list", SIGNED_IN),
    Route("cohorts:cohort_detail", MEMBERS, kwargs=of_cohort),
    Route("cohorts:directory", MEMBERS, kwargs=of_cohort),
    Route("cohorts:former_members", LEADS, kwargs=of_cohort),
    Route("cohorts:year_detail", MEMBERS, kwargs=of_year),
    Route("cohorts:focus", PARTICIPANTS, kwargs=of_year, view_as="participant", takes_post=True),
    Route("cohorts:focus_change", PARTICIPANTS, kwargs=of_year, view_as="participant", takes_post=True),
    Route("cohorts:selections", LEADS_AND_FACILITATORS, kwargs=of_year),
    Route(
        "cohorts:selections_remind",
        LEADS_POST,
        kwargs=of_year,
        is_page=False,
        takes_post=True,
    ),
    Route("cohorts:selections_export", LEADS_AND_FACILITATORS, kwargs=of_year, is_page=False),
    # In a demo only: tests/home/test_demo_people.py.
    Route("home:demo_people", NOBODY, is_page=False),
    Route("home:demo_sign_in", NOBODY, kwargs=of_no_session, is_page=False),
    # Every door has its own tests, state by state: tests/accounts/.
    Route("accounts:sign_in", policy(302, outside=302, door=200), view_as="anonymous"),
    Route("accounts:old_sessions_page", policy(302, outside=302), is_page=False),
    Route("accounts:invitation", policy(410, outside=410, door=410), is_page=False),
    Route("accounts:invitation_link", policy(302, outside=302), kwargs=of_token, is_page=False),
    Route(
        "accounts:invitation_switch_person",
        policy(405, outside=405, door=405),
        is_page=False,
        takes_post=True,
    ),
    Route("accounts:invitation_ask_again", EVERYONE, view_as="anonymous", takes_post=True),
    Route("accounts:invitation_asked", EVERYONE, view_as="anonymous"),
    Route("accounts:welcome", SIGNED_IN),
    Route("accounts:profile", SIGNED_IN, takes_post=True),
    Route("accounts:second_factor", policy(302, outside=302), is_page=False),
    Route("accounts:confirm_by_code", SIGNED_IN, takes_post=True),
    Route("accounts:sessions", SIGNED_IN),
    Route("accounts:session_end", policy(405, outside=405), kwargs=of_no_session, is_page=False),
    Route("accounts:sessions_end_others", policy(405, outside=405), is_page=False, takes_post=True),
    Route("accounts:sessions_end_all", policy(405, outside=405), is_page=False, takes_post=True),
    Route("cohorts:year_setup", LEADS, kwargs=of_year),
    Route("cohorts:year_close", LEADS, kwargs=of_year, takes_post=True),
    Route("cohorts:year_invite", LEADS, kwargs=of_year, takes_post=True),
    Route("cohorts:year_open", LEADS_POST, kwargs=of_year, is_page=False, takes_post=True),
    Route("cohorts:year_reopen", LEADS_POST, kwargs=of_year, is_page=False, takes_post=True),
    Route("cohorts:year_copy", LEADS_POST, kwargs=of_year, is_page=False, takes_post=True),
    Route("cohorts:standard_list", policy(200, stranger=404, other_lead=200)),
    Route("cohorts:standard_library", LEADS, kwargs=of_district, takes_post=True),
    Route("cohorts:standard_import", LEADS, kwargs=of_district, takes_post=True),
    # Without an upload there is nothing to check; the page itself: tests/cohorts/test_standard_pages.py.
    Route(
        "cohorts:standard_import_check",
        policy(403, lead=302, manager=302, operator=302),
        kwargs=of_district,
        is_page=False,
    ),
    Route("cohorts:standard_detail", MEMBERS, kwargs=of_standard),
    Route("cohorts:standard_export", MEMBERS, kwargs=of_export, is_page=False),
    Route("cohorts:competency_detail", MEMBERS, kwargs=of_competency),
    Route("cohorts:competency_words", LEADS, kwargs=of_competency, takes_post=True),
    Route(
        "cohorts:roster",
        policy(403, lead=302, manager=302, operator=200, other_lead=302),
        view_as="operator",
    ),
    Route("cohorts:roster_start", LEADS, kwargs=of_district, view_as="manager", takes_post=True),
    Route("cohorts:roster_template", LEADS, kwargs=of_template, is_page=False),
    Route("cohorts:roster_preview", LEADS, kwargs=of_waiting_roster, view_as="manager", takes_post=True),
    Route(
        "cohorts:roster_preview",
        LEADS,
        kwargs=of_waiting_roster,
        query="?show=new",
        view_as="manager",
    ),
    Route("cohorts:roster_columns", LEADS, kwargs=of_waiting_roster, view_as="manager", takes_post=True),
    Route(
        "cohorts:roster_cancel",
        policy(405, outside=405),
        kwargs=of_waiting_roster,
        is_page=False,
        notes="who may: tests/cohorts/test_roster_pages.py",
    ),
    Route("cohorts:roster_rejected", LEADS, kwargs=of_waiting_roster, is_page=False),
    Route("growthplans:plan_list", SIGNED_IN, view_as="mate"),
    # Whoever has a plan of the year is led to it.
    Route(
        "growthplans:plan_start",
        policy(403, participant=200, mate=200, bystander=200),
        kwargs=of_year,
        view_as="bystander",
        takes_post=True,
    ),
    Route("growthplans:plan_detail", PLAN_READERS, kwargs=of_plan, view_as="participant"),
    Route("growthplans:plan_edit", PLAN_AUTHOR, kwargs=of_plan, view_as="participant", takes_post=True),
    Route(
        "growthplans:autosave",
        policy(404, door=401, participant=200, mate=403),
        kwargs=of_plan,
        is_page=False,
        takes_post=True,
    ),
    *[
        # Forms with one button; who may press them: tests/growthplans/test_writing_pages.py.
        Route(f"growthplans:{name}", policy(405, outside=405), kwargs=kwargs, is_page=False)
        for name, kwargs in (
            ("goal_add", of_plan),
            ("step_add", of_plan_goal),
            ("reflection_add", of_plan),
            ("reflection_release", of_plan_reflection),
            ("part_remove", of_plan_part),
            ("part_restore", of_plan_part),
            ("part_move", of_plan_part),
            ("restore", of_plan),
        )
    ],
    Route("growthplans:share", PLAN_AUTHOR, kwargs=of_plan, view_as="participant", takes_post=True),
    Route("growthplans:release", PLAN_AUTHOR, kwargs=of_plan, view_as="participant", takes_post=True),
    # The named reviewer alone: tests/growthplans/test_sharing_pages.py.
    Route(
        "growthplans:review_send_back",
        policy(404, participant=403, mate=403),
        kwargs=of_plan,
        is_page=False,
        takes_post=True,
    ),
    Route("growthplans:readers", PLAN_READERS, kwargs=of_plan, view_as="participant"),
    Route("growthplans:reviews", SIGNED_IN),
    Route("growthplans:comment_add", PLAN_READERS, kwargs=of_plan, view_as="mate", takes_post=True),
    Route("growthplans:check_in_list", PLAN_READERS, kwargs=of_shared_plan, view_as="participant"),
    Route("growthplans:check_in", PLAN_READERS, kwargs=of_check_in, view_as="participant"),
    Route(
        "growthplans:check_in_change",
        PLAN_AUTHOR,
        kwargs=of_check_in,
        view_as="participant",
        takes_post=True,
    ),
    *[
        # Forms with one button; who may press them: tests/growthplans/test_sharing_pages.py.
        Route(f"growthplans:{name}", policy(405, outside=405), kwargs=kwargs, is_page=False)
        for name, kwargs in (
            ("recall", of_plan),
            ("review_read", of_plan),
            ("start_work", of_plan),
            ("close", of_plan),
            ("reopen", of_plan),
            ("release_withdraw", of_plan),
            ("comment_ask", of_plan),
            ("comment_resolve", of_comment),
            ("comment_withdraw", of_comment),
        )
    ],
    Route("growthplans:progress", LEADS, kwargs=of_year),
    Route("growthplans:evidence", PLAN_READERS, kwargs=of_plan, view_as="participant"),
    Route(
        "growthplans:evidence_add",
        PLAN_AUTHOR,
        kwargs=of_new_evidence,
        view_as="participant",
        takes_post=True,
    ),
    *[
        Route(
            f"growthplans:{name}",
            PLAN_AUTHOR,
            kwargs=of_plan_evidence,
            view_as="participant",
            takes_post=True,
        )
        for name in ("evidence_edit", "evidence_erase")
    ],
    *[
        # Forms with one button; who may press them: tests/growthplans/test_evidence_pages.py.
        Route(f"growthplans:{name}", policy(405, outside=405), kwargs=of_plan_evidence, is_page=False)
        for name in ("evidence_remove", "evidence_put_back")
    ],
    Route("growthplans:evidence_file", PLAN_READERS, kwargs=of_evidence_file, is_page=False),
    Route("growthplans:print", PLAN_READERS, kwargs=of_plan, view_as="participant"),
    Route("growthplans:print", PLAN_READERS, kwargs=of_plan, query="?choose=1", view_as="participant"),
    Route("growthplans:document", PLAN_READERS, kwargs=of_plan, view_as="mate", takes_post=True),
    # A document belongs to whoever ordered it: the plan's other readers do not find it.
    Route(
        "growthplans:document_wait", policy(404, participant=200), kwargs=of_document, view_as="participant"
    ),
    Route("growthplans:document_file", policy(404, participant=200), kwargs=of_ready_document, is_page=False),
    Route("growthplans:history", PLAN_AUTHOR, kwargs=of_plan, view_as="participant"),
    Route("growthplans:compare", PLAN_AUTHOR, kwargs=of_plan, query="?from=0", view_as="participant"),
    Route("cohorts:roster_result", LEADS, kwargs=of_finished_roster, view_as="manager"),
)

# Addresses of other packages, each with the test that covers it instead of a line above.
COVERED_ELSEWHERE = {
    "admin:": "tests/access/test_admin.py",
    "account_": "tests/accounts/test_account_pages.py",
    "mfa_": "tests/accounts/test_account_pages.py",
    "usersessions_": "tests/accounts/test_account_pages.py",
    "openid_connect_": "tests/accounts/test_single_sign_on.py",
    "social": "tests/accounts/test_single_sign_on.py",
}
__all__ = ["COVERED_ELSEWHERE", "EVERYONE", "ROUTES", "Route"]
