"""Mail: `queue_mail` writes a row inside the caller's transaction; the worker delivers it."""

from leaderdev.common.mail.queue import Letter, queue_mail, queue_many

__all__ = ["Letter", "queue_mail", "queue_many"]
