"""Paragraphs from lines, and the one text from paragraphs, with its map back to pages and boxes."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractor.layout import openers
from extractor.layout.footnotes import SUPERSCRIPTS
from extractor.layout.joining import Habit, glue, joins, whole_joins
from extractor.layout.lines import Line, WordTable
from extractor.layout.printed_joining import PrintedJoining
from extractor.layout.printed_notes import PrintedNote
from extractor.layout.straight import all_moved, moved
from extractor.layout.tables import LaidRow, build
from extractor.layout.zones import Zones
from extractor.model import Furniture, Page, Reading
from extractor.pages import Affine, LaidText, Note

LOOK_BACK = 4000
"""How many characters of the open paragraph the joining rules look back on; bounds their cost in an endless one."""


SHORT_LAST = 0.92
"""A note's line that ends a sentence this much shorter than the lines before it is the note's last."""


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph, the glue before each (none before the first), and its note number if it is one."""

    lines: list[Line]
    glues: list[str] = field(default_factory=lambda: [""])
    note: str | None = None


def paragraphs(lines: Sequence[Line], notes: dict[int, str], habit: Habit, printed: PrintedJoining) -> list[Paragraph]:
    """The lines gathered into paragraphs in reading order, plain footnotes where they stand."""
    found: list[Paragraph] = []
    zones = Zones()
    so_far = ""
    for i, line in enumerate(lines):
        zone = zones.enter(line)
        current = found[-1] if found else None
        if i in notes or line.kind not in ("line", "paragraph"):
            note = notes.get(i) if line.kind != "note" else (line.note or "")
            found.append(Paragraph([line], note=note))
            so_far = line.text
            continue
        if current and current.lines[-1].kind == line.kind and _goes_on(current, line, so_far, habit, zone, printed):
            before = current.lines[-1].text
            current.glues.append(glue(before, line.text))
            current.lines.append(line)
            so_far = so_far[-LOOK_BACK:] + current.glues[-1] + line.text
        else:
            found.append(Paragraph([line]))
            so_far = line.text
    return _mend(found)


def _goes_on(
    current: Paragraph, line: Line, so_far: str, habit: Habit, zone: bool, printed: PrintedJoining
) -> bool:
    before = current.lines[-1]
    if line.kind == "paragraph":
        return whole_joins(before.text, line.text)
    if line.last > line.first:
        return before.last > before.first and printed.joins(before, line, current.lines[0], so_far)
    if current.note is not None and so_far == current.note:
        return True
    if current.note is not None and openers.ended(before.text):
        longest = max(line.x1 for line in current.lines[-8:])
        if line.text[0].islower() or line.opens_page or before.x1 < SHORT_LAST * longest:
            return False
    return joins(before, line, current.lines[0], so_far, habit, zone and current.note is None)


def with_notes(found: Sequence[Paragraph], notes: Sequence[PrintedNote]) -> list[Paragraph]:
    """The paragraphs with each printed footnote behind the one that it notes, or behind the last of its page."""
    if not notes:
        return list(found)
    marked: dict[tuple[int, str], int] = {}
    last: dict[int, int] = {}
    for k, paragraph in enumerate(found):
        for line in paragraph.lines:
            last[line.page] = k
            for _, label in line.marks:
                marked.setdefault((line.page, label.strip("[]()")), k)
    behind: dict[int, list[Paragraph]] = {}
    for note in notes:
        k = marked.get((note.page, note.label), marked.get((note.page - 1, note.label), -1))
        k = k if k >= 0 else last.get(note.page, len(found) - 1)
        glues = [""] + [glue(a.text, b.text) for a, b in pairwise(note.lines)]
        behind.setdefault(k, []).append(Paragraph(note.lines, glues, note.label))
    if not found:
        return behind.get(-1, [])
    return [p for k, paragraph in enumerate(found) for p in (paragraph, *behind.get(k, ()))]


def _mend(found: list[Paragraph]) -> list[Paragraph]:
    """Put together a paragraph that the footnotes at a page's foot tear apart; its notes follow it."""
    mended: list[Paragraph] = []
    body: int | None = None  # index in mended of the last body paragraph, notes after it
    for p in found:
        if p.note is not None or openers.ruled(p.lines[0].text):
            mended.append(p)
            continue
        if body is not None and body < len(mended) - 1 and _torn(mended[body], p):
            whole = mended[body]
            whole.glues += [glue(whole.lines[-1].text, p.lines[0].text), *p.glues[1:]]
            whole.lines += p.lines
            continue
        body = len(mended)
        mended.append(p)
    return mended


def _torn(before: Paragraph, after: Paragraph) -> bool:
    last, first = before.lines[-1], after.lines[0]
    if last.kind != "line" or first.kind != "line" or openers.ended(last.text) or openers.bulleted(first.text):
        return False
    return first.text[0].islower() and not openers.numbered(first.text)


class Assembly:
    """Writes paragraphs into one text and keeps the map."""

    def __init__(self, words: WordTable, shown: Mapping[int, Affine]) -> None:
        self.words = words
        self.shown = shown
        self.pieces: list[str] = []
        self.length = 0
        self.starts: array[int] = array("I")
        self.pages: array[int] = array("I")
        self.lines: array[int] = array("I")
        self.boxes: array[float] = array("f")
        self.confidences: array[float] = array("f")
        self.readings: list[Reading] = []
        self.spans: dict[int, list[int]] = {}
        self.notes: list[Note] = []
        self.anchors: dict[str, list[int]] = {}
        self.count = 0
        self.rows: list[LaidRow] = []

    def add(self, paragraph: Paragraph) -> None:
        """Append one paragraph."""
        if self.pieces:
            self._write("\n")
        start = self.length
        for g, line in zip(paragraph.glues, paragraph.lines, strict=True):
            if g:
                self._write(g)
            self._line(line)
        if paragraph.note is not None:
            self.notes.append(Note(start, self.length, paragraph.note))

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _line(self, line: Line) -> None:
        start = self.length
        self._span(line.page, start)
        n = line.last - line.first
        if n:
            offsets = self.words.offsets[line.first : line.last]
            self.starts.extend(array("I", [start + o for o in offsets]))
            self.pages.extend(array("I", [line.page]) * n)
            self.lines.extend(array("I", [self.count]) * n)
            boxes = self.words.boxes[4 * line.first : 4 * line.last]
            self.boxes.extend(all_moved(boxes, self.shown[line.page]) if line.page in self.shown else boxes)
            self.confidences.extend(self.words.confidences[line.first : line.last])
            if self.words.readings:
                self._readings(line, start, n)
        for offset, label in line.marks:
            label = label.strip("[]()").translate(SUPERSCRIPTS)
            self.anchors.setdefault(label, []).append(start + offset)
        self.count += 1
        if line.row is not None:
            self.rows.append(LaidRow(line.row, line.page, start, line.text))
        self._write(line.text)

    def _readings(self, line: Line, start: int, count: int) -> None:
        """Record what is told of the line's words, which are the last `count` written and begin at `start`."""
        for k in range(count):
            if (told := self.words.readings.get(line.first + k)) is None:
                continue
            text, reading = told
            begins, at = start + self.words.offsets[line.first + k], 4 * (len(self.starts) - count + k)
            x0, top, x1, bottom = (round(v, 1) for v in self.boxes[at : at + 4])
            sure = round(self.words.confidences[line.first + k], 3)
            self.readings.append(
                Reading(
                    begins, begins + len(text), text, reading.first, reading.second, reading.reason, sure,
                    line.page, ((x0, top, x1, bottom),),
                )
            )  # fmt: skip

    def _span(self, page: int, start: int) -> None:
        span = self.spans.setdefault(page, [start, start])
        span[0], span[1] = min(span[0], start), max(span[1], start)

    def finish(self, sizes: Sequence[Page], furniture: Sequence[Furniture], warnings: Sequence[str]) -> LaidText:
        """The laid text. A page's span runs from its first line to the first line of the next page."""
        text = "".join(self.pieces)
        starts = {p: s[0] for p, s in self.spans.items()}
        pages, at = [], 0
        for k, page in enumerate(sizes):
            at = max(at, starts.get(page.number, at)) if k else 0
            following = [starts[p.number] for p in sizes[k + 1 :][:1] if p.number in starts]
            end = max(at, following[0]) if following else (len(text) if k == len(sizes) - 1 else at)
            pages.append(Page(page.number, at, end, page.width, page.height, page.source, page.confidence))
            at = end
        return LaidText(
            text, tuple(pages), tuple(map(self._placed, furniture)), self._anchored(), tuple(warnings),
            self.starts, self.pages, self.lines, self.boxes, self.confidences,
            build(self.rows, text, self.shown), tuple(self.readings),
        )

    def _placed(self, furniture: Furniture) -> Furniture:
        """The furniture with its box on the page as shown."""
        if furniture.box is None or furniture.page not in self.shown:
            return furniture
        return replace(furniture, box=moved(furniture.box, self.shown[furniture.page]))

    def _anchored(self) -> tuple[Note, ...]:
        """Each note with the last mark of its number before it that no earlier note has taken."""
        done, taken = [], set()
        for note in self.notes:
            places = self.anchors.get(note.mark.strip("[]()"), [])
            k = bisect_left(places, note.start) - 1
            anchor = places[k] if k >= 0 and places[k] not in taken else None
            if anchor is not None:
                taken.add(anchor)
            done.append(Note(note.start, note.end, note.mark.strip("[]()"), anchor))
        return tuple(done)
