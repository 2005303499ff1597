"""Why a mail could not be delivered, in words, and what to do."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _


def in_words(reason: str) -> str:
    """From the kept kind of error ("SMTPRecipientsRefused 550") to a sentence for a program lead."""
    codes = [int(code) for code in re.findall(r"\b[45]\d\d\b", reason)]
    if any(code in (550, 551, 553) for code in codes) or reason.startswith("SMTPRecipientsRefused"):
        return _("The address does not exist. Ask the person, and change it on the district’s roll.")
    if 552 in codes:
        return _("The mailbox is full. Tell the person, then try again.")
    if any(code in (535, 530) for code in codes):
        return _("The mail server does not let us in. Tell the person who runs this installation.")
    if codes:
        return _("The mail server refused it. Tell the person who runs this installation.")
    return _("The mail server could not be reached for a long time. Try again.")
