"""One report's source file (`gold/src/NAME.vnr`): TOML front matter and a marked body, read into blocks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpusbuild.marks import parse_marks, strip_marks

NOTE_MARK = re.compile(r"\[\^(\d+)\]")
NOTE_LINE = re.compile(r"\[\^(\d+)\]:\s*(.*)")
BARE_NUMBER = re.compile(r"[-+]?\d[\d.,/]*")
FRONT_KEYS = {
    "formats", "letterhead_left", "letterhead_right", "number", "place_date", "type_line", "title", "recipients",
    "signature", "signer", "expect", "style", "places",
    "planted",
}  # fmt: skip
STYLE_KEYS = {
    "font_size", "running_head", "justify", "landscape_annex", "stamp", "auto_numbering", "encoding", "double_spaced",
    "txt_width", "txt_columns", "header_fill",
}  # fmt: skip


class SourceError(ValueError):
    """A source file that does not keep to the format (corpus/README.md)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, marks and footnote marks inside."""

    text: str

    @property
    def section_level(self) -> int | None:
        """The level of the section that this paragraph opens; None for running text."""
        _, items = parse_marks(self.text)
        return items[0]["level"] if items and items[0]["tag"] == "S" and items[0]["start"] == 0 else None

    @property
    def is_heading(self) -> bool:
        """Whether the paragraph is a heading alone, without the section's text behind it."""
        plain = strip_marks(self.text)
        return self.section_level is not None and len(plain) < 110 and plain[-1:] not in {".", ";", ":"}


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. In header rows `<` joins a cell to the one at its left, `^` to the one above.

    `units` are for the gold alone: each column's unit, "" for columns of words and row numbers, `@` where the row's
    own unit column says it, `~` where the brackets of its subject do, `?` where nothing does.
    """

    caption: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a page."""


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows is an annex (phụ lục, phụ biểu); it stands on pages of its own behind the signature."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The block of recipients and signature."""


Block = Paragraph | Table | PageBreak | Annex | Closing


@dataclass(frozen=True, slots=True)
class ReportSource:
    """A report as written: front matter, blocks of the body, footnotes by their number."""

    name: str
    front: dict[str, Any]
    blocks: tuple[Block, ...]
    notes: dict[str, str] = field(default_factory=dict)

    def style(self, key: str, default: Any = None) -> Any:
        """One entry of the front matter's `style`."""
        return self.front.get("style", {}).get(key, default)

    def lines(self, key: str) -> list[str]:
        """The lines of a front matter entry, without marks."""
        value = self.front.get(key, [])
        return [strip_marks(line) for line in ([value] if isinstance(value, str) else value) if line]


def read_source(path: Path) -> ReportSource:
    """Read a `.vnr` file. Raises `SourceError` (or `MarkError`) with the file's name and what is wrong."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("+++\n") or "\n+++\n" not in text[4:]:
        raise SourceError(f"{path.name}: no front matter between +++ lines")
    head, body = text[4:].split("\n+++\n", 1)
    front = tomllib.loads(head)
    if wrong := (set(front) - FRONT_KEYS) | (set(front.get("style", {})) - STYLE_KEYS):
        raise SourceError(f"{path.name}: unknown keys {', '.join(sorted(wrong))}")
    if set(front.get("formats", [])) - {"pdf", "docx", "txt"} or not front.get("formats"):
        raise SourceError(f"{path.name}: formats must be one or more of pdf, docx, txt")
    blocks, notes = _blocks(path.name, body)
    report = ReportSource(path.stem, front, tuple(_with_closing(blocks)), notes)
    used = [mark for block in blocks for text in block_texts(block) for mark in NOTE_MARK.findall(text)]
    if used != [str(n + 1) for n in range(len(used))] or set(used) != set(notes):
        raise SourceError(f"{path.name}: footnotes must run 1, 2, 3 …, each with its text: {used}, {sorted(notes)}")
    return report


def block_texts(block: Block) -> Iterator[str]:
    """Every marked text in one block."""
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Table):
        yield block.caption
        for row in (*block.header, *block.rows):
            yield from row


def _blocks(name: str, body: str) -> tuple[list[Block], dict[str, str]]:
    blocks: list[Block] = []
    notes: dict[str, str] = {}
    table: list[str] | None = None
    for line in (line.strip() for line in body.splitlines()):
        if line == "|||":
            if table is not None:
                blocks.append(_table(name, table))
            table = [] if table is None else None
        elif table is not None:
            table += [line] if line else []
        elif match := NOTE_LINE.fullmatch(line):
            notes[match[1]] = match[2]
        elif line == "---":
            blocks.append(PageBreak())
        elif line == "{annex}":
            blocks.append(Annex())
        elif line:
            blocks.append(Paragraph(line))
    if table is not None:
        raise SourceError(f"{name}: a table is not closed by |||")
    return blocks, notes


def _table(name: str, lines: list[str]) -> Table:
    caption, header, rows = "", [], []
    units: tuple[str, ...] = ()
    for line in lines:
        key, _, rest = line.partition(":")
        if key == "caption":
            caption = rest.strip()
        elif key == "units":
            units = tuple(cell.strip() for cell in rest.split("|"))
        elif key == "header":
            header.append(tuple(cell.strip() for cell in rest.split("|")))
        else:
            rows.append(tuple(cell.strip() for cell in line.split("|")))
    if len({len(row) for row in [*header, *rows, *([units] if units else [])]}) != 1 or not header:
        raise SourceError(f"{name}: the rows of table {caption!r} differ in length or it has no header")
    return Table(caption, tuple(header), tuple(rows), units)


def _with_closing(blocks: list[Block]) -> list[Block]:
    """Recipients and signature stand at the end, before the first annex."""
    at = next((i for i, block in enumerate(blocks) if isinstance(block, Annex)), len(blocks))
    return [*blocks[:at], Closing(), *blocks[at:]]


def optional_cell(cell: str) -> str:
    """A bare number in a table cell is optional by the guide: marked so, unless the author has marked the cell."""
    return f"⟦O {cell}⟧" if BARE_NUMBER.fullmatch(cell) else cell
