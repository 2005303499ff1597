"""Mails about times. They say that something waits and where, never a word of what is talked about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from coaching.models import CoachingSeries, CoachingSession, TimeAnswer, TimeProposal, circle_of
from cohorts.models import TrioSeat
from leaderdev.common.dates import span_in_words
from leaderdev.common.mail.queue import queue_mail

WHY = gettext_lazy("You get this mail because you sit in this trio.")


def ask_for_answers(meeting: CoachingSession, *, by: Any) -> None:
    """Ask everybody who has not answered each of the times; the button leads to the page of answers."""
    proposals = list(meeting.times.all())
    key = max((proposal.pk for proposal in proposals), default=0)
    for seat in others(meeting, by):
        answered = TimeAnswer.objects.filter(seat=seat, proposal__in=proposals).count()
        if answered == len(proposals):
            continue
        zone = zone_of(seat, meeting)
        lines = [span_in_words(each.starts_at, each.ends_at, zone) for each in proposals]
        _send(
            "meeting_proposed",
            seat,
            by,
            key=f"meeting_proposed:{meeting.pk}:{key}:{seat.pk}",
            url=reverse("coaching:times", args=[meeting.pk]),
            label=gettext_lazy("Answer"),
            title=str(meeting),
            times=lines,
            **_deadline(proposals),
        )


def ask_for_series(series: CoachingSeries, *, by: Any) -> None:
    meetings = list(series.coaching_sessions.prefetch_related("times").order_by("series_day"))
    for seat in others(meetings[0], by):
        zone = zone_of(seat, meetings[0])
        lines = [
            span_in_words(one.starts_at, one.ends_at, zone) for each in meetings for one in each.times.all()
        ]
        _send(
            "series_proposed",
            seat,
            by,
            key=f"series_proposed:{series.pk}:{seat.pk}",
            url=reverse("coaching:series", args=[series.pk]),
            label=gettext_lazy("Answer"),
            times=lines,
            **_deadline([one for each in meetings for one in each.times.all()]),
        )


def tell_called_off(meeting: CoachingSession, *, by: Any) -> None:
    """Of a meeting that was only proposed: nobody has it in a calendar yet."""
    for seat in others(meeting, by):
        _send(
            "meeting_dropped",
            seat,
            by,
            key=f"meeting_dropped:{meeting.pk}:{seat.pk}",
            url=reverse("coaching:trio", args=[meeting.trio_id]),
            label=gettext_lazy("Open the trio’s page"),
            title=str(meeting),
        )


def others(meeting: CoachingSession, by: Any) -> list[TrioSeat]:
    """Who sits in the trio now, without the person who acts."""
    return [seat for seat in circle_of(meeting.trio) if seat.membership.leader.user_id != by.pk]


def zone_of(seat: TrioSeat, meeting: CoachingSession) -> str:
    """The person's own time zone, else the district's."""
    return seat.membership.leader.user.time_zone or meeting.trio.program_year.cohort.district.time_zone


def _deadline(proposals: list[TimeProposal]) -> dict[str, Any]:
    """An answer is needed before the first of the times, and of no use after the last."""
    starts = [each.starts_at for each in proposals]
    return {"needed_by": min(starts), "useful_until": max(starts)} if starts else {}


def _send(
    kind: str,
    seat: TrioSeat,
    by: Any,
    *,
    key: str,
    url: str,
    label: Any,
    needed_by: datetime | None = None,
    useful_until: datetime | None = None,
    **context: Any,
) -> None:
    user = seat.membership.leader.user
    queue_mail(
        to=user.email,
        kind=kind,
        key=key,
        reply_to=by.email,
        language=user.language,
        needed_by=needed_by,
        useful_until=useful_until,
        context={
            "greeting": user.get_short_name(),
            "name": by.get_full_name(),
            "button_url": f"{settings.SITE_URL}{url}",
            "button_label": label,
            "why": WHY,
            **context,
        },
    )
