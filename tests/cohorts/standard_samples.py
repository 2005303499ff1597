"""Small standards as documents, and a strategy that makes any that the formats can carry."""

from __future__ import annotations

from hypothesis import strategies as st

from cohorts.interchange import LinkRecord, NodeRecord, ScaleLevel, StandardDocument
from cohorts.interchange.document import KINDS, LINK_KINDS, in_tree_order

# Anything a person may type: no surrogates or NUL (they cannot be stored), no bare carriage return (files
# mean a line end by it), and trimmed, because every reader trims.
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
WORDS = st.text(LETTERS, max_size=30).map(str.strip)
LABELS = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
LINES = st.lists(WORDS.filter(bool), max_size=3).map("\n".join)
GUIDS = st.uuids(version=4).map(str)


def small() -> StandardDocument:
    """Two competencies, three indicators, one link, four levels; awkward texts included."""
    a, b, c, d, e = (f"3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c00{n:02d}" for n in range(10, 15))
    nodes = (
        NodeRecord(
            a,
            "competency",
            "Keeps learning",
            code="1",
            summary="Learns where others can see it.",
            focus_selectable=True,
        ),
        NodeRecord(
            b,
            "indicator",
            "=Asks for feedback",
            code="1.a",
            parent=a,
            official_text="Asks, “often”;\nlistens.",
            ratable=True,
        ),
        NodeRecord(c, "indicator", "Reads & weighs <research>", code="1.b", parent=a, ratable=True),
        NodeRecord(d, "competency", "'-Leads a community", code="2", focus_selectable=True),
        NodeRecord(e, "indicator", "Shares the work, and says so", code="2,a", parent=d, ratable=True),
    )
    return in_tree_order(
        StandardDocument(
            title="Local standard",
            identifier="3f0b6a52-1c6f-4a8e-9d70-2a1d5b3c0001",
            issuer="Willow Plains",
            jurisdiction="Alberta",
            version="2026",
            license="CC BY 4.0",
            license_url="https://creativecommons.org/licenses/by/4.0/",
            source_url="https://example.org/standard",
            note="Made for tests.",
            scale_name="Growth",
            levels=tuple(
                ScaleLevel(n, w)
                for n, w in enumerate(("Beginning", "Developing", "Achieving", "Excelling"), 1)
            ),
            nodes=nodes,
            links=(LinkRecord(b, e, "isRelatedTo"),),
        )
    )


@st.composite
def documents(draw: st.DrawFn) -> StandardDocument:
    """A valid standard of up to eight nodes in a random tree, with codes on some and links between some."""
    guids = draw(st.lists(GUIDS, min_size=2, max_size=9, unique=True))
    root, *rest = guids
    depth: dict[str, int] = {"": 0}
    nodes = []
    for place, guid in enumerate(rest):
        parent = draw(st.sampled_from(["", *[g for g in rest[:place] if depth[g] < 4]]))
        depth[guid] = depth[parent] + 1
        label, official = draw(LABELS), draw(LINES)
        nodes.append(
            NodeRecord(
                guid,
                draw(st.sampled_from(KINDS)),
                label,
                code=f"{place}" if draw(st.booleans()) else "",
                summary=draw(LINES),
                official_text="" if official == label else official,
                parent=parent,
                position=place,
                focus_selectable=draw(st.booleans()),
                ratable=draw(st.booleans()),
            )
        )
    ends = st.tuples(st.sampled_from(rest), st.sampled_from(rest), st.sampled_from(LINK_KINDS))
    wanted = draw(st.lists(ends, max_size=4, unique=True))
    links = tuple(LinkRecord(a, b, kind, draw(WORDS)) for a, b, kind in wanted if a != b)
    return in_tree_order(
        StandardDocument(
            draw(LABELS), root, issuer="Issuer", jurisdiction=draw(WORDS), nodes=tuple(nodes), links=links
        )
    )
