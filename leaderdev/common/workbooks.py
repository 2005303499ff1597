"""Excel workbooks of the admin's import and export, loaded when somebody uses one.

django-import-export asks tablib for every format as soon as the admin is loaded, and tablib then loads
openpyxl and with it NumPy, lxml and Pillow: 23 MB in each process, for a button that is pressed twice a year.
"""

from __future__ import annotations

from typing import Any


class WorkbookFormat:
    """Stands where tablib expects its own format for xlsx, which it hands everything on to."""

    title = "xlsx"
    extensions = ("xlsx",)

    @staticmethod
    def _format() -> Any:
        from tablib.formats._xlsx import XLSXFormat

        return XLSXFormat

    def detect(self, stream: Any) -> bool:
        return self._format().detect(stream)

    def export_set(self, dataset: Any, **kwargs: Any) -> bytes:
        return self._format().export_set(dataset, **kwargs)

    def import_set(self, dataset: Any, in_stream: Any, **kwargs: Any) -> None:
        self._format().import_set(dataset, in_stream, **kwargs)

    def export_book(self, databook: Any, **kwargs: Any) -> bytes:
        return self._format().export_book(databook, **kwargs)

    def import_book(self, databook: Any, in_stream: Any, **kwargs: Any) -> None:
        self._format().import_book(databook, in_stream, **kwargs)


def load_workbooks_on_demand() -> None:
    """To be called before the admin is loaded."""
    from tablib.formats import registry

    registry.register(WorkbookFormat.title, WorkbookFormat())
