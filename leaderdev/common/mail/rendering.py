"""From a kind and its context to subject, text and HTML: the one place where mails are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import translation


@dataclass(frozen=True)
class Written:
    subject: str
    text: str
    html: str


def write(*, kind: str, context: dict[str, Any], language: str | None = None) -> Written:
    """Render templates/emails/<kind>/subject.txt, body.txt and body.html in the reader's language.

    The subject becomes one line: a line break in a header would let a name add headers of its own.
    """
    everything = {"site_url": settings.SITE_URL, "kind": kind, **context}
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = plain(f"emails/{kind}/subject.txt", everything)
        text = plain(f"emails/{kind}/body.txt", everything)
        html = render_to_string(f"emails/{kind}/body.html", everything)
    return Written(subject=" ".join(subject.split())[:300], text=text.strip() + "\n", html=html)


def plain(name: str, context: dict[str, Any]) -> str:
    """A template whose output is no HTML: "Ana & Bo" stays as it is."""
    template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined]
    return str(template.render(Context(context, autoescape=False)))
