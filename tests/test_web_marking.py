"""The text with its marks: every character once and in order, spans nest whatever crosses what."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.model import Page, Section, Table
from extractor.web.items import Item, TableCell
from extractor.web.marking import Piece, pieces
from extractor.web.reports import PART, parts_of
from extractor.web.visible import visible

TEXT = "a\tb\u202e\tc\nd <e> f\n1. g\th\r\n"


def spans(most: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, most), st.integers(0, most)).map(lambda s: (min(s), max(s)))


KINDS = st.sampled_from(["figure", "reference", "place", "reading", "finding", "cell"])
ITEMS = st.lists(st.tuples(KINDS, spans(len(TEXT))), max_size=5).map(
    lambda made: [Item(kind, f"x{at}", *span, TEXT[span[0] : span[1]], None) for at, (kind, span) in enumerate(made)]
)


def said(made: list[Piece]) -> str:
    return "".join(p.text if p.what == "text" else chr(int(p.text[2:], 16)) for p in made if p.what in ("text", "mark"))


@settings(max_examples=60, deadline=None)
@given(ITEMS, spans(len(TEXT)), st.none() | spans(len(TEXT)), st.lists(spans(len(TEXT)), max_size=3))
def test_no_character_is_lost_and_every_span_closes(
    items: list[Item], part: tuple[int, int], passage: tuple[int, int] | None, headings: list[tuple[int, int]]
) -> None:
    items = [item for item in items if part[0] <= item.start < part[1]]
    sections = [Section(f"s{at}", "1", "g", 1, None, *span) for at, span in enumerate(headings)]
    made = list(pieces(TEXT, *part, items, sections, passage))
    assert said(made) == TEXT[part[0] : part[1]]
    links = 0
    opened: list[str] = []
    for piece in made:
        if piece.what == "open":
            opened.append(piece.span)
            links += piece.span == "item"
            assert opened.count("item") <= 1, "a link in a link"
        elif piece.what == "close":
            opened.pop()
    assert not opened
    assert (links > 0) == any(item.kind not in ("finding", "cell") and item.end > item.start for item in items)


def test_cells_and_rows_are_spans_that_hold_their_tabs() -> None:
    made = list(pieces("x\ty\nz", 0, 5, [], []))
    assert [p.span for p in made if p.what == "open"] == ["grid", "row", "cell", "cell"]
    assert [p.text for p in made if p.what == "text"] == ["x\t", "y\n", "z"]


def test_the_cells_of_tables_are_items_also_where_they_stand_alone_in_their_line() -> None:
    text = "Bảng\n x\t\ty 5\nTổng số\nHết\n"
    cells = [Item("cell", w, text.index(w), text.index(w) + len(w), w, None) for w in ("x", "y 5", "Tổng số")]
    five = Item("figure", "f1", text.index("5"), text.index("5") + 1, "5", None)
    made = [p for p in pieces(text, 0, len(text), [*cells, five], []) if p.what == "open"]
    assert [p.span for p in made] == ["grid", "row", "cell", "cell", "cell", "item", "row", "cell"]
    assert [(p.item and p.item.id, p.holds) for p in made if p.span == "cell"] == [
        ("x", False), (None, False), ("y 5", True), ("Tổng số", False),
    ]  # fmt: skip


def test_a_row_that_begins_further_to_the_right_says_how_many_cells_are_empty() -> None:
    table = Table("t1", 1, rows=(("", "", "x", "y"),))
    x, y = (Item("cell", f"t1.0.{c}", at, at + 1, "x", TableCell(table, 0, c)) for at, c in ((0, 2), (2, 3)))
    assert [p.skipped for p in pieces("x\ty", 0, 3, [x, y], []) if p.span == "cell"] == [2, 0]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_nothing_that_turns_text_is_left(text: str) -> None:
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f\u200e\u061c\u200b\ufeff"
    assert not set(visible(text + turning)) & set(turning)


def test_a_document_without_pages_is_parted_at_line_ends_and_one_with_pages_at_these() -> None:
    from samples import sample

    report = sample()
    line = "Một dòng của báo cáo.\n"
    long = type(report)(report.document, line * 2000, (Page(1, 0, len(line) * 2000),))
    parts = parts_of(long)
    assert len(parts) > 5
    assert [p.start for p in parts] == [0, *(p.end for p in parts[:-1])]
    assert all(p.end - p.start <= PART * 1.5 and long.text[p.end - 1] == "\n" for p in parts)
    assert [(p.start, p.end, p.page) for p in parts_of(report)] == [(0, len(report.text), 1)]
    assert len(parts_of(type(report)(report.document, ""))) == 1
