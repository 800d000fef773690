"""What is marked in a document: figures, references, places, readings, findings, tables and their cells, each with its
doubts, and its sections."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from extractor.corrections.apply import Key
from extractor.corrections.items import key_of
from extractor.model import Box, Figure, Finding, Reading, Report, Table
from extractor.word_boxes import WordBoxes

Kind = Literal["figure", "reference", "place", "reading", "finding", "table", "cell", "section", "letterhead"]
SHOWN_ONLY = ("finding", "table", "cell")
"""Kinds of which a person can say nothing."""
Doubt = Literal["confidence", "reading", "finding"]
UNSURE = 0.85
"""Below it a value is one to look at. Values of sure context have 0.9 and more (measured on corpus/)."""


@dataclass(frozen=True)
class Item:
    """One thing found. `id`: the contract's, or of what has none `p3` (place), `d3` (reading), `w3` (finding) by its
    place in the report's list, `t1.4.6` (cell) by table, row and column; `value` the object of the contract, of a cell
    a `TableCell`; `readings` those of its characters, `findings` the ids of those that rest on it; `corrected` is one
    that a person corrected, added or found right."""

    kind: Kind
    id: str
    start: int
    end: int
    text: str
    value: Any
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float = 1.0
    readings: tuple[Reading, ...] = ()
    findings: tuple[str, ...] = ()
    corrected: bool = False

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why a person should look at it, where none has."""
        found: list[Doubt] = []
        if self.corrected:
            return ()
        if self.kind == "finding" or self.findings:
            found.append("finding")
        if self.kind == "reading" or self.readings:
            found.append("reading")
        if self.confidence < UNSURE:
            found.append("confidence")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A table's cell that holds text. Row and column count from 0."""

    table: Table
    row: int
    column: int

    @property
    def head(self) -> str:
        """What stands in the table's head above it."""
        return _joined(row[self.column] for row in self.table.rows[: min(self.row, self.table.header_rows)])

    @property
    def label(self) -> str:
        """What its row begins with, its number aside; nothing for the head."""
        row = self.table.rows[self.row]
        found = (text for text in row[: self.column] if any(c.isalpha() for c in text) and len(text) > 1)
        return "" if self.row < self.table.header_rows else next(found, "")


def _joined(texts: Iterable[str]) -> str:
    return " – ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))


class Items:
    """All items of a report, in the order of its text. `marks`: those that people corrected (`Corrected.marks`)."""

    def __init__(self, report: Report, marks: Mapping[Key, object] | None = None) -> None:
        self._report, self._marks = report, marks or {}

    @cached_property
    def all(self) -> tuple[Item, ...]:
        """By start; what begins together, the longer one first."""
        found = (self._marked(item) for item in (*self._found(), *self._tables(), *self._cells()))
        return tuple(sorted(found, key=lambda item: (item.start, -item.end)))

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Every item by its id, sections and the letterhead too, which are no marks."""
        others = (*self._sections(), self._letterhead())
        return {item.id: item for item in (*map(self._marked, others), *self.all)}

    def between(self, start: int, end: int) -> tuple[Item, ...]:
        """The items that begin in `[start, end)`."""
        first, last = (bisect_left(self.all, offset, key=lambda item: item.start) for offset in (start, end))
        return self.all[first:last]

    @cached_property
    def doubtful(self) -> tuple[Item, ...]:
        """Those that a person should look at, in the order of the text."""
        return tuple(item for item in self.all if item.doubts)

    def at(self, offset: int) -> Item | None:
        """The item that holds the character at `offset`."""
        holding = (i for i in self.all if i.kind not in ("table", "cell") and i.start <= offset < i.end)
        return next(holding, None)

    def _marked(self, item: Item) -> Item:
        if item.kind in SHOWN_ONLY or (item.kind, key_of(item.value)) not in self._marks:
            return item
        return replace(item, corrected=True)

    def _sections(self) -> Iterator[Item]:
        for s in self._report.sections:
            yield Item("section", s.id, s.start, s.end, f"{s.number} {s.title}".strip(), s, s.page)

    def _letterhead(self) -> Item:
        document = self._report.document
        said = (document.type, document.number, document.issuer)
        return Item("letterhead", "letterhead", 0, 0, ", ".join(filter(None, said)) or "–", document)

    def _found(self) -> Iterator[Item]:
        report = self._report
        rests: dict[str, list[str]] = {}
        for at, finding in enumerate(report.findings):
            for evidence in finding.evidence:
                rests.setdefault(evidence, []).append(f"w{at}")
        spans = _Readings(report.readings)
        for f in report.figures:
            yield Item("figure", f.id, f.start, f.end, f.text, f, f.page, f.boxes, f.confidence,
                       spans.within(f.start, f.end), tuple(rests.get(f.id, ())))  # fmt: skip
        for r in report.references:
            yield Item("reference", r.id, r.start, r.end, r.text, r, r.page, r.boxes, r.confidence,
                       spans.within(r.start, r.end), tuple(rests.get(r.id, ())))  # fmt: skip
        for at, p in enumerate(report.places):
            yield Item("place", f"p{at}", p.start, p.end, p.text, p, p.page, p.boxes, p.score)
        for at, d in enumerate(report.readings):
            if d not in spans.taken:
                yield Item("reading", f"d{at}", d.start, d.end, d.text, d, d.page, d.boxes, d.confidence, (d,))
        for at, finding in enumerate(report.findings):
            yield self._finding(at, finding)

    def _finding(self, at: int, finding: Finding) -> Item:
        start = finding.start or 0
        end = start if finding.end is None else finding.end
        return Item("finding", f"w{at}", start, end, self._report.text[start:end], finding, finding.page)

    def _tables(self) -> Iterator[Item]:
        first: dict[str, Figure] = {}
        for figure in self._report.figures:
            if figure.table:
                first.setdefault(figure.table.id, figure)
        for t in self._report.tables:
            start = first[t.id].start if t.id in first else t.mentions[0].start if t.mentions else 0
            yield Item("table", t.id, start, start, t.caption or "", t, t.page, (t.box,) if t.box else ())

    def _cells(self) -> Iterator[Item]:
        """The cells that hold text: with their ruled box where the table has lines, else with those of their words. A
        cell that a page's end tears is two items, a merged cell of the head one."""
        words = WordBoxes(self._report)
        for table in self._report.tables:
            seen: set[int] = set()
            for row, spans in enumerate(table.cell_spans):
                for column, parts in enumerate(spans):
                    ruled = table.cell_boxes[row][column] if table.cell_boxes else None
                    for part, (start, end) in enumerate(parts):
                        if start in seen:
                            continue
                        seen.add(start)
                        boxes = (ruled,) if ruled and not part else words.boxes(start, end)
                        name = f"{table.id}.{row}.{column}" + (f".{part}" if part else "")
                        yield Item("cell", name, start, end, self._report.text[start:end],
                                   TableCell(table, row, column), words.page(start), boxes)  # fmt: skip


class _Readings:
    """The readings by where they stand; `taken` are those that stand in a figure or reference."""

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self._readings = sorted(readings, key=lambda reading: reading.start)
        self._starts = [reading.start for reading in self._readings]
        self.taken: set[Reading] = set()

    def within(self, start: int, end: int) -> tuple[Reading, ...]:
        """Those that touch `[start, end)`."""
        first = max(0, bisect_left(self._starts, start) - 1)
        near = self._readings[first : bisect_left(self._starts, end)]
        found = tuple(reading for reading in near if reading.end > start)
        self.taken.update(found)
        return found
