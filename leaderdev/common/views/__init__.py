"""Pages of the machinery: health for the operator, the mailbox of a demo."""

from leaderdev.common.views.gallery import gallery
from leaderdev.common.views.health import healthz, readyz
from leaderdev.common.views.mailbox import mailbox, mailbox_html, mailbox_message, mailbox_send

__all__ = ["gallery", "healthz", "mailbox", "mailbox_html", "mailbox_message", "mailbox_send", "readyz"]
