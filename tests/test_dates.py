# ruff: noqa: E501 - a row of a table is one line
"""Dates and periods: each row is a text with the expressions that stand in it as ⟦surface ¦ iso ¦ period⟧ (- for none)."""

import datetime
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.finding.dates import DateSpan, find_dates

ROWS = """\
họp ⟦ngày 24/5/2019 ¦ 2019-05-24 ¦ 2019-05-24⟧ tại xã
⟦ngày 24-5-2019 ¦ 2019-05-24 ¦ 2019-05-24⟧; ⟦24.5.2019 ¦ 2019-05-24 ¦ 2019-05-24⟧; ⟦ngày 24 - 5 - 2019 ¦ 2019-05-24 ¦ 2019-05-24⟧
⟦ngày 18 tháng 11 năm 2025 ¦ 2025-11-18 ¦ 2025-11-18⟧
⟦NGÀY 21 THÁNG 8 NĂM 2023 ¦ 2023-08-21 ¦ 2023-08-21⟧
⟦ngày 31/11/2012 ¦ - ¦ -⟧ là ngày không có
⟦ngày 28/0/2023 ¦ - ¦ -⟧; ⟦ngày 30/02/2024 ¦ - ¦ -⟧; ⟦ngày 29/02/2024 ¦ 2024-02-29 ¦ 2024-02-29⟧
⟦ngày 12/5/23 ¦ 2023-05-12 ¦ 2023-05-12⟧.
⟦ngày 15/11 ¦ - ¦ -⟧ vừa qua
từ ⟦ngày 15/11 ¦ - ¦ 2025-11-15⟧ đến ⟦ngày 20/11/2025 ¦ 2025-11-20 ¦ 2025-11-20⟧
từ ⟦01/01 ¦ - ¦ 2023-01-01⟧ - ⟦30/6/2023 ¦ 2023-06-30 ¦ 2023-06-30⟧
⟦ngày 30/10 ¦ - ¦ 2023-10-30⟧-⟦01/11/2023 ¦ 2023-11-01 ¦ 2023-11-01⟧
⟦ngày 15, 16 và 17/11/2025 ¦ - ¦ 2025-11⟧; ⟦15-20/11/2025 ¦ - ¦ 2025-11⟧; ⟦ngày 10,11/11/2023 ¦ - ¦ 2023-11⟧
⟦ngày      /12/2023 ¦ - ¦ 2023-12⟧; ⟦ngày     tháng 12 năm 2023 ¦ - ¦ 2023-12⟧; ⟦ngày … tháng … năm 2024 ¦ - ¦ 2024⟧
⟦ngày 05 tháng 9 ¦ - ¦ -⟧ khai giảng
trước ⟦ngày 15 ¦ - ¦ -⟧ hàng tháng; trước ⟦ngày 15/12 ¦ - ¦ -⟧ hàng năm
⟦12h00 ¦ - ¦ -⟧ ⟦ngày 21/11/2025 ¦ 2025-11-21 ¦ 2025-11-21⟧; ⟦14 giờ 30 phút ¦ - ¦ -⟧, ⟦ngày 16/3/2020 ¦ 2020-03-16 ¦ 2020-03-16⟧
⟦tháng 10/2023 ¦ - ¦ 2023-10⟧; ⟦tháng 10 năm 2023 ¦ - ¦ 2023-10⟧; ⟦12.2025 ¦ - ¦ 2025-12⟧; ⟦T10/2023 ¦ - ¦ 2023-10⟧
⟦tháng 9 ¦ - ¦ 2023-09⟧, ⟦tháng 10 năm 2023 ¦ - ¦ 2023-10⟧; ⟦tháng 9 và 10 năm 2023 ¦ - ¦ -⟧
từ ⟦10/2022 ¦ - ¦ 2022-10⟧ đến ⟦9/2023 ¦ - ¦ 2023-09⟧; ⟦12/2022 ¦ - ¦ 2022-12⟧-⟦12/2023 ¦ - ¦ 2023-12⟧
đầu ⟦tháng 2 ¦ - ¦ -⟧ năm nay; tính đến ⟦tháng 9 ¦ - ¦ -⟧, xã đạt
⟦quý I/2023 ¦ - ¦ 2023-Q1⟧; ⟦Quý II năm 2023 ¦ - ¦ 2023-Q2⟧; ⟦quý 3/2023 ¦ - ¦ 2023-Q3⟧; ⟦Quí IV-2023 ¦ - ¦ 2023-Q4⟧; ⟦Q4/2023 ¦ - ¦ 2023-Q4⟧
⟦Quý I ¦ - ¦ -⟧ đạt khá; ⟦quý I ¦ - ¦ 2023-Q1⟧, ⟦quý II năm 2023 ¦ - ¦ 2023-Q2⟧; ⟦quý I, II/2023 ¦ - ¦ -⟧
⟦6 tháng đầu năm 2023 ¦ - ¦ 2023-06⟧; ⟦9 tháng năm 2025 ¦ - ¦ 2025-09⟧; ⟦11 tháng/2022 ¦ - ¦ 2022-11⟧; ⟦6 tháng cuối năm 2023 ¦ - ¦ 2023⟧
⟦6 tháng đầu năm ¦ - ¦ -⟧ tăng; ⟦12 tháng năm 2021 ¦ - ¦ 2021⟧
⟦năm 2023 ¦ - ¦ 2023⟧…; ⟦Năm 2021 ¦ - ¦ 2021⟧: 15 hộ; ⟦năm ngân sách 2024 ¦ - ¦ 2024⟧
các ⟦năm 2022 ¦ - ¦ 2022⟧, ⟦2023 ¦ - ¦ 2023⟧ và ⟦2024 ¦ - ¦ 2024⟧
từ ⟦năm 2021 đến năm 2025 ¦ - ¦ 2021-2025⟧; đến ⟦2030 ¦ - ¦ 2030⟧, tầm nhìn ⟦2045 ¦ - ¦ 2045⟧
so với ⟦2022 ¦ - ¦ 2022⟧ tăng; (⟦2023 ¦ - ¦ 2023⟧); Đại hội Đảng ⟦2020 ¦ - ¦ 2020⟧; KH ⟦2024 ¦ - ¦ 2024⟧ giao
⟦2021 ¦ - ¦ 2021⟧: 12 hộ; ⟦2022 ¦ - ¦ 2022⟧: 15 hộ
Năm: ⟦2019 ¦ - ¦ 2019⟧ ⟦2020 ¦ - ¦ 2020⟧ ⟦2021 ¦ - ¦ 2021⟧
⟦năm học 2023-2024 ¦ - ¦ 2023-2024⟧; ⟦năm học 2021 – 2022 ¦ - ¦ 2021-2022⟧; ⟦niên vụ 2022/2023 ¦ - ¦ 2022-2023⟧
⟦giai đoạn 2021 - 2025 ¦ - ¦ 2021-2025⟧; ⟦2024 – 2025 ¦ - ¦ 2024-2025⟧; ⟦nhiệm kỳ 2020-2025 ¦ - ¦ 2020-2025⟧; ⟦2021÷2025 ¦ - ¦ 2021-2025⟧
⟦thời kỳ 2021-2030 ¦ - ¦ 2021-2030⟧, tầm nhìn đến ⟦năm 2050 ¦ - ¦ 2050⟧; giai đoạn I (⟦2021-2025 ¦ - ¦ 2021-2025⟧)
trong ⟦02 năm 2024 – 2025 ¦ - ¦ 2024-2025⟧; kế hoạch ⟦5 năm 2021-2025 ¦ - ¦ 2021-2025⟧
dịp ⟦30/4 ¦ - ¦ -⟧ - ⟦01/5 ¦ - ¦ -⟧; Quốc khánh ⟦2/9 ¦ - ¦ -⟧; Ngày Nhà giáo ⟦20/11 ¦ - ¦ -⟧
sáng ⟦21/11 ¦ - ¦ -⟧; trước ⟦30/6 ¦ - ¦ -⟧; từ ⟦01/7 ¦ - ¦ -⟧ vận hành
⟦mùng 10 tháng 3 ¦ - ¦ -⟧ âm lịch
đợt ⟦1/2023 ¦ - ¦ 2023⟧; tuần ⟦32/2019 ¦ - ¦ 2019⟧; khóa ⟦2/2022 ¦ - ¦ 2022⟧
đạt 13/19 tiêu chí, 5/12 xã, 20/11 mô hình; từ 8/12 lên 10/12 chỉ tiêu; (2/9); (5/12)
Nghị định số 108/2014/NĐ-CP; Luật số 31/2024/QH15; Kế hoạch 24/KH-UBND; Nghị quyết 20-NQ/TU
1.260,500 tỷ đồng; 2.023 hộ; 2013 hộ; 12/2015 hộ; 1.6 chỉ tiêu; 108.937,00; 0,15
mỗi tháng 3 lượt; mỗi ngày 15 người; mỗi năm 2000 lượt; 6 tháng 10 ngày; 03 năm; 6-10 tuổi; 24/24 giờ
QH13, ⟦ngày 25/6/2015 ¦ 2015-06-25 ¦ 2015-06-25⟧; đạt 15, ⟦ngày 20/11/2025 ¦ 2025-11-20 ¦ 2025-11-20⟧ họp
trình độ 12/12; lớp 6; khu vực III; loại 1/500; TCVN 7957:2008; điện thoại 0912.345.678
""".splitlines()
MARK = re.compile(r"⟦(.*?) ¦ (.*?) ¦ (.*?)⟧")


@pytest.mark.parametrize("row", ROWS)
def test_row(row):
    text, wanted, done = "", [], 0
    for mark in MARK.finditer(row):
        text += row[done : mark.start()]
        iso, period = (None if v == "-" else v for v in mark.groups()[1:])
        wanted.append((mark[1], DateSpan(len(text), len(text) + len(mark[1]), iso, period)))
        text += mark[1]
        done = mark.end()
    text += row[done:]
    assert [(text[d.start : d.end], d) for d in find_dates(text)] == wanted


def test_torn_over_lines():
    text = "Đắk Lắk, ngày 21\ntháng 11 năm 2025; ngày \n\n03/4/2023; năm \n2023"
    assert [d.period for d in find_dates(text)] == ["2025-11-21", "2023-04-03", "2023"]


def test_offsets_survive_letters_that_grow_in_lower_case():
    text = "İ ngày 1/2/2023"
    assert [text[d.start : d.end] for d in find_dates(text)] == ["ngày 1/2/2023"]


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_calendar_date_is_read(day):
    for form in (f"ngày {day.day}/{day.month}/{day.year}", f"ngày {day.day:02} tháng {day.month:02} năm {day.year}"):
        assert find_dates(f"họp {form}.") == [DateSpan(4, 4 + len(form), day.isoformat(), day.isoformat())]


@given(st.text(alphabet="0123456789/.,- ngàythángnămquýIV(:)\n", max_size=120))
def test_spans_are_ordered_and_inside(text):
    found = find_dates(text)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("unit", ["1", "1/", "ngày ", " ", "1-", "("])
def test_what_never_becomes_a_date_is_read_to_its_end(unit):
    assert find_dates(unit * 50_000) == []
    assert [d.iso for d in find_dates(unit * 50_000 + "\n họp ngày 24/5/2019")] == ["2019-05-24"]


@pytest.mark.parametrize("unit", ["ngày 1,", "năm 2023,", "2020 ", "quý I, ", "tháng 1, "])
def test_a_line_of_dates_without_end(unit):
    assert len(find_dates(unit * 10_000)) == 10_000
