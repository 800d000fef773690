"""Pin-points: the clause of a cited document that is meant ("điểm a khoản 2 Điều 5"), before or after the citation."""

from __future__ import annotations

import re

from extractor.finding.lazy import lazy

_VALUE = r"(?:\d{1,3}(?:\.\d{1,2}){0,3}[a-zđ]?|[IVXLC]{1,6}|[a-zđ])(?!\w)"
_LEVEL = r"(?:điểm|tiết|khoản|điều|tiểu\s{1,4}mục|mục|chương|phần|phụ\s{1,4}lục)"
_UNIT = lazy(
    rf"(?<!\w){_LEVEL}\s{{1,4}}(?:số\s{{1,4}})?{_VALUE}(?:\s{{0,3}}(?:,|và|[-–]|đến)\s{{0,4}}{_VALUE}){{0,8}}",
    re.IGNORECASE,
)
_BETWEEN = lazy(r"\s{0,4}(?:,|;|và|của|tại|thuộc)?\s{0,4}")
_TO_DOCUMENT = lazy(r"\s{0,4},?\s{0,4}(?:của|tại|thuộc|trong|theo)?\s{0,4}(?:các\s{1,4})?")
_LINK_AFTER = lazy(r"(?P<open>\s{0,2}\(\s?)(?:tại\s{1,4})?|,\s{1,4}(?:tại\s{1,4})?|\s{1,4}tại\s{1,4}")
_OTHER_DOCUMENT = lazy(r"\s{0,4}(?:của\s{1,4})?(?:Luật|Bộ luật|Ngh|Thông|Quy|Chỉ|Kế hoạch|Pháp lệnh|Hiến pháp)")
_REACH = 140


def pinpoint_before(text: str, start: int, floor: int = 0) -> tuple[int, str] | None:
    """The pin-point that stands before a citation starting at `start`: (its start, its words); None where none does."""
    floor = max(floor, start - _REACH)
    units = list(_UNIT.finditer(text, floor, start))
    if not units or not _TO_DOCUMENT.fullmatch(text, units[-1].end(), start):
        return None
    first = len(units) - 1
    while first and _BETWEEN.fullmatch(text, units[first - 1].end(), units[first].start()):
        first -= 1
    return units[first].start(), " ".join(text[units[first].start() : units[-1].end()].split())


def pinpoint_after(text: str, end: int) -> tuple[int, str] | None:
    """The pin-point right after a citation ending at `end`: (its end, its words).

    None where what stands there belongs to the next document ("…, khoản 2 Điều 7 Nghị định số …").
    """
    link = _LINK_AFTER.match(text, end)
    unit = _UNIT.match(text, link.end()) if link else None
    if not link or not unit:
        return None
    last = unit
    while (gap := _BETWEEN.match(text, last.end())) and (following := _UNIT.match(text, gap.end())):
        last = following
    if link["open"] and not text.startswith(")", last.end()):
        return None
    if _OTHER_DOCUMENT.match(text, last.end()):
        return None
    return last.end(), " ".join(text[unit.start() : last.end()].split())
