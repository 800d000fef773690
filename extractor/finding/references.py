"""Cited documents: every mention of an identified legal or administrative document, with its canonical key.

In: NFC text. Out: `model.Reference`s in order, not overlapping. The surface is the type word (where present) with the
number or symbol, without date and issuer; a list's later members have no type word of their own and take the type,
and where they share one the date, of their list. A report's own number ("Số: 12/BC-UBND" in the letterhead) is
metadata, and a number left blank ("số      /BC-UBND") cites nothing. Time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.finding.citations import Citation, find_citations
from extractor.finding.dates import DateSpan, find_dates
from extractor.finding.issuers import issuer_after, issuer_from_codes
from extractor.finding.lazy import lazy
from extractor.finding.pinpoints import pinpoint_after, pinpoint_before
from extractor.model import Reference

_CLOCK = r"(?:(?:hồi|lúc)\s{1,4})?(?:\d{1,2}\s?(?:h|giờ|g)\s?\d{0,2}(?:\s?phút|')?,?\s{1,4})?"
_TERM = r"(?:\s?\(?(?:[Kk]hóa|[Kk]hoá)\s[IVX]{1,5}\)?)?"
_DATE_LINK = lazy(
    rf"{_TERM}(?:\s[-–](?=\s[Nn]gày))?[\s,]{{0,6}}\(?(?P<joint>cùng\s{{1,4}})?(?:(?:được\s)?(?:ban\shành"
    rf"|ký)\s{{1,4}}|đề\s)?{_CLOCK}"
)
# After the issuer: "của UBND tỉnh ngày 3/4/2020", "do UBND tỉnh ban hành ngày 3/4/2020".
_LATE_DATE_LINK = lazy(
    rf"{_TERM}(?P<comma>\s{{0,3}},)?\s{{1,4}}\(?(?:(?:đã\s|được\s)?(?:ký\sban\shành|ban\shành|ký|phê\sduyệt|thông\squa|công\sbố)"
    rf"\s{{1,4}}(?:vào\s)?)?{_CLOCK}(?=[Nn]gày)"
)
_AFTER_LATE_DATE = lazy(r"\s{0,3}[;.)]|\s{0,3},?\s{1,4}(?:về|quy|ban|phê|v/v|hướng|sửa)(?!\w)|\s*$")
_DATE_REACH = 90
# "Ngày 3/4/2023, UBND tỉnh đã ban hành Kế hoạch số …": the date stands before, its sentence says that it is the
# document's.
_DATED_BEFORE = lazy(
    r"(?<!\w)(?P<date>[Nn]gày\s{1,4}[\d/.\s-]{6,12}"
    r"|[Nn]gày\s{1,4}\d{1,2}\s{1,4}tháng\s{1,4}\d{1,2}\s{1,4}năm\s{1,4}\d{4})"
    r"\s{0,3},?\s{1,3}(?:tại\s[^.;:,\n()]{3,50},\s{1,3})?(?P<who>[^.;:,\n()\d]{3,90}?)\s{1,4}(?:đã\s{1,4})?(?:ký\s{1,4}|có\s{1,4})?"
    r"(?:ban\s{1,4}hành|ký|ra|công\s{1,4}bố|thông\s{1,4}qua|có)\s{1,4}$"
)
_SERIES = lazy(r"(\d{1,6})[a-zđ]?([/-].*)")  # a key as its number and the series that it counts in
_CHAIN = lazy(r"[\s,;]{0,4}(?:(?:và|&|hoặc)\s{0,4})?")


@dataclass(slots=True)
class _Context:
    """What stands around a citation. `end` is where its date, issuer and pin-point end."""

    end: int
    type: str | None = None
    date: str | None = None
    joint: bool = False  # "cùng ngày": the date is that of the whole list
    early: bool = False  # the date stands before the citation
    issuer: str | None = None
    pinpoint: str | None = None


def get_references(text: str) -> list[Reference]:
    """Every reference of `text` with ids "r1", "r2", …: the stand-alone use, without any other stage."""
    return [replace(reference, id=f"r{i}") for i, reference in enumerate(find_references(text), 1)]


def find_references(text: str, dates: Sequence[DateSpan] | None = None) -> list[Reference]:
    """Every reference of `text`, ids empty. `dates` (from `find_dates(text)`) spares reading them again."""
    by_start = None if dates is None else {d.start: d for d in dates}
    citations = find_citations(text)
    contexts: list[_Context] = []
    floor = 0
    for i, cited in enumerate(citations):
        limit = citations[i + 1].start if i + 1 < len(citations) else len(text)
        contexts.append(_read_context(text, cited, floor, limit, by_start))
        floor = contexts[-1].end
    _share_in_lists(text, citations, contexts)
    return [
        Reference(
            id="", start=c.start, end=c.end, text=text[c.start : c.end], key=c.key, type=context.type or c.code_type,
            issuer=context.issuer or issuer_from_codes(c.codes), date=context.date, pinpoint=context.pinpoint,
            confidence=c.confidence,
        )
        for c, context in zip(citations, contexts, strict=True)
    ]  # fmt: skip


def _read_context(
    text: str, cited: Citation, floor: int, limit: int, by_start: Mapping[int, DateSpan] | None
) -> _Context:
    """Date, issuer in words and pin-point of one citation. Nothing before `floor` or beyond `limit` is read."""
    context = _Context(cited.end, cited.type)
    before = pinpoint_before(text, cited.start, floor)
    if before:
        context.pinpoint = before[1]
    link = _DATE_LINK.match(text, cited.end)
    span = _date_at(text, link.end(), by_start) if link else None
    if link and span and span.end <= limit:
        context.date, context.end, context.joint = span.iso, span.end, bool(link["joint"])
    stated = issuer_after(text, context.end)
    if stated and stated[1] <= limit:
        context.issuer, context.end = stated
        if span is None:
            _read_late_date(text, context, limit, by_start)
    if context.date is None and span is None:
        _read_early_date(text, cited, context, floor)
    if context.pinpoint is None and (after := pinpoint_after(text, context.end)) and after[0] <= limit:
        context.end, context.pinpoint = after
    return context


def _read_late_date(text: str, context: _Context, limit: int, by_start: Mapping[int, DateSpan] | None) -> None:
    link = _LATE_DATE_LINK.match(text, context.end)
    span = _date_at(text, link.end(), by_start) if link else None
    if not link or not span or span.end > limit or not span.iso:
        return
    if link["comma"] and not _AFTER_LATE_DATE.match(text, span.end):
        return  # "của Chính phủ, ngày 3/4/2021 huyện đã …" opens a new clause
    context.date, context.end = span.iso, span.end


def _read_early_date(text: str, cited: Citation, context: _Context, floor: int) -> None:
    dated = _DATED_BEFORE.search(text, max(floor, cited.start - 160), cited.start)
    if not dated:
        return
    first = next(iter(find_dates(dated["date"])), None)
    context.date, context.early = (first.iso if first else None), True
    if context.issuer is None and (who := issuer_after("của " + dated["who"], 0)):
        context.issuer = who[0]


def _date_at(text: str, start: int, by_start: Mapping[int, DateSpan] | None) -> DateSpan | None:
    """The date that begins at `start`."""
    if text[start : start + 1].lower() != "n" and not text[start : start + 1].isdigit():
        return None
    if by_start is None:
        nearby = find_dates(text[start : start + _DATE_REACH])
        first = nearby[0] if nearby and nearby[0].start == 0 else None
        span = DateSpan(start, start + first.end, first.iso, first.period) if first else None
    else:
        span = by_start.get(start)
    if span is None or not text[span.start : span.end].lower().startswith(("ngày", *"0123456789")):
        return None
    return span


def _share_in_lists(text: str, citations: Sequence[Citation], contexts: Sequence[_Context]) -> None:
    """Give the members of a list what they have in common: the type forwards, a closing date and issuer backwards."""
    adjacent = [False] + [
        _CHAIN.fullmatch(text, contexts[i - 1].end, citations[i].start) is not None for i in range(1, len(citations))
    ]
    for i, cited in enumerate(citations):
        if not adjacent[i]:
            continue
        before, here = contexts[i - 1], contexts[i]
        if here.type is None and cited.code_type in (None, citations[i - 1].code_type, before.type):
            here.type = before.type
        if before.early and here.date is None:
            here.date, here.early, here.issuer = before.date, True, here.issuer or before.issuer
    for i in range(len(citations) - 1, 0, -1):
        before, here = contexts[i - 1], contexts[i]
        if not adjacent[i]:
            continue
        undated = before.date is None and before.end == citations[i - 1].end
        if undated and here.date and (here.joint or _of_one_day(citations[i - 1], citations[i], here.date)):
            before.date, before.joint = here.date, here.joint
        if citations[i].type is None or here.joint:
            before.issuer = before.issuer or here.issuer


def _of_one_day(before: Citation, here: Citation, day: str) -> bool:
    """Whether the date after `here` is that of `before` too: nearby numbers of one series.

    Where each has its own type word only directly following numbers; norms (with the year in the symbol) are few a day.
    """
    first, last = _SERIES.match(before.key), _SERIES.match(here.key)
    if before.year and not day.startswith(before.year):
        return False
    if not first or not last:
        return here.type is None
    if first[2] != last[2]:
        return here.type is None and before.year is None
    reach = 2 if here.type is not None else 5 if before.year else 100
    return 0 < int(last[1]) - int(first[1]) <= reach


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `extractor patterns check`: the references in `text` of this document type, issuer or group of laws."""
    found = get_references(text)
    names = {w.casefold() for w in entry.get("words", ())}
    return [r.text for r in found if entry["name"] in (r.type, r.issuer) or r.key.casefold() in names]
