"""What a time expression says, and whether it says when the figures around it hold."""

from __future__ import annotations

from extractor.finding.dates import DateSpan
from extractor.finding.lazy import lazy

_CITED = lazy(
    r"(?:(?<![\w.])(?!\d{4}-\d{4}[\s,])[\w.]*\d[\w.]*[-/](?:[\w/.&-]*[\w/&-])?|[-/]\s?[A-ZĐ][\w/.&-]*"
    r"|ban hành|ký|thông qua|phê duyệt)\s?,?\s?$"
)
"""A document's symbol or what was done with it, right before its date; not a range of years, not a sentence's end."""
VERSUS = lazy(r"(?:so\s+(?:với\s+)?|cùng\s+kỳ\s+|(?:cao|thấp|nhiều|ít|lớn|nhỏ)\s+hơn\s+)(?:[^\W\d]+\s+){0,5}$")
_NAMED = lazy(
    r"(?:luật|nghị\s+quyết|nghị\s+định|kết\s+luận|chương\s+trình|đề\s+án|chiến\s+lược|chuẩn|bộ\s+tiêu\s+chí|dự\s+án|hiến\s+pháp|quy\s+hoạch|"
    r"nhiệm\s+kỳ|khóa|chỉ\s+thị|quyết\s+định|nghị\s+quyết\s+đại\s+hội)(?!\w)[^,;.:()]{0,90}$"
)
_DEADLINE = lazy(r"(?:trước|kể\s+từ|từ|sau|bắt\s+đầu|hoàn\s+thành)\s+(?:ngày\s+|tháng\s+|năm\s+)?$")
_POINT = lazy(
    r"(?:đến|hết|tính|tại|lúc|hồi|cuối|thời\s+điểm|sáng|chiều|trưa|ước)\s+(?:\w+\s+){0,3}$|(?:^|[\n:,;.(+-])\s*(?:\w{1,6}\s){0,2}$"
)
_FIRST_MONTHS = lazy(r"(\d{1,2})\s+tháng", 2)
_QUARTER = lazy(r"quý\s+(iv|i{1,3}|[1-4])", 2)
_MONTH = lazy(r"tháng\s+(\d{1,2})", 2)
_DAY_MONTH = lazy(r"(\d{1,2})\s?/\s?(\d{1,2})$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def period_of(span: DateSpan, text: str, year: str | None) -> str | None:
    """The span's period; one that leaves its year out gets the report's."""
    if span.period is not None or year is None:
        return span.period
    words = text[span.start : span.end].lower()
    if "cuối năm" in words:
        return year
    months = _FIRST_MONTHS.match(words)
    if months is not None and "đầu năm" in words and 1 <= int(months[1]) <= 12:
        return f"{year}-{int(months[1]):02}"
    quarter = _QUARTER.fullmatch(words)
    if quarter is not None:
        return f"{year}-Q{_ROMAN.get(quarter[1]) or quarter[1]}"
    month = _MONTH.fullmatch(words)
    if month is not None and 1 <= int(month[1]) <= 12:
        return f"{year}-{int(month[1]):02}"
    day = _DAY_MONTH.search(words)
    if (
        day is not None
        and 1 <= int(day[1]) <= 31
        and 1 <= int(day[2]) <= 12
        and (words.startswith("ngày") or text[max(0, span.start - 4) : span.start].lower() in ("đến ", "hết "))
    ):
        return f"{year}-{int(day[2]):02}-{int(day[1]):02}"
    return None


def governs(span: DateSpan, lead: str, text: str) -> bool:
    """Whether a time expression says when the figures after it hold; `lead` is what stands before it."""
    said = lead.lower()
    day = len(span.period or "") == 10 or (span.period is None and "/" in text[span.start : span.end])
    if day:
        return _CITED.search(lead[-48:]) is None and _POINT.search(said) is not None and _DEADLINE.search(said) is None
    if _DEADLINE.search(said) is not None and not said.rstrip().endswith("từ"):
        return False
    if _NAMED.search(said) is not None:
        return False
    return not _CITED.search(lead[-48:])
