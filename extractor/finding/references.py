"""Cited documents: every mention of an identified legal or administrative document, with its canonical key.

In: NFC text. Out: `model.Reference`s in order, not overlapping. The surface is the type word (where present) with the
number or symbol, without date and issuer; a list's later members have no type word of their own and take the type,
and where they share one the date, of their list. A report's own number ("Số: 12/BC-UBND" in the letterhead) is
metadata, and a number left blank ("số      /BC-UBND") cites nothing. Time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.finding.dates import DateSpan, find_dates
from extractor.finding.doctypes import names_by_code, type_before
from extractor.finding.issuers import is_issuer, issuer_after, issuer_from_codes
from extractor.finding.laws import LawMention, find_laws
from extractor.finding.lazy import lazy
from extractor.finding.pinpoints import pinpoint_after, pinpoint_before
from extractor.finding.symbols import DASH, Symbol, canonical_code, find_symbols
from extractor.model import Reference

_OWN_NUMBER = lazy(r"(?<!\w)(?:Số|SỐ)\s{0,9}[:.]?\s{0,9}$")
_LETTERHEAD = 3000  # characters in which a line that begins with "Số" is the report's own number
_FORM = lazy(r"(?:mẫu|biểu|bảng|phụ\s{1,4}lục|phiếu|bản\s{1,4}đồ|thửa|lô|hồ\s{1,4}sơ)\s{1,4}$", re.IGNORECASE)
_LINE_END = lazy(r"[^\S\n]*(?:\n|$)")
_LAW_NUMBER = lazy(r"\s{0,3}(?:\(?\s?sửa\s{1,4}đổi\s?\)?)?,?\s{0,4}(?:(?:số|SỐ)\s{0,4}[:.]?\s{0,4})?")
_LAW_YEAR = lazy(r"\s{1,4}(?:\(\s?sửa\s{1,4}đổi\s?\)\s{1,4})?\(?(?:(?:năm|NĂM)\s{1,4})?((?:19|20)\d\d)(?![\d/]|[.,-]\d|\s?[-–]\s?(?:19|20)\d\d)(?!\s(?:hộ|người|xã|lượt))")
_DATE_LINK = lazy(
    r"[\s,]{0,6}\(?(?:cùng\s{1,4})?(?:(?:được\s)?(?:ban\shành|ký)\s{1,4}|đề\s)?"
    r"(?:(?:hồi|lúc)\s{1,4})?(?:\d{1,2}\s?(?:h|giờ|g)\s?\d{0,2}(?:\s?phút|')?,?\s{1,4})?"
)
_DATE_REACH = 90
# "Ngày 3/4/2023, UBND tỉnh đã ban hành Kế hoạch số …": the date stands before, its sentence says that it is the document's.
_DATED_BEFORE = lazy(
    r"(?<!\w)(?P<date>[Nn]gày\s{1,4}[\d/.\s-]{6,12}|[Nn]gày\s{1,4}\d{1,2}\s{1,4}tháng\s{1,4}\d{1,2}\s{1,4}năm\s{1,4}\d{4})\s{0,3},?\s{1,3}"
    r"(?P<who>[^.;:,\n()\d]{3,90}?)\s{1,4}(?:đã\s{1,4})?(?:ký\s{1,4}|có\s{1,4})?(?:ban\s{1,4}hành|ký|ra|công\s{1,4}bố|thông\s{1,4}qua|có)\s{1,4}$"
)
_CHAIN = lazy(r"[\s,;]{0,4}(?:(?:và|&|hoặc)\s{0,4})?")
_BARE = lazy(
    r"(?<!\w)(?:(?P<legal>Nghị\s{1,4}quyết|Nghị\s{1,4}định|Chỉ\s{1,4}thị|Quyết\s{1,4}định|Thông\s{1,4}tư|Kết\s{1,4}luận|"
    r"Công\s{1,4}điện|NQ|NĐ|QĐ)|Kế\s{1,4}hoạch|Công\s{1,4}văn|Thông\s{1,4}báo|Quy\s{1,4}định|Tờ\s{1,4}trình|Đề\s{1,4}án|"
    r"Hướng\s{1,4}dẫn|Báo\s{1,4}cáo|Chương\s{1,4}trình|Văn\s{1,4}bản)"
    rf"\s{{1,4}}(?P<number_word>số\s{{0,4}}:?\s{{0,4}})?(?P<n>\d{{1,5}}[a-zđ]?)(?P<year>/(?:19|20)\d\d)?(?:(?P<dash>\s?{DASH}\s?)(?P<codes>[A-ZĐ]{{2,9}}(?:-[A-ZĐ]{{2,9}})*))?"
    rf"(?![\w%/]|[.,]\d|\s?{DASH}\s?\d|\s?%|\s{{1,3}}/)"
)
# What may follow a bare number for it to be a document's and not a count of what comes next.
_AFTER_BARE = lazy(r"\s{0,3}(?:[,;.:)(”\"]|$)|\s{1,4}(?:ngày|của|về|đã|được|và|là|có|trên|theo|đến|tại|cho|để|nhằm|khóa|khoá|năm|do|nêu|yêu|trước|gồm|với|trong|như|vào|thì|tới|không|chưa|sẽ|hướng|thực|sửa|thay|mới|cũng|phải|còn|hay|hoặc)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Citation:
    """A reference in the making: its own words, before date, issuer and list are read."""

    start: int
    end: int
    key: str
    type: str | None
    code_type: str | None  # the type that the symbol's own code stands for
    codes: tuple[str, ...]  # the issuers in the symbol
    year: str | None
    confidence: float


def get_references(text: str) -> list[Reference]:
    """Every reference of `text` with ids "r1", "r2", …: the stand-alone use, without any other stage."""
    return [replace(reference, id=f"r{i}") for i, reference in enumerate(find_references(text), 1)]


def find_references(text: str, dates: Sequence[DateSpan] | None = None) -> list[Reference]:
    """Every reference of `text`, ids empty. `dates` (from `find_dates(text)`) spares reading them again."""
    by_start = None if dates is None else {d.start: d for d in dates}
    chained = _chain(text, _citations(text), by_start)
    return list(chained)


def _citations(text: str) -> list[_Citation]:
    """Laws, symbols and bare numbers, in order, not overlapping."""
    symbols = {s.start: s for s in find_symbols(text)}
    found: list[_Citation] = []
    for law in find_laws(text):
        found += _cite_law(text, law, symbols)
    taken = sorted((c.start, c.end) for c in found)
    found += _cite_symbols(text, list(symbols.values()), taken)
    taken = sorted((c.start, c.end) for c in found)
    found += [c for c in _cite_bare(text) if _free(c.start, c.end, taken)]
    return sorted(found, key=lambda c: c.start)


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    from bisect import bisect_left

    i = bisect_left(taken, (start, start))
    return (i == len(taken) or taken[i][0] >= end) and (i == 0 or taken[i - 1][1] <= start)


def _cite_law(text: str, law: LawMention, symbols: dict[int, Symbol]) -> Iterator[_Citation]:
    gap = _LAW_NUMBER.match(text, law.end)
    symbol = symbols.pop(gap.end(), None) if gap else None
    if symbol:
        yield _Citation(law.start, symbol.end, symbol.key, law.type, None, (symbol.type_code,), symbol.year, 1.0)
        return
    year = _LAW_YEAR.match(text, law.end)
    if year:
        end = year.end() + (1 if "(" in year[0] and text.startswith(")", year.end()) else 0)
        yield _Citation(law.start, end, f"{law.name} {year[1]}", law.type, None, (), None, 1.0 if law.listed else 0.8)
    elif law.name != "Hiến pháp":  # alone it is the idea, not an identified document
        yield _Citation(law.start, law.end, law.name, law.type, None, (), None, 1.0 if law.listed else 0.8)


def _cite_symbols(text: str, symbols: list[Symbol], taken: Sequence[tuple[int, int]]) -> Iterator[_Citation]:
    floor = 0
    for symbol in symbols:
        if not _free(symbol.start, symbol.end, taken):
            continue
        start, kind = type_before(text, symbol.start, floor)
        if kind is None and (_is_own_number(text, symbol) or _FORM.search(text, max(floor, start - 12), start)):
            continue
        if not symbol.certain and kind is None and start == symbol.start:
            continue
        floor = symbol.end
        code_type = names_by_code().get(symbol.type_code.upper())
        if code_type is None and is_issuer(symbol.type_code):
            code_type = "Công văn"  # an official letter's symbol opens with its issuer (Nghị định 30/2020, Phụ lục I)
        codes = symbol.issuer_codes or (symbol.type_code,)
        if code_type == "Công văn" and is_issuer(symbol.type_code):
            codes = (symbol.type_code,)
        yield _Citation(start, symbol.end, symbol.key, kind, code_type, codes, symbol.year, 1.0 if symbol.certain else 0.9)


def _is_own_number(text: str, symbol: Symbol) -> bool:
    """A line that opens with "Số" in the letterhead, or consists of nothing but the number."""
    word = _OWN_NUMBER.search(text, max(0, symbol.start - 24), symbol.start)
    if not word or text[max(0, word.start() - 200) : word.start()].rpartition("\n")[2].strip():
        return False
    return symbol.start < _LETTERHEAD or _LINE_END.match(text, symbol.end) is not None


def _cite_bare(text: str) -> Iterator[_Citation]:
    """`Nghị quyết 20`, `Công văn số 1250`, and the old `Nghị định 64-CP`."""
    for match in _BARE.finditer(text):
        number, has_word, codes = match["n"], bool(match["number_word"]), match["codes"]
        if not codes:
            if match["year"] and not match["legal"]:
                continue
            if not has_word and (not match["legal"] or (number.isdigit() and 1900 <= int(number) < 2100)):
                continue
            if not _AFTER_BARE.match(text, match.end()):
                continue
        _, kind = type_before(text, match.start("n"), match.start())
        parts = tuple(canonical_code(c) for c in codes.split("-")) if codes else ()
        if match["year"]:
            number += match["year"]
        key = f"{number}{'/' if match['year'] else '-'}{'-'.join(parts)}" if parts else number
        yield _Citation(match.start(), match.end(), key, kind, None, parts, None, 0.9 if codes else 0.6)


def _chain(text: str, citations: list[_Citation], by_start: dict[int, DateSpan] | None) -> Iterator[Reference]:
    """Read date, issuer and pin-point of each citation, and spread what a list shares."""
    done: list[dict[str, Any]] = []
    reach: list[int] = []  # where each citation with its date and issuer ends
    linked: list[bool] = []  # whether it continues the one before it
    floor = 0
    for i, cited in enumerate(citations):
        limit = citations[i + 1].start if i + 1 < len(citations) else len(text)
        found, end = _attributes(text, cited, floor, limit, by_start)
        chained = bool(i) and cited.type is None and _CHAIN.fullmatch(text, reach[-1], cited.start) is not None
        if chained and done[-1]["type"] and (cited.code_type in (None, done[-1]["code_type"], done[-1]["type"])):
            found["type"] = done[-1]["type"]
        found["type"] = found["type"] or cited.code_type
        done.append(found)
        reach.append(end)
        linked.append(chained)
        floor = end
    for i in range(len(done) - 1, 0, -1):
        before, after = done[i - 1], done[i]
        if linked[i] and reach[i - 1] == citations[i - 1].end:
            year = citations[i - 1].year
            if before["date"] is None and after["date"] and (year is None or after["date"].startswith(year)):
                before["date"] = after["date"]
        if linked[i] and before["stated"] is None and after["stated"]:
            before["stated"] = after["stated"]
    for cited, found in zip(citations, done, strict=True):
        surface = text[cited.start : cited.end]
        issuer = found["stated"] or _default_issuer(cited)
        yield Reference(
            "", cited.start, cited.end, surface, cited.key, found["type"], issuer, found["date"], found["pinpoint"],
            confidence=cited.confidence,
        )  # fmt: skip


def _default_issuer(cited: _Citation) -> str | None:
    return issuer_from_codes(cited.codes)


def _attributes(
    text: str, cited: _Citation, floor: int, limit: int, by_start: dict[int, DateSpan] | None
) -> tuple[dict[str, Any], int]:
    """Date, issuer in words and pin-point of one citation, and where they end. Nothing beyond `limit` is read."""
    end, pinpoint = cited.end, None
    before = pinpoint_before(text, cited.start, floor)
    if before:
        pinpoint = before[1]
    date = None
    span = _date_at(text, end, by_start)
    if span and span.end <= limit:
        date, end = span.iso, span.end
    issuer = None
    if span is None and (dated := _DATED_BEFORE.search(text, max(floor, cited.start - 160), cited.start)):
        first = find_dates(dated["date"])
        date = first[0].iso if first else None
        who = issuer_after("của " + dated["who"], 0)
        issuer = who[0] if who else None
    stated = issuer_after(text, end)
    if stated and stated[1] <= limit:
        issuer, end = stated
    if pinpoint is None and (after := pinpoint_after(text, end)) and after[0] <= limit:
        end, pinpoint = after
    return {"type": cited.type, "code_type": cited.code_type, "date": date, "stated": issuer, "pinpoint": pinpoint}, end


def _date_at(text: str, position: int, by_start: dict[int, DateSpan] | None) -> DateSpan | None:
    """The date that stands right after a citation."""
    link = _DATE_LINK.match(text, position)
    start = link.end() if link else position
    if by_start is not None:
        span = by_start.get(start)
    else:
        if text[start : start + 1].lower() != "n" and not text[start : start + 1].isdigit():
            return None
        nearby = find_dates(text[start : start + _DATE_REACH])
        first = nearby[0] if nearby and nearby[0].start == 0 else None
        span = DateSpan(start, start + first.end, first.iso, first.period) if first else None
    if span is None or not text[span.start : span.end].lower().startswith(("ngày", *"0123456789")):
        return None
    return span


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `extractor patterns check`: the references in `text` of this document type, issuer or group of laws."""
    found = get_references(text)
    if "words" in entry and "codes" not in entry:
        names = {w.casefold() for w in entry["words"]}
        return [r.text for r in found if r.type == entry["name"] or r.key.casefold() in names]
    if any("issuer" in key for key in entry) or entry.get("codes") and "source" not in entry:
        return [r.text for r in found if r.issuer == entry["name"]]
    return [r.text for r in found if r.type == entry["name"]]
