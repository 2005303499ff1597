"""A certificate as an Open Badge 3.0: a document that other systems read.

Source: 1EdTech, Open Badges Specification 3.0, data model of AchievementCredential. A document without a
proof is an export and not a verifiable credential; it says so and points at where it can be checked.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


@dataclass(frozen=True)
class Facts:
    """What a badge says. Addresses are absolute; `salt` keeps the e-mail address from being guessed."""

    number: str
    check_url: str
    issuer_url: str
    issuer_name: str
    program_url: str
    program_name: str
    description: str
    criteria: str
    holder: str
    email: str
    salt: str
    hours: float
    issued_at: datetime.datetime
    first_day: datetime.date
    last_day: datetime.date


def open_badge(facts: Facts, *, signed: bool) -> dict[str, Any]:
    """The credential as plain values, ready for JSON."""
    secret = hashlib.sha256(f"{facts.email.strip().lower()}{facts.salt}".encode()).hexdigest()
    unsigned = "" if signed else f" This file carries no signature; check it at {facts.check_url}."
    return {
        "@context": CONTEXT,
        "id": facts.check_url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.program_name,
        "description": f"{facts.description}{unsigned}",
        "issuer": {"id": facts.issuer_url, "type": ["Profile"], "name": facts.issuer_name},
        "validFrom": _instant(facts.issued_at),
        "awardedDate": _instant(facts.issued_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": f"sha256${secret}",
                    "identityType": "emailAddress",
                    "salt": facts.salt,
                },
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": facts.holder,
                    "identityType": "name",
                },
            ],
            "activityStartDate": _midnight(facts.first_day),
            "activityEndDate": _midnight(facts.last_day),
            "creditsEarned": facts.hours,
            "achievement": {
                "id": facts.program_url,
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": facts.program_name,
                "description": facts.description,
                "criteria": {"narrative": facts.criteria},
                "humanCode": facts.number,
            },
        },
    }


def _instant(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _midnight(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
