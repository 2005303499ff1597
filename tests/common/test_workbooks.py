"""Workbooks go through tablib's own format, loaded when one is used."""

from __future__ import annotations

import io

from tablib import Databook, Dataset, detect_format


def sheet() -> Dataset:
    return Dataset(["Ness Hill", 3], headers=["School", "Grade"], title="Schools")


def test_a_sheet_comes_back_as_it_went():
    data = sheet().export("xlsx")
    assert detect_format(io.BytesIO(data)) == "xlsx"
    back = Dataset().load(data, format="xlsx")
    assert (back.headers, back[0]) == (["School", "Grade"], ("Ness Hill", 3))


def test_a_book_comes_back_as_it_went():
    data = Databook([sheet(), Dataset(["x"], headers=["One"], title="Others")]).export("xlsx")
    back = Databook().load(data, format="xlsx")
    assert [each.title for each in back.sheets()] == ["Schools", "Others"]
