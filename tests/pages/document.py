"""Reads a page as a browser would and lists what is wrong with its structure, each in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "list")
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}


def parse(html: str) -> Element:
    return html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)


def _ids(document: Element) -> Counter:
    return Counter(node.get("id") for node in document.iter() if node.get("id"))


def _headings(document: Element) -> Iterator[str]:
    ones = list(document.iter("h1"))
    if len(ones) != 1:
        yield f"has {len(ones)} h1 headings, one is right"
    levels = [int(n.tag[1]) for n in document.iter() if n.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"jumps from h{before} to h{after}"


def _frame(document: Element) -> Iterator[str]:
    if not document.get("lang"):
        yield "does not say its language"
    title = document.find("head/title")
    if title is None or not "".join(title.itertext()).strip():
        yield "has no title"
    if len(list(document.iter("main"))) != 1:
        yield "does not have exactly one main landmark"
    main = next(document.iter("main"), None)
    skip = [a for a in document.iter("a") if main is not None and a.get("href") == f"#{main.get('id')}"]
    if not skip:
        yield "has no skip link to its main landmark"


def _fields(document: Element) -> Iterator[str]:
    labels = {label.get("for") for label in document.iter("label")}
    wrapped = {id(f) for label in document.iter("label") for f in label.iter() if f is not label}
    for tag in ("input", "select", "textarea"):
        for field in document.iter(tag):
            if tag == "input" and field.get("type", "text") in UNLABELLED_TYPES:
                continue
            named = field.get("aria-label") or field.get("aria-labelledby")
            if not (field.get("id") in labels or id(field) in wrapped or named):
                yield f"has a {tag} “{field.get('name')}” without a label"


def _names(document: Element) -> Iterator[str]:
    for image in document.iter("img"):
        if image.get("alt") is None:
            yield f"has an image without alt text: {image.get('src')}"
    for tag in ("a", "button"):
        for node in document.iter(tag):
            text = "".join(node.itertext()).strip() or node.get("aria-label") or node.get("title")
            pictures = [i.get("alt") for i in node.iter("img")]
            if not text and not any(pictures):
                yield f"has a {tag} without words: {node.attrib}"


def _references(document: Element) -> Iterator[str]:
    ids = _ids(document)
    for node in document.iter():
        for attribute in REFERENCES:
            for target in (node.get(attribute) or "").split():
                if target not in ids:
                    yield f"points {attribute} at “{target}”, which is not on the page"
    for label in document.iter("label"):
        if label.get("for") and label.get("for") not in ids:
            yield f"labels “{label.get('for')}”, which is not on the page"
    for name, count in ids.items():
        if count > 1:
            yield f"has the id “{name}” {count} times"


def _inline(document: Element) -> Iterator[str]:
    for script in document.iter("script"):
        if not script.get("src") and script.get("type") != "application/json":
            yield "has an inline script, which the content security policy forbids"
    if next(document.iter("style"), None) is not None:
        yield "has an inline style sheet"
    for node in document.iter():
        for name in node.attrib:
            if name == "style" or name.startswith("on"):
                yield f"has an inline {name} on <{node.tag}>"


def problems(html: str, *, inline: bool = True) -> list[str]:
    """Everything wrong with a page's structure; empty for a sound page.

    `inline=False` leaves out scripts and styles in the page, for pages of the stock admin.
    """
    document = parse(html)
    checks = [_headings, _frame, _fields, _names, _references]
    if inline:
        checks.append(_inline)
    return [sentence for check in checks for sentence in check(document)]
