"""The archive's catalogue of documents (mục lục văn bản) of a run, as XLSX and CSV.

The columns are the input-data fields of a document in the appendix of Thông tư 02/2019/TT-BNV (Bộ Nội vụ), with its
short names and lengths, as they stand in software of Vietnamese archives that follows it. A field is filled where the
document itself says it and left empty elsewhere: codes of the archive, its files (hồ sơ), keywords, use and physical
state are for the archivist to give. Two columns follow that the circular does not have: the file, and how well it was
read.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from extractor import output
from extractor.batch.results import reports_of
from extractor.batch.writing import write_whole, write_whole_by
from extractor.errors import ExtractorError
from extractor.grading import grade
from extractor.model import Report
from extractor.reading.trust import TRUSTED_VALID, valid_share

if TYPE_CHECKING:
    from openpyxl import Workbook

Value = str | int | date | None
_GRADES = {"good": "tốt", "fair": "cần xem lại", "poor": "kém"}
_NUMBER = re.compile(r"(\d+[a-zA-Z]?)?\s*[/-]?\s*(.*)", re.DOTALL)  # 12/BC-UBND; 20-NQ/TU of party bodies
_DATE = "DD/MM/YYYY"


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `length`: the most characters (digits) that the circular allows, 0 for none. `said`: what the document
    says of it, None where only the archivist can."""

    name: str
    title: str
    length: int = 0
    said: Callable[[Report], Value] | None = None
    width: int = 14


def _number(report: Report) -> Value:
    found = _NUMBER.fullmatch(report.document.number or "")
    return (found[1] or None) if found else None


def _notation(report: Report) -> Value:
    found = _NUMBER.fullmatch(report.document.number or "")
    return (found[2].strip() or None) if found else None


def _issued(report: Report) -> Value:
    return date.fromisoformat(report.document.issued_on) if report.document.issued_on else None


def _language(report: Report) -> Value:
    """Vietnamese where the words are valid syllables of it; of other languages nothing is known."""
    share = valid_share(report.text.split())
    return "Tiếng Việt" if share is not None and share >= TRUSTED_VALID else None


def _pages(report: Report) -> Value:
    """None for formats whose pages are made when they are printed."""
    return report.document.page_count if any(p.width for p in report.pages) else None


FIELDS = (
    Field("DocCode", "Mã định danh văn bản", 25),
    Field("Identifier", "Mã hồ sơ: mã cơ quan lưu trữ lịch sử", 13),
    Field("OrganId", "Mã hồ sơ: mã phông, công trình, sưu tập lưu trữ", 13),
    Field("FileCatalog", "Mã hồ sơ: mục lục số hoặc năm hình thành hồ sơ", 4),
    Field("FileNotation", "Mã hồ sơ: số và ký hiệu hồ sơ", 20),
    Field("DocOrdinal", "Số thứ tự văn bản trong hồ sơ", 4),
    Field("TypeName", "Tên loại văn bản", 100, lambda r: r.document.type),
    Field("CodeNumber", "Số của văn bản", 11, _number, 10),
    Field("CodeNotation", "Ký hiệu của văn bản", 30, _notation, 18),
    Field("IssuedDate", "Ngày, tháng, năm văn bản", 10, _issued, 12),
    Field("OrganName", "Tên cơ quan, tổ chức ban hành văn bản", 200, lambda r: r.document.issuer, 32),
    Field("Subject", "Trích yếu nội dung", 500, lambda r: r.document.title, 60),
    Field("Language", "Ngôn ngữ", 100, _language),
    Field("PageAmount", "Số lượng trang của văn bản", 4, _pages, 10),
    Field("Description", "Ghi chú", 500),
    Field("InforSign", "Ký hiệu thông tin", 30),
    Field("Keyword", "Từ khóa", 100),
    Field("Mode", "Chế độ sử dụng", 20),
    Field("ConfidenceLevel", "Mức độ tin cậy", 30),
    Field("Autograph", "Bút tích", 2000),
    Field("Format", "Tình trạng vật lý", 50),
    Field("File", "Tệp", 0, lambda r: r.document.source, 40),
    Field("Reading", "Chất lượng đọc (extractor triage)", 0, lambda r: _GRADES[grade(r).grade], 14),
)


@dataclass(slots=True)
class Catalogue:
    """A row a document in the order of `FIELDS`; the JSON files that are no report; and what is longer than allowed."""

    rows: list[tuple[Value, ...]] = field(default_factory=list)
    failures: list[ExtractorError] = field(default_factory=list)
    too_long: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all read, 2 some, 3 none."""
        if not self.rows:
            return 3
        return 2 if self.failures else 0


def catalogue_of(out: Path) -> Catalogue:
    """The catalogue of the reports below `out`/reports. Raises UsageError where there is no such folder."""
    made = Catalogue()
    for report in reports_of(out):
        if isinstance(report, ExtractorError):
            made.failures.append(report)
            continue
        row = tuple(f.said(report) if f.said else None for f in FIELDS)
        made.rows.append(row)
        for f, value in zip(FIELDS, row, strict=True):
            if f.length and isinstance(value, str | int) and len(str(value)) > f.length:
                made.too_long.append(f"{report.document.source}: {f.title}: {len(str(value))} of {f.length} characters")
    return made


def write_catalogue(made: Catalogue, out: Path) -> tuple[Path, Path]:
    """Write `out`/catalogue.xlsx and .csv, whole or not at all; returns their paths. Raises DiskFull, CannotWrite."""
    book, table = out / "catalogue.xlsx", out / "catalogue.csv"
    write_whole_by(book, lambda file: _save(_book(made.rows), file), parts=out)
    write_whole(table, _csv(made.rows).encode("utf-8-sig"), parts=out)  # with a mark, without which Excel guesses
    return book, table


def print_catalogue(made: Catalogue, files: Sequence[Path], shown: output.Format) -> None:
    """Print which files were written, and on stderr what is longer than the circular allows."""
    for said in made.too_long:
        print(f"extractor: longer than Thông tư 02/2019/TT-BNV allows: {said}", file=sys.stderr)
    rows = [{"file": str(path), "documents": len(made.rows)} for path in files]
    if shown == "json":
        sys.stdout.write(output.as_json(rows))
    elif shown == "csv":
        sys.stdout.write(output.as_csv(rows, ("file", "documents")))
    else:
        sys.stdout.write(output.as_table(rows, ("file", "documents")))


def _csv(rows: Sequence[tuple[Value, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([f.name for f in FIELDS])
    writer.writerows([v.strftime("%d/%m/%Y") if isinstance(v, date) else v for v in row] for row in rows)
    return text.getvalue()


def _save(book: Workbook, file: BinaryIO) -> None:
    book.save(file)


def _book(rows: Sequence[tuple[Value, ...]]) -> Workbook:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Mục lục văn bản"
    sheet.append([f.title for f in FIELDS])
    for row in rows:
        sheet.append([_plain(value) for value in row])
    for column, f in enumerate(FIELDS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = f.width
        for line in range(2, len(rows) + 2):
            cell = sheet.cell(line, column)
            cell.alignment = Alignment(vertical="top", wrap_text=f.width > 20)
            if cell.is_date:
                cell.number_format = _DATE
            elif isinstance(cell.value, str):
                cell.data_type, cell.number_format = "s", "@"  # text, also where it looks like a formula or a number
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = Alignment(vertical="center", horizontal="center", wrap_text=True)
    sheet.row_dimensions[1].height = 60
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(FIELDS))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    about: Any = book.create_sheet("Trường dữ liệu")
    about.append(["Tên trường", "Tên viết tắt", "Độ dài", "Giá trị"])
    for f in FIELDS:
        about.append([f.title, f.name, f.length or None, "theo văn bản" if f.said else "lưu trữ viên điền"])
    for letter, width in zip("ABCD", (50, 18, 10, 22), strict=True):
        about.column_dimensions[letter].width = width
        about[f"{letter}1"].font = Font(bold=True)
    about.freeze_panes = "A2"
    return book


def _plain(value: Value) -> Value:
    """`value` without the control characters that a workbook may not hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub(" ", value) if isinstance(value, str) else value
