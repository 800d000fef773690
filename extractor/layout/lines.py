"""The line: what layout works on, whether it came from words with boxes or from plain text."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.layout.plain_tables import plain_rows
from extractor.layout.side_by_side import part
from extractor.layout.tables import Row
from extractor.layout.unicode import clean
from extractor.model import Box
from extractor.pages import LineKind, SourcePage, SourceReading, SourceRow


def _ints() -> array[int]:
    return array("I")


def _floats() -> array[float]:
    return array("f")


@dataclass(slots=True)
class Line:
    """A line of a page, its text clean and stripped.

    `gap`: blank lines before it (plain text). `x0`, `top`, `x1`, `bottom`: points, or for plain text columns. `left`,
    `limit`: the edges of its column, `limit` None where unknown. `block`: 0 for the body, else the column of a
    letterhead or signature block that it stands in. `first`, `last`: its words in `WordTable`, equal for plain text.
    `opens_page`: it is the first line of a page. `note`: the mark of a note's text. `marks`: offsets and labels of
    footnote marks. `row`: the row of a table that it is.
    """

    text: str
    page: int
    kind: LineKind = "line"
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    gap: float = 0.0
    limit: float | None = None
    left: float = 0.0
    block: int = 0
    first: int = 0
    last: int = 0
    opens_page: bool = False
    note: str | None = None
    marks: tuple[tuple[int, str], ...] = ()
    row: Row | None = None

    @property
    def box(self) -> Box | None:
        """The line's box, None for plain text."""
        return (self.x0, self.top, self.x1, self.bottom) if self.last > self.first else None


def _in_columns(whole: list[str]) -> Iterator[tuple[int, str]]:
    """The lines in reading order, each with its number: what stands side by side is parted, the left column first."""
    right: list[tuple[int, str]] = []
    for number, (raw, cut) in enumerate(zip(whole, part(whole), strict=True)):
        if not cut:
            yield from right
            right.clear()
            yield number, raw
            continue
        yield number, raw[:cut]
        if raw[cut:].strip():
            right.append((number, raw[cut:]))
    yield from right


@dataclass(slots=True)
class WordTable:
    """Offset of every word in its line, its box and confidence, in flat arrays (a word costs 24 bytes); how it was
    recognised, where that is told."""

    offsets: array[int] = field(default_factory=_ints)
    boxes: array[float] = field(default_factory=_floats)
    confidences: array[float] = field(default_factory=_floats)
    readings: dict[int, tuple[str, SourceReading]] = field(default_factory=dict)

    def note(self, page: SourcePage) -> None:
        """Take over what `page`, whose words were the last to be added, knows of their recognition.

        A word is known again by its box, because laying out has put the words into another order.
        """
        first = len(self.confidences)
        if not page.confidences:
            self.confidences.extend(array("f", [1.0]) * (len(self.offsets) - first))
            return
        told = {reading.word: reading for reading in page.readings}
        index = {tuple(page.boxes[4 * k : 4 * k + 4]): k for k in range(len(page.words))}
        for at in range(first, len(self.offsets)):
            k = index[tuple(self.boxes[4 * at : 4 * at + 4])]
            self.confidences.append(page.confidences[k])
            if k in told:
                self.readings[at] = page.words[k], told[k]


def text_lines(page: SourcePage) -> Iterator[Line]:
    """The non-blank lines of a page without geometry."""
    gap, first = 0, True
    whole = clean("\n".join([line.text.replace("\n", " ") for line in page.lines])).split("\n")
    rows = plain_rows(whole, page.number)
    for number, raw in _in_columns(whole):
        text, source = raw.strip(), page.lines[number]
        if not text:
            gap += 1
            continue
        indent, kind = len(raw) - len(raw.lstrip()), source.kind
        row = _row(raw, source.row) if source.row else None
        if kind == "line" and number in rows and raw == whole[number]:
            (text, row), kind = rows[number], "cell"
        yield Line(
            text, page.number, kind, x0=indent, x1=len(text), gap=gap, opens_page=first, note=source.note, row=row
        )
        gap, first = 0, False


def _row(raw: str, source: SourceRow) -> Row | None:
    """The row that a source's line is; its text is stripped, so its first pieces may be missing."""
    if not source.cells:
        return None
    lead = raw[: len(raw) - len(raw.lstrip())].count("\t")
    return Row(source.table, source.cells[0].row, source.cells, lead, source.header)
