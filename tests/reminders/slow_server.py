"""A mail server that takes its time: Django's own in-memory one, with something that happens meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

PATH = f"{__name__}.SlowBackend"


class SlowBackend(EmailBackend):
    """`meanwhile` is called once, after the first message was taken."""

    meanwhile: Callable[[], object] | None = None

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        taken = super().send_messages(messages)
        happens, type(self).meanwhile = type(self).meanwhile, None
        if happens:
            happens()
        return taken


class RefusingBackend(EmailBackend):
    """`errors` are raised one after the other, one for each message; then all is well."""

    errors: list[Exception] = []

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if self.errors:
            raise self.errors.pop(0)
        return super().send_messages(messages)
