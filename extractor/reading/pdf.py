"""PDF: pages of words with boxes, one page open at a time so that memory stays flat.

A page whose text layer is missing or not to be trusted is recognised from its picture, page by page.

pdfium is not safe in threads: one document is read by one thread of a process.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2  # noqa: F401  (initialises the library that `raw` calls)
import pypdfium2.raw as pdfium

from extractor.errors import DamagedFile, Encrypted, NoPages, TooLarge
from extractor.pages import Source, SourcePage
from extractor.reading.pdf_fonts import mend_fonts
from extractor.reading.pdf_scans import Doubt, ScannedPages
from extractor.reading.pdf_tables import FEWEST_WORDS, RuledTables, may_hold_table
from extractor.reading.pdf_words import PageWords, Shape, read_words, shape_of
from extractor.reading.scan import Recognition
from extractor.reading.trust import judge
from extractor.reading.watching import Watch, unwatched

MEDIA_TYPE = "application/pdf"
LARGEST_SIDE = 14_400.0
"""Points: the largest page that a PDF reader has to support (ISO 32000-1, Annex C.2: 200 x 200 inches)."""
FEW_WORDS = 50
"""A page with at most so many words that is mostly picture is taken as a scan with something typed or stamped on it."""
AT_ONCE = 100
"""At least so many pages are read before the file is opened anew. For every page the readers keep up to 0.15 MB of
fonts and objects; opening takes pdfium 1 ms and pdfplumber 300 ms a thousand pages."""
_PICTURE_SHARE = 0.5
_TAIL = 2048


def open_pdf(path: Path, ocr: Recognition, watch: Watch = unwatched) -> Source:
    """The pages of the PDF at `path`. Raises Encrypted (a password is needed), DamagedFile, NoPages; while its pages
    are read, TooLarge, and MissingRecognition where no page has text and recognition is not installed. An owner
    password (a ban on copying or printing) does not keep it from being read."""
    document = _load(path)
    warnings = []
    try:
        if not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document):
            if _is_cut(path):
                raise DamagedFile("the PDF is cut off: its end is missing", path=path)
            warnings.append("the PDF's object directory was broken and has been rebuilt; parts may be missing")
        count = pdfium.FPDF_GetPageCount(document)
        if count <= 0:
            raise NoPages("the PDF has no page", path=path)
    finally:
        pdfium.FPDF_CloseDocument(document)
    return Source(MEDIA_TYPE, count, _pages(count, path, ocr, watch), tuple(warnings))


def _load(path: Path) -> Any:
    """pdfium's handle of the PDF, to be closed by the caller."""
    document = pdfium.FPDF_LoadDocument(os.fsencode(path), None)
    if document:
        return document
    if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        raise Encrypted("a password is needed to open this PDF", path=path)
    raise DamagedFile("not readable as PDF: its page directory is broken or missing", path=path)


def _is_cut(path: Path) -> bool:
    """True where the end-of-file mark is not near the end of the file, padding (as of old disks and mails) aside."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65536))
        return b"%%EOF" not in file.read().rstrip(b"\0 \t\r\n")[-_TAIL:]


def _pages(count: int, path: Path, ocr: Recognition, watch: Watch) -> Iterator[SourcePage]:
    """All pages. The file is opened anew from time to time, because both readers keep what they have met of it."""
    step = max(AT_ONCE, count // 4)  # a fixed one would make the time for opening grow with the square of the pages
    recognition = ScannedPages(path, ocr)
    for first in range(1, count + 1, step):
        document, tables = _load(path), RuledTables(path)
        try:
            for number in range(first, min(first + step, count + 1)):
                page = watch(number, partial(_page, document, number, path, tables, recognition))
                yield recognition.noted(page)
        finally:
            tables.close()
            pdfium.FPDF_CloseDocument(document)
    recognition.finish()


def _page(
    document: Any, number: int, path: Path, tables: RuledTables, recognition: ScannedPages
) -> SourcePage:
    page = _with_annotations(document, pdfium.FPDF_LoadPage(document, number - 1), number)
    if not page:
        return SourcePage(number, None, None, confidence=0.0, warnings=(f"page {number}: damaged, nothing was read",))
    try:
        shape = shape_of(page)
        width, height = shape.size
        if max(width, height) > LARGEST_SIDE:
            raise TooLarge(f"{width:.0f} x {height:.0f} points, more than {LARGEST_SIDE:.0f}", path=path, page=number)
        textpage = pdfium.FPDFText_LoadPage(page)
        try:
            found = mend_fonts(read_words(textpage, shape), textpage)
        finally:
            pdfium.FPDFText_ClosePage(textpage)
        ruled = tables.on(number) if len(found.words) >= FEWEST_WORDS and may_hold_table(page) else ()
        layer = SourcePage(number, width, height, found.words, found.boxes, found.sizes, tables=ruled)
        return recognition.better(layer, _doubt(found, page, shape), page, shape)
    finally:
        pdfium.FPDF_ClosePage(page)


def _with_annotations(document: Any, page: Any, number: int) -> Any:
    """`page` with what its annotations show made part of it: the document's number and date that a clerk filled in, the
    stamp of a digital signature. Pages that have only links stay as they are."""
    count = pdfium.FPDFPage_GetAnnotCount(page) if page else 0
    for at in range(count):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        subtype = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if subtype not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            break
    else:
        return page
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page
    pdfium.FPDF_ClosePage(page)
    return pdfium.FPDF_LoadPage(document, number - 1)


def _doubt(found: PageWords, page: Any, shape: Shape) -> Doubt | None:
    """Why the page's text layer is not what the page shows; None where it is."""
    if len(found.words) <= FEW_WORDS:
        picture = _picture_share(page, shape)
        if not found.words:
            if picture < 0.01 and pdfium.FPDFPage_CountObjects(page) == 0:
                return None  # a blank page: nothing is missing
            return Doubt(0.0, "no text layer")
        if picture >= _PICTURE_SHARE:
            return Doubt(0.1, f"a picture with {len(found.words)} words of text on it")
    verdict = judge(found.words)
    if verdict.reason:
        return Doubt(verdict.confidence, f"its text layer is not trusted: {verdict.reason}", judged=True)
    return None


def _picture_share(page: Any, shape: Shape) -> float:
    """The part of the page that its largest picture covers, in [0, 1]; pictures inside forms count too."""
    box = [ctypes.c_float() for _ in range(4)]
    area = max(1.0, (shape.right - shape.left) * (shape.top - shape.bottom))
    largest = 0.0
    for at in range(min(pdfium.FPDFPage_CountObjects(page), 2000)):
        thing = pdfium.FPDFPage_GetObject(page, at)
        if pdfium.FPDFPageObj_GetType(thing) not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if pdfium.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, box)):
            x0, y0, x1, y1 = (side.value for side in box)
            wide = min(x1, shape.right) - max(x0, shape.left)
            high = min(y1, shape.top) - max(y0, shape.bottom)
            largest = max(largest, wide * high if wide > 0 and high > 0 else 0.0)
    return min(1.0, largest / area)
