"""A small archive for the analysis pages: three years of a district, short texts that are really read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from compare_made import report as district
from web_site import stored

from extractor import extract_text
from extractor.model import Document, Figure, Finding, Page, PlaceName, Reference, Report, Section

BODIES = {
    2021: """Thực hiện Nghị định số 27/2020/NĐ-CP ngày 01/3/2020 của Chính phủ và Nghị quyết số 16/NQ-HĐND, xã giao vốn.
Toàn huyện còn 1.530 hộ nghèo, tỷ lệ hộ nghèo 7,20%.
- Đàn lợn có 8.800 con.""",
    2022: """Căn cứ Nghị định số 27/2020/NĐ-CP ngày 01/3/2020 của Chính phủ.
Nghị định số 38/2022/NĐ-CP ngày 24/6/2022 thay thế Nghị định số 27/2020/NĐ-CP.
Toàn huyện còn 1.320 hộ nghèo, tỷ lệ hộ nghèo 6,10%, giảm 210 hộ.
- Đàn lợn có 9.120 con.
Đã có 04/195 người (đạt 2,5%).""",
    2023: """Thực hiện Nghị định số 27/2020/NĐ-CP ngày 01/3/2020 và Nghị quyết số 16/NQ-HĐND, xã giao vốn.
Tỉ lệ hộ nghèo còn 5,02%; số hộ nghèo là 1.105 hộ, giảm 215 hộ so với năm 2022 (1.330 hộ nghèo).
- Tổng đàn lợn 9.870 con.
Xã Nậm Tha còn 88 hộ nghèo.
Huyện mở 14 lớp (Tân Lập: 8 lớp; Phú Thịnh: 3 lớp; Minh Sơn: 2 lớp).""",
}


def archive(out: Path) -> dict[int, int]:
    """Write the reports into `out` as a run would have; their `documents.id` by year."""
    return {year: put(out, f"{year}/van-ban.txt", district(year, body)) for year, body in BODIES.items()}


def put(out: Path, source: str, text: str) -> int:
    """One report of this text; its `documents.id`."""
    read = extract_text(text)
    return stored(out, replace(read, document=replace(read.document, source=source)))


ATTACK = "<script>alert(1)</script>\"' onload=alert(2) javascript:alert(3) \u202egnp.exe {{7*7}} ⟦x⟧ %00"


def hostile(year: int, value: int) -> Report:
    """A report that says ATTACK wherever words can stand."""
    text = f"{ATTACK} còn {value} hộ nghèo theo {ATTACK}."
    at = text.index(str(value))
    place = PlaceName(ATTACK, "commune", "99999")
    figure = Figure(
        "f1", at, at + len(str(value)), f"{value}", "household", Decimal(value), unit=f"hộ {ATTACK}",
        indicator=f"hộ nghèo {ATTACK}", indicator_id="poor_households", period=str(year), section="s1", page=1,
    )  # fmt: skip
    reference = Reference("r1", 0, len(ATTACK), ATTACK, ATTACK, type=ATTACK, issuer=ATTACK, pinpoint=ATTACK, page=1,
                          resolved=ATTACK)  # fmt: skip
    return Report(
        Document(f"d{year}", f"{year}/x.txt", f"{year}", "text/plain", 1, type=ATTACK, number=ATTACK, title=ATTACK,
                 issuer=ATTACK, period=str(year), place=place),
        text, (Page(1, 0, len(text)),), sections=(Section("s1", ATTACK, ATTACK, 1, None, 0, len(text), 1),),
        figures=(figure,), references=(reference,),
        findings=(Finding("stated_twice", "error", ATTACK, ("f1",), at, at + 2, 1),
                  Finding("rule-of-nobody", "warning", f"{ATTACK}: 3 are listed", (), 0, 5, 1)),
    )  # fmt: skip

