"""The conversation with the program lead that is offered after every third round."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.models import CoachingSession, JournalEntry, LeadConversation, circle_of, settings_of
from coaching.permissions import may_hold_conversation
from cohorts.models import Trio
from cohorts.services.errors import RefusedError

State = LeadConversation.State


def offer_after_rounds(*, trio: Trio) -> None:
    """Offer one conversation to each member whenever the settled number of rounds is complete.

    Called with each log, under the trio's lock. An offer that was made stays, also if a log is corrected.
    """
    every = settings_of(trio.program_year).conversation_after_rounds
    done = CoachingSession.objects.filter(trio=trio).took_place().count()
    reached = done - done % every
    if not reached:
        return
    for seat in circle_of(trio):
        LeadConversation.objects.get_or_create(
            membership=seat.membership,
            program_year=trio.program_year,
            after_round=reached,
            defaults={"offered_at": timezone.now()},
        )


@transaction.atomic
def respond(*, by: Any, conversation: LeadConversation, wanted: bool) -> LeadConversation:
    """Take the offer or leave it; the person may change her mind until it was held."""
    found = LeadConversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if found.membership.leader.user_id != by.pk:
        raise RefusedError(_("The offer is somebody else’s."))
    if found.state == State.HELD:
        raise RefusedError(_("This conversation was held already."))
    found.state = State.WANTED if wanted else State.DECLINED
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def hold(*, by: Any, conversation: LeadConversation, held_on: datetime.date) -> LeadConversation:
    """A program lead writes down on which day it was held, and nothing else."""
    found = LeadConversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if not may_hold_conversation(by, found):
        raise RefusedError(_("A program lead of the cohort holds this conversation."))
    found.state, found.held_on = State.HELD, held_on
    found.save(update_fields=["state", "held_on"])
    return found


def packet_of(conversation: LeadConversation) -> list[JournalEntry]:
    """The entries of the year that their author released for the conversation, and nothing else."""
    entries = JournalEntry.objects.written().filter(
        author_id=conversation.membership_id,
        coaching_session__trio__program_year_id=conversation.program_year_id,
        released_for_conversation_at__isnull=False,
    )
    return list(entries.select_related("coaching_session").order_by("coaching_session__starts_at", "pk"))
