"""Reports of two years for tests of comparisons, as short texts that are really read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor import extract_text
from extractor.compare.claims import docs_of
from extractor.compare.diff import Selection, Summary, diff
from extractor.compare.places import Map
from extractor.compare.rows import Row
from extractor.store.store import store_of


def report(year: int, body: str, area: str = "HUYỆN VĂN BÀN", date: str = "20 tháng 12") -> str:
    """A district's report of `year`."""
    name = area.split(" ", 1)[1].title()
    return (
        f"ỦY BAN NHÂN DÂN\n{area}\nSố: 12/BC-UBND\n{name}, ngày {date} năm {year}\nBÁO CÁO\n"
        f"Kết quả phát triển kinh tế - xã hội năm {year}\n1. Kết quả\n{body}\n"
    )


def side(text: str, name: str = "a.txt") -> Selection:
    """The text as a side of a comparison."""
    store = store_of(Path(name), extract_text(text).to_json().encode())
    return Selection(store, docs_of(store), name)


def compared(
    a: str, b: str, *, places: str = "as-told", least: float = 0.5, summary: Summary | None = None
) -> list[Row]:
    """The rows of two texts."""
    return list(diff(side(a), side(b, "b.txt"), places=Map.named(places), least=least, summary=summary))


def said(rows: Iterable[Row]) -> set[tuple[str, str | None, str | None]]:
    """Status and both printed figures of each row."""
    return {(r.status, r.a.claim.text if r.a else None, r.b.claim.text if r.b else None) for r in rows}
