"""What a table's columns are: row numbers, codes, units, subjects of the rows, values with unit, period and role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractor.finding.dates import find_dates
from extractor.finding.lazy import lazy
from extractor.finding.units import Unit
from extractor.layout.table_heads import is_counting_head, is_index_row, is_ordinal
from extractor.linking.table_cells import is_year, read_cell
from extractor.linking.table_units import implied_by, said_in, unit_of
from extractor.model import Table

Kind = Literal["count", "code", "unit", "year", "text", "value"]
Role = Literal["plan", "estimate"]

_CODE = lazy(
    r"(?i:mã(?:\s|$)|ký\s+hiệu|kí\s+hiệu|số\s+hiệu|số,?\s+(?:ký|kí)\s+hiệu|(?:phân\s+)?nhóm$|phân\s+(?:loại|hạng|nhóm)|(?:xếp\s+)?(?:loại|hạng)$|thứ\s+hạng"
    r"|điện\s+thoại|số\s+(?:đt|điện\s+thoại|tờ|thửa|tài\s+khoản|cccd|cmnd)|năm\s+sinh|ngày|thời\s+gian|thời\s+hạn|tiến\s+độ|khởi\s+công)"
)
_UNIT_HEAD = lazy(r"(?i:đvt|đv|đv\s+tính|đơn\s+vị\s*(?:tính)?|đ\.?v\.?t\.?)")
_PLACE_HEAD = lazy(
    r"(?i:(?:tên\s+)?(?:các\s+)?(?:xã|phường|thị\s+trấn|huyện|quận|thị\s+xã|thành\s+phố|tỉnh|địa\s+phương|địa\s+bàn|đơn\s+vị|địa\s+(?:danh|điểm)|khu\s+vực)(?!\w))"
)
_ITEM_HEAD = lazy(
    r"(?i:(?:tên\s+|các\s+)?(?:chỉ\s+tiêu|nội\s+dung|tiêu\s+chí|khoản\s+mục|diễn\s+giải|danh\s+mục|hạng\s+mục|lĩnh\s+vực|nguồn\s+(?:vốn|thu)|nhiệm\s+vụ|loại|ngành))"
)
_COMPARED = lazy(
    r"(?i:so\s+(?:với|sánh|kh|kế|cùng|dự|th)(?!\w)|/\s*(?:kh|kế\s+hoạch|dt|dự\s+toán|ct)(?!\w)|\bđạt\b|hoàn\s+thành|(?:tỷ|tỉ)\s+lệ"
    r"|\bthực\s+hiện|\bth\b|kết\s+quả|giải\s+ngân)"
)
_PLAN = lazy(
    r"(?i:(?<!\w)(?:kh|kế\s+hoạch|chỉ\s+tiêu\s+(?:được\s+)?(?:giao|kế)|mục\s+tiêu|dự\s+toán|dt|được\s+giao|giao|phấn\s+đấu|mtđh|nhu\s+cầu|đăng\s+ký|dự\s+kiến|phương\s+án)(?!\w))"
)
_ESTIMATE = lazy(r"(?i:(?<!\w)(?:ước|ưth|uth)(?!\w))")
_BEFORE = lazy(r"(?i:cùng\s+kỳ|năm\s+trước)")
_VERSUS = lazy(r"(?i:so\s+(?:với|sánh)|tăng|giảm|/)")
_NAMED = lazy(
    r"(?i:chuẩn(?:\s+nghèo)?|chương\s+trình|đề\s+án|chiến\s+lược|nhiệm\s+kỳ)[^,;:]{0,60}$"
)
_UP = lazy(r"(?i:(?:số|mức|tỷ\s+lệ|tỉ\s+lệ)?\s*tăng(?:\s+thêm)?(?!\w))")
_DOWN = lazy(r"(?i:(?:số|mức|tỷ\s+lệ|tỉ\s+lệ)?\s*giảm(?!\w))")
_BOTH = lazy(r"(?i:tăng.{0,8}giảm|\+\s?/\s?-|\(\+\))")
_FILLER = lazy(
    r"(?i:(?:kế\s+hoạch|kh|thực\s+hiện|th|ước(?:\s+thực\s+hiện|\s+th)?|ưth|kết\s+quả|dự\s+toán|dt|chỉ\s+tiêu|được|giao|cả|năm|tháng|quý|đầu|cuối|đến|tính|hết|ngày|giai|đoạn"
    r"|số\s+liệu|mục\s+tiêu|đạt|trong\s+đó|trong|kỳ|báo\s+cáo|[\d/.\-–]+|[ivx]+|đvt|đơn\s+vị\s+tính|tổng\s+(?:số|cộng)|tổng)(?:\s+|$|(?=\W)))"
)
_RATIO = lazy(r"(?i:\s*/\s*(?=(?:kh|kế\s+hoạch|th|thực\s+hiện|dt|dự\s+toán|ước|cùng|ct|năm)(?!\w)))")
_FROM = lazy(r"(?i:(?<!\w)từ\s*(?:ngày|tháng)?\s*$)")
_START = lazy(r"(?i:đầu\s+(?:năm|kỳ|nhiệm\s+kỳ)(?!\s*(?:năm\s+)?\d))")
_DOCUMENTS = lazy(r"(?i:nghị\s+quyết|quyết\s+định|luật|thông\s+tư|nghị\s+định|kế\s+hoạch\s+số|so\s+với)[^,;:]{0,60}$")
_BRACKETED = lazy(r"\s*[(\[]([^()\[\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `path` are its heads from the outer to the inner one, `label` what they say is counted."""

    kind: Kind
    path: tuple[str, ...] = ()
    label: str = ""
    said: Unit | None = None
    implied: Unit | None = None
    period: str | None = None
    role: Role | None = None
    done: bool = False  # the head says that it is no plan
    earlier: bool = False  # the same time of the year before
    opening: bool = False  # the start of the year, which writers date either way
    direction: Literal["increase", "decrease"] | None = None
    by_sign: bool = False


def paths(table: Table) -> list[tuple[str, ...]]:
    """For every column its heads from top to bottom, each once; titles across the table and column numbers left out."""
    width = len(table.rows[0]) if table.rows else 0
    heads: list[list[str]] = [[] for _ in range(width)]
    for row in table.rows[: table.header_rows]:
        if is_index_row(row) or (width > 1 and len({t for t in row if t}) == 1 and sum(map(bool, row)) in (1, width)):
            continue
        for column, text in enumerate(row):
            if text and (not heads[column] or heads[column][-1] != text):
                heads[column].append(text)
    return [tuple(path) for path in heads]


def columns_of(table: Table) -> list[Column]:
    """What every column of the table is."""
    body = table.rows[table.header_rows :]
    found = []
    for column, path in enumerate(paths(table)):
        cells = [row[column] for row in body if row[column]]
        kind = _kind(column, path, cells)
        found.append(_value(path) if kind == "value" else Column(kind, path))
    return found


def subject_columns(table: Table, columns: Sequence[Column]) -> tuple[int, ...]:
    """The columns that say what a row is about: the first one of words, with the place columns beside it."""
    texts = [k for k, c in enumerate(columns) if c.kind in ("text", "year")]
    if not texts:
        return ()
    first = texts[0]
    chosen = [first]
    while first + 1 in texts and _placed(columns[first]) and _placed(columns[first + 1]):
        first += 1
        chosen.append(first)
    return tuple(chosen)


def located_columns(columns: Sequence[Column], subjects: Sequence[int]) -> frozenset[int]:
    """The columns that say where a row is: the subjects', and those whose head says so."""
    return frozenset((*subjects, *(k for k, c in enumerate(columns) if c.kind == "text" and _placed(c))))


def _placed(column: Column) -> bool:
    return bool(column.path) and _PLACE_HEAD.match(column.path[-1]) is not None


def about_places(columns: Sequence[Column], subjects: Sequence[int]) -> bool:
    """Whether the subjects' head says that the rows are places."""
    return any(_placed(columns[k]) for k in subjects)


def about_items(columns: Sequence[Column], subjects: Sequence[int]) -> bool:
    """Whether the rows are indicators: their head says so, or each has a unit of its own."""
    if any(c.kind == "unit" for c in columns):
        return True
    return any(columns[k].path and _ITEM_HEAD.match(columns[k].path[-1]) for k in subjects)


def _kind(column: int, path: tuple[str, ...], cells: Sequence[str]) -> Kind:
    head = path[-1] if path else ""
    if is_counting_head(head) or (not head and column == 0 and _ordinals(cells)):
        return "count"
    if path and any(_CODE.match(part) for part in (path[0], head)):
        return "code"
    if _UNIT_HEAD.fullmatch(head) is not None:
        sure = "tính" in head.lower() or head.lower().startswith("đvt")
        if sure or sum(unit_of(cell) is not None for cell in cells) >= 0.6 * len(cells):
            return "unit"  # else it means an organisation
    read = [number for cell in cells if (number := read_cell(cell)) is not None]
    if len(read) < 0.5 * len(cells) or not cells:
        return "text"
    if all(map(is_year, read)) and (column == 0 or "năm" in head.lower()):
        return "year"
    if column == 0 and not head and _ordinals(cells):
        return "count"
    return "value"


def _ordinals(cells: Sequence[str]) -> bool:
    return sum(map(is_ordinal, cells)) >= 0.7 * len(cells)


def _value(path: tuple[str, ...]) -> Column:
    whole = " ".join(path)
    leaf = path[-1] if path else ""
    plan, done = _PLAN.search(whole) is not None, _COMPARED.search(whole) is not None
    role: Role | None = "estimate" if _ESTIMATE.search(whole) else "plan" if plan and not done else None
    by_sign = _BOTH.search(leaf) is not None
    direction: Literal["increase", "decrease"] | None = None
    if not by_sign and _UP.match(leaf):
        direction = "increase"
    elif not by_sign and _DOWN.match(leaf):
        direction = "decrease"
    said = next((u for part in reversed(path) if (u := said_in(part)) is not None), None)
    implied = next((u for part in reversed(path) if (u := implied_by(bare(part))) is not None), None)
    period = next((p for part in reversed(path) if (p := period_in(part)) is not None), None)
    earlier = _BEFORE.search(whole) is not None and _VERSUS.search(whole) is None
    label = " – ".join(part for part in map(bare, path) if not filler(part))
    return Column(
        "value", path, label, said, implied, period, role, done and role is None, earlier,
        period is None and _START.search(whole) is not None and _VERSUS.search(whole) is None, direction, by_sign,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def bare(head: str) -> str:
    """A head without its unit."""

    def keep(match: re.Match[str]) -> str:
        return "" if unit_of(match[1]) is not None or is_ordinal(match[1]) else match[0]

    return " ".join(_BRACKETED.sub(keep, head).split()).strip(" ,;:")


def filler(head: str) -> bool:
    """Whether a head says only when, and whether planned or done."""
    return _RATIO.search(head) is None and not _FILLER.sub("", head).strip(" ,;:()/-–")


@lru_cache(maxsize=4096)
def period_in(words: str) -> str | None:
    """The period that a head or caption names; not the years in the name of a standard or programme."""
    plain = words.strip(" ()")
    if plain.isdigit() and len(plain) == 4 and plain[:2] in ("19", "20"):
        return plain
    words = _RATIO.split(words)[0]  # Ước TH 2023/KH 2023
    spans = find_dates(words)
    for k, span in enumerate(spans):
        before = words[max(0, span.start - 90) : span.start]
        if _FROM.search(before) and k + 1 < len(spans):
            continue  # từ ngày … đến ngày …: the later day
        period = span.period or span.iso
        named = _NAMED.search(before) is not None and len(period or "") == 9
        if period and not named and not _DOCUMENTS.search(before):
            return period
    return None


def planned(caption: str) -> bool:
    """Whether a caption announces a plan as a whole."""
    return _PLAN.search(caption) is not None and _COMPARED.search(caption) is None
