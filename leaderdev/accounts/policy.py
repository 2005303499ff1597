"""Who must use a second step. Upper apps add their own people by SECOND_FACTOR_PREDICATES."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.module_loading import import_string

# Recovery codes alone are no second step: they stand in for one that was lost.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_factor(user) -> bool:
    """Whether REQUIRE_SECOND_FACTOR asks it of this person: of nobody, of staff, or of leads too."""
    demanded_of = settings.REQUIRE_SECOND_FACTOR
    if demanded_of == "nobody" or not user.is_authenticated:
        return False
    if user.is_staff or user.is_superuser:
        return True
    if demanded_of != "leads":
        return False
    return any(import_string(path)(user) for path in settings.SECOND_FACTOR_PREDICATES)


def has_second_factor(user) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()
