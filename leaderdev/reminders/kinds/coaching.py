"""A trio's meetings: when they are, what they wait for. Never a word of what is said or asked there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate, TruncHour
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.models import CoachingSession, JournalEntry, LeadConversation, ReleaseRequest, TimeAnswer
from cohorts.models import ProgramYear, TrioSeat
from leaderdev.common.dates import day_in_words, span_in_words, today_in
from leaderdev.reminders.book import YearFacts
from leaderdev.reminders.clock import After, Before, Soon
from leaderdev.reminders.kinds.base import REACH, Fact, Kind, Placeholder, Stage, Words, heard_lately

MEETING = "trio__coaching_sessions"
PERSON = "membership__leader__user"
State = CoachingSession.State
WHAT = Placeholder(_("the meeting"), "Coaching round 3")
WHEN = Placeholder(_("day and time"), "Thursday 14 January, 15:30–16:30")
WHY = _("You get this mail because you sit in this trio.")


class OfMeeting(Kind):
    """One seat and one meeting of its trio, in an open year; who has left the trio hears nothing."""

    private = True
    why = WHY
    person, subject, year = PERSON, f"{MEETING}__pk", "program_year_id"
    columns = (f"{MEETING}__kind", f"{MEETING}__round_number", f"{MEETING}__starts_at", f"{MEETING}__ends_at")
    placeholders = {"meeting": WHAT, "when": WHEN}
    route = "coaching:meeting"

    def seats(self, *conditions: Q | Exists, **wishes: Any) -> QuerySet:
        """Held seats of published trios, joined once with the meetings that `wishes` name.

        Whatever else is asked of the meeting comes in by `conditions`: a filter on what this returns would
        join a second meeting of the trio and ask it of that one.
        """
        usual = {
            "trio__published_at__isnull": False,
            "program_year__state": ProgramYear.State.OPEN,
            "membership__leader__user__is_active": True,
        }
        wanted = {f"{MEETING}__{name}": value for name, value in wishes.items()}
        return TrioSeat.objects.current().filter(*conditions, **usual, **wanted)

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        kind, number, starts_at, ends_at = (fact.columns[name] for name in self.columns[:4])
        meeting = CoachingSession(kind=kind, round_number=number)
        when = span_in_words(starts_at, ends_at, reader.time_zone) if starts_at else ""
        values = {"meeting": self.in_language(meeting, reader.language), "when": when}
        return Words(values, reverse(self.route, args=[fact.subject]))


class MeetingAhead(OfMeeting):
    name = "meeting_ahead"
    label = _("Coaching meeting ahead")
    button = _("Prepare the talk")
    about = _("To a trio, before its next meeting or visit.")
    stages = (Stage("day", Before(1), _("Days before the meeting")),)
    anchor, anchor_is_date = f"{MEETING}__starts_at", False

    def everyone(self, now: dt.datetime) -> QuerySet:
        return self.seats(state=State.CONFIRMED, starts_at__gt=now)


class ProposalUnanswered(OfMeeting):
    """Who has answered none of the proposed times. The proposal itself was mailed by whoever proposed it."""

    name = "proposal_unanswered"
    label = _("Proposed times not answered")
    button = _("Answer")
    about = _("To members of a trio who have answered none of the proposed times.")
    stages = (Stage("first", After(3, keeps=4), _("Days after the proposal")),)
    anchor = TruncDate(f"{MEETING}__proposed_at", tzinfo=dt.UTC)
    placeholders = {"meeting": WHAT}
    route = "coaching:times"

    def everyone(self, now: dt.datetime) -> QuerySet:
        answered = TimeAnswer.objects.filter(
            seat_id=OuterRef("pk"), proposal__coaching_session_id=OuterRef(f"{MEETING}__pk")
        )
        lately = heard_lately(["meeting_proposed", "series_proposed"], f"{PERSON}__email", now)
        another = ~Q(membership_id=F(f"{MEETING}__organizer_id"))
        return self.seats(
            another, ~Exists(answered), ~lately, state=State.PROPOSED, proposed_at__gte=now - REACH
        )


class LogMissing(OfMeeting):
    name = "log_missing"
    label = _("Meeting not written down")
    button = _("Say what became of it")
    about = _("To the person who organized a meeting, when nobody has said whether it took place.")
    stages = (Stage("first", After(2, keeps=5), _("Days after the meeting")),)
    anchor = TruncDate(f"{MEETING}__ends_at", tzinfo=dt.UTC)
    route = "coaching:log"

    def everyone(self, now: dt.datetime) -> QuerySet:
        own = Q(membership_id=F(f"{MEETING}__organizer_id"))
        return self.seats(own, state=State.CONFIRMED, ends_at__lte=now, ends_at__gte=now - REACH)


class JournalOpen(OfMeeting):
    """Once, and soon: half of the people in the study wrote, most of them at once."""

    name = "journal_open"
    label = _("Journal open")
    button = _("Write a few lines")
    about = _("Once after a meeting that took place, to each member of the trio who has not written.")
    stages = (Stage("once", Soon(dt.timedelta(hours=1), keeps=3)),)
    anchor, anchor_is_date = TruncHour(f"{MEETING}__logged_at", tzinfo=dt.UTC), False
    route = "coaching:journal_write"

    def everyone(self, now: dt.datetime) -> QuerySet:
        written = JournalEntry.objects.filter(
            author_id=OuterRef("membership_id"), coaching_session_id=OuterRef(f"{MEETING}__pk")
        )
        held = [State.HELD, State.PARTLY]
        return self.seats(~Exists(written), state__in=held, logged_at__gte=now - dt.timedelta(days=14))


class ConversationOffered(Kind):
    name = "conversation_offered"
    label = _("Conversation after three rounds")
    why = WHY
    button = _("Say whether you would like it")
    about = _("To people who have finished three rounds: half an hour with the program lead, if they wish.")
    stages = (Stage("offered", Soon(dt.timedelta(hours=1), keeps=7)),)
    private = True
    person, subject, year = PERSON, "pk", "program_year_id"
    anchor, anchor_is_date = TruncHour("offered_at", tzinfo=dt.UTC), False
    columns = ("after_round",)
    placeholders = {
        "rounds": Placeholder(_("rounds finished"), "3"),
        "year": Placeholder(_("program year"), "2026–27"),
    }

    def everyone(self, now: dt.datetime) -> QuerySet:
        offered = LeadConversation.objects.filter(
            state=LeadConversation.State.OFFERED,
            offered_at__gte=now - dt.timedelta(days=21),
            program_year__state=ProgramYear.State.OPEN,
        )
        return offered.filter(membership__left_on=None, membership__leader__is_active=True).filter(
            membership__leader__user__is_active=True
        )

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        values = {"rounds": str(fact.columns["after_round"]), "year": year.label}
        return Words(values, reverse("coaching:conversation", args=[fact.subject]))


class ReleaseDecided(Kind):
    """Time away from one's own classroom: whoever arranges a substitute must hear of it."""

    name = "release_decided"
    label = _("Release request decided")
    why = _("You get this mail because you asked for release time.")
    button = _("See the visit")
    about = _("To the person who asked for release time, once it is decided.")
    stages = (Stage("decided", Soon(dt.timedelta(minutes=5), keeps=7)),)
    required = private = True
    person, subject, year = f"seat__{PERSON}", "pk", "seat__program_year_id"
    anchor, anchor_is_date = TruncHour("decided_at", tzinfo=dt.UTC), False
    columns = ("coaching_session_id", "state", "coaching_session__starts_at")
    placeholders = {
        "decision": Placeholder(_("approved or declined"), "approved"),
        "day": Placeholder(_("day of the visit"), "Thursday 14 January"),
    }

    def everyone(self, now: dt.datetime) -> QuerySet:
        decided = [ReleaseRequest.State.APPROVED, ReleaseRequest.State.DECLINED]
        recent = ReleaseRequest.objects.filter(
            state__in=decided, decided_at__gte=now - dt.timedelta(days=14), seat__left_on=None
        )
        return recent.filter(
            seat__membership__left_on=None,
            seat__membership__leader__is_active=True,
            seat__membership__leader__user__is_active=True,
            coaching_session__starts_at__isnull=False,
        )

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        meeting, state, starts_at = (fact.columns[name] for name in self.columns)
        values = {
            "decision": self.in_language(ReleaseRequest.State(state).label, reader.language),
            "day": day_in_words(today_in(reader.time_zone, starts_at)),
        }
        return Words(values, reverse("coaching:meeting", args=[meeting]))
