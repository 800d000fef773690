"""The archive's catalogue: the circular's fields, filled where the document says it, in files that offices open."""

from __future__ import annotations

import csv
import datetime
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from extractor.catalogue import FIELDS, catalogue_of, write_catalogue
from extractor.cli import main
from extractor.model import Document, Page, Report
from extractor.serial import to_bytes

TEXT = (
    "Trong năm toàn xã giảm được bốn hộ nghèo, các thôn tiếp tục rà soát hộ cận nghèo theo chuẩn mới của huyện và "
    "hướng dẫn của cấp trên."
)
DOCUMENT = Document(
    "d1", "2023/a.pdf", "0" * 64, "application/pdf", 2, type="Báo cáo", number="47/BC-UBND",
    title="Kết quả giảm nghèo năm 2023", issuer="UBND xã Tân Lập", issued_on="2023-12-05",
)  # fmt: skip


def put(out: Path, name: str, document: Document = DOCUMENT, text: str = TEXT, wide: float | None = 595.0) -> None:
    pages = (Page(1, 0, len(text), wide, wide and 842.0), Page(2, len(text), len(text), wide, wide and 842.0))
    target = out / "reports" / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(to_bytes(Report(replace(document, source=name), text, pages=pages)))


def rows(out: Path) -> list[dict[str, object]]:
    return [dict(zip([f.name for f in FIELDS], row, strict=True)) for row in catalogue_of(out).rows]


def test_what_the_document_says(tmp_path: Path) -> None:
    put(tmp_path, "2023/a.pdf")
    (row,) = rows(tmp_path)
    assert {k: v for k, v in row.items() if v is not None} == {
        "TypeName": "Báo cáo",
        "CodeNumber": "47",
        "CodeNotation": "BC-UBND",
        "IssuedDate": datetime.date(2023, 12, 5),
        "OrganName": "UBND xã Tân Lập",
        "Subject": "Kết quả giảm nghèo năm 2023",
        "Language": "Tiếng Việt",
        "PageAmount": 2,
        "File": "2023/a.pdf",
        "Reading": "tốt",
    }


@pytest.mark.parametrize(
    ("printed", "number", "notation"),
    [
        ("47/BC-UBND", "47", "BC-UBND"),
        ("47/2020/NĐ-CP", "47", "2020/NĐ-CP"),
        ("20-NQ/TU", "20", "NQ/TU"),
        ("12a/KH-UBND", "12a", "KH-UBND"),
        ("/BC-UBND", None, "BC-UBND"),
        ("05", "05", None),
        (None, None, None),
    ],
)
def test_number_and_notation(tmp_path: Path, printed: str | None, number: str | None, notation: str | None) -> None:
    put(tmp_path, "a.pdf", replace(DOCUMENT, number=printed))
    (row,) = rows(tmp_path)
    assert (row["CodeNumber"], row["CodeNotation"]) == (number, notation)


def test_nothing_is_guessed(tmp_path: Path) -> None:
    nameless = Document("d1", "", "0" * 64, "text/plain", 1)
    put(tmp_path, "a.docx", nameless, text="Annual report of the commune " * 9, wide=None)
    (row,) = rows(tmp_path)
    assert {k for k, v in row.items() if v is not None} == {"File", "Reading"}


def test_xlsx(tmp_path: Path) -> None:
    put(tmp_path, "b.pdf", replace(DOCUMENT, title="=1+1 \x02", number="007/BC"))
    put(tmp_path, "a.pdf")
    book, _ = write_catalogue(catalogue_of(tmp_path), tmp_path)
    sheets = openpyxl.load_workbook(book)
    sheet = sheets["Mục lục văn bản"]
    titles = [cell.value for cell in sheet[1]]
    assert titles == [f.title for f in FIELDS]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:W3"
    where = {f.name: column for column, f in enumerate(FIELDS, 1)}
    issued = sheet.cell(2, where["IssuedDate"])
    assert (issued.value, issued.number_format) == (datetime.datetime(2023, 12, 5), "DD/MM/YYYY")
    title = sheet.cell(3, where["Subject"])
    assert (title.value, title.data_type) == ("=1+1  ", "s")
    assert sheet.cell(3, where["CodeNumber"]).value == "007"
    assert sheet.cell(2, where["PageAmount"]).value == 2
    assert [row[0].value for row in sheets["Trường dữ liệu"].iter_rows(min_row=2)] == titles


def test_csv(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", replace(DOCUMENT, title='"Giảm nghèo", năm\n2023'))
    _, table = write_catalogue(catalogue_of(tmp_path), tmp_path)
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    with table.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["IssuedDate"] == "05/12/2023"
    assert row["Subject"] == '"Giảm nghèo", năm\n2023'
    assert row["DocCode"] == row["Keyword"] == ""


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, "a.pdf", replace(DOCUMENT, title="x" * 501))
    (tmp_path / "reports/b.json").write_text("[]", encoding="utf8")
    assert main(["export", str(tmp_path), "--catalogue", "--format", "json"]) == 2
    shown = capsys.readouterr()
    assert [row["file"] for row in json.loads(shown.out)] == [str(tmp_path / f"catalogue.{x}") for x in ("xlsx", "csv")]
    assert "longer than Thông tư 02/2019/TT-BNV allows: a.pdf: Trích yếu nội dung: 501 of 500" in shown.err
    assert "NotAReport" in shown.err
    assert main(["export", str(tmp_path / "none"), "--catalogue"]) == 1


def test_export_of_nothing_is_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["export", str(tmp_path)])
    assert left.value.code == 1
    assert "--catalogue" in capsys.readouterr().err
