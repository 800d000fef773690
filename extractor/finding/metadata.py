"""Document metadata: what the letterhead, the heading and the signature block say about the document itself.

Reads only the head and the foot of the text, by the layout that Nghị định 30/2020/NĐ-CP (state) and Hướng dẫn
36-HD/VPTW (party) prescribe. What the text does not say is None: nothing is guessed from elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.finding.dates import DateSpan, find_dates, with_year
from extractor.finding.doctypes import codes_by_name, names_by_code, names_by_phrase
from extractor.finding.issuers import is_issuer
from extractor.finding.lazy import lazy
from extractor.finding.letterhead import Letterhead, read_letterhead
from extractor.finding.references import find_references
from extractor.finding.signature import read_signature

_CLOSING = lazy(r"Trên đây là ([^\n]{4,60})")
_REVIEW = lazy(r"(?<!\d)(\d{1,2}) năm (?:thực hiện|triển khai|thi hành|xây dựng|tổ chức)")
_CENTRAL = lazy(
    r"^(?:Bộ|Chính phủ|Thủ tướng|Quốc hội|Chủ tịch nước|Tổng|Ủy ban (?:Thường vụ|Dân tộc))(?!\w)"
    r"|Chính phủ|Quốc hội|Trung ương|Việt Nam"
)
_ADOPTED = lazy(r"(?:Nghị quyết|Luật|Pháp lệnh)(?: này)?(?: đã)? được [^.]{5,160}?thông qua (?=ngày)")
_SPAN = lazy(r"\d{4}-\d{4}")
_MONTHS = lazy(
    r"(?:(?!nhiệm\s|phương\s|kế\s+hoạch|định\s).)*?(?<!\d)(\d{1,2})\s+tháng(?!\s+(?:cuối|tới|\d|đầu))",
    re.IGNORECASE | re.DOTALL,
)
"""The months that a title counts before it turns to what is to come."""
_OUTLOOK = lazy(r"(?:định hướng|tầm nhìn|hướng tới|hướng đến)[^,;]{0,12}$", re.IGNORECASE)
_CITY = lazy(r"(?:Thành phố|Tp\.?|TP\.?|Thị xã|TX\.?|Huyện|Xã|Phường|Thị trấn|Tỉnh)\s+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata fields of `model.Document`; `place_name` is the issuing unit's own area, without its level."""

    type: str | None = None
    type_code: str | None = None
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    issued_at: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    recipients: tuple[str, ...] = ()
    period: str | None = None
    place_name: str | None = None


def find_metadata(text: str) -> Metadata:
    """The metadata of the document whose laid-out text is `text`."""
    head = read_letterhead(text)
    signer, signer_role, recipients = read_signature(text)
    kind = head.type or _type_of_number(head) or _type_of_closing(text)
    if kind is None and head.title:
        kind = "Công văn"  # a V/v without a type line is an official letter
    coded = names_by_code().get((head.number_code or "").upper())
    code = head.number_code if coded and kind and kind.startswith(coded) else None
    return Metadata(
        type=kind,
        type_code=code or codes_by_name().get(kind or ""),
        number=head.number,
        title=head.title,
        issuer=head.issuer,
        issued_on=head.issued_on or _adopted_on(text, kind),
        issued_at=head.issued_at,
        signer=signer,
        signer_role=signer_role,
        recipients=recipients,
        period=period_of(head.title or "", head.issued_on) or (period_of(head.note) if head.note else None),
        place_name=_place(head),
    )


def _type_of_number(head: Letterhead) -> str | None:
    code = head.number_code
    if not code:
        return None
    return names_by_code().get(code.upper()) or ("Công văn" if is_issuer(code) else None)


def _adopted_on(text: str, kind: str | None) -> str | None:
    """The day on which a resolution says, at its end, that it was adopted, where its head has no date."""
    if kind not in ("Nghị quyết", "Luật", "Bộ luật", "Pháp lệnh"):
        return None
    adopted = _ADOPTED.search(text, max(0, len(text) - 6000))
    day = next(iter(find_dates(text[adopted.end() : adopted.end() + 60])), None) if adopted else None
    return day.iso if day and not day.start else None


def _type_of_closing(text: str) -> str | None:
    """`Trên đây là Báo cáo …`, the closing sentence, where the head of the document is missing."""
    closing = None
    for closing in _CLOSING.finditer(text):  # noqa: B007 - the last one counts
        pass
    words = closing[1].split() if closing else []
    for size in range(min(4, len(words)), 0, -1):
        name = names_by_phrase().get(" ".join(words[:size]).lower())
        if name:
            return name
    return None


def period_of(title: str, issued_on: str | None = None) -> str | None:
    """The reporting period that a title states: its first year, month, quarter or months; else its first span of years;
    else its last day; else the years that "10 năm thực hiện" counts back from the day of issue.

    Dates of documents that the title cites do not count.
    """
    dates = find_dates(title)
    references = find_references(title, dates)
    cited = {r.date for r in references if r.date}

    def inside(day: DateSpan) -> bool:
        return any(r.start <= day.start < r.end for r in references)

    year = next((d.period for d in dates if d.period and not inside(d)), None)
    if year:  # "tháng 10, phương hướng tháng 11 năm 2023": the first takes the year of the next
        dates = [d if d.period or d.iso else with_year(d, title.lower(), year) for d in dates]
        months = _MONTHS.match(title)
        if months and 1 <= int(months[1]) <= 12:  # "11 tháng, nhiệm vụ tháng 12 năm 2020"
            return f"{year[:4]}-{int(months[1]):02}"
    stated = [d for d in dates if d.period and d.iso not in cited and not inside(d)]
    if any(_SPAN.fullmatch(d.period or "") for d in stated):  # "giai đoạn 2021-2025, định hướng đến năm 2030"
        stated = [d for d in stated if not _OUTLOOK.search(title, max(0, d.start - 30), d.start)]
    periods = [d.period for d in stated if d.period]
    for form in (r"\d{4}(?:-\d\d|-Q\d)?", r"\d{4}-\d{4}"):
        for period in periods:
            if re.fullmatch(form, period):
                return period
    if periods:
        return periods[-1]  # a day, or the end of a span of days
    review = _REVIEW.search(title)
    if review and issued_on:
        return f"{int(issued_on[:4]) - int(review[1])}-{issued_on[:4]}"
    return None


def _place(head: Letterhead) -> str | None:
    if head.area:
        return head.area
    if head.issuer and _CENTRAL.search(head.issuer):
        return None  # a central body has no area of its own, though it signs in Hà Nội
    return _CITY.sub("", head.issued_at, count=1) if head.issued_at else None
