"""Which format a file is in: by its first bytes, and what its name says."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from extractor.reading.encodings import is_text

Kind = Literal["pdf", "docx", "doc", "rtf", "odt", "html", "text", "picture", "zip", "binary"]

_BY_SUFFIX: dict[str, Kind] = {
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".doc": "doc", ".dot": "doc", ".rtf": "rtf",
    ".odt": "odt", ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text", ".text": "text", ".md": "text",
    ".png": "picture", ".jpg": "picture", ".jpeg": "picture", ".tif": "picture", ".tiff": "picture", ".bmp": "picture",
}  # fmt: skip
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"\x00\x00\x00\x0cjP")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|br|span|font|h[1-6])\b", re.IGNORECASE)
_BLANKS_AND_MARKS = "".join(map(chr, (*b" \t\r\n\xff\xfe\xef\xbb\xbf",)))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of_name(path: Path) -> Kind | None:
    """The format that the extension says; None where it says none that is known."""
    return _BY_SUFFIX.get(path.suffix.lower())


def kind_of_content(head: bytes, path: Path) -> Kind:
    """The format of the file at `path` whose first bytes are `head`."""
    if b"%PDF-" in head[:1024]:  # readers allow that much before it
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        return "doc"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_PICTURES) or (head.startswith(b"BM") and head[6:10] == b"\0\0\0\0"):
        return "picture"
    if not is_text(head):
        return "binary"
    return "html" if _looks_html(head, path) else "text"


def _looks_html(head: bytes, path: Path) -> bool:
    if kind_of_name(path) == "html":
        return True
    start = head[:4096].replace(b"\x00", b"").decode("latin-1").lstrip(_BLANKS_AND_MARKS)
    return start.startswith("<") and (_HTML.match(start) is not None or "<html" in start.lower())


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and b"opendocument.text" in archive.open("mimetype").read(80):
                return "odt"
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError):
        return "docx" if kind_of_name(path) == "docx" else "zip"  # a cut-off DOCX is told as damaged by its reader
    return "docx" if any(name.startswith("word/") and name.endswith(".xml") for name in names) else "zip"
