"""A mail server for tests: takes mail on loopback, answers as it is told, keeps what it accepted.

Real sockets and Django's real SMTP backend; only the far end is ours.
"""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message

Answer = Callable[[str, str], str]


def accept(command: str, argument: str) -> str:
    """The default: everything is fine."""
    return {"DATA": "354 go on", "message": "250 taken", "QUIT": "221 bye"}.get(command, "250 ok")


class Conversation(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.server.connections += 1
        self.say("220 sink")
        while line := self.rfile.readline():
            command, _, argument = line.decode().strip().partition(" ")
            reply = self.server.answer(command.upper(), argument)
            self.say(reply)
            if command.upper() == "DATA" and reply.startswith("354"):
                self.take()
            if command.upper() == "QUIT" or reply.startswith("421"):
                return

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        message = email.message_from_bytes(b"".join(lines))
        reply = self.server.answer("message", message["To"])
        if reply.startswith("250"):
            self.server.accepted.append(message)
        self.say(reply)

    def say(self, reply: str) -> None:
        self.wfile.write(f"{reply}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    """`answer(command, argument)` gives each reply; the command "message" comes after the text of a mail."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answer = answer
        self.accepted: list[Message] = []
        self.connections = 0

    @property
    def port(self) -> int:
        return self.server_address[1]

    def addressees(self) -> list[str]:
        return [message["To"] for message in self.accepted]


@contextmanager
def smtp_sink(answer: Answer = accept) -> Iterator[Sink]:
    with Sink(answer) as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
