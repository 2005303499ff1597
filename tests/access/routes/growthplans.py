"""Addresses of growth plans."""

from __future__ import annotations

from typing import Any

from growthplans.services.check_in_dates import ensure_check_ins
from growthplans.services.documents import make_document, request_document
from tests.access.roles import LEADS, PLAN_AUTHOR, PLAN_READERS, SIGNED_IN, policy
from tests.access.routes.route import Route, of_year
from tests.cast import Cast, make_evidence_file, make_plan


def of_plan(cast: Cast) -> dict[str, Any]:
    return {"pk": make_plan(cast).pk}


def of_plan_goal(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast)
    return {"pk": plan.pk, "goal_id": plan.goals.first().pk}


def of_plan_reflection(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast)
    return {"pk": plan.pk, "part_id": plan.reflections.first().pk}


def of_plan_part(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast)
    return {"pk": plan.pk, "part": "goal", "part_id": plan.goals.first().pk}


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


def of_new_evidence(cast: Cast) -> dict[str, Any]:
    return {**of_plan(cast), "kind": "link"}


def of_plan_evidence(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast)
    return {"pk": plan.pk, "evidence_pk": plan.evidence.first().pk}


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


GROWTH_PLANS: tuple[Route, ...] = (
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
)
