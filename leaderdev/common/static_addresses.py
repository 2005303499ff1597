"""Addresses of static files, each worked out once in a process.

With a manifest an address never changes while a process lives, and the frame of every page names eighteen.
"""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class _Remembered(ManifestStaticFilesStorage):
    """`url` as the manifest gives it, remembered by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: Any, force: bool = False) -> str:
        if force:
            return super().url(name, force)
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]


class Uncompressed(_Remembered):
    """For a demo: compressing on a laptop would double the time to the first page."""


class Compressed(_Remembered, CompressedManifestStaticFilesStorage):
    """For production."""
