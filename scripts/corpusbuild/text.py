"""A report as plain text, as text pulled from a PDF comes: hard-wrapped, notes at page bottoms, bare page numbers."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator

from corpusbuild.marks import strip_marks
from corpusbuild.source import NOTE_MARK, Annex, Closing, PageBreak, Paragraph, ReportSource, Table

LINES_A_PAGE = 46
PAGE_END = "\f"
ANCHOR = re.compile("\ue000(\\d+)\ue001")
# TCVN 5712:1993 (VN3, the "ABC" fonts): code points of the single bytes; capitals with a tone have none, the fonts
# show the small letter's byte as a capital
TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4"
            "e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        strict=True,
    )
)


def build_text(source: ReportSource) -> bytes:
    """The report as the bytes of a text file, in the encoding that its style names."""
    pages = list(_pages(list(_lines(source)), source))
    width = source.style("txt_width", 78)
    out: list[str] = []
    for number, page in enumerate(pages, 1):
        if number > 1:
            out += ["", str(number).center(width).rstrip(), ""]
        out += page
    text = ("\n\n" if source.style("double_spaced") else "\n").join(out) + "\n"
    return _encode(text, source.style("encoding", "utf-8"))


def _encode(text: str, encoding: str) -> bytes:
    """utf-8, utf-8-sig, utf-16 (with byte order mark), nfd (UTF-8, decomposed) or tcvn3 (single bytes)."""
    if encoding == "nfd":
        return unicodedata.normalize("NFD", text).encode()
    if encoding == "tcvn3":
        text = text.translate({ord("–"): "-", ord("…"): "...", ord("“"): '"', ord("”"): '"'})
        return bytes(TCVN3.get(c) or TCVN3.get(c.lower()) or c.encode("ascii")[0] for c in text)
    if encoding == "utf-16":
        return b"\xff\xfe" + text.encode("utf-16-le")  # the codec's own order depends on the machine
    return text.encode(encoding)


def _lines(source: ReportSource) -> Iterator[str]:
    """The report's wrapped lines; footnote marks stand between private-use characters, page ends are form feeds."""
    width = source.style("txt_width", 78)
    yield from _letterhead(source, width)
    for line in source.lines("type_line") + source.lines("title"):
        yield line.center(width).rstrip()
    yield ""
    for block in source.blocks:
        if isinstance(block, Paragraph):
            text = NOTE_MARK.sub("\ue000\\1\ue001", block.text)
            yield from _wrap(strip_marks(text), width, "     ")
        elif isinstance(block, Table):
            yield from _table(block, width)
        elif isinstance(block, Closing):
            yield from _closing(source, width)
        elif isinstance(block, PageBreak | Annex):
            yield PAGE_END


def _wrap(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, break_long_words=False, break_on_hyphens=False)


def _letterhead(source: ReportSource, width: int) -> Iterator[str]:
    left = source.lines("letterhead_left") + source.lines("number")
    right = source.lines("letterhead_right") + source.lines("place_date")
    yield from _two_columns(left, right, width, source.style("txt_columns", False))
    yield ""


def _closing(source: ReportSource, width: int) -> Iterator[str]:
    to = [f"- {line}" for line in source.lines("recipients")]
    left = (["Nơi nhận:"] if to else []) + to
    right = [*source.lines("signature"), "", "", *source.lines("signer")]
    yield ""
    yield from _two_columns(left, right, width, source.style("txt_columns", False))


def _two_columns(left: list[str], right: list[str], width: int, side_by_side: bool) -> Iterator[str]:
    """Left above right, or the two side by side as a layout-keeping extraction writes them."""
    if not side_by_side:
        yield from left
        yield from (line.rjust(min(width, (width + len(line)) // 2 + 12)) if line else "" for line in right)
        return
    half = max(width // 2, max((len(line) for line in left), default=0) + 3)
    for i in range(max(len(left), len(right))):
        a, b = (column[i] if i < len(column) else "" for column in (left, right))
        yield f"{a:<{half}}{b}".rstrip()


def _table(table: Table, width: int) -> Iterator[str]:
    if table.caption:
        yield from _wrap(strip_marks(table.caption), width)
    rows = [["" if cell in {"<", "^"} else strip_marks(cell) for cell in row] for row in (*table.header, *table.rows)]
    wide = [max(len(row[c]) for row in rows) + 2 for c in range(len(rows[0]))]
    for row in rows:
        if sum(wide) <= width + 10:
            yield "".join(f"{cell:<{wide[c]}}" for c, cell in enumerate(row)).rstrip()
        else:
            yield from _wrap("  ".join(cell for cell in row if cell), width)
    yield ""


def _pages(lines: list[str], source: ReportSource) -> Iterator[list[str]]:
    """Fill pages; the notes that a page's lines anchor stand at its bottom, under a short rule."""
    width = source.style("txt_width", 78)
    body: list[str] = []
    notes: list[str] = []
    for line in lines:
        anchored = ANCHOR.findall(line)
        new = [w for mark in anchored for w in _wrap(f"{mark} {strip_marks(source.notes[mark])}", width)]
        full = len(body) + len(notes) + len(new) + 2 > LINES_A_PAGE
        if (full or line == PAGE_END) and body:
            yield [*body, *(["", "_" * 20, *notes] if notes else [])]
            body, notes = [], []
        if line != PAGE_END:
            body.append(ANCHOR.sub(r"\1", line))
            notes += new
    if body:
        yield [*body, *(["", "_" * 20, *notes] if notes else [])]
