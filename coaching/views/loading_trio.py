"""Fetch and authorize: a trio or a meeting that a person does not belong to is not found."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from coaching.models import CoachingSession, LeadConversation, ReleaseRequest, trios_of
from coaching.permissions import may_decide_release, may_hold_conversation
from coaching.trails import trail_of, zone_of
from cohorts.models import ProgramYear, Trio
from cohorts.views.loading import load_year

_TRIO = ("program_year__cohort__district", "program_year__calendar", "competency")
_MEETING = (
    "trio__program_year__cohort__district",
    "trio__program_year__calendar",
    "trio__competency",
    "host__membership__leader__user",
    "organizer__leader__user",
    "series",
)


__all__ = [
    "load_conversation",
    "load_led_request",
    "load_led_year",
    "load_meeting",
    "load_trio",
    "trail_of",
    "zone_of",
]


def load_trio(user: Any, pk: int) -> Trio:
    """A trio in which the person has a seat now, with its year and district."""
    return get_object_or_404(trios_of(user).select_related(*_TRIO), pk=pk)


def load_meeting(user: Any, pk: int) -> CoachingSession:
    """A meeting of one of the person's trios, with trio, year, district and host."""
    meetings = CoachingSession.objects.visible_to(user).select_related(*_MEETING)
    return get_object_or_404(meetings, pk=pk)


def load_led_year(user: Any, slug: str, year: str) -> ProgramYear:
    """A year that the person configures; other insiders are refused."""
    found = load_year(user, slug, year)
    if not may_decide_release(user, found):
        raise PermissionDenied
    return found


def load_led_request(user: Any, year: ProgramYear, pk: int) -> ReleaseRequest:
    joined = ("coaching_session__trio__program_year", "seat__membership__leader__user")
    return get_object_or_404(ReleaseRequest.objects.of_year(year).select_related(*joined), pk=pk)


def load_conversation(user: Any, pk: int) -> LeadConversation:
    """One's own offer, or as program lead of the cohort one that its person has not left aside."""
    joined = ("membership__leader__user", "program_year__cohort__district")
    found = get_object_or_404(LeadConversation.objects.select_related(*joined), pk=pk)
    own = LeadConversation.objects.of_person(user).filter(pk=found.pk).exists()
    if not own and not may_hold_conversation(user, found):
        return get_object_or_404(LeadConversation.objects.none(), pk=pk)
    return found
