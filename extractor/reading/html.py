"""HTML: block elements as paragraphs, table rows as cells, notes behind their paragraphs, no scripts and menus."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from extractor.errors import DamagedFile, EmptyFile
from extractor.pages import Source, SourceLine, SourcePage
from extractor.reading.counting import written
from extractor.reading.encodings import decode, read_limited
from extractor.reading.marks import raised
from extractor.reading.tables import Span, table_lines

MEDIA_TYPE = "text/html"
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_LEFT_OUT = frozenset(
    "script style head nav noscript template iframe object svg button select textarea input audio video canvas footer "
    "aside".split()
)  # not <form>: many portals put the whole page into one
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 "
    "h5 h6 header hgroup hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BORDER = re.compile(r"border[\w-]*\s*:\s*(?!none|0|medium none|initial|collapse|separate)", re.IGNORECASE)
_SPANS = (("colspan", 100), ("rowspan", 1000))
_LISTS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_OPENING = re.compile(r"\s*[\[(]?\s*([\d*†]+)")
_MARK = re.compile(r"^\s*[\[(]?(\d{1,3}|[*†]{1,3})[\])]?\s*$")


def open_html(path: Path) -> Source:
    """The HTML page at `path` as one page of paragraphs. Raises EmptyFile, DamagedFile."""
    data = read_limited(path)
    declared = _CHARSET.search(data[:4096])
    text, encoding = decode(data, declared.group(1).decode("ascii", "replace") if declared else None)
    if not text.strip():
        raise EmptyFile("the file holds no text", path=path)
    lines = tuple(html_lines(text, path))
    if not lines:
        raise EmptyFile("the page holds no text", path=path)
    warnings: tuple[str, ...] = ()
    if encoding == "unknown":
        warnings = ("the page's encoding was not recognised; it was read as Windows-1252 and letters may be wrong",)
    return Source(MEDIA_TYPE, 1, iter([SourcePage(1, None, None, lines=lines)]), warnings)


def html_lines(text: str, path: Path | None = None) -> list[SourceLine]:
    """The paragraphs, table rows and notes of the HTML `text`, in order. Raises DamagedFile."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    data = _XML_DECLARATION.sub("", text).encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise DamagedFile(f"not readable as HTML: {error}", path=path) from error
    notes = _notes(tree)
    moved = set(notes.values())
    texts = {anchor: _Walk({}, set()).read(block) for anchor, block in notes.items()}
    return _Walk({anchor: _note_text(lines) for anchor, lines in texts.items()}, moved).read(tree)


def _note_text(lines: list[SourceLine]) -> str:
    """A note's text without the mark that it opens with."""
    text = " ".join(" ".join(line.text.split()) for line in lines)
    return re.sub(r"^\s*(?:\[\s*[\d*†]+\s*\]|\(\s*[\d*†]+\s*\)|[\d*†¹²³⁴⁵⁶⁷⁸⁹⁰]+[.)]?(?=\s|\D))\s*", "", text)


def _notes(tree: HtmlElement) -> dict[HtmlElement, HtmlElement]:
    """Footnote links (a mark linking to a later block that opens with it) with the block that each names."""
    targets: dict[str, tuple[int, HtmlElement]] = {}
    anchors: list[tuple[int, HtmlElement]] = []
    for at, node in enumerate(tree.iter(lxml.etree.Element)):
        for name in (node.get("id"), node.get("name")):
            if name:
                targets.setdefault(name, (at, node))
        if node.tag == "a" and (node.get("href") or "").startswith("#"):
            anchors.append((at, node))
    found: dict[HtmlElement, HtmlElement] = {}
    openings: dict[HtmlElement, str] = {}
    for at, anchor in anchors:
        mark = _MARK.match(anchor.text_content())
        where, target = targets.get((anchor.get("href") or "")[1:], (0, None))
        if mark is None or target is None or where <= at:
            continue
        while target is not None and target.tag not in _BLOCKS:
            target = target.getparent()
        if target is None or target in anchor.iterancestors():
            continue
        if target not in openings:
            opening = _OPENING.match(target.text_content()[:40])
            openings[target] = opening.group(1) if opening else ""
        if target.tag == "li" or openings[target] == mark.group(1):
            found[anchor] = target
    return found


def _is_left_out(node: HtmlElement) -> bool:
    if node.get("role") in ("navigation", "banner", "contentinfo", "search"):
        return True
    if node.tag in _LEFT_OUT or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(node.get("style") or ""))


@dataclass(slots=True)
class _Table:
    """A table being read: finished rows, and where the lines of the open cell go."""

    bordered: bool
    rows: list[list[list[SourceLine]]] = field(default_factory=list)
    spans: list[list[Span]] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)  # column -> the row up to which a cell above takes it

    def add_row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        self.spans.append([])

    def add_cell(self, lines: list[SourceLine], columns: int, rows: int, header: bool) -> None:
        """Add a cell at the first place of the row that no cell above takes."""
        if not self.rows:
            self.add_row()
        row, at = self.rows[-1], len(self.rows) - 1
        while self.taken.get(len(row), -1) >= at:
            row.append([])
        self.spans[-1].append(Span(len(row), columns, rows, header=header))
        for column in range(len(row), len(row) + columns):
            self.taken[column] = at + rows - 1
        row.append(lines)
        row.extend([] for _ in range(columns - 1))


class _Walk:
    """One pass over a tree; `notes` gives the text behind a footnote link, `moved` the blocks that it came from."""

    def __init__(self, notes: dict[HtmlElement, str], moved: set[HtmlElement]) -> None:
        self.notes = notes
        self.moved = moved
        self.parts: list[str] = []
        self.pending: list[SourceLine] = []
        self.lines: list[SourceLine] = []
        self.outer: list[list[SourceLine]] = []
        self.tables: list[_Table] = []
        self.raised = 0
        self.counts: dict[HtmlElement, int] = {}
        self.broken = False
        self.verbatim = 0

    def read(self, root: HtmlElement) -> list[SourceLine]:
        """The lines of `root`."""
        walk = lxml.etree.iterwalk(root, events=("start", "end"))
        skipped: HtmlElement | None = None
        for event, node in walk:
            if event == "start":
                if _is_left_out(node) or node in self.moved or node in self.notes:
                    walk.skip_subtree()
                    skipped = node
                    if node in self.notes:
                        self._note(node)
                    continue
                self._open(node)
            else:
                if node is skipped:
                    skipped = None
                else:
                    self._close(node)
                if node is not root:
                    self._add(node.tail)
        self._flush()
        return self.lines

    def _note(self, anchor: HtmlElement) -> None:
        mark = _MARK.match(anchor.text_content())
        self.pending.append(SourceLine(self.notes[anchor], "note", mark.group(1) if mark else None))

    def _open(self, node: HtmlElement) -> None:
        if node.tag == "br":
            self.broken = True
            self._flush()
        elif node.tag in _BLOCKS:
            self._flush()
            self.broken = False
        if node.tag == "pre":
            self.verbatim += 1
        elif node.tag == "sup":
            self.raised += 1
        elif node.tag == "table":
            self.tables.append(_Table(_has_borders(node)))
        elif node.tag == "tr" and self.tables:
            self.tables[-1].add_row()
        elif node.tag in ("td", "th") and self.tables:
            self.outer.append(self.lines)
            self.lines = []
        elif node.tag == "li":
            self._add(self._label(node))
        self._add(node.text)

    def _label(self, item: HtmlElement) -> str:
        """The label that a browser shows before an item of an ordered list, "" for other lists."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
            return ""
        value = item.get("value") or ""
        before = self.counts.get(parent, _whole(parent.get("start"), 1) - 1)
        self.counts[parent] = _whole(value, before + 1)
        return written(self.counts[parent], _LISTS.get(parent.get("type") or "1", "decimal")) + ". "

    def _close(self, node: HtmlElement) -> None:
        if node.tag in _BLOCKS:
            self._flush()
            self.broken = False
        if node.tag == "pre":
            self.verbatim -= 1
        elif node.tag == "sup":
            self.raised -= 1
        elif node.tag == "table" and self.tables:
            table = self.tables.pop()
            self.lines.extend(table_lines(table.rows, table.bordered, table.spans))
        elif node.tag in ("td", "th") and self.tables:
            columns, rows = (min(max(_whole(node.get(name), 1), 1), most) for name, most in _SPANS)
            header = node.tag == "th" or any(above.tag == "thead" for above in islice(node.iterancestors(), 2))
            self.tables[-1].add_cell(self.lines, columns, rows, header)
            self.lines = self.outer.pop()

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(raised(text, "".join(self.parts[-3:])[-8:]) if self.raised else text)

    def _flush(self) -> None:
        text = "".join(self.parts)
        self.parts.clear()
        if self.verbatim:
            self.lines.extend(SourceLine(line) for line in text.splitlines() if line.strip())
        else:
            text = _BLANKS.sub(" ", text).strip(" ")
            if text.strip():
                self.lines.append(SourceLine(text, "line" if self.broken else "paragraph"))
        if text.strip():
            self.lines.extend(self.pending)
            self.pending.clear()


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def _has_borders(table: HtmlElement) -> bool:
    """True where the table or one of its first cells draws borders."""
    if (table.get("border") or "0").strip() not in ("", "0"):
        return True
    cells = (cell for _, cell in zip(range(12), table.iter("td", "th"), strict=False))
    return any(_BORDER.search(node.get("style") or "") for node in (table, *cells))
