"""Is a file a SCORM 1.2 package that a learning system can take in? What the specification asks of a manifest."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from lxml import etree

from smallplaces.courses.scorm.package import ADL, CP, MANIFEST

_NAME: Final = re.compile(r"^[A-Za-z_][\w.-]*$")


def examine(content: bytes) -> list[str]:
    """Everything that is wrong with a package; nothing when it is sound. Never raises for what is in the file."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        return ["not a ZIP file"]
    with archive:
        names = archive.namelist()
        if MANIFEST not in names:
            return [f"no {MANIFEST} at the root"]
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            root = etree.fromstring(archive.read(MANIFEST), parser)
        except etree.XMLSyntaxError as error:
            return [f"{MANIFEST} is not XML: {error}"]
    return [*_files(names), *_manifest(root), *_organization(root), *_resources(root, set(names))]


def _files(names: list[str]) -> Iterator[str]:
    if len(set(names)) < len(names):
        yield "a file stands twice"
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            yield f"{name} leads out of the package"


def _manifest(root: Any) -> Iterator[str]:
    if root.tag != f"{{{CP}}}manifest":
        yield "the root is not a manifest of IMS Content Packaging 1.1.2"
    said = (root.findtext(f"{{{CP}}}metadata/{{{CP}}}schema"), root.findtext(f"{{{CP}}}metadata/{{{CP}}}schemaversion"))
    if said != ("ADL SCORM", "1.2"):
        yield "the metadata do not say ADL SCORM 1.2"
    named = [element.get("identifier") for element in root.iter() if element.get("identifier") is not None]
    for name in named:
        if not _NAME.match(name):
            yield f"{name!r} is no identifier"
    if len(set(named)) < len(named):
        yield "an identifier stands twice"
    if not root.get("identifier"):
        yield "the manifest has no identifier"


def _organization(root: Any) -> Iterator[str]:
    organizations = root.find(f"{{{CP}}}organizations")
    if organizations is None:
        yield "there are no organizations"
        return
    known = {one.get("identifier"): one for one in organizations.findall(f"{{{CP}}}organization")}
    if organizations.get("default") not in known:
        yield "the default organization is not there"
    resources = {one.get("identifier") for one in root.iter(f"{{{CP}}}resource")}
    for organization in known.values():
        for element in (organization, *organization.iter(f"{{{CP}}}item")):
            if not (element.findtext(f"{{{CP}}}title") or "").strip():
                yield f"{element.get('identifier')} has no title"
        items = list(organization.iter(f"{{{CP}}}item"))
        if not items:
            yield "an organization has no item"
        for item in items:
            if item.get("identifierref") not in resources:
                yield f"{item.get('identifier')} leads to no resource"
            score = item.findtext(f"{{{ADL}}}masteryscore")
            if score is not None and not (score.isdecimal() and int(score) <= 100):
                yield f"{item.get('identifier')} has a mastery score that is no number from 0 to 100"


def _resources(root: Any, names: set[str]) -> Iterator[str]:
    listed = {MANIFEST}
    known = {one.get("identifier") for one in root.iter(f"{{{CP}}}resource")}
    for resource in root.iter(f"{{{CP}}}resource"):
        name = resource.get("identifier")
        kind = resource.get(f"{{{ADL}}}scormtype")
        files = {one.get("href") for one in resource.findall(f"{{{CP}}}file")}
        listed |= files
        if resource.get("type") != "webcontent":
            yield f"{name} is not of the type webcontent"
        if kind not in ("sco", "asset"):
            yield f"{name} is neither sco nor asset"
        if kind == "sco" and (resource.get("href") or "").partition("?")[0] not in files:
            yield f"{name} does not list the file that it opens"
        for missing in sorted(files - names):
            yield f"{name} names {missing}, which is not in the package"
        for one in resource.findall(f"{{{CP}}}dependency"):
            if one.get("identifierref") not in known:
                yield f"{name} depends on {one.get('identifierref')}, which is not there"
    for stranger in sorted(names - listed):
        yield f"{stranger} is named by no resource"
