"""Certificates: issued once, withdrawn for good, checked by anybody, printed tagged, and as an Open Badge."""

from __future__ import annotations

import io
import json
import subprocess

import jsonschema
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cohorts import hours, tasks
from cohorts.models import AttendancePaper, Membership
from cohorts.services import certificates as service
from cohorts.services.errors import RefusedError
from leaderdev.common.documents.making import KEPT
from tests.cohorts.sessions.builders import certificate_of, first_session

pytestmark = pytest.mark.django_db

_URI = {"type": "string", "pattern": "^(https?|urn):"}
_WORDS = {"type": "string", "minLength": 1}
_INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}


def _type(word: str) -> dict:
    return {"type": "array", "contains": {"const": word}}


# The required properties and constraints of AchievementCredential, AchievementSubject, Achievement, Profile
# and IdentityObject, as ob_v3p0/common_credentials.lines of 1EdTech/openbadges-specification states them.
OPEN_BADGE = {
    "type": "object",
    "required": ["@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject"],
    "properties": {
        "@context": {
            "type": "array",
            "minItems": 2,
            "prefixItems": [
                {"const": "https://www.w3.org/ns/credentials/v2"},
                {"pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json$"},
            ],
        },
        "id": _URI,
        "type": {"allOf": [_type("VerifiableCredential"), _type("OpenBadgeCredential")]},
        "name": _WORDS,
        "validFrom": _INSTANT,
        "awardedDate": _INSTANT,
        "issuer": {"required": ["id", "type"], "properties": {"id": _URI, "type": _type("Profile")}},
        "credentialSubject": {
            "required": ["type", "achievement", "identifier"],
            "properties": {
                "type": _type("AchievementSubject"),
                "activityStartDate": _INSTANT,
                "activityEndDate": _INSTANT,
                "creditsEarned": {"type": "number"},
                "identifier": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "required": ["type", "hashed", "identityHash", "identityType"],
                        "properties": {
                            "type": {"const": "IdentityObject"},
                            "hashed": {"type": "boolean"},
                            "identityType": {"enum": ["name", "emailAddress"]},
                        },
                    },
                },
                "achievement": {
                    "required": ["id", "type", "name", "description", "criteria"],
                    "properties": {
                        "id": _URI,
                        "type": _type("Achievement"),
                        "name": _WORDS,
                        "description": _WORDS,
                        "criteria": {"anyOf": [{"required": ["id"]}, {"required": ["narrative"]}]},
                    },
                },
            },
        },
    },
}


@pytest.fixture
def attended(cast):
    first_session(cast)
    return cast


def members(cast, *names) -> list[Membership]:
    return [cast.members[name] for name in names]


def test_who_attended_gets_one_certificate(attended):
    cast = attended
    (row,) = service.issue(by=cast.lead, year=cast.year, memberships=members(cast, "participant", "mate"))
    assert (row.holder, row.minutes, row.sessions, row.issued_by) == ("Participant Person", 180, 1, cast.lead)
    assert len(row.number) == 12
    for wanted in (members(cast, "participant"), members(cast, "mate"), []):
        with pytest.raises(RefusedError, match="Nobody of them"):
            service.issue(by=cast.lead, year=cast.year, memberships=wanted)
    with pytest.raises(PermissionDenied):
        service.issue(by=cast.facilitator, year=cast.year, memberships=members(cast, "participant"))


def test_withdrawn_is_withdrawn_and_another_can_be_issued(attended):
    cast, row = attended, certificate_of(attended)
    with pytest.raises(RefusedError, match="the holder will ask"):
        service.withdraw(by=cast.lead, certificate=row, reason=" ")
    with pytest.raises(PermissionDenied):
        service.withdraw(by=cast.participant, certificate=row, reason="Wrong name")
    service.withdraw(by=cast.lead, certificate=row, reason="Wrong name")
    with pytest.raises(RefusedError, match="already"):
        service.withdraw(by=cast.lead, certificate=row, reason="Again")
    (new,) = service.issue(by=cast.lead, year=cast.year, memberships=members(cast, "participant"))
    assert new.number != row.number


def test_a_number_is_checked_by_anybody(client, attended):
    row = certificate_of(attended)
    url = reverse("cohorts:verify")
    page = client.get(url, {"number": " 7kmp 3xq9-htrb "}).content.decode()
    assert "This certificate stands." in page
    assert "Participant Person" in page
    assert "3.25 hours" in page
    wrong = client.get(url, {"number": "7KMP-3XQ9-HTRA"}).content.decode()
    assert "No certificate has this number." in wrong
    assert "Participant" not in wrong
    assert "Type the number" in client.get(url, {"number": ""}).content.decode()
    assert "No certificate" in client.get(url, {"number": "--"}).content.decode()
    service.withdraw(by=attended.lead, certificate=row, reason="SECRET reason")
    gone = client.get(url, {"number": row.number}).content.decode()
    assert "does not hold any more" in gone
    assert "SECRET" not in gone
    assert "Participant Person" not in gone


def text_of(data: bytes, *tool: str) -> str:
    return subprocess.run([*tool, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


@pytest.mark.needs_poppler
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_certificate_and_transcript_are_tagged_pdfs(attended, paper):
    row = certificate_of(attended)
    for certificate, words in (
        (
            row,
            ["Certificate of attendance", "Participant Person", "7KMP-3XQ9-HTRB", "3.25 hours", "?number="],
        ),
        (None, ["Transcript of learning sessions", "Opening session", "180", "3 hours in all"]),
    ):
        order = service.order_paper(by=attended.participant, certificate=certificate, paper=paper)
        assert tasks.make_attendance_paper(str(order.pk)) is True
        order.refresh_from_db()
        data = order.file.read()
        order.file.close()
        info = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True).stdout.decode()
        assert "Tagged:          yes" in info
        text = text_of(data, "pdftotext")
        assert [word for word in words if word not in text.replace("\n", " ")] == []


def test_papers_belong_to_the_holder_and_those_who_configure(attended):
    cast, row = attended, certificate_of(attended)
    for who in ("mate", "facilitator", "stranger"):
        with pytest.raises(RefusedError, match="not yours"):
            service.order_paper(by=getattr(cast, who), certificate=row)
    late = service.order_paper(by=cast.lead, certificate=row)
    assert service.order_paper(by=cast.lead, certificate=row) == late
    service.withdraw(by=cast.lead, certificate=row, reason="Wrong name")
    assert service.make_paper(pk=late.pk) is False
    with pytest.raises(RefusedError, match="withdrawn"):
        service.order_paper(by=cast.participant, certificate=row)
    gone = service.order_paper(by=cast.participant)
    cast.participant.is_active = False
    cast.participant.save()
    assert service.sweep_papers(now=timezone.now()) == 0
    assert AttendancePaper.objects.get(pk=gone.pk).state == "failed"
    service.sweep_papers(now=timezone.now() + KEPT)
    assert not AttendancePaper.objects.exists()
    assert tasks.sweep_attendance_papers() == 0


def test_the_open_badge_holds_what_the_published_model_requires(client, attended):
    row = certificate_of(attended)
    client.force_login(attended.participant)
    answer = client.get(reverse("cohorts:badge", args=[row.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="open-badge-7KMP3XQ9HTRB-unsigned.json"'
    badge = json.loads(answer.content)
    jsonschema.Draft202012Validator(OPEN_BADGE).validate(badge)
    assert "carries no signature" in badge["description"]
    assert badge["credentialSubject"]["creditsEarned"] == 3.25
    assert attended.participant.email not in answer.content.decode()
    assert "proof" not in badge


@pytest.mark.parametrize("missing", ["id", "issuer", "credentialSubject"])
def test_the_schema_of_this_test_bites(attended, missing):
    _name, text = service.badge_of(certificate_of(attended))
    badge = json.loads(text)
    del badge[missing]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(OPEN_BADGE).validate(badge)


def pem(key) -> bytes:
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())


def test_with_a_key_the_badge_is_signed(settings, tmp_path, attended):
    path = tmp_path / "badges.pem"
    path.write_bytes(pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)))
    settings.OPEN_BADGES_KEY_FILE = str(path)
    name, token = service.badge_of(certificate_of(attended))
    assert name == "open-badge-7KMP3XQ9HTRB.jwt"
    header = jwt.get_unverified_header(token)
    assert "d" not in header["jwk"]
    key = jwt.PyJWK(header["jwk"], algorithm="RS256")
    claims = jwt.decode(token, key, algorithms=["RS256"])
    jsonschema.Draft202012Validator(OPEN_BADGE).validate(claims)
    assert claims["jti"] == claims["id"]
    assert "carries no signature" not in claims["description"]
    path.write_bytes(pem(ec.generate_private_key(ec.SECP256R1())))
    with pytest.raises(TypeError, match="RSA"):
        service.badge_of(certificate_of(attended))


def test_hours_of_a_person_by_year(attended):
    transcript = hours.transcript(attended.participant)
    assert (transcript.hours, [year.count for year in transcript.years]) == ("3", [1])
    (rows,) = hours.of_memberships(
        [attended.members["mate"]], attended.year.learning_sessions.select_related("program_year")
    ).values()
    assert (hours.total(rows), rows[0].presence) == (0, None)
    assert hours.transcript(attended.stranger).years == []


def test_bytes_are_a_pdf(attended):
    from cohorts.documents.pdf import transcript_pdf

    data = transcript_pdf(hours.transcript(attended.mate), paper="letter")
    assert io.BytesIO(data).read(5) == b"%PDF-"
