"""Layout: pages of words or lines to one NFC text in reading order, a paragraph a line, with the map back to the pages.

What is not the report's own text (running heads, page numbers, signature stamps) is taken out and recorded; wrapped
lines are joined, torn words and document numbers healed, footnotes recorded and, where they tear a paragraph, moved
behind it. No other character that is seen is lost or doubled.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractor.layout.assemble import Assembly, paragraphs
from extractor.layout.footnotes import note_openers
from extractor.layout.furniture import strip
from extractor.layout.joining import habit
from extractor.layout.lines import Line, WordTable, text_lines
from extractor.model import Page
from extractor.pages import LaidText, SourcePage


def lay_out(pages: Iterable[SourcePage]) -> LaidText:
    """The laid text of a report's pages, read once and reduced to lines as they come."""
    words = WordTable()
    lines: list[Line] = []
    sizes: list[Page] = []
    warnings: list[str] = []
    for page in pages:
        sizes.append(Page(page.number, 0, 0, page.width, page.height, page.source, page.confidence))
        warnings += page.warnings
        lines += text_lines(page)
    kept, furniture = strip(lines)
    notes = note_openers(kept)
    assembly = Assembly(words)
    found = paragraphs(kept, notes, habit(kept))
    numbers = {p.note for p in found if p.note}
    for paragraph in found:
        assembly.add(paragraph, numbers)
    return assembly.finish(sizes, furniture, warnings)
