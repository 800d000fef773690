"""Scans: a page's picture becomes a `SourcePage` of recognised words. The engines are loaded at the first such page.

Scale of a recognised page's confidence: the mean of its words' confidences as the recogniser gives them, 0 to 1; clean
print measures 0.93 and more, a worn photocopy about 0.85, a picture without print under 0.5.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from extractor.errors import ExtractorError, ReportError
from extractor.pages import GridCell, SourcePage, SourceReading, SourceTable

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey
    from extractor.recognising.page import PageReading
    from extractor.recognising.words import PageWord

Recognition = Literal["auto", "off", "force"]
"""Which pages are recognised: those without a text layer to be trusted; none; every one."""

MOST_PIXELS = 60_000_000
"""The largest picture that is recognised: A2 at 300 dpi has 35 million."""

BLANK = 0.0003
"""Share of ink below which a picture without words is a blank page with dust on it."""

HANDWRITING = "page {}: handwriting among the print was not read, in {} place(s)"

NO_SECOND = "numbers were read by one reader only: the second is not installed (pip install 'extractor[ocr]' does it)"


class FailedRecognition(ReportError):
    """The engine gave up on this page's picture."""

    remedy = "scan the page again, or look at it yourself"


def recognise(picture: Grey, dpi: float, number: int) -> SourcePage:
    """The words of a page's picture (grey, `dpi` pixels an inch), and its ruled tables.

    Raises FailedRecognition where an engine does, MissingRecognition where none is installed.
    """
    from extractor.recognising.engines import recogniser
    from extractor.recognising.numbers import number_reader
    from extractor.recognising.page import read_page

    engine = recogniser()
    numbers = number_reader()
    try:
        reading = read_page(picture, dpi, engine, numbers)
    except (ExtractorError, MemoryError):
        raise
    except Exception as error:  # whatever a C++ engine throws must not sink the other pages
        raise FailedRecognition(f"recognition failed: {type(error).__name__}: {error}", page=number) from error
    height, width = picture.shape
    page = _page(reading, number, width * 72 / dpi, height * 72 / dpi, 72 / dpi)
    if reading.pens:
        page = replace(page, warnings=(HANDWRITING.format(number, reading.pens),))
    if page.words or _blank(picture):
        return page if page.words else replace(page, confidence=1.0)
    return replace(page, warnings=(f"page {number}: a picture in which no word was recognised",))


def reader_warnings() -> tuple[str, ...]:
    """What a report with recognised pages says once about the readers."""
    from extractor.recognising.numbers import number_reader

    return () if number_reader() is not None else (NO_SECOND,)


def _page(reading: PageReading, number: int, width: float, height: float, scale: float) -> SourcePage:
    """The reading in points: `scale` points a pixel."""
    from extractor.recognising.prepare import back

    words = reading.words
    return SourcePage(
        number,
        width,
        height,
        tuple(_clean(word.text) for word in words),
        array("f", [side * scale for word in words for side in word.box]),
        array("f", [word.size * scale for word in words]),
        tables=tuple(_table(reading, k, scale) for k in range(len(reading.tables))),
        source="ocr",
        confidence=round(reading.confidence, 3),
        confidences=array("f", [word.confidence for word in words]),
        readings=tuple(_readings(words)),
        shown=back(width, height, reading.quarters, reading.tilt) if reading.quarters or reading.tilt else None,
    )


def _table(reading: PageReading, at: int, scale: float) -> SourceTable:
    table = reading.tables[at]

    def points(box: Sequence[int]) -> tuple[float, float, float, float]:
        x0, top, x1, bottom = box
        return x0 * scale, top * scale, x1 * scale, bottom * scale

    cells = tuple(GridCell(c.row, c.column, c.rows, c.columns, points(c.box)) for c in table.cells)
    return SourceTable(points(table.box), cells)


def _readings(words: Sequence[PageWord]) -> list[SourceReading]:
    told = [(k, word) for k, word in enumerate(words) if word.choice is not None]
    return [SourceReading(k, w.first, w.choice.second, w.choice.reason) for k, w in told if w.choice is not None]


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(text.split()))


def _blank(picture: Grey) -> bool:
    from extractor.recognising.prepare import INK

    return float((picture < INK).mean()) < BLANK
