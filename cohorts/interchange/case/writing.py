"""Writing a CASE package of the version asked for.

1.1 objects are closed and its identifiers lower-case; inside a package neither version carries
CFPackageURI or CFDocumentURI here, which both schemas allow.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from cohorts.interchange.case.extras import flags_of, jurisdiction_of
from cohorts.interchange.case.reading import NOT_STATED
from cohorts.interchange.document import LinkRecord, NodeRecord, StandardDocument
from cohorts.interchange.identity import as_guid, derived, urn

VERSIONS = ("1.0", "1.1")


def write(document: StandardDocument, *, version: str, changed_at: datetime) -> str:
    """The package as JSON text, two spaces of indent, in the document's own order.

    `changed_at` is an aware instant; it stands on every object, because rows keep no instant of their own.
    Raises ValueError for a version that is neither "1.0" nor "1.1".
    """
    if version not in VERSIONS:
        raise ValueError(f"CASE version {version!r}; 1.0 and 1.1 are written")
    package = Writer(document, version, changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")).package()
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None)}


class Writer:
    def __init__(self, document: StandardDocument, version: str, changed: str) -> None:
        self.document = document
        self.version = version
        self.changed = changed
        self.root = as_guid(document.identifier)
        self.named = {node.identifier: node for node in document.nodes}

    def package(self) -> dict[str, Any]:
        document = self.document
        whole: dict[str, Any] = {
            "CFDocument": self.header(),
            "CFItems": [self.item(node) for node in document.nodes],
            "CFAssociations": self.tree() + [self.association(link) for link in document.links],
        }
        definitions = self.definitions()
        if definitions:
            whole["CFDefinitions"] = definitions
        if document.levels:
            whole["CFRubrics"] = [self.rubric()]
        return whole

    def stamped(self, identifier: str, uri: str = "", **values: Any) -> dict[str, Any]:
        """An object with what CASE requires of every object."""
        guid = as_guid(identifier)
        return {"identifier": guid, "uri": uri or urn(guid), **values, "lastChangeDateTime": self.changed}

    def header(self) -> dict[str, Any]:
        document = self.document
        optional = _filled(
            officialSourceURL=document.source_url,
            language=document.language,
            version=document.version,
            notes=document.note,
        )
        if document.license or document.license_url:
            optional["licenseURI"] = self.license_link()
        if self.version == "1.1":
            optional["caseVersion"] = "1.1"
        optional |= jurisdiction_of(document.jurisdiction, self.version)
        creator = document.issuer or NOT_STATED
        return self.stamped(
            document.identifier, document.uri, creator=creator, title=document.title, **optional
        )

    def item(self, node: NodeRecord) -> dict[str, Any]:
        values = _filled(
            fullStatement=node.official_text or node.label,
            abbreviatedStatement=node.label,
            humanCodingScheme=node.code,
            CFItemType=node.kind.capitalize(),
            notes=node.summary,
        )
        return self.stamped(node.identifier, node.uri, **values, **flags_of(node, self.version))

    def link_to(self, identifier: str) -> dict[str, str]:
        """A reference to a node, to the document, or to a statement of another standard."""
        guid = as_guid(identifier)
        if guid == self.root:
            return {"title": self.document.title, "identifier": guid, "uri": self.document.uri or urn(guid)}
        node = self.named.get(identifier)
        title = (node.code or node.label) if node else guid
        return {"title": title, "identifier": guid, "uri": (node.uri if node else "") or urn(guid)}

    def tree(self) -> list[dict[str, Any]]:
        counted: dict[str, int] = {}
        rows = []
        for node in self.document.nodes:
            parent = node.parent or self.document.identifier
            counted[parent] = counted.get(parent, 0) + 1
            rows.append(
                self.stamped(
                    derived("isChildOf", node.identifier, parent),
                    associationType="isChildOf",
                    sequenceNumber=counted[parent],
                    originNodeURI=self.link_to(node.identifier),
                    destinationNodeURI=self.link_to(parent),
                )
            )
        return rows

    def association(self, link: LinkRecord) -> dict[str, Any]:
        kind, group = link.kind, link.group
        if self.version == "1.1" and kind == "isRelatedTo" and group.startswith("ext:"):
            kind, group = group, ""
        if self.version == "1.0" and kind == "isTranslationOf":
            kind = "isRelatedTo"  # 1.0 has no such type; stated in docs/standards.md
        values: dict[str, Any] = {"associationType": kind}
        if group:
            guid = derived("group", self.root, group)
            values["CFAssociationGroupingURI"] = {"title": group, "identifier": guid, "uri": urn(guid)}
        values["originNodeURI"] = self.link_to(link.origin)
        values["destinationNodeURI"] = self.link_to(link.destination)
        return self.stamped(link.identifier or derived(link.kind, link.origin, link.destination), **values)

    def license_link(self) -> dict[str, str]:
        guid = derived("license", self.root)
        title = self.document.license or self.document.license_url
        return {"title": title, "identifier": guid, "uri": self.document.license_url or urn(guid)}

    def definitions(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.document.license or self.document.license_url:
            link = self.license_link()
            text = " ".join(part for part in (self.document.license, self.document.license_url) if part)
            found["CFLicenses"] = [
                self.stamped(link["identifier"], link["uri"], title=link["title"], licenseText=text)
            ]
        groups = [self.association(link).get("CFAssociationGroupingURI") for link in self.document.links]
        named = {group["identifier"]: group for group in groups if group}
        if named:
            found["CFAssociationGroupings"] = [
                self.stamped(key, title=group["title"]) for key, group in named.items()
            ]
        return found

    def rubric(self) -> dict[str, Any]:
        """The scale once, as one criterion without an item: it means every statement of the standard."""
        rubric, criterion = derived("rubric", self.root), derived("criterion", self.root)
        levels = [
            self.stamped(
                derived("level", self.root, str(level.value)),
                quality=level.label,
                score=level.value,
                position=place,
                rubricCriterionId=criterion,
            )
            for place, level in enumerate(self.document.levels, start=1)
        ]
        criteria = [self.stamped(criterion, position=1, rubricId=rubric, CFRubricCriterionLevels=levels)]
        return self.stamped(rubric, **_filled(title=self.document.scale_name), CFRubricCriteria=criteria)
