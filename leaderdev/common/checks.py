"""What a real installation may not have: `manage.py check --deploy` refuses what a demo may lack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from leaderdev.common.sealing import local_key

SHORTEST_SECRET = 50
LOCAL_MODES = ("demo", "development", "test")
# Mail handed to one of these reaches nobody.
NOBODYS_MAIL = ("console", "dummy", "locmem", "filebased", "MailboxBackend")


@register(Tags.security, deploy=True)
def fit_for_a_district(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        *mode_problems(),
        *secret_problems(),
        *sealing_problems(),
        *address_problems(),
        *mail_problems(),
        *background_problems(),
        *storage_problems(),
    ]


def mode_problems() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.MODE != "production":
        found.append(
            Error(
                f"MODE is “{settings.MODE}”: anybody could sign in as anybody.",
                hint="Set MODE=production.",
                id="leaderdev.E001",
            )
        )
    if settings.DEBUG:
        found.append(
            Error("DEBUG shows settings to visitors.", hint="Set MODE=production.", id="leaderdev.E002")
        )
    return found


def secret_problems() -> list[CheckMessage]:
    secret = settings.SECRET_KEY
    if "not-secret" in secret or len(secret) < SHORTEST_SECRET or len(set(secret)) < 10:
        hint = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
        return [Error("SECRET_KEY is the demo's or too short to be one.", hint=hint, id="leaderdev.E003")]
    return []


def sealing_problems() -> list[CheckMessage]:
    if not {local_key(mode) for mode in LOCAL_MODES}.isdisjoint(settings.SEALING_KEYS):
        hint = "Set SEALING_KEYS to a key of your own; .env.example says how to make one."
        message = "What trios write would be sealed with the demo's key, which everybody knows."
        return [Error(message, hint=hint, id="leaderdev.E008")]
    return []


def address_problems() -> list[CheckMessage]:
    if urlsplit(settings.SITE_URL).scheme != "https":
        return [
            Error(
                "SITE_URL is not https: sign-in cookies and links in mail would travel in the open.",
                hint="Put a certificate in front and set SITE_URL=https://….",
                id="leaderdev.E004",
            )
        ]
    return []


def mail_problems() -> list[CheckMessage]:
    backend = settings.MAIL_DELIVERY_BACKEND
    if any(name in backend for name in NOBODYS_MAIL):
        return [
            Error(
                "Mail would reach nobody: it is handed to a console, a file or the demo's mailbox.",
                hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example.ca:587.",
                id="leaderdev.E005",
            )
        ]
    return []


def background_problems() -> list[CheckMessage]:
    if settings.EMBEDDED_WORKER:
        return [
            Error(
                "Background work lives inside the web process.",
                hint="Set REDIS_URL and run one `celery -A leaderdev worker` and one beat.",
                id="leaderdev.E006",
            )
        ]
    return []


def storage_problems() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if "locmem" in settings.CACHES["default"]["BACKEND"]:
        found.append(
            Error(
                "The cache lives in each process: sign-in limits would count in each one separately.",
                hint="Set MODE=production, which keeps it in the database.",
                id="leaderdev.E007",
            )
        )
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(
            Warning(
                "The database is SQLite: fine for one machine and one district, not for several web servers.",
                hint="Set DATABASE_URL=postgres://user:password@host:5432/name.",
                id="leaderdev.W001",
            )
        )
    return found
