"""Dates and periods as spans: every expression that says when, so that no number inside it is taken for a figure.

In: NFC text. Out: `DateSpan`s in order, not overlapping. `iso` is set for a complete calendar date that exists
(31/11/2012 does not), `period` follows the contract: "2023", "2023-10", "2023-11-20", "2021-2025", "2025-Q2";
months counted from January ("9 tháng năm 2025") are the month they end with, "2025-09".
Source of the written forms: Nghị định 30/2020/NĐ-CP, Phụ lục I (ngày … tháng … năm …) and the register's own shorthand.

One scan finds the anchors (a word of time or a run of digits); what stands at each is read by the pattern for that
word. Every repetition in a pattern is bounded, so time is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractor.finding.lazy import lazy


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or period expression at `text[start:end]`; `iso` "YYYY-MM-DD" only for a valid complete date."""

    start: int
    end: int
    iso: str | None = None
    period: str | None = None


_DASH = r"[-‐‑‒–—−÷]"
_YEAR = r"(?:1[89]|20)\d\d(?!\d|[.,]\d)"
_DAY = r"\d{1,2}"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_ROMAN = r"(?:iv|i{1,3}|[1-4])(?!\w)"
_LIST = rf"(?:,|;|&|và|đến(?:\shết)?|{_DASH})"
_BLANK = r"[….\s]{0,40}"
_SEP = r"(?:\s?[/.]\s?|\s?[-–]\s?)"
# Nouns that make the number before them a count, where a bare year, m/yyyy or d/m would else be read.
_COUNTED = (
    r"(?:%|hộ|người|lao\sđộng|nhân\skhẩu|khẩu|tiêu\schí|chỉ\stiêu|ha|km|m2|m²|m3|m³|mét|con|cây|tấn|tạ|kg|lượt|buổi|"
    r"học\ssinh|sinh\sviên|giáo\sviên|xã|phường|thôn|bản|tổ\sdân|ấp|khu|huyện|tỉnh|trường|lớp|phòng|đồng|nghìn|ngàn|"
    r"triệu|tỷ|tỉ|công\strình|dự\sán|mô\shình|văn\sbản|vụ|đối\stượng|hồ\ssơ|đại\sbiểu|cán\sbộ|đảng\sviên|hội\sviên|"
    r"đoàn\sviên|thành\sviên|doanh\snghiệp|hợp\stác|cơ\ssở|suất|căn|nhà|liều|bệnh\snhân|ca|cuộc|đợt|lần|tin|bài|thẻ|"
    r"giấy|thửa|điểm|bộ|chiếc|cái|nhiệm\svụ|nội\sdung|đơn\svị|chi\sbộ|đảng\sbộ|tổ\schức|sản\sphẩm|phụ\snữ|trẻ)"
)
_NOT_COUNT = rf"(?!\s{{0,3}}{_COUNTED}(?!\w))"

_ANCHOR = lazy(r"[0-9]+|ngày|tháng|năm|qu[ýí]|giai\s|nhiệm\s|thời\s|niên\s")

_DAY_FULL = lazy(rf"ngày\s{{0,9}}(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}}|\d\d(?=[\s,.;:)]|$))(?!\d)")
_DAY_WORDS = lazy(rf"ngày\s{{0,9}}(\d{{0,2}}){_BLANK}tháng\s{{0,9}}(\d{{0,2}}){_BLANK}năm\s{{0,9}}(\d{{4}})(?!\d)")
_DAY_LIST = lazy(
    rf"ngày\s{{0,9}}{_DAY}(?:\s{{0,3}}{_LIST}\s{{0,3}}(?:ngày\s{{1,3}})?{_DAY}){{1,9}}"
    rf"(?:\s{{0,3}}/\s{{0,3}}(?P<m>\d{{1,2}})(?:\s?/\s?(?P<y>\d{{4}}))?"
    rf"|\s{{1,9}}tháng\s{{1,9}}(?P<m2>\d{{1,2}})(?:\s{{1,9}}năm\s{{1,9}}(?P<y2>\d{{4}}))?)(?!\d)"
)
_DAY_MONTH = lazy(rf"ngày\s{{0,9}}(\d{{1,2}})\s{{1,9}}tháng\s{{1,9}}(\d{{1,2}})(?:\s?[/,]\s?({_YEAR}))?(?!\d)")
_DAY_BLANK = lazy(r"ngày[….\s]{0,40}/\s?(\d{1,2})\s?/\s?(\d{4})(?!\d)")
_DAY_SHORT = lazy(r"ngày\s{0,9}(?:\d{1,2}\s?[/.-]\s?\d{1,2}(?![\d%]|/\d|[.,]\d)|\d[\d/.-]{3,12}\d)")
_DAY_ALONE = lazy(
    rf"ngày\s{{1,9}}{_DAY}(?!\w|[.,/]\d|\s?%|\s\w{{1,8}}/)(?=\s{{1,3}}(?:hàng|hằng|mỗi|của\stháng|đến|tháng)|[,;.)]|$)"
)
_MONTH_OF = lazy(
    rf"tháng\s{{0,9}}(?P<m>{_MONTH})(?P<more>(?:\s{{0,3}}{_LIST}\s{{0,3}}{_MONTH}(?!\s?[/.-]\d\d?(?!\d)|[.,]\d"
    rf"|\s?%)){{1,5}})?"
    rf"(?:\s?[/.,-]\s?(?P<y>{_YEAR})(?!/)|\s{{1,9}}(?:năm\s{{1,9}})?(?P<y2>{_YEAR}))"
)
_MONTH_ALONE = lazy(rf"tháng\s{{0,9}}{_MONTH}(?!\s?[/.,]\s?\d)")
_QUARTER = lazy(
    rf"qu[ýí]\s{{0,9}}(?P<q>{_ROMAN})(?P<more>(?:\s{{0,3}}{_LIST}\s{{0,3}}{_ROMAN}){{1,3}})?"
    rf"(?:\s{{0,9}}(?:[/,.]|{_DASH}|năm|\s)\s{{0,9}}(?:năm\s{{0,3}})?(?P<y>{_YEAR})(?!/))?"
)
_ERA = lazy(
    r"(?:giai\s{1,4}đoạn|nhiệm\s{1,4}kỳ|thời\s{1,4}kỳ|niên\s{1,4}(?:độ|vụ|khóa|khoá))\s{1,9}"
    rf"(?:từ\s{{1,3}})?(?:\d{{1,2}}\s)?(?:năm\s{{1,3}})?(?P<a>{_YEAR})"
    rf"(?:\s{{0,9}}(?:{_DASH}|đến(?:\shết)?|/)\s{{0,9}}(?:năm\s{{1,9}})?(?P<b>{_YEAR}|\d\d(?!\d)))?"
)
_SCHOOL_YEAR = lazy(rf"năm\s{{1,4}}học\s{{1,9}}(?P<a>{_YEAR})\s{{0,9}}(?:{_DASH}|/)\s{{0,9}}(?P<b>{_YEAR}|\d\d(?!\d))")
_YEAR_OF = lazy(rf"năm\s{{0,9}}(?:(?:học|ngân\ssách|tài\schính|kế\shoạch)\s{{1,4}})?(?P<y>{_YEAR})(?!/\w)")
_NEXT_YEAR = lazy(
    rf"(?:\s{{0,3}}(?:,|;|&|và|hoặc)\s{{0,3}}|(?P<to>\s{{0,9}}(?:{_DASH}|đến|tới)\s{{0,9}}))"
    rf"(?:(?:hết\s)?năm\s{{1,9}})?(?P<y>{_YEAR})(?![/-]){_NOT_COUNT}"
)

_NUMERIC = lazy(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}})(?!\d)")
_CLOCK = lazy(
    r"\d{1,2}(?:\s?(?:h|giờ|g)\s?(?:\d{1,2}(?:\s?(?:phút|p|'))?)?(?=\s{0,3},?\s{0,3}(?:(?:sáng|trưa|chiều|tối"
    r"|đêm)\s)?ngày\s)"
    r"|(?:h|g|\sgiờ\s|:)\d\d(?::\d\d)?(?:\s?(?:phút|p|'))?(?![\d\w]))"
)
_MONTHS = lazy(
    rf"(\d{{1,2}})\s{{1,9}}tháng(?:\s{{1,9}}(?P<part>đầu|cuối))?(?:\s{{1,9}}của)?"
    rf"(?:\s{{1,9}}năm(?:\s{{1,9}}(?P<y>{_YEAR})|(?!\w))|/\s?(?P<y2>{_YEAR})|\s(?P<y3>{_YEAR}){_NOT_COUNT})"
)
_YEARS = lazy(
    rf"\d{{1,2}}\s{{1,3}}năm\s{{1,3}}\(?(?P<a>{_YEAR})\s{{0,3}}(?:{_DASH}|đến|,"
    rf"|và)\s{{0,3}}(?:năm\s{{1,3}})?(?P<b>{_YEAR})"
)
_DAY_RANGE = lazy(rf"{_DAY}\s?{_DASH}\s?{_DAY}\s?/\s?(\d{{1,2}})/(\d{{4}})(?!\d)")
_HALF_RANGE = lazy(
    rf"(\d{{1,2}})/(\d{{1,2}})(?=\s{{0,3}}(?:{_DASH}|đến(?:\shết)?(?:\sngày)?)\s{{0,3}}\d{{1,2}}/\d{{1,2}}/\d{{4}})"
)
_MONTH_YEAR = lazy(rf"({_DAY})(?:\s?[/.]\s?|-)({_YEAR})(?!/|{_DASH}[^\W\d]){_NOT_COUNT}")
_SHORT = lazy(rf"(\d{{1,2}})/(\d{{1,2}})(?![\w/]|[.,]\d|\s?%|\slên){_NOT_COUNT}")
_MAY_DAY = lazy(r"30/0?4\s?(?:[-–,]|và)\s?$")  # 30/4 - 01/5
_LUNAR = lazy(r"\d{1,2}(?:\s{1,4}tháng\s{1,4}(?:\d{1,2}|giêng|chạp))?(?!\w)")
_YEAR_RANGE = lazy(rf"({_YEAR})\s{{0,3}}{_DASH}\s{{0,3}}({_YEAR}|\d\d(?!\d)(?=[\s,;:.)]))(?!/){_NOT_COUNT}")
_YEAR_RUN = lazy(rf"{_YEAR}(?:\s{{1,4}}{_YEAR}){{1,9}}(?![\w/]){_NOT_COUNT}")
_YEAR_BARE = lazy(rf"{_YEAR}(?!/\w|{_DASH}\w|\s?%|\w){_NOT_COUNT}")
_CLOSED = lazy(r"\s{0,2}(?:[,.;:)”\"]|$)|\n")

_NOT_EVERY = lazy(r"(?:mỗi|hàng|hằng|\d)\s{1,4}$")
_LAST_WORD = lazy(r"(\w+)[\s(]{1,3}$")
# Days of remembrance are written without "ngày": dịp 30/4 - 01/5, Quốc khánh 2/9.
_FEASTS = frozenset(
    "3/2 27/2 8/3 26/3 10/3 30/4 1/5 7/5 15/5 19/5 1/6 21/6 28/6 27/7 19/8 2/9 1/10 10/10 13/10 15/10 17/10 20/10 9/11"
    " 18/11 20/11 22/12".split()
)
_DAY_CUES = frozenset("sáng trưa chiều tối đêm hôm trước hết sau rạng đến".split())
_FEAST_CUES = frozenset("dịp lễ khánh mừng niệm động nhi tuổi tết mạng công đình ngày".split())
_YEAR_CUES = frozenset(
    "đến từ hết trước sau tới đầu cuối giữa trong kỳ với toán hoạch kh th ước vụ xuân hè thu đông mùa tết dịp"
    " đán thìn tỵ"
    " ngọ mùi thân dậu tuất hợi tý sửu dần mão nhìn năm nay".split()
)
_COUNT_CUES = frozenset(
    "đạt có được là còn hiện tổng bằng cho với thực số thêm gồm khoảng trên dưới gần hơn cấp tặng trao giảm"
    " tăng".split()
)
_NUMBERING = frozenset("tuần đợt lần số kỳ khóa khoá vụ điều bảng biểu mẫu tập quyển vòng".split())


def find_dates(text: str) -> list[DateSpan]:
    """Every date or period expression of `text`, in order, not overlapping."""
    low = text.lower()
    if len(low) != len(text):  # a letter whose lower case is two code points: keep the offsets
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found: list[DateSpan] = []
    done = 0
    for anchor in _ANCHOR.finditer(low):
        start = anchor.start()
        if start < done:
            continue
        spans = _at_number(low, start, anchor.end()) if anchor[0][0].isdigit() else _at_word(low, start, anchor[0])
        if spans:
            found += spans
            done = spans[-1].end
    return _spread_years(found, low)


def _at_word(low: str, start: int, word: str) -> list[DateSpan]:
    """What stands at a word of time."""
    if start and low[start - 1].isalnum():
        return []
    if word == "ngày":
        span = _day(low, start)
        return [span] if span else []
    if word == "tháng":
        return _month_at(low, start)
    if word == "năm":
        if era := _SCHOOL_YEAR.match(low, start):
            return [DateSpan(start, era.end(), None, _range(era["a"], era["b"]))]
        year = _YEAR_OF.match(low, start)
        if not year or low[max(0, start - 5) : start].lstrip() in ("mỗi ", "hàng ", "hằng "):
            return []
        return _years(low, start, year.start("y"), year.end())
    if word in ("quý", "quí"):
        quarter = _QUARTER.match(low, start)
        if not quarter:
            return []
        period = f"{quarter['y']}-Q{_quarter(quarter['q'])}" if quarter["y"] and not quarter["more"] else None
        return [DateSpan(start, quarter.end(), None, period)]
    era = _ERA.match(low, start)
    return [DateSpan(start, era.end(), None, _range(era["a"], era["b"]))] if era else []


def _day(low: str, start: int) -> DateSpan | None:
    """`ngày …` in all its forms."""
    if m := _DAY_FULL.match(low, start) or _DAY_WORDS.match(low, start):
        return _calendar(start, m.end(), m[1], m[2], m[3])
    if m := _DAY_LIST.match(low, start):
        return DateSpan(start, m.end(), None, _month(m["m"] or m["m2"], m["y"] or m["y2"]))
    if m := _DAY_MONTH.match(low, start):
        return _calendar(start, m.end(), m[1], m[2], m[3])
    if m := _DAY_BLANK.match(low, start):
        return _calendar(start, m.end(), "", m[1], m[2])
    m = _DAY_SHORT.match(low, start) or _DAY_ALONE.match(low, start)
    return DateSpan(start, m.end()) if m else None


def _month_at(low: str, start: int) -> list[DateSpan]:
    if _NOT_EVERY.search(low, max(0, start - 6), start):  # mỗi tháng 3 lượt; 6 tháng 10 ngày
        return []
    if m := _MONTH_OF.match(low, start):
        period = None if m["more"] else _month(m["m"], m["y"] or m["y2"])
        return [DateSpan(start, m.end(), None, period)]
    m = _MONTH_ALONE.match(low, start)
    return [DateSpan(start, m.end())] if m else []


def _at_number(low: str, start: int, end: int) -> list[DateSpan]:
    """What a run of digits begins, where no word of time stands before it."""
    before = low[start - 1] if start else " "
    if before in "/." or (before == "," and low[start - 2 : start - 1].isdigit()):
        return []
    if before.isalnum():
        return _lettered(low, start) if before in "tq" and not low[start - 2 : start - 1].isalnum() else []
    if end - start == 4 and low.startswith(("19", "20", "18"), start):
        return [] if before == "-" else _bare_year(low, start)
    if end - start > 2:
        return []
    if m := _NUMERIC.match(low, start):
        return [_calendar(start, m.end(), m[1], m[2], m[3])]
    if m := _MONTHS.match(low, start):
        return [DateSpan(start, m.end(), None, _months(m[1], m["part"], m["y"] or m["y2"] or m["y3"]))]
    if m := _YEARS.match(low, start):
        return [DateSpan(start, m.end(), None, _range(m["a"], m["b"]))]
    if m := _CLOCK.match(low, start):
        return [DateSpan(start, m.end())]
    if m := _DAY_RANGE.match(low, start):
        return [DateSpan(start, m.end(), None, _month(m[1], m[2]))]
    if m := _HALF_RANGE.match(low, start):
        return [DateSpan(start, m.end())] if _possible(m[1], m[2]) else []
    if m := _MONTH_YEAR.match(low, start):
        if _last_word(low, start) in _NUMBERING:
            return [DateSpan(start, m.end(), None, m[2])]
        period = _month(m[1], m[2])
        return [DateSpan(start, m.end(), None, period)] if period else []
    if m := _SHORT.match(low, start):
        return [DateSpan(start, m.end())] if _is_day(low, start, m) else []
    if low.startswith(("mùng ", "mồng "), max(0, start - 5)) and (m := _LUNAR.match(low, start)):
        return [DateSpan(start - 5, m.end())]
    return []


def _lettered(low: str, start: int) -> list[DateSpan]:
    """`T10/2023` and `Q4/2023` of table heads."""
    m = _MONTH_YEAR.match(low, start)
    if not m or (low[start - 1] == "q" and int(m[1]) > 4):
        return []
    return [DateSpan(start - 1, m.end(), None, _month(m[1], m[2]) if low[start - 1] == "t" else f"{m[2]}-Q{int(m[1])}")]


def _is_day(low: str, start: int, match: re.Match[str]) -> bool:
    """Whether a bare `a/b` is a day and month: a day of remembrance, or one that its context announces."""
    if not _possible(match[1], match[2]):
        return False
    word = _last_word(low, start)
    if f"{int(match[1])}/{int(match[2])}" in _FEASTS:
        if int(match[1]) <= int(match[2]):  # 2/9 may be a share, 30/4 hardly
            return word in _FEAST_CUES or bool(_MAY_DAY.search(low, max(0, start - 9), start))
        return word not in _COUNT_CUES and low[start - 2 : start] not in (": ", "= ")
    if word == "từ":  # từ 01/7, từ 15/10 đến …; not từ 5/12 (xã)
        return match[1][0] == "0" or bool(_CLOSED.match(low, match.end()) or low.startswith(" đến", match.end()))
    return word in _DAY_CUES


def _bare_year(low: str, start: int) -> list[DateSpan]:
    if m := _YEAR_RANGE.match(low, start):
        period = _range(m[1], m[2])
        return [DateSpan(start, m.end(), None, period)] if period else []
    if m := _YEAR_RUN.match(low, start):
        return [DateSpan(start + y.start(), start + y.end(), None, y[0]) for y in re.finditer(r"\d{4}", m[0])]
    m = _YEAR_BARE.match(low, start)
    if not m:
        return []
    if low[start - 1 : start] == "(" and low.startswith(")", m.end()):
        return [DateSpan(start, m.end(), None, m[0])]
    if low.startswith(":", m.end()) and (
        not start or low[start - 1] in "\n(" or low[max(0, start - 2) : start] in ("; ", "- ", "+ ")
    ):
        return [DateSpan(start, m.end(), None, m[0])]
    word = _last_word(low, start)
    closed = _CLOSED.match(low, m.end()) and word and not word.isdigit() and word not in _COUNT_CUES
    return _years(low, start, start, m.end()) if word in _YEAR_CUES or closed else []


def _last_word(low: str, position: int) -> str:
    found = _LAST_WORD.search(low, max(0, position - 12), position)
    return found[1] if found else ""


def _years(low: str, start: int, first: int, end: int) -> list[DateSpan]:
    """`năm 2022`, `năm 2022, 2023 và 2024` (three spans), `năm 2021 đến năm 2025` (one span)."""
    spans: list[DateSpan] = []
    year = low[first:end]
    while following := _NEXT_YEAR.match(low, end):
        if following["to"]:
            period = _range(year, following["y"])
            if not period:
                break
            return [*spans, DateSpan(start, following.end(), None, period)]
        spans.append(DateSpan(start, end, None, year))
        start, end, year = following.start("y"), following.end(), following["y"]
    return [*spans, DateSpan(start, end, None, year)]


_LINK = lazy(r"\s{0,3}(?:,|;|và|-|–|đến|đến hết|tới)?\s{0,3}(?:đến|hết)?\s{0,3}")


def _spread_years(spans: list[DateSpan], low: str) -> list[DateSpan]:
    """Give a day, month or quarter without a year the year that closes its range or list (từ ngày 15/11 đến …/2025)."""
    later: DateSpan | None = None
    done: list[DateSpan] = []
    for span in reversed(spans):
        incomplete = not span.period and not span.iso
        if incomplete and later and later.period and _LINK.fullmatch(low, span.end, later.start):
            span = with_year(span, low, later.period)
        done.append(span)
        later = span
    return done[::-1]


def with_year(span: DateSpan, low: str, period: str) -> DateSpan:
    """`span` (a quarter, month or day without a year; `low` is the lower-case text) in the year of `period`."""
    surface, year = low[span.start : span.end], period[:4]
    if re.fullmatch(r"\d{4}-\d{4}", period):
        return span
    numbers = re.findall(r"\d+", surface)
    full = None
    if surface.startswith(("quý", "quí")) and not re.search(r",|;|và|-|–|đến", surface):
        full = f"{year}-Q{_quarter(surface.split()[-1])}"
    elif surface.startswith("tháng") and len(numbers) == 1:
        full = _month(numbers[0], year)
    elif re.match(r"\d{1,2}\s+tháng\b", surface):
        full = _months(numbers[0], "cuối" if "cuối" in surface else None, year)
    elif len(numbers) == 2 and re.fullmatch(r"\d{4}-\d\d-\d\d", period):
        full = _iso(numbers[0], numbers[1], year)
    return DateSpan(span.start, span.end, None, full)


def _calendar(start: int, end: int, day: str, month: str, year: str | None) -> DateSpan:
    iso = _iso(day, month, year)
    return DateSpan(start, end, iso, iso or (None if day else _month(month, year) or year))


def _iso(day: str, month: str, year: str | None) -> str | None:
    if not (day and month and year):
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _possible(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _month(month: str | None, year: str | None) -> str | None:
    return f"{year}-{int(month):02}" if year and month and 1 <= int(month) <= 12 else None


def _months(count: str, part: str | None, year: str | None) -> str | None:
    """The first `count` months end with that month; the last months of a year have no form but the year's own."""
    if year is None or not 1 <= int(count) <= 12:
        return year
    return year if part == "cuối" or int(count) == 12 else f"{year}-{int(count):02}"


def _quarter(written: str) -> str:
    return {"i": "1", "ii": "2", "iii": "3", "iv": "4"}.get(written, written)


def _range(first: str, last: str | None) -> str | None:
    """ "2021-2025"; None where the years do not follow each other as a period's do."""
    if last is None:
        return first
    last = first[:2] + last if len(last) == 2 else last
    return f"{first}-{last}" if int(first) < int(last) <= int(first) + 60 else None
