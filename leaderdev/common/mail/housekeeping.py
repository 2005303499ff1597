"""What mail rows keep, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta

from leaderdev.common.models import OutgoingMail

# Long enough to answer "did my invitation leave?"; the row itself stays as the proof that it did.
KEEP_TEXT = timedelta(days=30)


def forget_old_texts(*, now: datetime) -> int:
    """Empty the texts of mail that was finished a month ago; returns how many."""
    old = OutgoingMail.objects.with_text_older_than(now - KEEP_TEXT)
    return old.update(body_text="", body_html="", calendar="", subject="", headers={})
