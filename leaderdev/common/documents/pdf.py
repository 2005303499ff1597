"""A page as tagged PDF. Rendering reaches neither the network nor any file but our own styles and fonts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

# An address that cannot exist (RFC 2606); the fetcher below answers for it from our static files.
OURS = "https://static.invalid/"
FONTS = ("vendor/source-sans-3/", "vendor/source-serif-4/")
# Paper → what CSS calls it.
SIZES = {"letter": "letter", "a4": "A4"}


class ForbiddenAddressError(Exception):
    """The page asked for something that is not ours."""


def own_file(address: str, styles: Sequence[str]) -> Path:
    """The path of one of `styles` or of a font of ours. Raises ForbiddenAddressError for any other one."""
    name = unquote(urlsplit(address).path).lstrip("/")
    ours = name in styles or (name.startswith(FONTS) and name.endswith(".woff2"))
    path = finders.find(name) if address.startswith(OURS) and ours and ".." not in name else None
    if path is None:
        raise ForbiddenAddressError(address)
    return Path(path)


def draw_pdf(
    template: str, context: dict[str, Any], *, styles: Sequence[str], paper: str, language: str = "en"
) -> bytes:
    """The bytes of a PDF/UA-1 on `paper`, "letter" or "a4".

    The template is given `language`, `styles` (addresses for its links) and `size` (for @page) as well.
    """
    # Two seconds and fifty megabytes, which a process that shows pages shall never pay.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            path = own_file(url, styles)
            kind = "text/css" if path.suffix == ".css" else "font/woff2"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    # It speaks of every style that print has no use for; what is wrong with our pages, tests say.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    ours = {"language": language, "styles": [OURS + name for name in styles], "size": SIZES[paper]}
    with translation.override(language):
        page = render_to_string(template, {**context, **ours})
    return HTML(string=page, base_url=OURS, url_fetcher=OwnFiles()).write_pdf(pdf_variant="pdf/ua-1")
