"""From what is true to a mail: subject, text and HTML, with its headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leaderdev.common.mail.queue import message_id
from leaderdev.common.mail.rendering import Written, write
from leaderdev.reminders import kinds as registry
from leaderdev.reminders.book import Book, YearFacts
from leaderdev.reminders.kinds.base import Fact, Kind, Words
from leaderdev.reminders.models import MailText, Reminder
from leaderdev.reminders.placeholders import fill, paragraphs
from leaderdev.reminders.stopping import address

DIGEST = "daily_digest"
DIGEST_WHY = _("You get this mail because you chose one mail a day that gathers everything.")


@dataclass(frozen=True)
class Letter:
    """A mail that is ready to go. `stop`: the address that stops its kind, empty where it is required."""

    to: str
    written: Written
    key: str
    reply_to: str
    stop: str


def letters_of(rows: Sequence[Reminder], facts: Mapping[int, tuple[Fact, Words]], book: Book) -> Letter:
    """One mail for these rows of one person: by itself, or as a digest."""
    first = rows[0]
    fact, words = facts[first.pk]
    year = book.year(fact.year)
    if len(rows) == 1 and (first.person.delivery != "daily" or registry.by_name(first.kind).alone):
        kind = registry.by_name(first.kind)
        stop = "" if kind.required else address(first.person_id, kind.name)
        written = write_one(kind, words, reader=first.person, year=year, book=book, stop=stop)
        return Letter(first.person.email, written, first.key, year.reply_to, stop)
    written = write_digest(rows, facts, book)
    # The same rows give the same Message-ID, whichever sender gathered them.
    key = "|".join(sorted(row.key for row in rows))
    return Letter(first.person.email, written, key, year.reply_to, address(first.person_id, DIGEST))


def write_one(
    kind: Kind, words: Words, *, reader: Any, year: YearFacts, book: Book, stop: str = ""
) -> Written:
    """The program's own templates, or the district's text in the same frame."""
    text = book.text(year.district_id, kind.name)
    context = {
        **words.values,
        "greeting": reader.get_short_name(),
        "button_url": settings.SITE_URL + words.url,
        "button_label": kind.button,
        "why": kind.why,
        "from_person": year.reply_name,
        "district_name": year.district,
        "stop_url": stop,
        "choices_url": settings.SITE_URL + reverse("reminders:choices"),
        "required": kind.required,
    }
    if text is None:
        return write(kind=kind.name, context=context, language=reader.language)
    return write(kind="own_words", context={**context, **own_words(text, context)}, language=reader.language)


def own_words(text: MailText, context: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: str(value) for name, value in context.items()}
    return {
        "own_subject": fill(text.subject, values),
        "own_paragraphs": [fill(part, values) for part in paragraphs(text.body)],
    }


def write_digest(rows: Sequence[Reminder], facts: Mapping[int, tuple[Fact, Words]], book: Book) -> Written:
    """Everything of one person's day: for each thing its own subject, and a link with what to do."""
    reader = rows[0].person
    year = book.year(facts[rows[0].pk][0].year)
    items = []
    for row in rows:
        fact, words = facts[row.pk]
        kind = registry.by_name(row.kind)
        said = write_one(kind, words, reader=reader, year=book.year(fact.year), book=book)
        items.append({"title": said.subject, "url": settings.SITE_URL + words.url, "label": kind.button})
    context = {
        "items": items,
        "greeting": reader.get_short_name(),
        "why": DIGEST_WHY,
        "from_person": year.reply_name,
        "district_name": year.district,
        "button_url": settings.SITE_URL + reverse("home:start"),
        "button_label": _("See what comes next"),
        "stop_url": address(reader.pk, DIGEST),
        "choices_url": settings.SITE_URL + reverse("reminders:choices"),
        "required": False,
    }
    return write(kind=DIGEST, context=context, language=reader.language)


def as_message(letter: Letter) -> EmailMultiAlternatives:
    """A message with its headers; RFC 8058 asks for both List-Unsubscribe lines."""
    headers = {"Message-ID": message_id(letter.key), "Auto-Submitted": "auto-generated"}
    if letter.reply_to:
        headers["Reply-To"] = letter.reply_to
    if letter.stop:
        headers["List-Unsubscribe"] = f"<{letter.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=letter.written.subject,
        body=letter.written.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.to],
        headers=headers,
    )
    message.attach_alternative(letter.written.html, "text/html")
    return message
