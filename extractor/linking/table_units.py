"""The units of table cells: in the cell, in a head, in a unit column, in the caption."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from extractor.finding.lazy import lazy
from extractor.finding.units import Unit, read_unit

NO_UNITS = frozenset(("kế hoạch", "đề án", "dự án", "chương trình", "chỉ tiêu", "mục tiêu", "dân tộc"))
"""In a head these say which number it is (`(kế hoạch)`, `Dân tộc thiểu số`), not what it counts."""

MOST_WORDS = 6
"""A longer head is a description; what it opens with need not be what is counted."""

_SCALE = lazy(r"1\s?[.,]?\s?000(?P<more>\s?[.,]?\s?000)?(?=\s?[^\W\d])\s?")
_SHORT = lazy(r"(?i:(?:(?P<scale>tr|t|tỷ|tỉ|ng|n|nghìn|ngàn|triệu)\s?[.,]?\s?)?(?:đ|vnđ|vnd|đồng)(?P<rate>\s?/.*)?)\.?")
_SCALES = {"tr": "triệu đồng", "triệu": "triệu đồng", "t": "tỷ đồng", "tỷ": "tỷ đồng", "tỉ": "tỷ đồng"}
_BRACKETS = lazy(r"[(\[]([^()\[\]]{1,60})[)\]]")
_SAID = lazy(r"(?i:đơn\s+vị(?:\s+tính)?|đvt|đv\s+tính)\s*[:=]?\s*")
_TAIL = lazy(r"[,;:–-]\s*([^,;:]{1,30})$")
_SHARE = lazy(
    r"(?i:(?:tỷ|tỉ)\s*(?:lệ|trọng|suất)|tốc\s+độ|cơ\s+cấu|mức\s+độ\s+hoàn\s+thành|phần\s+trăm|so\s+(?:sánh|với))|.*%"
)
_COUNT = lazy(r"(?i:(?:tổng\s+)?số(?:\s+lượng)?\s+)")
_POINTS = lazy(
    r"(?i:.*(?<!\w)điểm(?:\s+(?:số|tối\s+(?:đa|thiểu)|chuẩn|đạt|thưởng|trừ|cộng|tự|thẩm|đánh|bình)(?!\w).*)?$)"
)
_TOTAL = lazy(r"(?i:(?:tổng(?:\s+(?:số|cộng))?|cộng|trong\s+đó|số\s+lượng|toàn\s+(?:tỉnh|huyện|xã|quốc)))\W*")


@lru_cache(maxsize=4096)
def unit_of(words: str) -> Unit | None:
    """The unit that `words` are and nothing else (`triệu đồng`, `1.000đ`, `Tr.đ`, `%`, `người/km2`); None otherwise."""
    words = _SAID.sub("", words.strip(" .:;()[]\n"), 1).strip(" .:;")
    if not words or len(words) > 60:
        return None
    scale = _SCALE.match(words)
    if scale is not None:
        name = "triệu" if scale["more"] else "nghìn"
        rest = words[scale.end() :]
        words = f"{name} {'đồng' if rest.lower() in ('đ', 'vnđ', 'vnd') else rest}"
    short = _SHORT.fullmatch(words)
    if short is not None:
        named = _SCALES.get((short["scale"] or "").lower(), "nghìn đồng" if short["scale"] else "đồng")
        words = named + (short["rate"] or "").replace(" ", "")
    unit = read_unit(words, 0)
    if unit is None or words[unit.end :].strip(" .") or not unit.name:
        return None
    return replace(unit, end=0)


@lru_cache(maxsize=4096)
def said_in(head: str) -> Unit | None:
    """The unit that a head states: `Diện tích (ha)`, `Tỷ lệ %`, `Kinh phí, triệu đồng`."""
    for inside in reversed(_BRACKETS.findall(head)):
        unit = unit_of(inside)
        if unit is not None and unit.name not in NO_UNITS:
            return unit
    tail = _TAIL.search(head)
    unit = unit_of(tail[1]) if tail is not None else None
    if unit is not None and not unit.whole:
        return unit
    return unit_of("%") if "%" in head else None


@lru_cache(maxsize=4096)
def implied_by(head: str) -> Unit | None:
    """The unit that a head's first words mean: a share is percent, `Số hộ nghèo` counts `hộ`."""
    if _SHARE.match(head) is not None:
        return unit_of("%")
    if _POINTS.match(head) is not None:
        return Unit(0, "điểm", "other", "points", False)
    count = _COUNT.match(head)
    return _counted(head, count.end()) if count is not None else None


@lru_cache(maxsize=4096)
def named_by(head: str) -> Unit | None:
    """The counted noun that a head opens with: `Hộ nghèo`, `Trường`, `Học sinh`."""
    return None if _TOTAL.fullmatch(head) is not None or head.count(" ") >= MOST_WORDS else _counted(head, 0)


def _counted(head: str, at: int) -> Unit | None:
    unit = read_unit(head.lower(), at)
    if unit is None or unit.kind in ("money", "percent") or not unit.whole or unit.name in NO_UNITS:
        return None
    return replace(unit, end=0)


def literal(words: str) -> Unit | None:
    """A unit column's words as a unit where no lexicon has them: `lượt khách/ngày`."""
    name = " ".join(words.lower().split()).strip(" .:")
    return Unit(0, name, "other", "literal", None) if name and len(name) <= 40 else None
