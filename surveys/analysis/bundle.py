"""A frozen bundle: data, codebook, report and versions in one ZIP, with a manifest, that re-runs to the
same."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import platform
import zipfile
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from surveys.analysis.checks import problems
from surveys.analysis.protection import is_small, too_few
from surveys.analysis.study import study
from surveys.analysis.study_data import MISSING, NOT_ASKED, Flow, StudyData, StudyItem
from surveys.analysis.study_json import study_json

DATA, CODEBOOK, REPORT, VERSIONS, MANIFEST, README = (
    "data.csv",
    "codebook.json",
    "report.json",
    "versions.json",
    "MANIFEST.sha256",
    "README.txt",
)
FIRST = ("row", "group", "wave", "focus", "switched")
NEAR = 1e-9
LARGEST = 50_000_000
"""Bytes that one file of a bundle may unpack to."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Rerun:
    """`differences` name the figure, what the bundle says and what came out now; `versions` what has
    changed."""

    figures: int
    differences: tuple[str, ...]
    versions: tuple[str, ...]

    @property
    def same(self) -> bool:
        return not self.differences


def write_bundle(data: StudyData) -> bytes:
    """The ZIP; the same data give the same bytes. Raises ValueError when the report contradicts itself, and
    when fewer can be paired than the smallest group: rows of so few are theirs to recognize.

    Rows are numbered anew and stand in the order of their answers, so that they tell nothing of who came
    first.
    """
    data = in_order(coarse(data))
    report = study_json(study(data), [item.code for item in data.items])
    if found := problems(report):
        raise ValueError("The report contradicts itself and is not exported. " + " ".join(found))
    files = {
        README: _readme(data),
        DATA: _write_data(data),
        CODEBOOK: _json(_codebook(data)),
        REPORT: _json(report),
        VERSIONS: _json(versions()),
    }
    files[MANIFEST] = "".join(
        f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in files.items()
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def coarse(data: StudyData) -> StudyData:
    """Facts that at least the smallest group shares: elsewhere the focus is left out of the row.

    Whoever holds rows and knows of somebody's focus, and whether it changed, must not find one row by it. The
    focus goes first, because what the report says of stayers and switchers needs only whether it changed; the
    focus after is read by no figure and left out altogether.
    """
    if len(data.pre) < data.smallest:
        raise ValueError(too_few(data.smallest))
    facts = list(zip(data.switched, data.focus_pre, strict=True))
    for switched in set(data.switched):
        sizes = Counter(fact for fact in facts if fact[0] == switched)
        blank = sum(count for (_, focus), count in sizes.items() if not focus or count < data.smallest)
        gone = {fact for fact, count in sizes.items() if count < data.smallest}
        while is_small(blank, data.smallest) and (left := set(sizes) - gone):
            least = min(left, key=lambda fact: (sizes[fact], fact))
            gone.add(least)
            blank += sizes[least]
        facts = [(fact[0], "") if fact in gone else fact for fact in facts]
    return replace(
        data,
        focus_pre=tuple(focus for _, focus in facts),
        focus_post=("",) * len(data.focus_post),
    )


def in_order(data: StudyData) -> StudyData:
    """The same people, in the order of their answers: a shuffled read gives the same figures and bytes."""
    n = len(data.pre)
    keys = [
        (
            tuple(data.pre[i].tolist()),
            tuple(data.post[i].tolist()),
            tuple(data.then[i].tolist()),
            data.focus_pre[i],
            data.focus_post[i],
            data.switched[i],
        )
        for i in range(n)
    ]
    order = sorted(range(n), key=keys.__getitem__)
    return replace(
        data,
        pre=data.pre[order],
        post=data.post[order],
        then=data.then[order],
        alone_pre=np.array(sorted(data.alone_pre.tolist())).reshape(data.alone_pre.shape).astype(int),
        alone_post=np.array(sorted(data.alone_post.tolist())).reshape(data.alone_post.shape).astype(int),
        focus_pre=tuple(data.focus_pre[i] for i in order),
        focus_post=tuple(data.focus_post[i] for i in order),
        switched=tuple(data.switched[i] for i in order),
    )


def rerun_bundle(content: bytes) -> Rerun:
    """Check the manifest, compute everything again from the data, and compare figure by figure.

    Raises ValueError for a file that is no bundle, that lacks a part, or whose part does not match its sum.
    """
    files = _read(content)
    data = read_data(files[DATA], json.loads(files[CODEBOOK]))
    now = study_json(study(data), [item.code for item in data.items])
    then = json.loads(files[REPORT])
    differences: list[str] = []
    figures = _compare(then, json.loads(json.dumps(now)), "report", differences)
    old, new = json.loads(files[VERSIONS]), versions()
    changed = [f"{name}: {old.get(name)} then, {new[name]} now" for name in new if old.get(name) != new[name]]
    return Rerun(figures, tuple(differences), tuple(changed))


def versions() -> dict[str, str]:
    import scipy

    return {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__}


def _codebook(data: StudyData) -> dict[str, Any]:
    return {
        "title": data.title,
        "wave_pre": data.wave_pre,
        "wave_post": data.wave_post,
        "smallest_group": data.smallest,
        "flow": asdict(data.flow),
        "missing": {str(code): name for code, name in MISSING.items()},
        "items": [asdict(item) for item in data.items],
        "then_items": [asdict(item) for item in data.then_items],
    }


def _write_data(data: StudyData) -> str:
    """A row a response; a pair is two rows with one number. Then-items stand in the post rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    thens = [f"then_{item.code}" for item in data.then_items]
    writer.writerow([*FIRST, *(item.code for item in data.items), *thens])
    not_asked = [NOT_ASKED] * len(thens)
    for row in range(len(data.pre)):
        writer.writerow(
            [row + 1, "paired", "pre", data.focus_pre[row], "", *data.pre[row].tolist(), *not_asked]
        )
        after = [*data.post[row].tolist(), *data.then[row].tolist()]
        writer.writerow([row + 1, "paired", "post", data.focus_post[row], data.switched[row], *after])
    for wave, rows in (("pre", data.alone_pre), ("post", data.alone_post)):
        for place, codes in enumerate(rows.tolist(), start=1):
            writer.writerow([place, "alone", wave, "", "", *codes, *not_asked])
    return out.getvalue()


def read_data(text: str, codebook: dict[str, Any]) -> StudyData:
    """The data of a bundle. Raises ValueError when its columns are not those of the codebook."""
    items = tuple(_item(each) for each in codebook["items"])
    thens = tuple(_item(each) for each in codebook["then_items"])
    reader = csv.reader(io.StringIO(text))
    heads = next(reader, [])
    if heads != [*FIRST, *(item.code for item in items), *(f"then_{item.code}" for item in thens)]:
        raise ValueError(f"The columns of {DATA} are not those of {CODEBOOK}.")
    k, first = len(items), len(FIRST)
    parts: dict[tuple[str, str], list[list[str]]] = {}
    for row in reader:
        parts.setdefault((row[1], row[2]), []).append(row)
    pre, post = parts.get(("paired", "pre"), []), parts.get(("paired", "post"), [])
    if [row[0] for row in pre] != [row[0] for row in post]:
        raise ValueError(f"In {DATA} a pair lacks one of its rows.")
    return StudyData(
        title=codebook["title"],
        wave_pre=codebook["wave_pre"],
        wave_post=codebook["wave_post"],
        items=items,
        then_items=thens,
        pre=_codes(pre, first, k),
        post=_codes(post, first, k),
        then=_codes(post, first + k, len(thens)),
        alone_pre=_codes(parts.get(("alone", "pre"), []), first, k),
        alone_post=_codes(parts.get(("alone", "post"), []), first, k),
        focus_pre=tuple(row[3] for row in pre),
        focus_post=tuple(row[3] for row in post),
        switched=tuple(int(row[4]) for row in post),
        flow=Flow(**codebook["flow"]),
        smallest=int(codebook["smallest_group"]),
    )


def _item(values: dict[str, Any]) -> StudyItem:
    return StudyItem(**{**values, "levels": tuple(values["levels"])})


def _codes(rows: list[list[str]], start: int, count: int) -> np.ndarray:
    return np.array([[int(cell) for cell in row[start : start + count]] for row in rows], dtype=int).reshape(
        len(rows), count
    )


def _read(content: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if absent := {DATA, CODEBOOK, REPORT, VERSIONS, MANIFEST} - names:
                raise ValueError(f"The bundle lacks {', '.join(sorted(absent))}.")
            if any(archive.getinfo(name).file_size > LARGEST for name in names):
                raise ValueError("A file in the bundle is larger than any bundle of ours.")
            files = {name: archive.read(name).decode() for name in names}
    except (zipfile.BadZipFile, UnicodeDecodeError) as fault:
        raise ValueError("This is not a bundle: it cannot be unpacked.") from fault
    for line in files[MANIFEST].splitlines():
        told, _, name = line.partition("  ")
        if name not in files or hashlib.sha256(files[name].encode()).hexdigest() != told:
            raise ValueError(f"{name} is not the file that the manifest names: it was changed or left out.")
    return files


def _compare(then: Any, now: Any, name: str, found: list[str]) -> int:
    """How many figures and words were compared; what differs goes to `found`."""
    if isinstance(then, dict) and isinstance(now, dict):
        found += [f"{name}.{key} is on one side only." for key in then.keys() ^ now.keys()]
        return sum(_compare(then[key], now[key], f"{name}.{key}", found) for key in then.keys() & now.keys())
    if isinstance(then, list) and isinstance(now, list):
        if len(then) != len(now):
            found.append(f"{name} had {len(then)} entries, now {len(now)}.")
        return sum(
            _compare(a, b, f"{name}[{place}]", found)
            for place, (a, b) in enumerate(zip(then, now, strict=False))
        )
    number = isinstance(then, int | float) and isinstance(now, int | float)
    same = math.isclose(then, now, rel_tol=NEAR, abs_tol=NEAR) if number else then == now
    if not same:
        found.append(f"{name} was {then}, now {now}.")
    return 1


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def _readme(data: StudyData) -> str:
    return (
        f"{data.title}: {data.wave_pre} and {data.wave_post}\n\n"
        "Answers of people who agreed to research, without names, under numbers made for this file.\n"
        f"{DATA}: a row a response; levels from 1, {NOT_ASKED} not asked, -1 prefer not to answer, -2 "
        f"skipped;\n"
        "reverse-keyed statements are turned.\n"
        f"{CODEBOOK}: statements and levels. {REPORT}: every figure. {VERSIONS}: what computed them.\n"
        f"Check: sha256sum -c {MANIFEST}\nCompute again: python manage.py rerun_bundle THIS_FILE.zip\n"
    )
