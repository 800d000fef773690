"""Dates and periods as spans: every expression that says when, so that no number inside it is taken for a figure.

In: NFC text. Out: `DateSpan`s in order, not overlapping. `iso` is set for a complete calendar date that exists
(31/11/2012 does not), `period` follows the contract: "2023", "2023-10", "2023-11-20", "2021-2025", "2025-Q2";
months counted from January ("9 tháng năm 2025") are the month they end with, "2025-09".
Source of the written forms: Nghị định 30/2020/NĐ-CP, Phụ lục I (ngày … tháng … năm …) and the register's own shorthand.
Time is linear: every repetition in a pattern is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or period expression at `text[start:end]`; `iso` "YYYY-MM-DD" only for a valid complete date."""

    start: int
    end: int
    iso: str | None = None
    period: str | None = None


_DASH = r"[-‐‑‒–—−]"
_YEAR = r"(?:1[89]|20)\d\d(?!\d|[.,]\d)"
_GAP = r"\s{0,9}"
# Nouns that make the number before them a count, where a bare year or m/yyyy would else be read.
_COUNTED = (
    r"(?:%|hộ|người|lao\ động|nhân\ khẩu|khẩu|tiêu\ chí|chỉ\ tiêu|ha|km|m2|m²|m3|m³|mét|con|cây|tấn|tạ|kg|lượt|buổi|học\ sinh|"
    r"sinh\ viên|giáo\ viên|xã|phường|thôn|bản|tổ\ dân|ấp|khu|huyện|tỉnh|trường|lớp|phòng|đồng|nghìn|ngàn|triệu|tỷ|tỉ|công\ trình|"
    r"dự\ án|mô\ hình|văn\ bản|trường\ hợp|vụ|đối\ tượng|hồ\ sơ|đại\ biểu|cán\ bộ|đảng\ viên|hội\ viên|đoàn\ viên|thành\ viên|"
    r"doanh\ nghiệp|hợp\ tác|cơ\ sở|suất|căn|nhà|liều|bệnh\ nhân|ca|cuộc|đợt|lần|tin|bài|thẻ|giấy|thửa|điểm|bộ|chiếc|cái)"
)
_NOT_COUNT = rf"(?!\s{{0,3}}{_COUNTED}(?!\w))"
# Days of remembrance that are written without "ngày": 30/4, 1/5, 2/9, 27/7, 20/11 …
_FEAST = r"(?:0?3/0?2|27/0?2|0?8/0?3|26/0?3|10/0?3|30/0?4|0?1/0?5|0?7/0?5|15/0?5|19/0?5|0?1/0?6|21/0?6|28/0?6|27/0?7|19/0?8|0?2/0?9|0?1/10|10/10|13/10|15/10|17/10|20/10|0?9/11|18/11|20/11|22/12)"
_CUE = (
    r"(?:đến|từ|hết|trước|sau|tới|đầu|cuối|giữa|trong|kỳ|so\ với|dự\ toán|kế\ hoạch|kh|th|ước|vụ|xuân|hè|thu|đông|mùa|tết|dịp|"
    r"đán|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi|tý|sửu|dần|mão|nhìn)"
)


@lru_cache(maxsize=1)
def _scanner() -> re.Pattern[str]:
    """One pattern for all expressions, over lower-case text; the named group says which one."""
    sep = r"(?:\s?[/.]\s?|-|–|\s-\s)"
    return re.compile(
        rf"""
        (?<!\w)ngày{_GAP}(?:
            (?P<days>\d{{1,2}}(?:\s{{0,3}}(?:,|;|và|đến(?:\ hết)?|{_DASH})\s{{0,3}}(?:ngày\s{{1,3}})?\d{{1,2}}){{1,9}}
                (?:\s{{0,3}}/\s{{0,3}}(?P<days_m>\d{{1,2}})(?:\s?/\s?(?P<days_y>\d{{4}}))?
                  |\s{{1,9}}tháng\s{{1,9}}(?P<days_m2>\d{{1,2}})(?:\s{{1,9}}năm\s{{1,9}}(?P<days_y2>\d{{4}}))?)(?!\d))
          | (?P<d>\d{{1,2}}){sep}(?P<m>\d{{1,2}}){sep}(?P<y>\d{{4}}|\d\d(?=[\s,.;:)]|$))(?!\d)
          | (?P<wd>\d{{0,2}})[….\s]{{0,40}}tháng\s{{0,9}}(?P<wm>\d{{0,2}})[….\s]{{0,40}}(?:năm\s{{0,9}}(?P<wy>\d{{4}}))(?!\d)
          | (?P<pd>\d{{1,2}})\s{{1,9}}tháng\s{{1,9}}(?P<pm>\d{{1,2}})(?:\s?[/,]\s?(?P<py>{_YEAR}))?(?!\d)
          | [….]{{0,9}}\s{{0,9}}/\s?(?P<bm>\d{{1,2}})\s?/\s?(?P<by>\d{{4}})(?!\d)
          | (?P<sd>\d{{1,2}})\s?[/.-]\s?(?P<sm>\d{{1,2}})(?![\d%]|/\d|[.,]\d)
          | (?P<odd>\d[\d/.-]{{3,12}}\d)
          | (?P<bare>\d{{1,2}})(?!\w|[.,/]\d|\s?%|\s\w{{1,8}}/)(?=\s{{1,3}}(?:hàng|hằng|mỗi|của\ tháng|đến|tháng)|[,;.)]|$)
        )
      | (?<!\w)(?<!\d\s)(?<!mỗi\s)(?<!hàng\s)(?<!hằng\s)tháng{_GAP}(?P<tm>0?[1-9]|1[0-2])(?!\d)
            (?:\s?[/.,-]\s?(?P<ty>{_YEAR})(?!/)|\s{{1,9}}(?:năm\s{{1,9}})?(?P<ty2>{_YEAR})|(?!\s?[/.,]\s?\d))
      | (?<!\w)quý{_GAP}(?P<q>iv|i{{1,3}}|[1-4])(?!\w)(?:{_GAP}(?:[/,.]|{_DASH}|năm){_GAP}(?:năm\s{{0,3}})?(?P<qy>{_YEAR})(?![/])|\s(?P<qy2>{_YEAR}))?
      | (?<!\w)(?P<era>giai\ đoạn|nhiệm\ kỳ|thời\ kỳ|năm\ học|niên\ độ|niên\ vụ|niên\ khóa)\s{{1,9}}(?:từ\s{{1,3}})?(?:năm\s{{1,3}})?
            (?P<e1>{_YEAR})(?:{_GAP}(?:{_DASH}|đến(?:\ hết)?|/){_GAP}(?:năm\s{{1,9}})?(?P<e2>{_YEAR}|\d\d(?!\d)))?
      | (?<!\w)(?<!mỗi\s)(?<!hàng\s)(?<!hằng\s)năm{_GAP}(?P<yr>{_YEAR})(?!/\w)
      | (?<![\w])(?P<cue>{_CUE})\s{{1,3}}(?P<cy>{_YEAR})(?!/\w|{_DASH}\w|\s?%){_NOT_COUNT}
      | (?<![\d/.,])(?P<n>\d{{1,2}})(?:
            (?P<clock>\s?(?:h|giờ)\s?(?:\d{{1,2}}(?:\s?(?:phút|p|'))?)?(?=\s{{0,3}},?\s{{0,3}}(?:(?:sáng|trưa|chiều|tối|đêm)\s)?ngày\s)
                |(?:h|\ giờ\ |:)\d\d(?:\s?(?:phút|p|'))?(?!\d))
          | (?P<count>\s{{1,9}}tháng)(?:\s{{1,9}}(?P<part>đầu|cuối))?(?:\s{{1,9}}của)?
                (?:\s{{1,9}}năm(?:\s{{1,9}}(?P<ny>{_YEAR})|(?!\w))|/\s?(?P<ny2>{_YEAR})|\s(?P<ny3>{_YEAR}){_NOT_COUNT})
          | (?P<years>\s{{1,3}}năm\s{{1,3}}\(?)(?P<r1>{_YEAR})\s{{0,3}}(?:{_DASH}|đến|,|và)\s{{0,3}}(?:năm\s{{1,3}})?(?P<r2>{_YEAR})
          | {sep}(?P<nm>\d{{1,2}}){sep}(?P<nmy>\d{{4}})(?!\d)
          | (?P<to>\s?{_DASH}\s?\d{{1,2}})\s?/\s?(?P<tom>\d{{1,2}})/(?P<toy>\d{{4}})(?!\d)
          | (?P<half>/\d{{1,2}})(?=\s{{0,3}}(?:{_DASH}|đến(?:\ hết)?(?:\ ngày)?)\s{{0,3}}\d{{1,2}}/\d{{1,2}}/\d{{4}})
          | [/.]\s?(?P<my>{_YEAR})(?![/]|{_DASH}\w){_NOT_COUNT}
          | -(?P<my2>{_YEAR})(?![/]|{_DASH}\w){_NOT_COUNT}
        )
      | (?<![\w/.,-])(?P<b1>{_YEAR})\s{{0,3}}{_DASH}\s{{0,3}}(?P<b2>{_YEAR}|\d\d(?!\d)(?=[\s,;:.)]))(?![/]){_NOT_COUNT}
      | (?<![\w/.,-])(?P<feast>{_FEAST})(?![\w/]|[.,]\d|\s?%){_NOT_COUNT}
      | (?<=\()(?P<py4>{_YEAR})(?=\))
      | (?<![\w/.,-])(?P<run>{_YEAR}(?:\s{{1,4}}{_YEAR}){{1,9}})(?![\w/]){_NOT_COUNT}
        """,
        re.VERBOSE,
    )


@lru_cache(maxsize=1)
def _next_year() -> re.Pattern[str]:
    """What may follow a year: a further year of a list, or the end of a range."""
    return re.compile(
        rf"(?:(?P<and>\s{{0,3}}(?:,|;|&|và|hoặc)\s{{0,3}})|(?P<to>\s{{0,9}}(?:{_DASH}|đến|tới)\s{{0,9}}))"
        rf"(?:(?:hết )?năm\s{{1,9}})?(?P<y>{_YEAR})(?![/-]){_NOT_COUNT}"
    )


def find_dates(text: str) -> list[DateSpan]:
    """Every date or period expression of `text`, in order, not overlapping."""
    low = text.lower()
    if len(low) != len(text):  # a letter whose lower case is two code points: keep the offsets
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return list(_spread_years(_scan(low), low))


def _scan(low: str) -> list[DateSpan]:
    found: list[DateSpan] = []
    scanner, position = _scanner(), 0
    while match := scanner.search(low, position):
        spans = _read(match, low)
        found += spans
        position = spans[-1].end if spans else match.end()
    return found


def _read(match: re.Match[str], low: str) -> list[DateSpan]:
    """The span or spans that one match of the scanner stands for; none where it proves to be something else."""
    g = match.groupdict()
    start, end = match.span()
    if g["d"]:
        return [_day(start, end, g["d"], g["m"], g["y"])]
    if g["nm"]:
        return [_day(start, end, g["n"], g["nm"], g["nmy"])]
    if g["wm"] is not None:
        return [_day(start, end, g["wd"], g["wm"], g["wy"])]
    if g["pd"]:
        return [_day(start, end, g["pd"], g["pm"], g["py"])]
    if g["bm"]:
        return [_day(start, end, "", g["bm"], g["by"])]
    if g["days"]:
        return [DateSpan(start, end, None, _month(g["days_m"] or g["days_m2"], g["days_y"] or g["days_y2"]))]
    if g["tom"]:
        return [DateSpan(start, end, None, _month(g["tom"], g["toy"]))]
    if g["tm"]:
        return [DateSpan(start, end, None, _month(g["tm"], g["ty"] or g["ty2"]))]
    if g["q"]:
        year, quarter = g["qy"] or g["qy2"], {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(g["q"]) or g["q"]
        return [DateSpan(start, end, None, f"{year}-Q{quarter}" if year else None)]
    if g["era"]:
        return [DateSpan(start, end, None, _range(g["e1"], g["e2"]))]
    if g["count"]:
        return [DateSpan(start, end, None, _months(g["n"], g["part"], g["ny"] or g["ny2"] or g["ny3"]))]
    if g["years"]:
        return [DateSpan(start, end, None, _range(g["r1"], g["r2"]))]
    if g["my"] or g["my2"]:
        period = _month(g["n"], g["my"] or g["my2"])
        return [DateSpan(start, end, None, period)] if period else []
    if g["b1"]:
        return [DateSpan(start, end, None, _range(g["b1"], g["b2"]))] if _range(g["b1"], g["b2"]) else []
    if g["yr"]:
        return _years(low, start, match.start("yr"), end)
    if g["cy"]:
        return _years(low, match.start("cy"), match.start("cy"), end)
    if g["py4"]:
        return [DateSpan(start, end, None, g["py4"])]
    if g["run"]:
        return [DateSpan(start + y.start(), start + y.end(), None, y[0]) for y in re.finditer(r"\d{4}", g["run"])]
    if g["feast"] and low[max(0, start - 8) : start].split()[-1:] in _RATIO_VERBS:
        return []
    return [DateSpan(start, end)]


_RATIO_VERBS = [[w] for w in ("đạt", "có", "được", "là", "còn", "hiện", "tổng", "bằng", "cho", "với", "hiện:", "đạt:", "=")]


def _years(low: str, start: int, first: int, end: int) -> list[DateSpan]:
    """`năm 2022`, `năm 2022, 2023 và 2024` (three spans), `năm 2021 đến năm 2025` (one span)."""
    spans, year = [], low[first:end]
    after = _next_year()
    while following := after.match(low, end):
        if following["to"]:
            period = _range(year, following["y"])
            if not period:
                break
            return [*spans, DateSpan(start, following.end(), None, period)]
        spans.append(DateSpan(start, end, None, year))
        start, end, year = following.start("y"), following.end(), following["y"]
    return [*spans, DateSpan(start, end, None, year)]


def _spread_years(spans: list[DateSpan], low: str) -> Iterator[DateSpan]:
    """Give a day, month or quarter without a year the year that closes its range or list (từ ngày 15/11 đến …/2025)."""
    link = re.compile(r"\s{0,3}(?:,|;|và|-|–|đến|đến hết|tới)?\s{0,3}(?:đến|hết)?\s{0,3}")
    later: DateSpan | None = None
    done: list[DateSpan] = []
    for span in reversed(spans):
        if span.period is None and later is not None and later.period and link.fullmatch(low, span.end, later.start):
            span = _with_year(span, low, later.period)
        done.append(span)
        later = span
    return reversed(done)


def _with_year(span: DateSpan, low: str, period: str) -> DateSpan:
    surface, year = low[span.start : span.end], period[:4]
    numbers = re.findall(r"\d+", surface)
    if surface.startswith("quý") and "-Q" in period:
        quarter = surface.split()[-1]
        return DateSpan(span.start, span.end, None, f"{year}-Q{ {'i': 1, 'ii': 2, 'iii': 3, 'iv': 4}.get(quarter, quarter)}")
    if surface.startswith("tháng") and len(numbers) == 1 and re.fullmatch(r"\d{4}-\d\d(-\d\d)?", period):
        return DateSpan(span.start, span.end, None, _month(numbers[0], year))
    if len(numbers) == 2 and re.fullmatch(r"\d{4}-\d\d-\d\d", period):
        return DateSpan(span.start, span.end, None, _iso(numbers[0], numbers[1], year))
    return span


def _day(start: int, end: int, day: str, month: str, year: str | None) -> DateSpan:
    iso = _iso(day, month, year)
    return DateSpan(start, end, iso, iso or (None if day else _month(month, year) or year))


def _iso(day: str, month: str, year: str | None) -> str | None:
    if not (day and month and year):
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _month(month: str, year: str | None) -> str | None:
    return f"{year}-{int(month):02}" if year and month and 1 <= int(month) <= 12 else None


def _months(count: str, part: str | None, year: str | None) -> str | None:
    """The first `count` months end with that month; the last months of a year have no form but the year's own."""
    if year is None or not 1 <= int(count) <= 12:
        return year
    return year if part == "cuối" or int(count) == 12 else f"{year}-{int(count):02}"


def _range(first: str, last: str | None) -> str | None:
    """"2021-2025"; None where the years do not follow each other as a period's do."""
    if last is None:
        return first
    last = first[:2] + last if len(last) == 2 else last
    return f"{first}-{last}" if int(first) < int(last) <= int(first) + 60 else None
