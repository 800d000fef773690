"""What recognition made of a scan, beside the text layer of the report that the scan was made from.

Numbers: the words of the report that hold a digit, without the signs around them (`(13,04%);` is `13,04%`), outside
ruled tables and the page's margins (its number, running heads, stamps), footnotes' marks left out; right where the
same word is found, as often as it stands there. Cells: those of ruled tables that hold text, right where the cell at
the same place has the same text. CER: Levenshtein distance of the page's laid text, in which column follows column,
footnotes last, by its length; quotes, dashes and spaces folded.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from extractor.layout import lay_out
from extractor.pages import SourcePage

PROSE_WORDS = 300
"""A page of prose has so many words, and no ruled table."""

_AROUND = ".,;:()[]“”\"'‘’…"
_FOLD = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "..."})
_MARGIN = 52.0  # points: what stands there is no prose
_MARK = 0.8  # a footnote's mark is at most so large beside the page's usual size


Tables = list[list[list[str]]]


@dataclass(slots=True)
class Tally:
    """Right and all of the numbers in prose and of table cells; edits, characters, words of prose; what was wrong."""

    numbers: int = 0
    numbers_right: int = 0
    cells: int = 0
    cells_right: int = 0
    edits: int = 0
    characters: int = 0
    word_edits: int = 0
    words: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, page: SourcePage, found: SourcePage) -> None:
        """Count one page."""
        text, read = _laid(page), _laid(found)
        if page.tables:
            self._cells(text.cells, read.cells)
        if len(page.words) >= PROSE_WORDS and not page.tables:
            wanted, got = Counter(numbers(page)), Counter(numbers(found))
            missed = wanted - got
            self.numbers += wanted.total()
            self.numbers_right += wanted.total() - missed.total()
            near = list((got - wanted).elements())
            self.wrong += [f"{n} {near}" for n in missed.elements()]
            self.edits += Levenshtein.distance(text.text, read.text)
            self.characters += len(text.text)
            self.word_edits += Levenshtein.distance(text.text.split(), read.text.split())
            self.words += len(text.text.split())

    def _cells(self, wanted: Tables, got: Tables) -> None:
        for at, table in enumerate(wanted):
            other = got[at] if at < len(got) else []
            for r, row in enumerate(table):
                for c, cell in enumerate(row):
                    if not cell:
                        continue
                    said = other[r][c] if r < len(other) and c < len(other[r]) else ""
                    self.cells += 1
                    self.cells_right += said == cell
                    if said != cell:
                        self.wrong.append(f"cell {cell!r} {said!r}")


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    cells: Tables


def _laid(page: SourcePage) -> _Page:
    laid = lay_out([page])
    spans = [(note.start, note.end) for note in laid.notes]
    body, at = [], 0
    for start, end in spans:
        body.append(laid.text[at:start])
        at = end
    text = " ".join([*body, laid.text[at:], *(laid.text[start:end] for start, end in spans)])
    return _Page(folded(text), [[[folded(c) for c in row] for row in t.table.rows] for t in laid.tables])


def laid_text(page: SourcePage) -> str:
    """A page's text, folded: column follows column, footnotes last."""
    return _laid(page).text


def folded(text: str) -> str:
    """`text` with spaces, dashes and quotes of one kind."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_FOLD)).strip()


def numbers(page: SourcePage) -> list[str]:
    """The numbers of a page outside its ruled tables."""
    usual = statistics.median(page.sizes) if page.sizes else 0.0
    found = []
    for k, word in enumerate(page.words):
        x0, top, x1, bottom = page.boxes[4 * k : 4 * k + 4]
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if any(t.box[0] <= x <= t.box[2] and t.box[1] <= y <= t.box[3] for t in page.tables):
            continue
        if not _MARGIN <= y <= (page.height or 842.0) - _MARGIN:
            continue
        if word.isdigit() and page.sizes[k] < _MARK * usual:
            continue
        if any(c.isdigit() for c in word):
            found.append(folded(word).strip(_AROUND))
    return found
