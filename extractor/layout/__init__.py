"""Layout: pages of words or lines to one NFC text in reading order, a paragraph a line, with the map back to the pages.

What is not the report's own text (running heads, page numbers, signature stamps) is taken out and recorded; wrapped
lines are joined, torn words and document numbers healed, footnotes recorded and, where they tear a paragraph, moved
behind it. No other character that is seen is lost or doubled.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractor.layout.assemble import Assembly, paragraphs, with_notes
from extractor.layout.footnotes import mark_raised, note_openers
from extractor.layout.furniture import strip
from extractor.layout.joining import habit
from extractor.layout.lines import Line, WordTable, text_lines
from extractor.layout.printed import page_lines, set_margins
from extractor.layout.printed_joining import PrintedJoining
from extractor.layout.printed_notes import take_notes
from extractor.model import Page
from extractor.pages import Affine, LaidText, SourcePage


def lay_out(pages: Iterable[SourcePage]) -> LaidText:
    """The laid text of a report's pages, read once and reduced to lines as they come."""
    words = WordTable()
    lines: list[Line] = []
    sizes: list[Page] = []
    warnings: list[str] = []
    shown: dict[int, Affine] = {}
    for page in pages:
        sizes.append(Page(page.number, 0, 0, page.width, page.height, page.source, page.confidence))
        warnings += page.warnings
        if page.words:
            lines += page_lines(page, words, len(lines) + 1)
            words.note(page)
            if page.shown:
                shown[page.number] = page.shown
        if page.lines:
            lines += text_lines(page)
    kept, furniture = strip(lines)
    set_margins(kept, {page.number: page.width or 0.0 for page in sizes})
    kept, printed_notes = take_notes(kept, words)
    notes = note_openers(kept)
    mark_raised(kept)
    found = paragraphs(kept, notes, habit(kept), PrintedJoining(words, kept))
    assembly = Assembly(words, shown)
    for paragraph in with_notes(found, printed_notes):
        assembly.add(paragraph)
    return assembly.finish(sizes, furniture, warnings)
