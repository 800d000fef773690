"""What a figure is about: tables of invented sentences with indicator, direction, role, period and place."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.finding.dates import find_dates
from extractor.finding.figures import find_figures
from extractor.finding.places import find_mentions
from extractor.linking.figures import link_figures
from extractor.linking.places import link_places
from extractor.model import Figure, PlaceName, Section
from extractor.segmenting import segment


def linked(
    text: str,
    *,
    period: str | None = "2023",
    own: PlaceName | None = None,
    home: tuple[str, ...] = (),
    sections: list[Section] | None = None,
) -> list[Figure]:
    dates = find_dates(text)
    on = datetime.date(2023, 12, 1)
    places = link_places(text, find_mentions(text), on=on, home=home) if home else []
    sections = segment(text) if sections is None else sections
    blocked = sorted([(d.start, d.end) for d in dates] + [(p.start, p.end) for p in places])
    figures = find_figures(text, blocked)
    return link_figures(text, figures, sections=sections, places=places, dates=dates, period=period, own=own, on=on)


def named(text: str, surface: str, **given: object) -> Figure:
    figures = [f for f in linked(text, **given) if f.text == surface]  # type: ignore[arg-type]
    assert figures, f"no figure {surface!r} in {[f.text for f in linked(text)]}"
    return figures[0]


INDICATORS = [
    ("Toàn tỉnh còn 2.840 hộ nghèo, giảm 1.046 hộ.\nTỷ lệ hộ cận nghèo còn 7,4%.", "1.046 hộ", "hộ nghèo"),
    ("Chiếm 13,04%/tổng số 21.790 hộ dân, giảm 46 hộ.", "21.790 hộ dân", "số hộ dân"),
    # before the number
    ("Tỷ lệ hộ nghèo toàn huyện còn 7,35%.", "7,35%", "tỷ lệ hộ nghèo"),
    ("Thu nhập bình quân đầu người ước đạt 48,5 triệu đồng.", "48,5 triệu đồng", "thu nhập bình quân đầu người"),
    ("- Thu phí, lệ phí : 12,400 tỷ đồng .", "12,400 tỷ đồng", "thu phí, lệ phí"),
    ("Tổng dư nợ cho vay tại 12 xã năm 2023 đạt: 210.400 triệu đồng.", "210.400 triệu đồng", "tổng dư nợ cho vay"),
    # the label of its item, and what yields it
    ("- Đàn lợn 45.313 con; lúa: diện tích 6.360 ha.", "6.360 ha", "diện tích lúa"),
    ("- Cây lúa: diện tích 5.000 ha, sản lượng 30.000 tấn.", "30.000 tấn", "sản lượng cây lúa"),
    ("- Đàn lợn 9 con; cây ngô: diện tích 300 ha, sản lượng 900 tấn.", "900 tấn", "sản lượng cây ngô"),
    ("- Độ che phủ rừng đạt 72,03%; ngô cho sản lượng 1.014 tấn.", "1.014 tấn", "sản lượng ngô"),
    ("- Hỗ trợ cho sản lượng 40 tấn.", "40 tấn", "sản lượng"),
    # behind it
    ("Trong năm có 215 hộ thoát nghèo bền vững.", "215 hộ thoát nghèo", "hộ thoát nghèo bền vững"),
    ("100% các trạm y tế đã có bác sĩ làm việc.", "100%", "tỷ lệ các trạm y tế đã có bác sĩ làm việc"),
    ("Đến nay có 23 trường đạt chuẩn quốc gia.", "23 trường", "trường đạt chuẩn quốc gia"),
    ("Huy động 31% trẻ nhà trẻ ra lớp.", "31%", "tỷ lệ huy động trẻ nhà trẻ ra lớp"),
    # the share of the count before it
    ("Toàn xã có 48 hộ cận nghèo (3,12%).", "3,12%", "tỷ lệ hộ cận nghèo"),
    ("Có 31/40 trường đạt chuẩn quốc gia, chiếm 77,5%.", "77,5%", "tỷ lệ trường đạt chuẩn quốc gia"),
    # fulfilment of a plan, by the subject of its clause
    ("Doanh số cho vay đạt 84 tỷ đồng, đạt 98% KH.", "98%", "mức đạt KH doanh số cho vay"),
    # words that call it a plan name nothing
    ("Tỷ lệ hộ nghèo giảm 6,3% (KH tỉnh giao 5%).", "5%", "tỷ lệ hộ nghèo"),
    ("Thu nội địa 48 tỷ đồng, đạt 96% KH, tăng 9,5%.", "9,5%", "thu nội địa"),
    ("Xử phạt vi phạm 27 trường hợp, số tiền 38 triệu đồng.", "38 triệu đồng", "số tiền xử phạt vi phạm"),
    ("Tỷ lệ cử tri đi bầu 98,7%. 7/9 xã đạt trên 99%.", "99%", "tỷ lệ cử tri đi bầu"),
    # change of the subject
    ("Tổng đàn lợn 12.400 con, tăng 4,5% so với cùng kỳ.", "4,5%", "tổng đàn lợn"),
    ("Tỷ lệ hộ nghèo giảm từ 12,4% xuống còn 9,1%.", "9,1%", "tỷ lệ hộ nghèo"),
    # the head of a list
    ("Giá trị thiệt hại 84 tỷ đồng, gồm thủy lợi 21 tỷ đồng; nhà ở 9 tỷ đồng.", "9 tỷ đồng", "giá trị thiệt hại nhà ở"),
    ("Tổng số danh mục 52 công trình, trong đó: giao thông: 31 công trình.", "31 công trình", "công trình giao thông"),
    ("Đã di dời 96 hộ, cụ thể: xã A: 40 hộ; xã B: 56 hộ.", "56 hộ", "hộ"),
    # a generic name is completed
    ("Miễn, giảm học phí cho 1.250 học sinh với tổng kinh phí 2.340 triệu đồng.", "2.340 triệu đồng", "tổng kinh phí"),
    ("Mở 14 lớp dạy nghề cho lao động nông thôn, kinh phí 620 triệu đồng.", "620 triệu đồng", "kinh phí lớp dạy nghề"),
    # a value does not take its neighbour's indicator
    ("Diện tích lúa 4.200 ha, sản lượng 24.360 tấn; diện tích ngô 910 ha.", "910 ha", "diện tích ngô"),
    ("Ngân sách tỉnh hỗ trợ 60%; ngân sách huyện hỗ trợ 30% và dân góp 10%.", "30%", "tỷ lệ ngân sách huyện hỗ trợ"),
    ("Có 240 hộ nghèo và 112 hộ cận nghèo.", "240 hộ nghèo", "hộ nghèo"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "expected"), INDICATORS, ids=[row[0][:40] for row in INDICATORS])
def test_indicator(text: str, surface: str, expected: str) -> None:
    got = named(text, surface).indicator or ""
    assert got == expected or (got.startswith(expected + " ") and len(got) < 2 * len(expected) + 12)


DIRECTIONS = [
    ("Phấn đấu đạt mục tiêu tăng trưởng kinh tế được giao (8%).", "8%", "increase"),
    ("Trong năm giảm được 118 hộ nghèo.", "118 hộ nghèo", "decrease"),
    ("Tổng thu tăng 9,8% so với cùng kỳ.", "9,8%", "increase"),
    ("Tổng thu tăng so với cùng kỳ năm trước 12,5%.", "12,5%", "increase"),
    ("Dư nợ tăng bình quân khoảng 8% mỗi năm.", "8%", "increase"),
    ("Tỷ lệ hộ nghèo giảm từ 6,5% trở lên.", "6,5%", "decrease"),
    ("Tỷ lệ hộ nghèo giảm từ 12,4% xuống còn 9,1%.", "12,4%", None),
    ("Tỷ lệ hộ nghèo giảm từ 12,4% xuống còn 9,1%.", "9,1%", None),
    ("Nâng tỷ lệ lao động qua đào tạo lên 62%.", "62%", None),
    ("Giá trị sản xuất tăng lên 450 tỷ đồng.", "450 tỷ đồng", None),
    ("Giảm 4,2% (tương đương 315 hộ).", "315 hộ", "decrease"),
    ("Tổng giá trị sản xuất tăng từ 8,5 - 9,0%.", "9,0%", "increase"),
    ("Tốc độ tăng trưởng kinh tế đạt 7,4%.", "7,4%", "increase"),
    ("Tỷ lệ tốt nghiệp đạt 98,1%, cao hơn năm 2021 0,4 điểm %.", "0,4 điểm %", "increase"),
    ("Tỷ lệ tốt nghiệp đạt 98,1%.", "98,1%", None),
    ("Chỉ số giá tiêu dùng 104,2 (+3,1%).", "3,1%", "increase"),
    ("Thu ngân sách 71 tỷ đồng (64% DT; -11,5%).", "11,5%", "decrease"),
    ("Mức thuế bình quân tăng từ 8 đến 14%.", "8", "increase"),
    ("Mức thuế bình quân tăng từ 8 đến 14%.", "14%", "increase"),
    ("Giảm tỷ lệ hộ nghèo từ 2,5 điểm % trở lên, cuối năm còn 6%.", "2,5 điểm %", "decrease"),
    ("Giảm tỷ lệ hộ nghèo từ 2,5 điểm % trở lên, cuối năm còn 6%.", "6%", None),
    ("Năng suất tăng 6,2 tạ/ha = 11,7%.", "11,7%", "increase"),
    ("Số vụ vi phạm giảm 12 vụ, bằng 15,5%.", "15,5%", "decrease"),
    ("Dư nợ tăng 12 tỷ đồng, bằng 108% năm trước.", "108%", None),
    ("Toàn huyện giảm 96 hộ, trong đó: huyện Bắc Hà: 40 hộ.", "96 hộ", "decrease"),
    ("Giải ngân đạt 71%, thấp hơn cùng kỳ 4,5 điểm phần trăm.", "4,5 điểm phần trăm", "decrease"),
    ("Nhóm may mặc tăng mạnh nhất (5,4%).", "5,4%", "increase"),
    ("Phấn đấu đạt thêm 03 tiêu chí.", "03 tiêu chí", "increase"),
    ("Tăng 02 tiêu chí so với năm trước (KH giao 04 tiêu chí).", "04 tiêu chí", "increase"),
    ("Tỷ lệ tăng dân số tự nhiên 1,02%.", "1,02%", None),
    ("Thanh toán nợ đọng không thấp hơn 60%.", "60%", None),
]


@pytest.mark.parametrize(("text", "surface", "expected"), DIRECTIONS, ids=[f"{r[0][:36]} {r[1]}" for r in DIRECTIONS])
def test_direction(text: str, surface: str, expected: str | None) -> None:
    assert named(text, surface).direction == expected


TWO_PARTS = """II. KẾT QUẢ THỰC HIỆN
1. Giảm nghèo
- Tỷ lệ hộ nghèo còn 6,2%.
III. PHƯƠNG HƯỚNG NĂM 2024
- Tỷ lệ hộ nghèo còn 4,8%."""
REST_OF_THE_YEAR = """A. KẾT QUẢ 9 THÁNG
- Trồng rừng đạt 81,5%.
B. NHIỆM VỤ 3 THÁNG CUỐI NĂM
- Trồng rừng đạt 98,5%."""
NEEDED = """1. Tổng nhu cầu vốn 96 tỷ đồng, gồm:
- Ngân sách tỉnh: 60 tỷ đồng;
- Ngân sách huyện: 36 tỷ đồng."""
ROLES = [
    ("Đào tạo được 340 người/KH 300 người.", "300 người", "plan"),
    ("Tỷ lệ lao động qua đào tạo đạt 61%/MTĐH 65%.", "65%", "plan"),
    ("Tỷ lệ lao động qua đào tạo đạt 61%/MTĐH 65%.", "61%", None),
    ("Tỷ lệ tham gia bảo hiểm y tế 93,4% (chỉ tiêu 95%).", "95%", "plan"),
    ("Doanh số cho vay đạt 84 tỷ đồng, đạt 98% KH.", "98%", None),
    ("Phấn đấu giải ngân đạt trên 95%.", "95%", "plan"),
    ("Tỷ lệ hộ nghèo các xã phải đạt dưới 15%.", "15%", "plan"),
    ("Kế hoạch vốn đầu tư công là 310 tỷ đồng. Đã giải ngân 120 tỷ đồng.", "310 tỷ đồng", "plan"),
    ("Kế hoạch vốn đầu tư công là 310 tỷ đồng. Đã giải ngân 120 tỷ đồng.", "120 tỷ đồng", None),
    ("Tổng thu ngân sách ước 86 tỷ đồng, trong đó thu nội địa 80 tỷ đồng.", "80 tỷ đồng", "estimate"),
    ("Tổng thu ước 86 tỷ đồng. Tổng chi 81 tỷ đồng.", "81 tỷ đồng", None),
    ("Thu ngân sách bằng 104% ước thực hiện năm 2022 (82 tỷ đồng).", "82 tỷ đồng", "estimate"),
    ("Thực hiện Chương trình mục tiêu quốc gia, hỗ trợ 12 tỷ đồng.", "12 tỷ đồng", None),
    ("Bàn giao cho địa phương 15 nhà, trị giá 900 triệu đồng.", "900 triệu đồng", None),
    ("Tổng thu đạt 48 tỷ đồng, bằng 96% dự toán (50 tỷ đồng).", "50 tỷ đồng", "plan"),
    ("Tổng thu ước đạt 48 tỷ đồng, tăng 9% so với năm 2022 (44 tỷ đồng).", "44 tỷ đồng", None),
    ("Tổng thu năm 2023 là 48 tỷ đồng, tăng 9% so với ước thực hiện năm 2022.", "48 tỷ đồng", None),
    ("Đường trục xã cứng hóa đạt 92% (quy định 100%).", "100%", "plan"),
    ("Giải ngân tối thiểu 60% trong quý.", "60%", "plan"),
    ("Tổng nguồn vốn giao: 84 tỷ đồng (vốn đầu tư 60 tỷ đồng). Đã giải ngân 31 tỷ đồng.", "60 tỷ đồng", "plan"),
    ("Tổng nguồn vốn giao: 84 tỷ đồng (vốn đầu tư 60 tỷ đồng). Đã giải ngân 31 tỷ đồng.", "31 tỷ đồng", None),
    ("Phấn đấu đạt 14 tiêu chí (hiện nay 11 tiêu chí, 37 chỉ tiêu).", "14 tiêu chí", "plan"),
    ("Phấn đấu đạt 14 tiêu chí (hiện nay 11 tiêu chí, 37 chỉ tiêu).", "37 chỉ tiêu", None),
    ("Tổng nhu cầu sửa nhà 240 hộ. Kế hoạch nhỏ thu 12 triệu đồng.", "240 hộ", None),
    ("Tổng nhu cầu sửa nhà 240 hộ. Kế hoạch nhỏ thu 12 triệu đồng.", "12 triệu đồng", None),
    (NEEDED, "60 tỷ đồng", "plan"),
    (NEEDED, "36 tỷ đồng", "plan"),
    (REST_OF_THE_YEAR, "81,5%", None),
    (REST_OF_THE_YEAR, "98,5%", "plan"),
    (TWO_PARTS, "6,2%", None),
    (TWO_PARTS, "4,8%", "plan"),
    ("NGHỊ QUYẾT\nVề dự toán ngân sách năm 2023\nĐiều 1. Tổng thu: 86 tỷ đồng.", "86 tỷ đồng", "plan"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "expected"), ROLES, ids=[f"{r[0][:30]} {r[1]}" for r in ROLES])
def test_role(text: str, surface: str, expected: str | None) -> None:
    assert named(text, surface).role == expected


PERIODS = [
    ("- Đàn lợn 7.102 con (năm 2022 là 6.340 con); cây ngô trồng 584 ha; đàn bò 90 con.", "6.340 con", "2022"),
    ("- Đàn lợn 7.102 con (năm 2022 là 6.340 con); cây ngô trồng 584 ha; đàn bò 90 con.", "584 ha", "2023"),
    ("- Đàn lợn 7.102 con (năm 2022 là 6.340 con); cây ngô trồng 584 ha; đàn bò 90 con.", "90 con", "2023"),
    ("Tỷ lệ hộ nghèo còn 6,2%.", "6,2%", "2023"),
    ("Đến ngày 30/11/2023, giải ngân 84 tỷ đồng, đạt 61%.", "61%", "2023-11-30"),
    ("Tỷ lệ đạt 90,6% (tăng 2,2% so với năm 2022 (88,4%)).", "88,4%", "2022"),
    ("Tỷ lệ đạt 90,6% (tăng 2,2% so với năm 2022 (88,4%)).", "2,2%", "2023"),
    ("Toàn huyện còn 910 hộ nghèo, giảm 84 hộ so với đầu năm (994 hộ).", "994 hộ", "2022"),
    ("Kinh phí gấp đôi giai đoạn 2021-2025. Năm 2026 cân đối 150 tỷ đồng.", "150 tỷ đồng", "2026"),
    ("Tỷ lệ hộ nghèo giảm từ 12,4% xuống còn 9,1%.", "12,4%", "2022"),
    ("Tỷ lệ hộ nghèo giảm từ 12,4% xuống còn 9,1%.", "9,1%", "2023"),
    ("Vốn ủy thác tăng từ 600 triệu đồng năm 2014 lên 9,5 tỷ đồng năm 2021.", "600 triệu đồng", "2014"),
    ("Vốn ủy thác tăng từ 600 triệu đồng năm 2014 lên 9,5 tỷ đồng năm 2021.", "9,5 tỷ đồng", "2021"),
    ("Giải ngân đến hết tháng 11 mới đạt 71%.", "71%", "2023-11"),
    ("Trong 6 tháng đầu năm, thu ngân sách đạt 41 tỷ đồng.", "41 tỷ đồng", "2023-06"),
    ("Theo Kế hoạch số 52/KH-UBND ngày 03/4/2021, đã hỗ trợ 12 tỷ đồng.", "12 tỷ đồng", "2023"),
    ("Theo chuẩn nghèo giai đoạn 2022-2025 còn 910 hộ nghèo.", "910 hộ nghèo", "2023"),
    ("I. MỤC TIÊU NĂM 2024\n- Giảm 120 hộ nghèo.", "120 hộ nghèo", "2024"),
    ("Đầu năm toàn xã có 57 hộ nghèo.", "57 hộ nghèo", None),
    ("Giải ngân đến 30/9 được 41 tỷ đồng.", "41 tỷ đồng", "2023-09-30"),
    ("Tỷ lệ hộ nghèo 38,7% (cuối năm 2021).", "38,7%", "2021"),
    ("Doanh số thu nợ 64 tỷ đồng, bằng 103% năm 2022.", "103%", "2023"),
    ("Đến ngày 20/3/2023 giải ngân 7 tỷ đồng/58 tỷ đồng.", "7 tỷ đồng", "2023-03-20"),
    ("Đến ngày 20/3/2023 giải ngân 7 tỷ đồng/58 tỷ đồng.", "58 tỷ đồng", "2023"),
    ("Đợt mưa từ ngày 08/8/2023 đến ngày 12/8/2023 gây thiệt hại 64 tỷ đồng.", "64 tỷ đồng", "2023-08"),
    ("II. NHIỆM VỤ NĂM 2024\n- Quý I thu đạt 25%.", "25%", "2024-Q1"),
    ("Trong nhiệm kỳ (2020-2025) có 17 xã; tỷ lệ hộ nghèo 4,1%.", "4,1%", "2023"),
]


@pytest.mark.parametrize(("text", "surface", "expected"), PERIODS, ids=[f"{r[0][:34]} {r[1]}" for r in PERIODS])
def test_period(text: str, surface: str, expected: str | None) -> None:
    assert named(text, surface).period == expected


def test_the_plan_of_a_half_year_report_is_the_years() -> None:
    text = "Tỷ lệ tham gia bảo hiểm y tế đạt 92,1% (chỉ tiêu 95%)."
    assert named(text, "92,1%", period="2024-06").period == "2024-06"
    assert named(text, "95%", period="2024-06").period == "2024"


LAO_CAI = PlaceName("Lào Cai", "province", "10")
BAC_HA = PlaceName("Bắc Hà", "district", None)
PLACES = [
    ("Trong đó: huyện Mường Khương: 8 hộ, huyện Bắc Hà: 4 hộ.", "4 hộ", {"Bắc Hà"}),
    ("Trong đó: huyện Mường Khương: 8 hộ, huyện Bắc Hà: 4 hộ.", "8 hộ", {"Mường Khương"}),
    ("Toàn tỉnh Lào Cai còn 910 hộ nghèo.", "910 hộ nghèo", set()),
    ("- Huyện Bắc Hà: Hỗ trợ 12 hộ nghèo. Xóa nhà tạm cho 5 hộ.", "5 hộ", {"Bắc Hà"}),
    ("Huyện Bắc Hà có 40 hộ; toàn tỉnh có 120 hộ.", "120 hộ", set()),
    ("Hỗ trợ 14 hộ nghèo tại xã Nậm Mòn, huyện Bắc Hà.", "14 hộ nghèo", {"Nậm Mòn"}),
    ("Có 02 mô hình: (1) Mô hình nuôi cá tại xã Bản Liền. Đến nay giải ngân 488 triệu đồng. (2) Mô hình trồng lê. "
     "Giải ngân 120 triệu đồng.", "488 triệu đồng", {"Bản Liền"}),
    ("Có 02 mô hình: (1) Mô hình nuôi cá tại xã Bản Liền. Đến nay giải ngân 488 triệu đồng. (2) Mô hình trồng lê. "
     "Giải ngân 120 triệu đồng.", "120 triệu đồng", set()),
]


@pytest.mark.parametrize(("text", "surface", "expected"), PLACES, ids=[f"{r[0][:34]} {r[1]}" for r in PLACES])
def test_places(text: str, surface: str, expected: set[str]) -> None:
    figure = named(text, surface, own=LAO_CAI, home=("Lào Cai",))
    assert {p.name for p in figure.places} == expected


def test_units_that_hold_the_reports_own_area_are_no_place_of_a_figure() -> None:
    text = "Tỉnh Lào Cai hỗ trợ 14 hộ nghèo."
    assert named(text, "14 hộ nghèo", own=BAC_HA, home=("Lào Cai",)).places == ()


def test_what_the_finder_set_is_left_as_it_is() -> None:
    text = "Tỷ lệ hộ nghèo giảm từ 12,4% xuống dưới 9%, đạt 13/19 tiêu chí, kinh phí 2.340 triệu đồng."
    dates = find_dates(text)
    found = find_figures(text)
    for before, after in zip(found, link_figures(text, found, sections=(), places=(), dates=dates), strict=True):
        kept = ("start", "end", "text", "kind", "value", "of", "value_to", "unit", "amount", "comparator", "confidence")
        assert [getattr(before, k) for k in kept] == [getattr(after, k) for k in kept]


_PIECES = st.sampled_from(
    ["tỷ lệ hộ nghèo", " giảm từ ", "5,2%", " xuống ", "12 hộ", "(", ")", "; ", ": ", ". ", "\n", "- ", " năm 2022 ",
     "trong đó", " tăng ", "3.124 triệu đồng", "/KH ", " ước ", "1-1,5%", " xã ", "“", ", ", " và ",
     "đến ngày 30/11/2023 "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_keeps_its_figures(text: str) -> None:
    figures = find_figures(text)
    out = link_figures(text, figures, sections=(), places=(), dates=find_dates(text), period="2023")
    assert [(f.start, f.end, f.value) for f in out] == [(f.start, f.end, f.value) for f in figures]
    assert all(f.indicator is None or 0 < len(f.indicator) <= 160 for f in out)
    assert all(f.indicator is None or not any(c in f.indicator for c in "\x01\x02\n") for f in out)


@pytest.mark.parametrize(
    "piece",
    ["tỷ lệ hộ nghèo giảm từ 5,2% xuống 3,1%, đạt 12 hộ; ", "- xã A: 5 hộ:\n", " (5 hộ ", "năm 2023 " * 40 + "5% ",
     "a " * 400 + "5% "],
    ids=["one line", "heads", "brackets", "dates", "words"],
)  # fmt: skip
def test_a_long_adversarial_text_keeps_its_figures(piece: str) -> None:
    text = piece * max(160, 128_000 // len(piece))
    figures = find_figures(text)
    out = link_figures(text, figures, sections=(), places=(), dates=find_dates(text))
    assert [(f.start, f.end) for f in out] == [(f.start, f.end) for f in figures]
    assert len(figures) >= text.count(piece)


_LOANS = (
    "Tổng dư nợ đến 31/12/2023 đạt 90 tỷ đồng, tăng 8 tỷ đồng.\n"
    "Cho vay hộ nghèo: dư nợ 30 tỷ đồng, cho vay 12 tỷ đồng."
)
_LACKS = "Hộ thiếu chỉ số nước sạch (31,4%), chất lượng nhà ở (22,8%) và thông tin (9,1%)."
_POOR = "Tỷ lệ hộ nghèo còn 8,4%, giảm 2,2%, vượt chỉ tiêu Nghị quyết giao (2%)."
_INCOME = "Thu nhập đạt 62 triệu đồng, tăng 5 triệu đồng, vượt chỉ tiêu giao (60 triệu đồng)."
_ASSIGNED = "Tổng vốn giao năm 2023 (gồm vốn kéo dài): 900 triệu đồng, trong đó vốn sự nghiệp 300 triệu đồng."
_SPENT = "Xã đã giải ngân 800 triệu đồng, trong đó vốn đầu tư 500 triệu đồng (đạt 71%)."
_AIMED = "Phấn đấu giảm tỷ lệ hộ nghèo toàn huyện 2%, riêng xã nghèo giảm từ 5% đến 6%."
RETOLD = [  # text, surface, indicator, direction, role, period
    # a row of shares in brackets
    (_LACKS, "22,8%", "tỷ lệ chất lượng nhà ở", None, None, "2023"),
    (_LACKS, "9,1%", "tỷ lệ thông tin", None, None, "2023"),
    # what a bracket plans takes the name and direction of the result that it comes nearest to
    (_POOR, "2%", "tỷ lệ hộ nghèo", "decrease", "plan", "2023"),
    (_INCOME, "60 triệu đồng", "thu nhập", None, "plan", "2023"),
    # capital assigned, and its parts; capital spent, and its parts
    (_ASSIGNED, "300 triệu đồng", "vốn sự nghiệp", None, "plan", "2023"),
    (_SPENT, "71%", "tỷ lệ giải ngân vốn đầu tư", None, None, "2023"),
    # what is owed holds for the day said before, a change and what was lent for the year
    (_LOANS, "30 tỷ đồng", "dư nợ cho vay hộ nghèo", None, None, "2023-12-31"),
    (_LOANS, "8 tỷ đồng", "tổng dư nợ", "increase", None, "2023"),
    # a range falls from the smaller to the larger number; a level falls the other way
    (_AIMED, "5%", "tỷ lệ hộ nghèo xã nghèo", "decrease", "plan", "2023"),
    ("Hộ nghèo: rà soát cuối năm còn 412 hộ.", "412 hộ", "hộ nghèo", None, None, "2023"),
    ("Giá chè 4.200 đồng/kg, thấp hơn cùng kỳ 300 đồng/kg.", "300 đồng/kg", "giá chè", "decrease", None, "2023"),
]


@pytest.mark.parametrize(("text", "surface", "indicator", "direction", "role", "period"), RETOLD)
def test_what_is_left_out_is_taken_from_what_was_said(
    text: str, surface: str, indicator: str, direction: str | None, role: str | None, period: str
) -> None:
    figure = named(text, surface)
    assert figure.indicator is not None
    told = figure.indicator.lower(), figure.direction, figure.role, figure.period
    assert told == (indicator, direction, role, period)
