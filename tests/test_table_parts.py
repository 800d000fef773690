# ruff: noqa: E501  (rows of tables of examples)
"""The parts of reading tables: heads, cells, units, captions, merged cells of HTML and DOCX, columns without lines."""

from __future__ import annotations

from array import array
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_files import docx, p, table

from extractor.finding.numbers import Habit
from extractor.layout import lay_out
from extractor.layout.table_heads import header_rows, is_index_row
from extractor.linking.captions import caption_of, label_key, table_for
from extractor.linking.table_cells import read_cell, value_of
from extractor.linking.table_columns import bare, filler, paths, period_in
from extractor.linking.table_units import implied_by, named_by, said_in, unit_of
from extractor.model import Table
from extractor.pages import GridCell, SourcePage
from extractor.pipeline import extract
from extractor.reading import open_source

VIETNAMESE = Habit(comma_decimals=3, dot_thousands=3)


@pytest.mark.parametrize(
    ("cell", "value", "of", "unit"),
    [
        ("1.234", "1234", None, None),
        ("12,5", "12.5", None, None),
        ("-3,2", "-3.2", None, None),
        ("(1.250)", "-1250", None, None),
        ("19/19", "19", "19", None),
        ("16/19 tiêu chí", "16", "19", "tiêu chí"),
        ("86,4%", "86.4", None, "%"),
        ("≥ 95", "95", None, None),
        ("1 250", "1250", None, None),
        ("05 hộ", "5", None, "hộ"),
        ("2,5 tỷ đồng", "2.5", None, "tỷ đồng"),
    ],
)
def test_cells_that_are_numbers(cell: str, value: str, of: str | None, unit: str | None) -> None:
    number = read_cell(cell)
    assert number is not None
    read = value_of(number, number.unit or unit_of("ha"), VIETNAMESE)
    assert read is not None
    assert (read[0], read[1]) == (Decimal(value), Decimal(of) if of else None)
    assert (number.unit.name if number.unit else None) == unit


@pytest.mark.parametrize(
    "cell",
    ["", "-", "x", "11/2023", "15/3/2023", "Km 12 - Km 30", "CH.01", "3 công trình ở hai xã", "3.1.2", "Quý I", "12.a"],
)
def test_cells_that_are_none(cell: str) -> None:
    number = read_cell(cell)
    assert number is None or value_of(number, number.unit, VIETNAMESE) is None


@given(st.text(alphabet="0123456789.,/-+()% \u00a0hộđ", max_size=40))
def test_any_cell_is_read_or_refused(cell: str) -> None:
    number = read_cell(cell)
    if number is not None:
        assert 0 <= number.start < number.end <= len(cell)
        assert number.number in cell


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("triệu đồng", "triệu đồng"), ("1.000đ", "nghìn đồng"), ("Tr.đ", "triệu đồng"), ("ĐVT: Tỷ đồng", "tỷ đồng"), ("%", "%"),
        ("1.000 con", "nghìn con"), ("Tạ/ha", "tạ/ha"), ("Triệu đồng/người/năm", "triệu đồng/người/năm"), ("Hộ", "hộ"),
        ("theo chuẩn mới", None), ("", None), ("đv", None),
    ],
)  # fmt: skip
def test_words_that_are_a_unit(words: str, unit: str | None) -> None:
    found = unit_of(words)
    assert (found.name if found else None) == unit


@pytest.mark.parametrize(
    ("head", "said", "implied", "named"),
    [
        ("Diện tích (ha)", "ha", None, None),
        ("Tỷ lệ (%)", "%", "%", None),
        ("Tỷ lệ hộ nghèo", None, "%", None),
        ("Số hộ nghèo", None, "hộ", None),
        ("Tổng số xã", None, "xã", None),
        ("Khung điểm tối đa", None, "điểm", "khung"),
        ("Tổng mức đầu tư", None, None, None),
        ("Năm 2024 (kế hoạch)", None, None, None),
        ("Hộ nghèo", None, None, "hộ"),
        ("Tổng số", None, None, None),
        ("Dân tộc thiểu số", None, None, None),
        ("Thông báo kết quả thẩm định chuyên ngành của sở", None, None, None),
    ],
)
def test_units_of_heads(head: str, said: str | None, implied: str | None, named: str | None) -> None:
    found = (said_in(head), implied_by(head), named_by(head))
    assert [unit.name if unit else None for unit in found] == [said, implied, named]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("Thực hiện năm 2022", "2022"), ("2023", "2023"), ("KH 2023", "2023"), ("Ước TH 2023/TH 2022", "2023"),
        ("đến 31/12/2023", "2023-12-31"), ("từ ngày 05/8/2023 đến ngày 12/8/2023", "2023-08-12"), ("Tỷ lệ", None),
        ("Hộ nghèo theo chuẩn giai đoạn 2022-2025", None), ("Vốn chương trình năm 2023", "2023"),
        ("giao tại Quyết định số 5/QĐ-UBND năm 2021", None),
    ],
)  # fmt: skip
def test_periods_of_heads(words: str, period: str | None) -> None:
    assert period_in(words) == period


def test_heads_that_only_say_when() -> None:
    assert all(map(filler, ["Kế hoạch năm 2023", "Ước TH 2023", "6 tháng đầu năm", "Trong đó", "Tổng số"]))
    assert not any(map(filler, ["Ước TH 2023/KH 2023", "Số hộ nghèo", "Vốn kế hoạch"]))
    assert bare("Diện tích (ha)") == "Diện tích"
    assert bare("Nhà thiệt hại (trên 70%)") == "Nhà thiệt hại (trên 70%)"


HEADS = [
    ([["TT", "Xã", "Số hộ"], ["1", "A", "5"]], [], 1),
    ([["TT", "Xã", "Hộ", "Hộ"], ["", "", "Số", "%"], ["1", "A", "5", "2,0"]], [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2)], 2),
    ([["Tên", "Vốn", "Loại"], ["(1)", "(2)", "(3)"], ["x", "5", "6"]], [], 2),
    ([["Chỉ tiêu", "2021", "2022"], ["Thu", "5", "6"]], [], 1),
    ([["ĐVT: ha", "", ""], ["TT", "Xã", "Lúa"], ["1", "A", "5,2"]], [], 2),
    ([["1", "A", "5"], ["2", "B", "6"]], [], 0),
    ([["TT", "Nội dung", "Ghi chú"], ["", "Nhóm đầu", ""], ["1", "x", ""]], [], 1),
    ([["Họ tên", "Chức vụ"], ["Nguyễn Văn A", "Trưởng ban"], ["Trần Thị B", "Phó ban"]], [], 1),
]


@pytest.mark.parametrize(("rows", "merged", "count"), HEADS)
def test_header_rows(rows: list[list[str]], merged: list[tuple[int, int, int, int]], count: int) -> None:
    assert header_rows(rows, [GridCell(*cell) for cell in merged]) == count


def test_index_rows() -> None:
    assert is_index_row(["A", "B", "1", "2", "3=2/1"])
    assert is_index_row(["(1)", "(2)", "(3)", "(4)=(2)/(3)"])
    assert not is_index_row(["1", "Xã A", "2", "3"])
    assert not is_index_row(["5", "6", "7"])


CAPTIONS = [
    ("Phụ biểu 3.1\nKẾT QUẢ RÀ SOÁT HỘ NGHÈO\n(Kèm theo Báo cáo số 5/BC-UBND)\nĐVT: hộ", "Phụ biểu 3.1 KẾT QUẢ RÀ SOÁT HỘ NGHÈO", "hộ"),
    ("Nguyễn Văn A\nBảng 1. Diện tích gieo trồng năm 2023 (Đơn vị tính: ha)", "Bảng 1. Diện tích gieo trồng năm 2023", "ha"),
    ("- Kết quả cụ thể như sau:", None, None),
    ("PHỤ LỤC\nDanh mục dự án đầu tư", "PHỤ LỤC Danh mục dự án đầu tư", None),
    ("Tổng hợp số liệu các xã của huyện", "Tổng hợp số liệu các xã của huyện", None),
]


@pytest.mark.parametrize(("above", "caption", "unit"), CAPTIONS)
def test_captions(above: str, caption: str | None, unit: str | None, tmp_path: Path) -> None:
    rows = "<table border=1><tr><th>TT<th>Xã<th>Số hộ</tr><tr><td>1<td>A<td>5</tr></table>"
    page = tmp_path / "a.html"
    lines = "".join(f"<p>{line}</p>" for line in above.split("\n"))
    page.write_text(f"<html><body><p>Báo cáo kết quả năm 2023 của huyện.</p>{lines}{rows}</body></html>", encoding="utf8")
    laid = lay_out(open_source(page).pages)
    found = caption_of(laid.text, laid.tables[0])
    assert (found.text, found.unit) == (caption, unit)


def test_a_mention_finds_its_table() -> None:
    tables = [Table("t1", 1, caption="Phụ biểu 01. Thu"), Table("t2", 2, caption="PHỤ BIỂU SỐ 3.1 Chi"), Table("t3", 3)]
    assert label_key("Phụ biểu số 03.1 kèm theo") == ("phụ biểu", "3.1")
    assert [t.id if (t := table_for(m, tables)) else None for m in ("Phụ biểu 1", "phụ biểu 3.1 kèm theo", "Biểu 7", "x")] == [
        "t1", "t2", None, None,
    ]  # fmt: skip


def test_merged_cells_of_html(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        """<html><body><p>Báo cáo.</p><table border="1">
        <tr><th rowspan="2">TT</th><th rowspan="2">Huyện</th><th rowspan="2">Xã</th><th colspan="2">Hộ nghèo</th></tr>
        <tr><th>Số hộ</th><th>Tỷ lệ (%)</th></tr>
        <tr><td>1</td><td rowspan="2">Bát Xát</td><td>Bản Vược</td><td>120</td><td>12,5</td></tr>
        <tr><td>2</td><td>Cốc Mỳ</td><td>98</td><td>9,75</td></tr></table></body></html>""",
        encoding="utf8",
    )
    report = extract(page)
    (found,) = report.tables
    assert found.header_rows == 2
    assert paths(found)[3:] == [("Hộ nghèo", "Số hộ"), ("Hộ nghèo", "Tỷ lệ (%)")]
    assert found.rows[3] == ("2", "", "Cốc Mỳ", "98", "9,75")
    figures = [(f.text, f.unit, [q.name for q in f.places]) for f in report.figures]
    assert figures == [
        ("120", "hộ", ["Bản Vược"]), ("12,5", "%", ["Bản Vược"]), ("98", "hộ", ["Cốc Mỳ"]), ("9,75", "%", ["Cốc Mỳ"]),
    ]  # fmt: skip


def test_a_letterhead_is_no_table_and_a_table_of_words_is_one(tmp_path: Path) -> None:
    head = table([[p("UBND XÃ TÂN LẬP"), p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]])
    names = table([[p("Họ và tên"), p("Chức vụ")], [p("Lê Văn Thử"), p("Chủ tịch")]], "single")
    laid = lay_out(open_source(docx(tmp_path / "a.docx", head + p("BÁO CÁO") + names)).pages)
    assert [t.table.rows for t in laid.tables] == [(("Họ và tên", "Chức vụ"), ("Lê Văn Thử", "Chủ tịch"))]


def words_page(pieces: list[tuple[float, float, str]], size: float = 12.0) -> SourcePage:
    """A page of words at (x, top); a letter is half an em wide."""
    words, boxes, sizes = [], array("f"), array("f")
    for x, top, text in pieces:
        for word in text.split():
            words.append(word)
            boxes.extend((x, top, x + 0.5 * size * len(word), top + 1.2 * size))
            sizes.append(size)
            x += 0.5 * size * (len(word) + 0.5)
    return SourcePage(1, 595.0, 842.0, tuple(words), boxes, sizes)


def test_aligned_columns_without_lines_are_a_table() -> None:
    rows = [("TT", "Xã", "Diện tích (ha)", "Sản lượng (tấn)"), ("1", "Tân Lập", "120,5", "602"), ("2", "Phú Xuân", "98", "511,4"),
            ("3", "Bình An", "45,25", "213"), ("", "Cộng", "263,75", "1.326,4")]  # fmt: skip
    pieces = [
        (x, 100 + 20 * n, text) for n, row in enumerate(rows) for x, text in zip((60, 90, 230, 400), row, strict=True)
    ]
    laid = lay_out([words_page(pieces)])
    (found,) = laid.tables
    assert found.table.rows == tuple(rows)
    assert found.table.header_rows == 1
    assert laid.text.split("\n")[1] == "1\tTân Lập\t120,5\t602"


def test_prose_in_columns_is_no_table() -> None:
    left = ["Nội dung thứ nhất được", "triển khai trong quý I", "tại 12 xã của huyện và", "đã hoàn thành sớm hơn"]
    right = ["kế hoạch; các đơn vị", "tiếp tục rà soát 35 hồ", "sơ còn lại để báo cáo", "trước ngày 30 tháng 6"]
    pieces = [(x, 100 + 16 * n, t) for n, pair in enumerate(zip(left, right, strict=True)) for x, t in zip((60, 320), pair, strict=True)]
    assert not lay_out([words_page(pieces)]).tables


def test_a_large_table_keeps_every_cell(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{n}<td>Thôn {n}<td>{n}<td>{n},5<td>{n}.000</tr>" for n in range(1, 3001))
    page = tmp_path / "a.html"
    head = "<tr><th>TT<th>Thôn<th>Số hộ<th>Tỷ lệ (%)<th>Vốn (đồng)</tr>"
    page.write_text(f"<html><body><p>Báo cáo năm 2023.</p><table border=1>{head}{rows}</table></body></html>", encoding="utf8")
    report = extract(page)
    assert len([f for f in report.figures if f.table]) == 9000


def test_what_points_to_a_table_is_linked(tmp_path: Path) -> None:
    def table(caption: str) -> str:
        rows = "<tr><th>TT<th>Xã<th>Số hộ</tr><tr><td>1<td>Biểu 2 của A<td>5</tr>"
        return f"<p>{caption}</p><table border=1>{rows}</table>"

    page = tmp_path / "a.html"
    page.write_text(
        "<html><body><p>Kết quả năm 2023 (chi tiết tại Phụ biểu 01, 02 và 3 kèm theo).</p>"
        "<p>Huyện lập theo Phụ lục 2 Nghị định số 30/2020/NĐ-CP; số liệu ở Biểu 2.</p>"
        + table("Phụ biểu 01. Hộ nghèo") + table("Phụ biểu 02. Hộ cận nghèo") + "</body></html>",
        encoding="utf8",
    )  # fmt: skip
    report = extract(page)
    said = [[report.text[m.start : m.end] for m in t.mentions] for t in report.tables]
    assert said == [["Phụ biểu 01"], ["02", "Biểu 2"]]
    assert {m.page for t in report.tables for m in t.mentions} == {1}
