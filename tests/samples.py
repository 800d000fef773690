"""Reports for tests that need one: built from the model, with invented facts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extractor.model import (
    Box,
    Cell,
    CurrentUnit,
    Document,
    Figure,
    Finding,
    Furniture,
    Page,
    Place,
    PlaceName,
    Reference,
    Report,
    Section,
    Table,
)

TEXT = "1. Công tác giảm nghèo\nToàn xã giảm 630 hộ nghèo theo Nghị quyết số 20-NQ/TU tại xã La Pan Tẩn.\n"


def sample() -> Report:
    """A report in which every kind of item of the contract stands once."""
    box: Box = (72.0, 90.5, 140.25, 104.0)

    def span(surface: str) -> tuple[int, int, str]:
        start = TEXT.index(surface)
        return start, start + len(surface), surface

    commune = PlaceName("La Pan Tẩn", "commune", "02791")
    return Report(
        document=Document(
            id="0123456789abcdef",
            source="reports/x.pdf",
            sha256="0" * 64,
            media_type="application/pdf",
            page_count=1,
            type="Báo cáo",
            type_code="BC",
            number="12/BC-UBND",
            issued_on="2023-12-08",
            recipients=("Như trên", "Lưu: VT"),
            place=PlaceName("Lào Cai", "province", "10"),
        ),
        text=TEXT,
        pages=(Page(1, 0, len(TEXT), 595.3, 841.9, "ocr", 0.97),),
        sections=(Section("s1", "1", "Công tác giảm nghèo", 1, None, 0, len(TEXT), 1),),
        figures=(
            Figure(
                "f1",
                *span("630 hộ"),
                kind="household",
                value=Decimal("630"),
                unit="hộ",
                comparator="~",
                indicator="hộ nghèo",
                direction="decrease",
                period="2023",
                places=(commune,),
                section="s1",
                page=1,
                boxes=(box, box),
                confidence=0.98,
                table=Cell("t1", 1, 2),
            ),
        ),
        references=(Reference("r1", *span("Nghị quyết số 20-NQ/TU"), key="20-NQ/TU", date="2019-05-24", boxes=(box,)),),
        places=(
            Place(
                *span("La Pan Tẩn"),
                name="La Pan Tẩn",
                level="commune",
                code="02791",
                current=(CurrentUnit("Cao Sơn", "02788", "Lào Cai"),),
                boxes=(box,),
            ),
        ),
        tables=(Table("t1", 1, box, "Phụ biểu 1", 1, (("TT", "Xã"), ("1", "630 hộ")), ((box, None), (box, box))),),
        findings=(Finding("ratio_percent", "error", "04/195 = 2,05 %", ("f1",), 3, 9, 1),),
        furniture=(Furniture(1, "page_number", "1", box),),
        warnings=("page 1: recognised",),
    )


def large() -> Report:
    """A long report: 600 figures, 300 places, 120 references, 200 sections, 40 pages of text."""
    one = sample()
    figure, place = one.figures[0], one.places[0]
    return replace(
        one,
        text=TEXT * 1000,
        pages=one.pages * 40,
        sections=one.sections * 200,
        figures=tuple(replace(figure, id=f"f{i}", value=Decimal(i) / 8) for i in range(600)),
        references=one.references * 120,
        places=(place,) * 300,
    )
