"""The package of a DOCX: its parts as XML, read with limits; small helpers for elements of either namespace."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import lxml.etree as etree
from lxml.etree import _Element

from extractor.errors import DamagedFile, TooLarge, WrongFormat

LARGEST_PART = 128 * 1024 * 1024
"""Bytes of one part when unpacked. A report of 1,000 pages has some 20 MB; a ZIP bomb has gigabytes."""
MOST_PARTS = 20_000

_WRAPPERS = frozenset({"customXml", "ins", "moveTo"})
"""Elements that may stand between the body and its blocks and show what is in them."""
_SPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)


@lru_cache(maxsize=4096)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(node: _Element) -> str:
    """The element's name without its namespace; "" for comments and the like."""
    return _bare(node.tag) if isinstance(node.tag, str) else ""


def attribute(node: _Element | None, name: str) -> str | None:
    """The value of `w:name` of `node`, None where either is missing."""
    if node is None:
        return None
    value = node.get(_SPACES[0] + name)
    return node.get(_SPACES[1] + name) if value is None else value


def relation(node: _Element) -> str | None:
    """The value of `r:id` of `node`."""
    return node.get(_RELATIONS[0] + "id") or node.get(_RELATIONS[1] + "id")


def number_of(node: _Element | None, default: int, name: str = "val") -> int:
    """The whole number in `w:name` of `node`, `default` where there is none."""
    try:
        return int(attribute(node, name) or default)
    except ValueError:
        return default


def child(node: _Element | None, *path: str) -> _Element | None:
    """The first descendant along `path` of local names."""
    for name in path:
        node = next(children(node, name), None)
    return node


def children(node: _Element | None, name: str) -> Iterator[_Element]:
    """The children of `node` with that local name."""
    return (n for n in node if local(n) == name) if node is not None else iter(())


def is_on(node: _Element | None) -> bool:
    """True where a toggle property (w:vanish, w:caps) is there and not switched off."""
    return node is not None and attribute(node, "val") not in ("0", "false", "off", "none")


class Package:
    """The parts of a DOCX. Raises DamagedFile (no ZIP, part missing, bad XML), TooLarge, WrongFormat (entities)."""

    def __init__(self, path: Path, named: Path) -> None:
        """path: the file; named: what errors call it."""
        self.path = named
        try:
            self.archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise DamagedFile(f"not readable as DOCX: {error}", path=named) from error
        self.infos = {info.filename: info for info in self.archive.infolist()}
        if len(self.infos) > MOST_PARTS:
            raise TooLarge(f"{len(self.infos)} parts, more than {MOST_PARTS}", path=named)
        self.main = self._main()

    def close(self) -> None:
        """Close the file."""
        self.archive.close()

    def bytes(self, name: str) -> bytes | None:
        """The unpacked bytes of a part, None where the package has none of that name."""
        info = self.infos.get(name)
        if info is None:
            return None
        if info.file_size > LARGEST_PART:
            raise TooLarge(f"{name} unpacks to {info.file_size >> 20} MB", path=self.path)
        try:
            data = self.archive.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise DamagedFile(f"{name} cannot be unpacked: {error}", path=self.path) from error
        if b"<!DOCTYPE" in data or b"<!\0D\0O\0C\0T" in data or b"\0<\0!\0D\0O\0C" in data:
            raise WrongFormat(f"{name} declares a document type, which no DOCX may (an entity bomb?)", path=self.path)
        return data

    def xml(self, name: str) -> _Element | None:
        """The root element of a part, None where the package has none of that name."""
        data = self.bytes(name)
        if data is None:
            return None
        try:
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise DamagedFile(f"{name} is not well-formed: {error}", path=self.path) from error

    def blocks(self, name: str) -> Iterator[_Element]:
        """The elements that stand directly in the body of part `name`, one at a time, emptied after its turn."""
        data = self.bytes(name)
        if data is None:
            raise DamagedFile(f"{name} is missing", path=self.path)
        walk = etree.iterparse(BytesIO(data), events=("end",), tag=("{*}p", "{*}tbl", "{*}sdt"), no_network=True,
                               resolve_entities=False)  # fmt: skip
        try:
            for _, node in walk:
                parent = holder = node.getparent()
                while holder is not None and local(holder) in _WRAPPERS:
                    holder = holder.getparent()
                if parent is None or holder is None or local(holder) != "body":
                    continue
                yield node
                node.clear()
                while node.getprevious() is not None:
                    del parent[0]
        except etree.XMLSyntaxError as error:
            raise DamagedFile(f"{name} is not well-formed: {error}", path=self.path) from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """(type's last word, target part) by id, of part `name`."""
        folder, _, file = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found: dict[str, tuple[str, str]] = {}
        for node in root if root is not None else ():
            target = node.get("Target") or ""
            if isinstance(node.tag, str) and node.get("TargetMode") != "External":
                full = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[node.get("Id") or ""] = ((node.get("Type") or "").rpartition("/")[2], full)
        return found

    def _main(self) -> str:
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self.infos:
                return target
        if "word/document.xml" in self.infos:
            return "word/document.xml"
        raise WrongFormat("a ZIP archive that is no DOCX: it has no main document", path=self.path)
