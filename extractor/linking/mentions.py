"""Where the text points to a table: `(Chi tiết tại Phụ biểu 3.1 kèm theo)`, tied to the table of that label."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.finding.lazy import lazy
from extractor.linking.captions import label_key, table_for
from extractor.model import Mention, Reference, Table
from extractor.pages import LaidTable

_NUMBER = r"(?:\d{1,3}|[IVX]{1,5}(?!\w))(?:[.\-/]?(?:\d{1,3}|[a-zđ])(?!\w))*+"
_LABEL = lazy(rf"(?<!\w)(?P<word>phụ\s+(?:biểu|lục)|biểu|bảng)(?:\s+số)?\s+(?P<number>{_NUMBER})", re.I)
_NEXT = lazy(
    rf"\s*(?:,|;|và|&)\s*(?:số\s+)?(?P<number>{_NUMBER})(?=\s*(?:[,;.)\]]|$|(?:và|kèm|đính|gửi|của|ban)(?!\w)))", re.I
)
_CLAUSE_END = lazy(r"[.;)\]\n]")
_REACH = 60
"""Characters behind a label in which the document may stand that the annex belongs to (`Phụ lục II Nghị định số …`)."""


def with_mentions(
    text: str, tables: Sequence[Table], laid: Sequence[LaidTable], references: Sequence[Reference]
) -> tuple[Table, ...]:
    """`tables` with what points to them; pages are not set. A label that opens a line is a caption, one in a table is
    a cell, and the annex of a cited document is that document's; none of them is a mention."""
    if not any(label_key(table.caption or "") for table in tables):
        return tuple(tables)
    found: dict[str, list[Mention]] = {}
    rows = [span for table in laid for span in table.lines]
    starts = [r.start for r in references]
    for label in _LABEL.finditer(text):
        if not text[text.rfind("\n", 0, label.start()) + 1 : label.start()].strip():
            continue
        at = bisect_left(rows, (label.start() + 1,)) - 1
        if at >= 0 and label.start() < rows[at][1]:
            continue
        labels = list(_labels(text, label))
        if _of_another(text, labels[-1][1], starts):
            continue
        for start, end, said in labels:
            table = table_for(said, tables)
            if table is not None:
                found.setdefault(table.id, []).append(Mention(start, end))
    return tuple(replace(table, mentions=tuple(found.get(table.id, ()))) for table in tables)


def _labels(text: str, first: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """The label and those of its list (`Phụ biểu 01, 02 và 03`): span, and the label in full."""
    yield first.start(), first.end(), first[0]
    end = first.end()
    while following := _NEXT.match(text, end):
        yield following.start("number"), following.end(), f"{first['word']} {following['number']}"
        end = following.end()


def _of_another(text: str, end: int, starts: Sequence[int]) -> bool:
    """Whether a citation follows in the same clause."""
    at = bisect_left(starts, end)
    return at < len(starts) and starts[at] - end < _REACH and _CLAUSE_END.search(text, end, starts[at]) is None
