"""Moodle's descriptions are HTML; ours are plain text with the official wording apart."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"})
HIDDEN = frozenset({"script", "style"})


def html_of(summary: str, official_text: str) -> str:
    """The summary as a paragraph and the official wording as a quotation after it."""
    parts = [f"<p>{_escaped(summary)}</p>"] if summary else []
    parts += [f"<blockquote>{_escaped(official_text)}</blockquote>"] if official_text else []
    return "".join(parts)


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def texts_of(html: str) -> tuple[str, str]:
    """(summary, official text) of a description: what stands inside quotations is official wording."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _tidy(reader.outside), _tidy(reader.quoted)


def _tidy(pieces: list[str]) -> str:
    text = "".join(pieces)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.outside: list[str] = []
        self.quoted: list[str] = []
        self.quotations = 0
        self.hidden = 0

    def _add(self, text: str) -> None:
        (self.quoted if self.quotations else self.outside).append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            self.quotations += 1
        elif tag in HIDDEN:
            self.hidden += 1
        elif tag == "br":
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self.quotations = max(0, self.quotations - 1)
        elif tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in BLOCKS:
            self._add("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self._add(data.replace("\r\n", " ").replace("\n", " "))
