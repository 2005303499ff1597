"""Certificates of attendance: issued, withdrawn, checked by anybody who holds a number, and put on paper."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cohorts import hours
from cohorts.documents.pdf import certificate_pdf, transcript_pdf
from cohorts.models import AttendancePaper, Certificate, Membership, ProgramYear
from cohorts.permissions import may_certify
from cohorts.planning.badge import Facts, open_badge
from cohorts.services.errors import RefusedError
from leaderdev.common.documents import making
from leaderdev.common.documents.making import Desk

MAKE_TASK = "cohorts.tasks.make_attendance_paper"


@dataclass(frozen=True)
class Checked:
    """What the verification page says of a number: nothing, a certificate, or one that was withdrawn."""

    certificate: Certificate | None

    @property
    def found(self) -> bool:
        return self.certificate is not None


@transaction.atomic
def issue(*, by: Any, year: ProgramYear, memberships: Iterable[Membership]) -> list[Certificate]:
    """A certificate for each who attended something and has none that stands; returns the new ones.

    Raises RefusedError when nobody of them can get one.
    """
    # Two who issue at once: the second sees what the first has stored.
    year = (
        ProgramYear.objects.select_for_update(of=("self",)).select_related("cohort__district").get(pk=year.pk)
    )
    if not may_certify(by, year):
        raise PermissionDenied
    wanted = [each for each in memberships if each.cohort_id == year.cohort_id]
    attended = hours.of_year(year)
    standing = set(
        Certificate.objects.filter(program_year=year, withdrawn_at=None).values_list(
            "membership_id", flat=True
        )
    )
    able = [each for each in wanted if each.pk in attended and each.pk not in standing]
    if not able:
        raise RefusedError(
            _(
                "Nobody of them can get a certificate: it needs a session attended, and "
                "nobody gets a second one."
            )
        )
    rows = [
        Certificate(
            membership=member,
            program_year=year,
            holder=member.leader.user.get_full_name(),
            minutes=sum(each.minutes for each in attended[member.pk].values()),
            sessions=len(attended[member.pk]),
            issued_by=by,
        )
        for member in able
    ]
    return Certificate.objects.bulk_create(rows)


@transaction.atomic
def withdraw(*, by: Any, certificate: Certificate, reason: str) -> Certificate:
    """The number says from now on that it does not hold any more. A new certificate can be issued."""
    row = (
        Certificate.objects.select_for_update()
        .select_related("program_year__cohort__district")
        .get(pk=certificate.pk)
    )
    if not may_certify(by, row.program_year):
        raise PermissionDenied
    if not reason.strip():
        raise RefusedError(_("Say why it is withdrawn; the holder will ask."))
    if row.withdrawn_at is not None:
        raise RefusedError(_("This certificate was withdrawn already."))
    row.withdrawn_at, row.withdrawn_reason = timezone.now(), reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    return row


def check(number: str) -> Checked:
    """Look a number up as people type it: with dashes, blanks and small letters."""
    meant = "".join(sign for sign in number.upper() if sign.isalnum())[:12]
    rows = Certificate.objects.select_related("program_year__cohort__district")
    return Checked(rows.filter(number=meant).first() if meant else None)


def check_url(certificate: Certificate) -> str:
    return f"{settings.SITE_URL}{reverse('cohorts:verify')}?number={certificate.grouped_number}"


def badge_of(certificate: Certificate) -> tuple[str, str]:
    """File name and contents: a signed token (.jwt) where a key is configured, else JSON that says so."""
    key = _signing_key()
    credential = open_badge(_facts(certificate), signed=key is not None)
    if key is None:
        return f"open-badge-{certificate.number}-unsigned.json", json.dumps(
            credential, indent=2, ensure_ascii=False
        )
    return f"open-badge-{certificate.number}.jwt", _signed(credential, key)


def _signing_key() -> RSAPrivateKey | None:
    path = settings.OPEN_BADGES_KEY_FILE
    if not path:
        return None
    key = load_pem_private_key(Path(path).read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("OPEN_BADGES_KEY_FILE holds another kind of key; use an RSA key.")
    return key


def _signed(credential: dict[str, Any], key: RSAPrivateKey) -> str:
    """The proof format of Open Badges 3.0, 8.2 (compact JWS): RS256, the public key in the header."""
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    public.pop("key_ops", None)
    claims = {
        **credential,
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["id"],
        "nbf": int(datetime.fromisoformat(credential["validFrom"]).timestamp()),
    }
    return jwt.encode(claims, key, algorithm="RS256", headers={"jwk": public})


def _facts(certificate: Certificate) -> Facts:
    year = certificate.program_year
    cohort, user = year.cohort, certificate.membership.leader.user
    program = f"{cohort.name}, {year.label}"
    words = {"sessions": certificate.sessions, "program": program, "district": cohort.district.name}
    return Facts(
        number=certificate.grouped_number,
        check_url=check_url(certificate),
        issuer_url=f"{settings.SITE_URL}/",
        issuer_name=cohort.district.name,
        program_url=f"{settings.SITE_URL}{year.get_absolute_url()}",
        program_name=program,
        description=_("Took part in %(sessions)d learning sessions of %(program)s, %(district)s.") % words,
        criteria=_("Attended learning sessions of the program year; hours are those spent in the room."),
        holder=certificate.holder,
        email=user.email,
        salt=certificate.number,
        hours=(certificate.minutes // 15) / 4,
        issued_at=certificate.issued_at,
        first_day=year.starts_on,
        last_day=year.ends_on,
    )


# --- paper ----------------------------------------------------------------------------------------
def certificates_for(by: Any) -> Any:
    """Certificates that a person may print: her own, and those of years that she configures."""
    rows = Certificate.objects.select_related("program_year__cohort__district", "membership__leader__user")
    mine = rows.filter(membership__leader__user_id=by.pk)
    return (mine | rows.managed_by(by)).distinct()


def order_paper(*, by: Any, certificate: Certificate | None = None, paper: str = "letter") -> AttendancePaper:
    """A PDF of one certificate, or, without one, the transcript of everything the person attended."""
    if certificate is not None:
        found = certificates_for(by).filter(pk=certificate.pk).first()
        if found is None:
            raise RefusedError(_("This certificate is not yours to print."))
        if not found.stands:
            raise RefusedError(_("This certificate was withdrawn and is not printed any more."))
    return making.order(DESK, by=by, certificate=certificate, paper=paper)


def make_paper(*, pk: uuid.UUID, now: datetime | None = None) -> bool:
    return making.make(DESK, pk=pk, now=now)


def sweep_papers(*, now: datetime) -> int:
    """Erase what is a day old, then make what was left behind."""
    making.forget_expired(DESK, now=now)
    return making.make_due(DESK, now=now)


def _render(order: AttendancePaper) -> bytes | None:
    if not order.by.is_active:
        return None
    language = get_language() or "en"
    if order.certificate_id is None:
        return transcript_pdf(hours.transcript(order.by), paper=order.paper, language=language)
    certificate = certificates_for(order.by).filter(pk=order.certificate_id, withdrawn_at=None).first()
    if certificate is None:
        return None
    return certificate_pdf(certificate, check_url(certificate), paper=order.paper, language=language)


DESK = Desk(model=AttendancePaper, task=MAKE_TASK, render=lambda order: _render(order))
