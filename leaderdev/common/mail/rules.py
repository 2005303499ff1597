"""Whether a mail may leave now, and how its reader stops its kind.

Mail is below everything and knows nothing of people's wishes, of school days or of cohorts. Who does
(settings name it: MAIL_RULE) answers here, so that one rule holds for all mail without an import upward.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from leaderdev.common.models import OutgoingMail


@dataclass(frozen=True)
class Manners:
    """What a kind of mail owes one reader: headers (RFC 8058), and what the frame of its text says."""

    headers: dict[str, str] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ruling:
    """What becomes of a mail instead of leaving now: queued again until an instant, unwanted, or gathered."""

    state: OutgoingMail.State
    until: datetime | None = None


class MailRule(Protocol):
    def manners(self, kind: str, addresses: Sequence[str]) -> Mapping[str, Manners]:
        """Of every address that is asked about."""

    def judge(self, mails: Sequence[OutgoingMail], *, now: datetime) -> Mapping[int, Ruling]:
        """By key of the row; a mail that is missing leaves now."""


class NoRule:
    """Without a rule every mail leaves at once, as sign-in codes always do."""

    def manners(self, kind: str, addresses: Sequence[str]) -> Mapping[str, Manners]:
        return dict.fromkeys(addresses, Manners())

    def judge(self, mails: Sequence[OutgoingMail], *, now: datetime) -> Mapping[int, Ruling]:
        return {}


def rule() -> MailRule:
    return import_string(settings.MAIL_RULE)()
