"""Mail: `queue_mail` writes a row inside the caller's transaction; the worker delivers it."""

from leaderdev.common.mail.queue import queue_mail

__all__ = ["queue_mail"]
