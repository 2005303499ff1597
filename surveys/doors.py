"""Ways in without a sign-in: the link of a mail, and the personal code at a shared device."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings
from django.core import signing

from cohorts.models import Membership
from surveys.models import Wave

SALT = "surveys.link"
# Eight letters of thirty-two are 2^40 codes: with the limit on tries, guessing one of a cohort takes years.
CODE_LETTERS = 8
# As a person reads them aloud: no I, L, O or U.
_ALPHABET = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_READ = str.maketrans("OIL", "011")


def link_of(wave: Wave, member: Membership) -> str:
    """The secret part of a mail's link; good as long as the wave is open."""
    return signing.dumps([wave.pk, member.pk], salt=SALT)


def read_link(token: str) -> tuple[int, int] | None:
    """(wave, membership), or None for what we did not sign."""
    try:
        wave, member = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(wave), int(member)


def code_of(wave: Wave, member: Membership) -> str:
    """A code such as 12-4F9Q-2MXT: the wave's number, then eight letters for the person."""
    letters = _letters(wave.pk, member.pk)
    return f"{wave.pk}-{letters[:4]}-{letters[4:]}"


def read_code(typed: str) -> tuple[int, str] | None:
    """(wave, letters), or None for what cannot be a code. Forgives case, spaces and look-alikes."""
    parts = typed.upper().replace(" ", "-").split("-")
    parts = [part for part in parts if part]
    if len(parts) < 2 or not parts[0].isdecimal() or len(parts[0]) > 12:
        return None
    letters = "".join(parts[1:]).translate(_READ)
    return (int(parts[0]), letters) if len(letters) == CODE_LETTERS and letters.isascii() else None


def owner_of(wave: Wave, letters: str) -> Membership | None:
    """Whose code it is, among those whom the wave asks."""
    for member in wave.invited().current().select_related("leader__user"):
        if hmac.compare_digest(_letters(wave.pk, member.pk), letters):
            return member
    return None


def _letters(wave_pk: int, member_pk: int) -> str:
    told = f"surveys.code|{wave_pk}|{member_pk}".encode()
    made = hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).digest()
    return base64.b32encode(made).decode()[:CODE_LETTERS].translate(_ALPHABET)
