"""Which outside accounts may sign in, from plain settings to allauth's shape. Pure: settings import it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# Any Microsoft account of any organization could enter through these; one directory is what a district means.
_OPEN_TENANTS = {"common", "organizations", "consumers"}


@dataclass(frozen=True, kw_only=True)
class Google:
    client_id: str
    secret: str
    domains: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Microsoft:
    client_id: str
    secret: str
    tenant: str
    domains: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Generic:
    name: str
    client_id: str
    secret: str
    server_url: str
    domains: Sequence[str] = field(default=())


def providers(*, google: Google, microsoft: Microsoft, generic: Generic) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS: one OpenID Connect app for each part that is configured.

    Raises ImproperlyConfigured for half a configuration, and for one that anybody on earth could use.
    """
    apps = [*_google(google), *_microsoft(microsoft), *_generic(generic)]
    return {"openid_connect": {"APPS": apps, "OAUTH_PKCE_ENABLED": True}} if apps else {}


def origins(configured: dict[str, Any]) -> list[str]:
    """The sites that a sign-in form leads to, such as https://accounts.google.com."""
    apps = configured.get("openid_connect", {}).get("APPS", [])
    addresses = [urlsplit(app["settings"]["server_url"]) for app in apps]
    return sorted({f"{address.scheme}://{address.netloc}" for address in addresses})


def _google(given: Google) -> list[dict[str, Any]]:
    if not _complete("GOOGLE", client_id=given.client_id, client_secret=given.secret):
        return []
    if not given.domains:
        raise ImproperlyConfigured(
            "GOOGLE_HOSTED_DOMAINS is not set. Name your district's domain, such as schools.example.ca:"
            " without it every Google account could knock."
        )
    settings = {
        "server_url": "https://accounts.google.com",
        "hosted_domains": [domain.lower() for domain in given.domains],
    }
    return [_app("google", "Google", given.client_id, given.secret, settings)]


def _microsoft(given: Microsoft) -> list[dict[str, Any]]:
    if not _complete(
        "MICROSOFT", client_id=given.client_id, client_secret=given.secret, tenant_id=given.tenant
    ):
        return []
    if given.tenant.lower() in _OPEN_TENANTS:
        raise ImproperlyConfigured(
            f"MICROSOFT_TENANT_ID is “{given.tenant}”, which means every Microsoft account."
            " Use the directory (tenant) id of your district."
        )
    settings = {
        "server_url": f"https://login.microsoftonline.com/{given.tenant}/v2.0",
        "tenants": [given.tenant.lower()],
        "email_domains": [domain.lower() for domain in given.domains],
        # A single directory answers for the addresses of its people; Microsoft sends no email_verified.
        "verified_email": True,
        # The directory id stands in the ID token alone.
        "fetch_userinfo": False,
    }
    return [_app("microsoft", "Microsoft", given.client_id, given.secret, settings)]


def _generic(given: Generic) -> list[dict[str, Any]]:
    if not _complete(
        "OIDC", client_id=given.client_id, client_secret=given.secret, server_url=given.server_url
    ):
        return []
    settings = {
        "server_url": given.server_url,
        "email_domains": [domain.lower() for domain in given.domains],
    }
    return [_app("district", given.name, given.client_id, given.secret, settings)]


def _complete(prefix: str, **parts: str) -> bool:
    """True with every part set, False with none; half a configuration stops the start."""
    missing = [name for name, value in parts.items() if not value]
    if len(missing) == len(parts):
        return False
    if missing:
        names = ", ".join(f"{prefix}_{name.upper()}" for name in missing)
        raise ImproperlyConfigured(
            f"{names} is not set, but the rest of {prefix}_… is. Set all of it or none."
        )
    return True


def _app(
    provider_id: str, name: str, client_id: str, secret: str, settings: dict[str, Any]
) -> dict[str, Any]:
    return {
        "provider_id": provider_id,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": settings,
    }
