"""Mail that tells what somebody did, written by the apps: how it comes, and whether it can be stopped.

Reminders are found; these are queued where the thing happens. The same wishes hold for both: hours, school
days, kinds that a person has stopped, one mail a day. A kind of mail that no notice names leaves at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# What nobody can wait for, whatever the hour: codes and links for signing in, and warnings about an account.
# Django and allauth write them (leaderdev.common.mail.backends). An invitation that a person has asked for
# herself is one of these too: it is needed by the moment in which it is asked for.
AT_ONCE = "account"


@dataclass(frozen=True)
class Notice:
    """`mails`: the kinds of outgoing mail that are meant. `alone`: never gathered into a daily mail."""

    name: str
    label: Any
    about: Any
    mails: tuple[str, ...]
    required: bool = False
    alone: bool = False


NOTICES: tuple[Notice, ...] = (
    Notice(
        "invitation",
        _("Invitation to the program"),
        _("The link with which you come in for the first time."),
        ("invitation",),
        required=True,
        alone=True,
    ),
    Notice(
        "calendar",
        _("Sessions and meetings for your calendar"),
        _("An entry that is wrong sends people to the wrong room: what is set, moved or off comes always."),
        ("calendar_invited", "calendar_changed", "calendar_cancelled", "session_moved"),
        required=True,
        alone=True,
    ),
    Notice(
        "choose_focus",
        _("Your program lead asks for your focus"),
        _("To participants who have not chosen, when a lead presses the button."),
        ("choose_focus",),
        required=True,
        alone=True,
    ),
    Notice(
        "trio_published",
        _("Trio published or changed"),
        _("With whom you coach and are coached this year."),
        ("trio_published",),
    ),
    Notice(
        "meeting_proposed",
        _("Times proposed in your trio"),
        _("Times that wait for your answer, and proposals that were called off."),
        ("meeting_proposed", "series_proposed", "meeting_dropped"),
    ),
    Notice(
        "plan_shared",
        _("Plan shared with you"),
        _("To the reviewer whom an author has named."),
        ("plan_shared",),
    ),
    Notice(
        "plan_answered",
        _("Your reviewer has read or returned your plan"),
        _("To the author of a plan."),
        ("plan_read", "plan_returned"),
    ),
    Notice(
        "plan_comment",
        _("Comment on your plan"),
        _("To the author, one mail a day from each person who comments."),
        ("plan_comment",),
    ),
    # The link in it opens the reader's own answers, so the mail itself has to reach her.
    Notice(
        "survey_open",
        _("Survey open"),
        _("The invitation to a survey, with your own link, and what a lead writes by hand."),
        ("survey_open", "survey_reminder"),
        alone=True,
    ),
)
_BY_MAIL = {mail: notice for notice in NOTICES for mail in notice.mails}
_BY_NAME = {notice.name: notice for notice in NOTICES}


def of_mail(kind: str) -> Notice | None:
    """The notice that a kind of outgoing mail belongs to; None for what leaves at once."""
    return _BY_MAIL.get(kind)


def find(name: str) -> Notice | None:
    return _BY_NAME.get(name)
