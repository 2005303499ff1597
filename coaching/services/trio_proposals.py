"""Proposals of trios: asked for, formed in the background, stopped, copied, put aside.

A proposal is formed under a lease, like a printed plan: a worker that dies leaves the row to the next one.
Confidential wishes are read when the solver starts and are stored nowhere else.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from coaching import matching
from coaching.forming_permissions import may_form_trios
from coaching.matching import Person, Result, Rules, Trio
from coaching.matching.continuity import continuing
from coaching.matching.plain import person_from, plain_rules, rules_from
from coaching.matching.sentences import plain_said
from coaching.models import TrioProposal, TrioWishes
from coaching.participants import Participant, participants_of, rules_of
from coaching.said import said
from coaching.services.confidential_wishes import with_confidential_wishes, without_wishes_around_pins
from cohorts.models import ProgramYear, TrioSeat
from leaderdev.common.refusals import RefusedError

logger = logging.getLogger("leaderdev.trios")

State = TrioProposal.State
FORM_TASK = "coaching.tasks.form_proposal"
# The solver keeps to its limit of a minute; a worker that needs longer than this is dead.
LEASE = timedelta(seconds=150)
MOST_ATTEMPTS = 3
# Several at once would share the machine's processors and all be worse for it.
MOST_WAITING = 3
# How often the solver's loop looks whether somebody pressed "stop" (seconds).
LOOK_EVERY = 0.5


@transaction.atomic
def propose_trios(
    *,
    by: Any,
    year: ProgramYear,
    rules: Rules | None = None,
    include_without_school: bool = False,
    kind: str = TrioProposal.Kind.FRESH,
    based_on: TrioProposal | None = None,
) -> TrioProposal:
    """Store the people as they are now and order a proposal; a worker forms it after the commit.

    by: who asks, None for a command. rules: rules_of(year) where nothing is said. Raises RefusedError with a
    sentence where nobody is ready, where pins name others, or where several proposals are waiting already.
    """
    if by is not None and not may_form_trios(by, year):
        raise RefusedError(_("Trios are formed by those who configure the year."))
    year = (
        ProgramYear.objects.select_for_update().select_related("cohort__district", "standard").get(pk=year.pk)
    )
    if year.is_closed:
        raise RefusedError(_("This year is closed. Reopen it to form trios."))
    if year.trio_proposals.filter(state=State.WAITING).count() >= MOST_WAITING:
        raise RefusedError(_("Several proposals are being formed already. Wait for one of them or stop it."))
    people = seatable(participants_of(year), include_without_school=include_without_school)
    if not people:
        raise RefusedError(_("Nobody is ready to be seated. The list below says what each person lacks."))
    rules = rules or rules_of(year)
    known = {str(one.membership.pk) for one in people}
    rules = matching.without_strangers(rules, known)
    proposal = TrioProposal.objects.create(
        program_year=year,
        number=(year.trio_proposals.aggregate(last=Max("number"))["last"] or 0) + 1,
        kind=kind,
        rules={**plain_rules(rules), "include_without_school": include_without_school},
        snapshot=_dumped([one.row() for one in people]),
        before=seats_now(year) if kind == TrioProposal.Kind.REPAIR else [],
        based_on=based_on,
        made_by=by,
        made_at=timezone.now(),
    )
    transaction.on_commit(lambda: _wake(proposal.pk))
    return proposal


def repair_trios(*, by: Any, year: ProgramYear, pinned: set[int] | None = None) -> TrioProposal:
    """Order a repair of the published trios: fewest people moved. pinned: keys of trios to leave alone."""
    groups = seats_now(year)
    if not groups:
        raise RefusedError(_("This year has no trios to repair yet. Form them first."))
    last = year.trio_proposals.filter(state=State.PUBLISHED).order_by("-published_at").first()
    wanted = rules_from(last.rules) if last else rules_of(year)
    given = {"priorities": wanted.priorities, "keep_last_trios": wanted.keep_last_trios}
    include = bool(last and last.rules.get("include_without_school"))
    with transaction.atomic():
        proposal = propose_trios(
            by=by,
            year=year,
            rules=rules_of(year, **given),
            include_without_school=include,
            kind=TrioProposal.Kind.REPAIR,
            based_on=last,
        )
        for group in proposal.before:
            group["pinned"] = group["trio"] in (pinned or set())
        proposal.save(update_fields=["before"])
    return proposal


def seatable(people: list[Participant], *, include_without_school: bool) -> list[Participant]:
    return [
        one
        for one in people
        if one.ready
        or (
            include_without_school
            and one.person is not None
            and one.post is None
            and one.membership.leader.user.is_active
        )
    ]


def seats_now(year: ProgramYear) -> list[dict[str, Any]]:
    """The trios of the year as they sit, people who have left included: a repair must know of their seats."""
    seats = TrioSeat.objects.filter(program_year=year, left_on=None).select_related("trio__competency")
    found: dict[int, dict[str, Any]] = {}
    for seat in seats.order_by("trio__number", "pk"):
        group = found.setdefault(
            seat.trio_id,
            {
                "competency": seat.trio.competency.coded_label,
                "members": [],
                "pinned": False,
                "trio": seat.trio_id,
                "number": seat.trio.number,
            },
        )
        group["members"].append(str(seat.membership_id))
    return list(found.values())


def stop_forming(*, by: Any, proposal: TrioProposal) -> None:
    """Ask the worker for the best so far; nothing happens where it is done already."""
    _allowed(by, proposal)
    waiting = TrioProposal.objects.filter(pk=proposal.pk, state=State.WAITING, stop_asked_at=None)
    waiting.update(stop_asked_at=timezone.now())


def set_aside(*, by: Any, proposal: TrioProposal, aside: bool) -> None:
    """Take a proposal out of the list, or put it back. A published one stays."""
    _allowed(by, proposal)
    if proposal.is_published:
        raise RefusedError(_("A published proposal stays in the list: it is the record of what was decided."))
    TrioProposal.objects.filter(pk=proposal.pk).update(set_aside_at=timezone.now() if aside else None)


@transaction.atomic
def copy_proposal(*, by: Any, proposal: TrioProposal) -> TrioProposal:
    """A second proposal that begins where the first one stands, to try moves without losing it."""
    _allowed(by, proposal)
    year = ProgramYear.objects.select_for_update().get(pk=proposal.program_year_id)
    if year.is_closed or proposal.state not in (State.READY, State.PUBLISHED):
        raise RefusedError(_("Only a proposal that is ready can be copied, and only while the year is open."))
    last = year.trio_proposals.aggregate(last=Max("number"))["last"]
    values = {
        field: getattr(proposal, field)
        for field in (
            *("kind", "rules", "snapshot", "groups", "unplaced", "before", "standings", "notes"),
            *("seconds", "stopped", "moves_made"),
        )
    }
    return TrioProposal.objects.create(
        program_year=year,
        number=last + 1,
        state=State.READY,
        progress=100,
        based_on=proposal,
        made_by=by,
        made_at=timezone.now(),
        **values,
    )


def _allowed(by: Any, proposal: TrioProposal) -> None:
    if by is not None and not may_form_trios(by, proposal.program_year):
        raise RefusedError(_("Trios are formed by those who configure the year."))


def _wake(pk: int) -> None:
    try:
        current_app.send_task(FORM_TASK, [pk])
    except OperationalError:
        logger.warning("No broker answers; the proposal is formed with the next sweep.")


def form_due(*, now: datetime) -> int:
    """Form what a lost message or a killed worker left behind; returns how many."""
    keys = list(TrioProposal.objects.due_at(now).order_by("made_at").values_list("pk", flat=True)[:2])
    return sum(form_proposal(pk=pk, now=now) for pk in keys)


def form_proposal(*, pk: int, now: datetime | None = None) -> bool:
    """Form one proposal if nobody else has it in hand; True when it has an answer."""
    proposal = _claim(pk, now or timezone.now())
    if proposal is None:
        return False
    try:
        result = _solved(proposal)
    except matching.RefusedError as refusal:
        return _settle(proposal, state=State.FAILED, notes=[plain_said(one) for one in refusal.problems])
    except Exception as error:  # whatever it is: the row counts the attempt, and the lead is told
        logger.exception("Trios could not be formed: %s", type(error).__name__)
        failed = proposal.attempts >= MOST_ATTEMPTS
        _settle(proposal, **({"state": State.FAILED} if failed else {}))
        return False
    return _settle(proposal, **_columns(proposal, result))


def _claim(pk: int, now: datetime) -> TrioProposal | None:
    """Take the row under a lease of ours; the conditional UPDATE lets only one worker win."""
    lease = {"lease_until": now + LEASE, "lease_token": uuid.uuid4().hex, "attempts": F("attempts") + 1}
    free = TrioProposal.objects.due_at(now).filter(pk=pk)
    # A proposal that kills its worker each time must not be tried for ever.
    free.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, lease_until=None, lease_token="")
    if not free.update(**lease):
        return None
    return TrioProposal.objects.select_related("program_year", "made_by").get(pk=pk)


def _solved(proposal: TrioProposal) -> Result:
    rules = rules_from(proposal.rules)
    people = with_confidential_wishes(
        [person_from(row) for row in proposal.people],
        TrioWishes.objects.filter(program_year=proposal.program_year_id),
    )
    stop = _asks_to_stop(proposal)
    if proposal.is_repair:
        before = [
            Trio(tuple(group["members"]), group["competency"], (), group["pinned"])
            for group in proposal.before
        ]
        people = without_wishes_around_pins(people, rules, [group.members for group in before])
        return _openly(people, rules, lambda some: matching.repair_trios(before, some, rules, stop=stop))
    people = without_wishes_around_pins(people, rules)
    tell = _teller(proposal)
    return _openly(people, rules, lambda some: matching.form_trios(some, rules, progress=tell, stop=stop))


def _openly(people: list[Person], rules: Rules, solve: Callable[[list[Person]], Result]) -> Result:
    """A result whose contradiction, if there is one, holds only what may be said aloud.

    Where pins leave no way around a confidential wish, naming that would tell of it; the lead's word, given
    for named people, goes first, and the wishes of these competencies yield.
    """
    result = solve(people)
    pinned = {name for group in (*rules.pins.trios, *rules.pins.together) for name in group}
    if not result.contradiction or not any(person.not_with for person in people):
        return result
    focus = {person.competency for person in people if person.id in pinned or not pinned}
    return solve(matching.without_confidential(people, focus))


def _asks_to_stop(proposal: TrioProposal) -> Callable[[], bool]:
    """Whether somebody pressed "stop", asked of the database at most every LOOK_EVERY seconds."""
    seen = {"at": time.monotonic(), "stop": False}

    def stop() -> bool:
        if not seen["stop"] and time.monotonic() - seen["at"] >= LOOK_EVERY:
            rows = TrioProposal.objects.filter(pk=proposal.pk, stop_asked_at__isnull=False)
            seen.update(at=time.monotonic(), stop=rows.exists())
        return bool(seen["stop"])

    if TrioProposal.objects.filter(pk=proposal.pk, stop_asked_at__isnull=False).exists():
        seen["stop"] = True
    return stop


def _teller(proposal: TrioProposal) -> Callable[[float, str], None]:
    # The worker has no reader's language of its own.
    language = proposal.made_by.language if proposal.made_by else None

    def tell(share: float, words: str) -> None:
        mine = TrioProposal.objects.filter(pk=proposal.pk, lease_token=proposal.lease_token)
        with translation.override(language):
            mine.update(progress=round(100 * share), progress_words=said(words)[:300])

    return tell


def _columns(proposal: TrioProposal, result: Result) -> dict[str, Any]:
    """What of a result is stored; sentences about groups are written anew whenever a page is shown."""
    if result.contradiction:
        return {
            "state": State.IMPOSSIBLE,
            "contradiction": [plain_said(one) for one in result.contradiction],
            "notes": [plain_said(one) for one in result.notes],
            "seconds": result.seconds,
        }
    old = proposal.before
    goes_on = continuing([group["members"] for group in old], [trio.members for trio in result.trios])
    groups = [
        {
            "competency": trio.competency,
            "members": list(trio.members),
            "pinned": trio.pinned,
            "trio": old[goes_on[number]]["trio"]
            if number in goes_on and old[goes_on[number]]["competency"] == trio.competency
            else None,
        }
        for number, trio in enumerate(result.trios)
    ]
    return {
        "state": State.READY,
        "groups": groups,
        "unplaced": [one.id for one in result.unplaced],
        "standings": [
            {"priority": str(one.priority), "value": one.value, "bound": one.bound}
            for one in result.standings
        ],
        "notes": [plain_said(one) for one in result.notes],
        "seconds": result.seconds,
        "stopped": result.stopped,
        "progress": 100,
    }


def _settle(proposal: TrioProposal, **columns: Any) -> bool:
    """Write the outcome, unless another worker has taken the row meanwhile."""
    mine = TrioProposal.objects.filter(pk=proposal.pk, state=State.WAITING, lease_token=proposal.lease_token)
    return bool(mine.update(lease_until=None, lease_token="", **columns))


def _dumped(rows: list[dict[str, Any]]) -> str:
    proposal = TrioProposal()
    proposal.people = rows
    return proposal.snapshot
