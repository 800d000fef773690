"""DOCX: paragraphs with their automatic labels, notes behind them, tables, text boxes, running heads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lxml.etree import _Element

from extractor.errors import EmptyFile
from extractor.pages import Source, SourceLine, SourcePage
from extractor.reading.docx_body import PAGE_BREAK, RENDERED_BREAK, Body, NoteKind, Notes
from extractor.reading.docx_numbering import Numbering
from extractor.reading.docx_styles import Styles
from extractor.reading.docx_xml import Package, attribute, child, children
from extractor.reading.encodings import convert, may_be_legacy, recognise

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def open_docx(path: Path, named: Path | None = None) -> Source:
    """The pages of the DOCX at `path`, which errors call `named` (where it was converted from another file).

    There are as many pages as breaks are recorded (by the author, or by Word when it last laid the document out), else
    one. Raises WrongFormat (a ZIP that is no DOCX), DamagedFile, TooLarge, EmptyFile.
    """
    package = Package(path, named or path)
    try:
        pages = _pages(package)
    finally:
        package.close()
    if not any(line.kind != "furniture" for page in pages for line in page):
        if not any("/media/" in name for name in package.infos):
            raise EmptyFile("the document holds no text", path=named or path)
        warning = "page 1: only pictures, no text, and recognition was switched off"
        return Source(MEDIA_TYPE, 1, iter([SourcePage(1, None, None, confidence=0.0, warnings=(warning,))]))
    made = [SourcePage(n, None, None, lines=tuple(lines)) for n, lines in enumerate(pages, 1)]
    return Source(MEDIA_TYPE, len(made), iter(made))


def _pages(package: Package) -> list[list[SourceLine]]:
    related = list(package.relations(package.main).values())
    parts = dict(related)

    def part(kind: str) -> _Element | None:
        return package.xml(parts[kind]) if kind in parts else None

    styles = Styles(part("styles"))
    numbering = Numbering(part("numbering"), styles.lists())
    notes = _notes(part("footnotes"), part("endnotes"), part("settings"))
    pages = _paged(Body(styles, numbering, notes).lines(package.blocks(package.main)))
    heads, feet = (
        _furniture(package, styles, [target for k, target in related if k == kind]) for kind in ("header", "footer")
    )
    pages[0][:0] = heads
    pages[0].extend(feet)
    return [_mended(page) for page in pages]


def _notes(footnotes: _Element | None, endnotes: _Element | None, settings: _Element | None) -> Notes:
    made = Notes({})
    roots: dict[NoteKind, _Element | None] = {"footnote": footnotes, "endnote": endnotes}
    for kind, root in roots.items():
        for node in children(root, kind):
            if attribute(node, "type") in (None, "normal"):
                made.texts[kind, attribute(node, "id") or ""] = node
        form = attribute(child(settings, f"{kind}Pr", "numFmt"), "val")
        if form:
            made.formats[kind] = form
    return made


def _furniture(package: Package, styles: Styles, names: Iterable[str]) -> list[SourceLine]:
    """The different lines of the running heads or feet `names`."""
    found: dict[str, None] = {}
    for name in names:
        root = package.xml(name)
        if root is not None:
            for line in Body(styles, Numbering(None), Notes({})).lines(root):
                if line.text.strip():
                    found[" ".join(line.text.split())] = None
    return [SourceLine(text, "furniture") for text in found]


def _paged(lines: Iterable[SourceLine]) -> list[list[SourceLine]]:
    """`lines` cut at the breaks that stand among them; the break that Word notes behind an author's own is the same."""
    pages: list[list[SourceLine]] = [[]]
    for line in lines:
        if line is PAGE_BREAK or (line is RENDERED_BREAK and pages[-1]):
            pages.append([])
        elif line is not RENDERED_BREAK:
            pages[-1].append(line)
    return pages


def _mended(lines: list[SourceLine]) -> list[SourceLine]:
    """`lines` with letters of a legacy encoding converted where their fonts' names did not tell it."""
    words = [word for line in lines for word in line.text.split()]
    legacy = recognise(words) if may_be_legacy(words) else None
    if legacy is None:
        return lines
    return [replace(line, text=convert(line.text, legacy)) for line in lines]
