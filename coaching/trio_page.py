"""What a trio's own page shows. For its members' eyes; nothing of it is handed to anybody else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching import shares
from coaching.models import (
    CoachingSession,
    CoachingSettings,
    LeadConversation,
    TrioSpace,
    circle_of,
    settings_of,
)
from coaching.norms import agreements
from coaching.services.standing import due_of_trio
from coaching.services.visits import hosts_so_far
from coaching.suggested import USUAL_TALK, Offer, offer_for
from coaching.talking import goals_of, next_meeting, open_promises, plans_of
from cohorts.models import Trio
from leaderdev.common.charts import Chart, Part, stacked_bar

# On the trio's own page a few are enough to press one; the page "Propose a time" has more.
OFFERED_HERE = 2
# The bar and its words look at so many rounds: a quarter of a school year.
SHOWN_ROUNDS = 3
COLORS = ("info", "good", "warn", "quiet")


@dataclass(frozen=True)
class Note:
    """One kind sentence, and perhaps a page where something can be done about it."""

    sentence: str
    action: str = ""


def trio_context(user: Any, trio: Trio) -> dict[str, Any]:
    now = timezone.now()
    # Asked for once: the bar, the notes and the pace look at the same rows.
    policy, minutes = settings_of(trio.program_year), minutes_by_round(trio)
    space = TrioSpace.objects.filter(trio=trio).first()
    agreed = agreements(trio, space)
    meetings = list(
        CoachingSession.objects.filter(trio=trio).select_related("host__membership__leader__user")
    )
    following = next_meeting(trio, now)
    proposed = [each for each in meetings if each.state == CoachingSession.State.PROPOSED]
    return {
        "trio": trio,
        "space": space,
        "agreements": agreed,
        "asked_to_agree": any(each.user.pk == user.pk and not each.agreed for each in agreed)
        and space is not None
        and bool(space.norm_list),
        "plans": plans_of(trio),
        "people": people_of(trio),
        "next": following,
        "offer": Offer() if following or proposed else _offer(trio, now),
        "to_log": [each for each in meetings if _awaits_log(each, now)],
        "proposed": proposed,
        "planned": [each for each in meetings if _is_ahead(each, now) and each != following],
        "past": [each for each in reversed(meetings) if each.is_logged],
        "promises": open_promises(trio),
        "materials": list(trio.materials.select_related("added_by__leader__user")),
        "rounds": standing(trio, meetings, policy, now),
        "chart": share_chart(trio, minutes),
        "notes": notes_for(trio, policy, minutes),
        "conversations": list(
            LeadConversation.objects.of_person(user)
            .filter(program_year=trio.program_year)
            .select_related("membership__leader__user")[:3]
        ),
    }


def _offer(trio: Trio, now: datetime.datetime) -> Offer:
    """Times for a talk that one press proposes, where nothing is planned."""
    if not trio.program_year.is_open:
        return Offer()
    return offer_for(trio, visit=False, minutes=USUAL_TALK, now=now, most=OFFERED_HERE)


def _awaits_log(meeting: CoachingSession, now: datetime.datetime) -> bool:
    return meeting.state == CoachingSession.State.CONFIRMED and meeting.ends_at <= now


def _is_ahead(meeting: CoachingSession, now: datetime.datetime) -> bool:
    return meeting.state == CoachingSession.State.CONFIRMED and meeting.ends_at > now


def people_of(trio: Trio) -> list[dict[str, Any]]:
    """Each member with post and the visits hosted so far."""
    hosted = hosts_so_far(trio)
    return [
        {
            "seat": seat,
            "user": seat.membership.leader.user,
            "post": seat.membership.leader.current_post,
            "hosted": hosted[seat.pk],
        }
        for seat in circle_of(trio)
    ]


def standing(
    trio: Trio, meetings: list[CoachingSession], policy: CoachingSettings, now: datetime.datetime
) -> dict[str, Any]:
    """Rounds done against what the cohort's cadence has asked for until now."""
    took_place = [each for each in meetings if each.state in ("held", "partly")]
    return {
        "done": len(took_place),
        "due": due_of_trio(trio, trio.program_year, policy.cadence, now),
        "cadence": policy.get_cadence_display(),
        "visits": sum(1 for each in took_place if each.is_visit),
    }


def minutes_by_round(trio: Trio) -> list[dict[int, int]]:
    """Seat → minutes of being coached, of each meeting that took place, newest first; two queries."""
    meetings = (
        CoachingSession.objects.filter(trio=trio)
        .took_place()
        .order_by("-starts_at", "-pk")
        .prefetch_related("turns")
    )
    return [{turn.coached_id: turn.minutes for turn in each.turns.all()} for each in meetings]


def share_chart(trio: Trio, minutes: list[dict[int, int]] | None = None) -> Chart | None:
    """Who was coached for how many minutes in the last rounds; None before any minute is written down."""
    known = minutes_by_round(trio) if minutes is None else minutes
    rounds = [each for each in known if each][:SHOWN_ROUNDS]
    seats = circle_of(trio)
    if not shares.shares(rounds, [seat.pk for seat in seats]):
        return None
    parts = [
        Part(
            seat.membership.leader.user.get_short_name(),
            sum(each.get(seat.pk, 0) for each in rounds),
            COLORS[place % len(COLORS)],
        )
        for place, seat in enumerate(seats)
    ]
    title = ngettext(
        "Minutes of being coached, in the last round",
        "Minutes of being coached, in the last %(n)d rounds",
        len(rounds),
    ) % {"n": len(rounds)}
    return stacked_bar("turn-shares", title, parts, (_("Person"), _("Minutes")))


def notes_for(
    trio: Trio, policy: CoachingSettings | None = None, minutes: list[dict[int, int]] | None = None
) -> list[Note]:
    """What the trio may want to notice, by the cohort's thresholds. Said kindly, and to the trio alone."""
    policy = policy or settings_of(trio.program_year)
    known = minutes_by_round(trio) if minutes is None else minutes
    return [*_passed_over(trio, policy, known), *_missed(trio, policy), *_forgotten(trio, policy)]


def _passed_over(trio: Trio, policy: Any, minutes: list[dict[int, int]]) -> list[Note]:
    seats = {seat.pk: seat for seat in circle_of(trio)}
    found = shares.passed_over(
        minutes, list(seats), percent=policy.quiet_share_percent, running=policy.quiet_rounds
    )
    sentence = ngettext(
        "%(name)s had less than %(percent)d %% of the time in the last round. "
        "Perhaps next time begins with %(name)s.",
        "%(name)s had less than %(percent)d %% of the time in the last %(n)d rounds. "
        "Perhaps next time begins with %(name)s.",
        policy.quiet_rounds,
    )
    return [
        Note(
            sentence
            % {
                "name": seats[pk].membership.leader.user.get_short_name(),
                "percent": policy.quiet_share_percent,
                "n": policy.quiet_rounds,
            }
        )
        for pk in found
    ]


def _missed(trio: Trio, policy: Any) -> list[Note]:
    rows = CoachingSession.objects.filter(trio=trio).logged().order_by("-starts_at", "-pk")
    outcomes = [meeting.state != CoachingSession.State.NOT_HELD for meeting in rows[:12]]
    missed = shares.missed_running(outcomes)
    if missed < policy.missed_in_a_row:
        return []
    sentence = ngettext(
        "The last appointment did not come about. That happens; perhaps the time is the wrong one. "
        "Another day or hour may suit all of you better.",
        "The last %(n)d appointments did not come about. That happens; perhaps the time is the wrong one. "
        "Another day or hour may suit all of you better.",
        missed,
    ) % {"n": missed}
    return [Note(sentence, action="propose")]


def _forgotten(trio: Trio, policy: Any) -> list[Note]:
    meetings = list(
        CoachingSession.objects.filter(trio=trio)
        .took_place()
        .order_by("-starts_at")
        .prefetch_related("touched_goals")
    )
    touched = [{each.goal_id for each in meeting.touched_goals.all()} for meeting in meetings]
    goals = {goal.pk: goal for goal in goals_of(trio)}
    ages = {
        pk: sum(1 for meeting in meetings if goal.plan.shared_at and meeting.starts_at >= goal.plan.shared_at)
        for pk, goal in goals.items()
    }
    found = shares.untouched(touched, ages, running=policy.untouched_goal_rounds)
    sentence = ngettext(
        "Nobody talked about “%(goal)s” (%(name)s) in the last round.",
        "Nobody has talked about “%(goal)s” (%(name)s) for %(n)d rounds.",
        policy.untouched_goal_rounds,
    )
    return [
        Note(
            sentence
            % {
                "goal": goals[pk].statement[:90],
                "name": goals[pk].plan.membership.leader.user.get_short_name(),
                "n": policy.untouched_goal_rounds,
            }
        )
        for pk in found
    ]
