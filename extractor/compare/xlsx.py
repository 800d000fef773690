"""A comparison as a workbook: a sheet a topic, changes as formulas, numbers as numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from extractor.compare.claims import scale_of
from extractor.compare.html import link
from extractor.compare.reasons import Language
from extractor.compare.rows import Row
from extractor.store.xlsx import Formula, Sheets

_HEADS = {
    "vi": ("Trạng thái", "Địa bàn", "Chỉ tiêu", "Kỳ trước", "Đơn vị", "Kỳ sau", "Đơn vị", "Thay đổi",
           "Thay đổi %", "Tin cậy", "Ghi chú", "Câu trước", "Trang", "Câu sau", "Trang"),
    "en": ("Status", "Place", "Indicator", "Earlier", "Unit", "Later", "Unit", "Change", "Change %", "Confidence",
           "Note", "Earlier sentence", "Page", "Later sentence", "Page"),
}  # fmt: skip
_WIDTHS = (16, 18, 44, 14, 14, 14, 14, 14, 11, 9, 40, 60, 8, 60, 8)
_STATUS = {
    "same": "như cũ", "changed": "thay đổi", "added": "mới có", "vanished": "không còn", "restated": "điều chỉnh lại",
    "plan_outcome": "kế hoạch – thực hiện", "suspect": "nghi ngờ", "not_comparable": "không so sánh được",
}  # fmt: skip
_NUMBER = "#,##0.####"
_OTHER = {"vi": "Khác", "en": "Other"}
_SHEETS = 40


def write_workbook(rows: Sequence[Row], path: Path, language: Language = "vi") -> None:
    """Write the rows to `path`. Raises OSError, and `NeedsExtra` without openpyxl."""
    sheets = Sheets()
    names: set[str] = set()
    for topic, found in _topics(rows, language):
        sheet = sheets.add(_sheet_name(topic, names), _HEADS[language], _WIDTHS)
        for at, row in enumerate(found, 2):
            a, b = row.a, row.b
            both = a is not None and b is not None and row.change is not None
            factor = scale_of(a.claim) / scale_of(b.claim) if a and b else 1.0
            sign_a, sign_b = (c.claim.base < 0 if c else False for c in (a, b))
            earlier = f"{'-' if sign_a else ''}D{at}" + (f"*{factor:.12g}" if factor != 1 else "")
            change = Formula(f"={'-' if sign_b else ''}F{at}-({earlier})") if both else None
            share = (
                Formula(f'=IF(D{at}=0,"",H{at}/ABS({earlier}))') if both and row.change_percent is not None else None
            )
            values = (
                (_STATUS[row.status] if language == "vi" else row.status, None, None), (row.place, None, None),
                (row.indicator, None, None),
                (a.claim.value if a else None, _NUMBER, None), (a.claim.unit if a else None, None, None),
                (b.claim.value if b else None, _NUMBER, None), (b.claim.unit if b else None, None, None),
                (change, f"+{_NUMBER};-{_NUMBER};0", None), (share, "+0.0%;-0.0%;0%", None),
                (row.confidence if a and b else None, "0.00", None),
                (row.reason.say(language) if row.reason else None, None, None),
                (a.sentence if a else None, None, None), (a.claim.page if a else None, None, link(a) if a else None),
                (b.sentence if b else None, None, None), (b.claim.page if b else None, None, link(b) if b else None),
            )  # fmt: skip
            sheet.append(
                [
                    sheets.cell(sheet, value, form, target if value is not None else None)
                    for value, form, target in values
                ]
            )
    sheets.save(path)


def _topics(rows: Sequence[Row], language: Language) -> list[tuple[str, list[Row]]]:
    """The rows by the heading that they stand under, the largest topics first; what is beyond 40 sheets in one."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[" ".join(row.topic.split()) or _OTHER[language]].append(row)
    topics = sorted(found.items(), key=lambda item: -len(item[1]))
    if len(topics) <= _SHEETS:
        return topics
    rest = [row for _, some in topics[_SHEETS - 1 :] for row in some]
    return [*topics[: _SHEETS - 1], (_OTHER[language], rest)]


def _sheet_name(topic: str, used: set[str]) -> str:
    """A name that a sheet may have: 31 characters, none of `:\\/?*[]`, each once."""
    name = re.sub(r"[:\\/?*\[\]']", " ", topic).strip()[:31].strip() or "–"
    number = 2
    while name.lower() in used:
        name = f"{name[:27].strip()} {number}"
        number += 1
    used.add(name.lower())
    return name
