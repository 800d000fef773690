"""The citations in a text: laws, symbols and bare numbers with their own words, before date and issuer are read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.finding.doctypes import names_by_code, type_before
from extractor.finding.issuers import is_issuer
from extractor.finding.laws import LawMention, find_laws
from extractor.finding.lazy import lazy, words_at
from extractor.finding.symbols import DASH, Symbol, canonical_code, find_symbols

_OWN_NUMBER = lazy(r"(?<!\w)(?:Số|SỐ)\s{0,9}[:.]?\s{0,9}$")
_LETTERHEAD = 3000  # characters in which a line that begins with "Số" is the report's own number
_FORM = lazy(
    r"(?:mẫu|biểu|bảng|phụ\s{1,4}lục|phiếu|bản\s{1,4}đồ|thửa|lô|hồ\s{1,4}sơ|tài\s{1,4}khoản|mã\s{1,4}số|ký\s{1,4}hiệu)\s{1,4}$",
    re.IGNORECASE,
)
_LISTED = lazy(r"[\s,;]{0,4}(?:(?:và|&|hoặc)\s{0,4})?(?:số\s{0,4})?")
_LINE_END = lazy(r"[^\S\n]*(?:\n|$)")
_LAW_NUMBER = lazy(r"\s{0,3}(?:\(?\s?sửa\s{1,4}đổi\s?\)?)?,?\s{0,4}(?:(?:số|SỐ)\s{0,4}[:.]?\s{0,4})?")
_LAW_YEAR = lazy(
    r"\s{1,4}(?:\(\s?sửa\s{1,4}đổi\s?\)\s{1,4})?\(?(?:(?:năm|NĂM)\s{1,4})?((?:19|20)\d\d)(?![\d/]|[.,-]\d"
    r"|\s?[-–]\s?(?:19|20)\d\d)(?!\s(?:hộ|người|xã|lượt))"
)
_BARE = lazy(
    r"(?:(?P<legal>Nghị\s{1,4}quyết|Nghị\s{1,4}định|Chỉ\s{1,4}thị|Quyết\s{1,4}định|Thông\s{1,4}tư"
    r"|Kết\s{1,4}luận|"
    r"Công\s{1,4}điện|NQ|NĐ|QĐ)|Kế\s{1,4}hoạch|Công\s{1,4}văn|Thông\s{1,4}báo|Quy\s{1,4}định|Tờ\s{1,4}trình"
    r"|Đề\s{1,4}án|"
    r"Hướng\s{1,4}dẫn|Báo\s{1,4}cáo|Chương\s{1,4}trình|Văn\s{1,4}bản)"
    rf"\s{{1,4}}(?P<number_word>số\s{{0,4}}:?\s{{0,4}})?(?P<n>\d{{1,5}}[a-zđ]?)(?P<year>/(?:19"
    rf"|20)\d\d)?(?:(?P<dash>\s?{DASH}\s?)(?P<codes>[A-ZĐ]{{2,9}}(?:-[A-ZĐ]{{2,9}})*))?"
    rf"(?![\w%/]|[.,]\d|\s?{DASH}\s?\d|\s?%|\s{{1,3}}/)"
)
# What may follow a bare number for it to be a document's and not a count of what comes next.
_AFTER_BARE = lazy(
    r"\s{0,3}(?:[,;.:)(”\"]|$)|\s{1,4}(?:ngày|của|về|đã|được|và|là|có|trên|theo|đến|tại|cho|để|nhằm|khóa|khoá"
    r"|năm|do|nêu|yêu|trước|gồm|với|trong|như|vào|thì|tới|chưa|sẽ|hướng|thực|sửa|thay|mới|cũng|phải|còn"
    r"|hay|hoặc)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference in the making: its own words, before date, issuer and list are read."""

    start: int
    end: int
    key: str
    type: str | None
    code_type: str | None  # the type that the symbol's own code stands for
    codes: tuple[str, ...]  # the issuers in the symbol
    year: str | None
    confidence: float


def find_citations(text: str) -> list[Citation]:
    """Laws, symbols and bare numbers, in order, not overlapping."""
    symbols = {s.start: s for s in find_symbols(text)}
    found: list[Citation] = []
    for law in find_laws(text):
        found += _cite_law(text, law, symbols)
    taken = sorted((c.start, c.end) for c in found)
    found += _cite_symbols(text, list(symbols.values()), taken)
    taken = sorted((c.start, c.end) for c in found)
    found += [c for c in _cite_bare(text) if _free(c.start, c.end, taken)]
    return _complete(text, sorted(found, key=lambda c: c.start))


def _complete(text: str, citations: list[Citation]) -> list[Citation]:
    """Give a number that shares the symbol of the next one its own symbol: `Nghị quyết số 01 và 02/NQ-CP`."""
    for i in range(len(citations) - 2, -1, -1):
        bare, symbol = citations[i], citations[i + 1]
        suffix = symbol.key.lstrip("0123456789")
        if bare.codes or symbol.type or not bare.key.isdigit() or suffix[:1] not in ("/", "-"):
            continue
        if _LISTED.fullmatch(text, bare.end, symbol.start):
            citations[i] = replace(
                bare,
                key=bare.key + suffix,
                code_type=symbol.code_type,
                codes=symbol.codes,
                year=symbol.year,
                confidence=0.9,
            )
    return citations


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    i = bisect_left(taken, (start, start))
    return (i == len(taken) or taken[i][0] >= end) and (i == 0 or taken[i - 1][1] <= start)


def _cite_law(text: str, law: LawMention, symbols: dict[int, Symbol]) -> Iterator[Citation]:
    gap = _LAW_NUMBER.match(text, law.end)
    symbol = symbols.pop(gap.end(), None) if gap else None
    if symbol:
        yield Citation(law.start, symbol.end, symbol.key, law.type, None, (symbol.type_code,), symbol.year, 1.0)
        return
    year = _LAW_YEAR.match(text, law.end)
    if year:
        end = year.end() + (1 if "(" in year[0] and text.startswith(")", year.end()) else 0)
        yield Citation(law.start, end, f"{law.name} {year[1]}", law.type, None, (), None, 1.0 if law.listed else 0.8)
    elif law.name != "Hiến pháp":  # alone it is the idea, not an identified document
        yield Citation(law.start, law.end, law.name, law.type, None, (), None, 1.0 if law.listed else 0.8)


def _cite_symbols(text: str, symbols: list[Symbol], taken: Sequence[tuple[int, int]]) -> Iterator[Citation]:
    floor = 0
    for symbol in symbols:
        if not _free(symbol.start, symbol.end, taken):
            continue
        at = bisect_left(taken, (symbol.start, symbol.start))
        start, kind = type_before(text, symbol.start, max(floor, taken[at - 1][1]) if at else floor)
        if kind is None and (_is_own_number(text, symbol) or _FORM.search(text, max(floor, start - 12), start)):
            continue
        listed = floor and _LISTED.fullmatch(text, floor, start)
        if not symbol.certain and kind is None and start == symbol.start and not listed:
            continue
        floor = symbol.end
        code_type = names_by_code().get(symbol.type_code.upper())
        if code_type is None and is_issuer(symbol.type_code):
            code_type = "Công văn"  # an official letter's symbol opens with its issuer (Nghị định 30/2020, Phụ lục I)
        codes = symbol.issuer_codes or (symbol.type_code,)
        if code_type == "Công văn" and is_issuer(symbol.type_code):
            codes = (symbol.type_code,)
        yield Citation(
            start, symbol.end, symbol.key, kind, code_type, codes, symbol.year, 1.0 if symbol.certain else 0.9
        )


def _is_own_number(text: str, symbol: Symbol) -> bool:
    """A line that opens with "Số" in the letterhead, or consists of nothing but the number."""
    word = _OWN_NUMBER.search(text, max(0, symbol.start - 24), symbol.start)
    if not word or text[max(0, word.start() - 200) : word.start()].rpartition("\n")[2].strip():
        return False
    return symbol.start < _LETTERHEAD or _LINE_END.match(text, symbol.end) is not None


def _cite_bare(text: str) -> Iterator[Citation]:
    """`Nghị quyết 20`, `Công văn số 1250`, and the old `Nghị định 64-CP`."""
    for match in words_at(_BARE, text):
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
        yield Citation(match.start(), match.end(), key, kind, None, parts, None, 0.9 if codes else 0.6)
