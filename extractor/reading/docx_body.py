"""Walks the body of a DOCX (or a note, a text box, a running head) and gives its lines as Word shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from lxml.etree import _Element

from extractor.pages import SourceLine
from extractor.reading.counting import written
from extractor.reading.docx_numbering import Numbering
from extractor.reading.docx_styles import Look, Styles, has_upright_borders, look_of
from extractor.reading.docx_xml import attribute, child, children, is_on, local, number_of
from extractor.reading.encodings import convert, legacy_for, legacy_of_font
from extractor.reading.marks import raised
from extractor.reading.tables import Span, row_lines, sets_columns, source_rows, table_lines

PAGE_BREAK = SourceLine("\f", "furniture")
"""Stands among the lines where the author broke the page."""
RENDERED_BREAK = SourceLine("\v", "furniture")
"""Stands where Word last began a new page by itself; said again behind an author's break."""

NoteKind = Literal["footnote", "endnote"]
_SYMBOLS = {
    ("symbol", 0xA3): "≤", ("symbol", 0xB3): "≥", ("symbol", 0xB1): "±", ("symbol", 0xB4): "×", ("symbol", 0xB8): "÷",
    ("symbol", 0xB0): "°", ("symbol", 0x2D): "-", ("symbol", 0xB9): "≠", ("symbol", 0xBB): "≈", ("symbol", 0xB7): "•",
    ("symbol", 0xAE): "→", ("symbol", 0x6D): "µ", ("symbol", 0x53): "∑", ("symbol", 0x25): "%", ("symbol", 0x2B): "+",
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFE): "☑", ("wingdings", 0xA8): "☐", ("wingdings", 0x6F): "☐",
    ("wingdings", 0xFD): "☒", ("wingdings", 0xE0): "→", ("wingdings", 0xA7): "▪", ("wingdings", 0xD8): "➢",
}  # fmt: skip
_TRANSPARENT = frozenset("customXml ins moveTo sdtContent".split())
_UNSHOWN = frozenset(
    "del moveFrom rPr pPr sdtPr sdtEndPr instrText delText delInstrText rt bookmarkStart bookmarkEnd".split()
)


@dataclass(slots=True)
class Notes:
    """The notes of the document by kind and id, how each kind is numbered, and how many were referred to so far."""

    texts: dict[tuple[NoteKind, str], _Element]
    formats: dict[NoteKind, str] = field(default_factory=lambda: {"footnote": "decimal", "endnote": "lowerRoman"})
    counts: dict[NoteKind, int] = field(default_factory=lambda: {"footnote": 0, "endnote": 0})

    def next_mark(self, kind: NoteKind) -> str:
        """The mark that Word shows at the next reference of that kind."""
        self.counts[kind] += 1
        return written(self.counts[kind], self.formats[kind])


@dataclass(slots=True)
class _Paragraph:
    """What has been gathered of a paragraph: text by font, notes referred to, text boxes anchored in it."""

    stretches: list[tuple[str, list[str]]] = field(default_factory=list)
    shown: bool = False  # something but blanks
    notes: list[SourceLine] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    broken_before: bool = False
    broken_inside: bool = False

    def add(self, font: str, text: str) -> None:
        """Append `text` shown in `font`."""
        if not self.stretches or self.stretches[-1][0] != font:
            self.stretches.append((font, []))
        self.stretches[-1][1].append(text)
        self.shown = self.shown or not text.isspace()

    def end(self) -> str:
        """The last few characters so far."""
        return "".join(text for _, texts in self.stretches[-2:] for text in texts[-3:])[-8:]

    def text(self) -> str:
        """All text in Unicode; "\\n" is a line break, "\\f" a page break."""
        whole = ((font, "".join(texts)) for font, texts in self.stretches)
        return "".join(convert(text, legacy_for(text.split(), font), font) for font, text in whole)


class Body:
    """A walk over blocks in order; it keeps what crosses paragraphs (open fields, a deleted paragraph mark)."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Notes) -> None:
        self.styles = styles
        self.numbering = numbering
        self.notes = notes
        self._fields: list[bool] = []  # one for each open field: True while in its instruction
        self._carried: _Paragraph | None = None

    def lines(self, blocks: Iterable[_Element]) -> Iterator[SourceLine]:
        """The lines of all `blocks`."""
        for node in blocks:
            name = local(node)
            if name == "p":
                yield from self._paragraph(node)
            elif name == "tbl":
                yield from self._table(node)
            elif name == "sdt":
                yield from self.lines(children(node, "sdtContent"))
            elif name in _TRANSPARENT:
                yield from self.lines(node)
            elif name == "AlternateContent":
                yield from self.lines(_chosen(node))

    # paragraphs

    def _paragraph(self, node: _Element) -> Iterator[SourceLine]:
        properties = child(node, "pPr")
        style = attribute(child(properties, "pStyle"), "val") or self.styles.default_paragraph
        base = self.styles.look(style).over(self.styles.default)
        made, self._carried = self._carried or _Paragraph(), None
        self._inline(node, base, made)
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._carried = made  # the paragraph's end was deleted: the next one goes on in it
            return
        if is_on(child(properties, "pageBreakBefore")):
            yield PAGE_BREAK
        if made.broken_before:
            yield RENDERED_BREAK
        label = self._label(properties, style)
        yield from _split(label, made.text())
        yield from made.notes
        for box in made.boxes:
            yield from Body(self.styles, self.numbering, self.notes).lines(box)
        if made.broken_inside:
            yield RENDERED_BREAK

    def _label(self, properties: _Element | None, style: str) -> str:
        own = child(properties, "numPr")
        number = attribute(child(own, "numId"), "val")
        level = child(own, "ilvl")
        styled = self.styles.numbering(style)
        if number is None and styled is not None:
            number, said_by, at = styled
            at = self.numbering.level_of_style(number, said_by) if at is None else at
            return self.numbering.label(number, number_of(level, at))
        return self.numbering.label(number, number_of(level, 0)) if number is not None else ""

    # what stands in a paragraph

    def _inline(self, node: _Element, base: Look, made: _Paragraph) -> None:
        for part in node:
            name = local(part)
            if name == "r":
                self._run(part, base, made)
            elif name == "AlternateContent":
                self._inline(_chosen(part), base, made)
            elif name == "t":  # a formula's
                self._show(part.text or "", base, made)
            elif name and name not in _UNSHOWN:
                self._inline(part, base, made)

    def _run(self, run: _Element, base: Look, made: _Paragraph) -> None:
        properties = child(run, "rPr")
        styled = self.styles.look(attribute(child(properties, "rStyle"), "val"))
        look = look_of(properties).over(styled).over(base)
        custom: NoteKind | None = None
        for part in run:
            name = local(part)
            if name == "fldChar":
                self._field(attribute(part, "fldCharType"))
            elif name == "lastRenderedPageBreak":
                if made.shown:
                    made.broken_inside = True
                else:
                    made.broken_before = True
            elif look.hidden or (self._fields and any(self._fields)):
                continue
            elif name in ("footnoteReference", "endnoteReference"):
                kind: NoteKind = "footnote" if name == "footnoteReference" else "endnote"
                follows = attribute(part, "customMarkFollows") in ("1", "true", "on")
                custom = kind if follows else None
                made.notes.append(self._note(kind, attribute(part, "id") or "", "" if follows else None))
            elif name == "t" and custom:
                made.notes[-1] = SourceLine(made.notes[-1].text, "note", (part.text or "").strip() or "*")
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                made.boxes.extend(_text_boxes(part))
            else:
                self._show(_shown(name, part, look), look, made)

    def _show(self, text: str, look: Look, made: _Paragraph) -> None:
        if not text:
            return
        font = look.font or ""
        if text == "\xad" and legacy_of_font(font) is None:
            return
        if look.raised and text.strip():
            text = raised(text, made.end())
        made.add(font, text.upper() if look.capitals else text)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, kind: NoteKind, key: str, mark: str | None) -> SourceLine:
        mark = self.notes.next_mark(kind) if mark is None else mark
        node = self.notes.texts.get((kind, key))
        walk = Body(self.styles, self.numbering, Notes({}))
        lines = walk.lines(node) if node is not None else ()
        text = " ".join(line.text.strip() for line in lines if line.kind != "furniture").strip()
        return SourceLine(text, "note", mark)

    # tables

    def _table(self, node: _Element) -> Iterator[SourceLine]:
        read = [(row, spans) for row, spans in self._rows(node) if row]
        rows, spans = [row for row, _ in read], [said for _, said in read]
        bordered = self._is_bordered(node)
        breaks = (PAGE_BREAK, RENDERED_BREAK)
        clean = [[[line for line in cell if line not in breaks] for cell in row] for row in rows]
        if sets_columns(clean, bordered):
            yield from table_lines(clean, bordered)
            return
        for row, held, said in zip(rows, clean, source_rows(clean, spans), strict=True):
            if any(line in breaks for cell in row for line in cell):
                yield RENDERED_BREAK
            yield from row_lines(held, bordered, said)

    def _rows(self, table: _Element) -> Iterator[tuple[list[list[SourceLine]], list[Span]]]:
        """For every row what stands at each place of the grid, and its cells."""
        for row in _within(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            cells: list[list[SourceLine]] = [[] for _ in range(_limited(child(properties, "gridBefore"), 0))]
            spans: list[Span] = []
            header = is_on(child(properties, "tblHeader"))
            for cell in _within(row, "tc"):
                said = child(cell, "tcPr")
                merge = child(said, "vMerge")
                held = list(self.lines(cell))
                goes_on = merge is not None and attribute(merge, "val") != "restart"
                wide = max(1, _limited(child(said, "gridSpan"), 1))
                spans.append(Span(len(cells), wide, joined=goes_on, header=header))
                cells.append([] if goes_on else held)
                cells.extend([] for _ in range(wide - 1))
            yield cells, spans

    def _is_bordered(self, node: _Element) -> bool:
        """Whether lines part the columns: by the cells where all of the first ones say so, else by any of them, by the
        table, by its style."""
        cells = (cell for row in _within(node, "tr") for cell in _within(row, "tc"))
        said = [has_upright_borders(child(cell, "tcPr"), "tcBorders") for cell in islice(cells, 12)]
        if True in said or (said and None not in said):
            return True in said
        properties = child(node, "tblPr")
        own = has_upright_borders(properties, "tblBorders")
        return self.styles.bordered(attribute(child(properties, "tblStyle"), "val")) if own is None else own


def _limited(node: _Element | None, default: int) -> int:
    """A count of cells in `w:val`, at most Word's own limit of columns."""
    return max(0, min(number_of(node, default), 63))


def _within(node: _Element, name: str) -> Iterator[_Element]:
    """The children of that name, also those inside content controls and tracked insertions."""
    for part in node:
        if local(part) == name:
            yield part
        elif local(part) in _TRANSPARENT or local(part) == "sdt":
            yield from _within(part, name)


def _chosen(node: _Element) -> _Element:
    """The branch of an mc:AlternateContent that Word of today shows, its fallback where there is none."""
    choice = child(node, "Choice")
    return choice if choice is not None else next(children(node, "Fallback"), node)


def _text_boxes(node: _Element) -> list[_Element]:
    """The contents of the text boxes in a drawing, each once though a drawing is stored in two forms."""
    name = local(node)
    if name == "txbxContent":
        return [node]
    if name == "AlternateContent":
        for branch in (child(node, "Choice"), child(node, "Fallback")):
            found = _text_boxes(branch) if branch is not None else []
            if found:
                return found
        return []
    return [box for part in node for box in _text_boxes(part)]


def _shown(name: str, node: _Element, look: Look) -> str:
    """What one element of a run shows."""
    if name == "t":
        return node.text or ""
    if name in ("tab", "ptab"):
        return "\t"
    if name == "br":
        return "\f" if attribute(node, "type") == "page" else "\n"
    if name == "sym":
        try:
            code = int(attribute(node, "char") or "20", 16) & 0xFF
        except ValueError:
            return ""
        return _SYMBOLS.get(((attribute(node, "font") or look.font or "").lower(), code), "•")
    return {"cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}.get(name, "")


def _split(label: str, text: str) -> Iterator[SourceLine]:
    """The lines of a paragraph: one, or, where its author broke lines, each as a "line" that may go on in the next."""
    for at, part in enumerate(text.split("\f")):
        if at:
            yield PAGE_BREAK
        lines = [line for line in part.split("\n") if line.strip()]
        for line in lines:
            yield SourceLine(label + line, "paragraph" if len(lines) == 1 else "line")
            label = ""
