"""Reading: a file becomes pages of words with boxes, or of lines where the format has no geometry."""

from __future__ import annotations

import stat
from pathlib import Path

from extractor.errors import EmptyFile, NoPermission, NotFound, UnknownFormat, UsageError, WrongFormat
from extractor.pages import Source
from extractor.reading.kinds import Kind, kind_of_content, kind_of_name
from extractor.reading.scan import Recognition
from extractor.reading.watching import Watch, unwatched

__all__ = ["Recognition", "open_source"]


def open_source(path: Path, ocr: Recognition = "auto", watch: Watch = unwatched) -> Source:
    """The report at `path`, opened for reading. What the file holds decides how it is read; `ocr`, which pages
    are recognised.

    `watch` is asked for each page that is read on its own (PDF).

    A name that says another format is an error that names the right extension, so that an archive's catalogue does not
    go on lying; only the mixtures that programs make themselves (a `.doc` that is RTF, HTML or DOCX, text with HTML in
    it) are read as they are. A file without extension is read by its content.

    Raises a `ReportError`: NotFound, NoPermission, EmptyFile, UnknownFormat, WrongFormat, DamagedFile, Encrypted,
    NoPages, TooLarge; UsageError for a folder; MissingProgram where an old Word document needs LibreOffice or a scan
    recognition. TooLarge and MissingProgram may also come while the pages are read.
    """
    path = Path(path)
    _check_is_file(path)
    try:
        with path.open("rb") as file:
            head = file.read(65536)
    except PermissionError as error:
        raise NoPermission("the file may not be read", path=path) from error
    named, held = kind_of_name(path), kind_of_content(head, path)
    _check_kind(path, named, held)
    return _open(path, held, ocr, watch)


_SPOKEN: dict[Kind, str] = {
    "pdf": "a PDF", "docx": "a DOCX", "doc": "an old Word document", "rtf": "RTF", "html": "HTML", "text": "plain text",
    "odt": "an OpenDocument text", "picture": "a picture", "zip": "a ZIP archive", "binary": "binary data",
}  # fmt: skip


_SUFFIX: dict[Kind, str] = {
    "pdf": ".pdf", "docx": ".docx", "doc": ".doc", "rtf": ".rtf", "html": ".html", "text": ".txt", "odt": ".odt",
    "picture": ".tif, .png or .jpg",
}  # fmt: skip
_FAMILIES: tuple[frozenset[Kind], ...] = (frozenset({"doc", "docx", "rtf", "html"}), frozenset({"text", "html"}))
"""Formats that programs save under each other's names, Word among them."""


def _check_is_file(path: Path) -> None:
    try:
        found = path.stat()
    except PermissionError as error:
        raise NoPermission("the folder it lies in may not be entered", path=path) from error
    except OSError as error:
        raise NotFound("there is no such file", path=path) from error
    if stat.S_ISDIR(found.st_mode):
        raise UsageError("this is a folder, not a file; give it to `extractor run`", path=path)
    if not stat.S_ISREG(found.st_mode):
        raise UnknownFormat("a device or pipe, not a file", path=path)
    if found.st_size == 0:
        raise EmptyFile("the file has no bytes", path=path)


def _check_kind(path: Path, named: Kind | None, held: Kind) -> None:
    """Refuse what cannot be read, and a name that says another format than the content is."""
    if held in ("zip", "binary"):
        if named is None:
            raise UnknownFormat(f"it holds {_SPOKEN[held]}, and its name says no format that is read", path=path)
        raise WrongFormat(f"named {path.suffix}, but it is {_SPOKEN[held]} and not {_SPOKEN[named]}", path=path)
    if named is None:
        if held == "text" and path.suffix:
            raise UnknownFormat(f"{path.suffix} is no format that is read", path=path)
    elif named != held and not any({named, held} <= family for family in _FAMILIES):
        spoken = f"named {path.suffix}, but it is {_SPOKEN[held]}; rename it to {path.stem}{_SUFFIX[held]}"
        raise WrongFormat(spoken, path=path)


def _open(path: Path, kind: Kind, ocr: Recognition, watch: Watch) -> Source:
    """Each format's module is loaded only when a file needs it."""
    if kind == "pdf":
        from extractor.reading.pdf import open_pdf

        return open_pdf(path, ocr, watch)
    if kind == "picture":
        if ocr == "off":
            raise UnknownFormat("a picture, and recognition was switched off", path=path)
        from extractor.reading.picture import open_picture

        return open_picture(path, watch)
    if kind == "docx":
        from extractor.reading.docx import open_docx

        return open_docx(path)
    if kind in ("doc", "rtf", "odt"):
        from extractor.reading.doc import open_doc

        return open_doc(path)
    if kind == "html":
        from extractor.reading.html import open_html

        return open_html(path)
    from extractor.reading.text import open_text

    return open_text(path)
