# ruff: noqa: E501  (a row of a table is a line)
"""Tables in the register of annexes to state reports, in the corpus' source format; all facts are invented."""

from __future__ import annotations

import re

FRONT = """+++
formats = ["pdf"]
letterhead_left = ["UBND TỈNH LÀO CAI", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ"]
letterhead_right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
number = "Số: 77/BC-SKHĐT"
place_date = "Lào Cai, ngày 12 tháng 12 năm 2023"
type_line = "BÁO CÁO"
title = ["Tình hình kinh tế - xã hội năm 2023"]
recipients = ["UBND tỉnh;", "Lưu: VT."]
signature = ["GIÁM ĐỐC"]
signer = "Lê Văn Thử"

[style]
landscape_annex = true

[expect]
type = "Báo cáo"
number = "77/BC-SKHĐT"
issuer = "Sở Kế hoạch và Đầu tư tỉnh Lào Cai"
issued_on = "2023-12-12"
period = "2023"
place = "Lào Cai"
+++
Thực hiện Quyết định số 15/QĐ-UBND ngày 10 tháng 01 năm 2023, Sở báo cáo kết quả như sau:
I. KẾT QUẢ CHỦ YẾU
1. Tốc độ tăng trưởng đạt 7,2%, có 3 huyện vượt kế hoạch; chi tiết tại các phụ biểu kèm theo báo cáo này.
2. Toàn tỉnh còn 12.500 hộ nghèo, giảm 1.200 hộ so với năm trước.
"""

INDICATORS = """{annex}
PHỤ LỤC I
|||
caption: CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI CHỦ YẾU NĂM 2023
header: TT | Chỉ tiêu | Đơn vị tính | Thực hiện năm 2022 | Năm 2023 | < | So sánh (%) | <
header: ^ | ^ | ^ | ^ | Kế hoạch | Ước TH | Ước TH 2023/TH 2022 | Ước TH 2023/KH 2023
header: A | B | C | 1 | 2 | 3 | 4=3/1 | 5=3/2
units: | | | @ | @ | @ | % | %
I | KINH TẾ | | | | | |
1 | Tổng sản phẩm trên địa bàn | Tỷ đồng | 38.560 | 41.500 | 41.337 | 107,20 | 99,61
2 | Cơ cấu kinh tế | % | 100 | 100 | 100 | |
- | Nông, lâm nghiệp và thủy sản | % | 14,25 | 13,50 | 13,62 | |
- | Công nghiệp - xây dựng | % | 38,10 | 39,00 | 38,90 | |
3 | GRDP bình quân đầu người | Triệu đồng/người | 52,4 | 55,0 | 54,8 | 104,58 | 99,64
4 | Tổng thu ngân sách nhà nước | Tỷ đồng | 9.245 | 8.900 | 9.012,5 | 97,48 | 101,26
5 | Tổng kim ngạch xuất nhập khẩu | Triệu USD | 1.256 | 1.400 | 1.180 | 93,95 | 84,29
II | NÔNG NGHIỆP | | | | | |
1 | Sản lượng lương thực có hạt | Nghìn tấn | 312,5 | 315 | 318,2 | 101,82 | 101,02
2 | Diện tích rừng trồng mới | Ha | 5.120 | 4.800 | 5.015 | 97,95 | 104,48
3 | Tổng đàn lợn | Nghìn con | 385 | 400 | 392 | 101,82 | 98,00
III | XÃ HỘI | | | | | |
1 | Số hộ nghèo | Hộ | 21.560 | 18.000 | 17.650 | 81,86 | 98,06
2 | Tỷ lệ hộ nghèo | % | 12,35 | 10,20 | 10,05 | |
3 | Lao động được giải quyết việc làm | Người | 14.250 | 14.000 | 14.780 | 103,72 | 105,57
 | Trong đó: Xuất khẩu lao động | Người | 412 | 500 | 538 | 130,58 | 107,60
4 | Số giường bệnh/vạn dân | Giường | 38,5 | 39 | 39,2 | 101,82 | 100,51
5 | Số xã đạt chuẩn nông thôn mới | Xã | 62 | 68 | 66 | 106,45 | 97,06
|||
"""

BUDGET = """{annex}
Biểu số 02
|||
caption: TÌNH HÌNH GIẢI NGÂN VỐN ĐẦU TƯ CÔNG NĂM 2023 (Đơn vị tính: triệu đồng)
header: STT | Tên dự án | Chủ đầu tư | Tổng mức đầu tư | Kế hoạch vốn năm 2023 | < | < | Giải ngân đến 30/11/2023 | Tỷ lệ giải ngân (%)
header: ^ | ^ | ^ | ^ | Tổng số | Ngân sách trung ương | Ngân sách địa phương | ^ | ^
units: | | | triệu đồng | triệu đồng | triệu đồng | triệu đồng | triệu đồng | %
 | TỔNG SỐ | | 512.300 | 156.750 | 98.500 | 58.250 | 121.480,5 | 77,5
A | Dự án chuyển tiếp | | 402.300 | 121.750 | 83.500 | 38.250 | 101.230,5 | 83,1
1 | Đường Tỉnh lộ 156 đoạn Km 12 - Km 30 | Ban QLDA huyện Bát Xát | 185.000 | 62.000 | 45.000 | 17.000 | 55.120 | 88,9
2 | Trường THCS số 2 xã Nấm Lư | UBND huyện Mường Khương | 17.300 | 9.750 | 8.500 | 1.250 | 9.610,5 | 98,6
3 | Kè chống sạt lở suối Nậm Thi giai đoạn 2 | Sở Nông nghiệp và PTNT | 200.000 | 50.000 | 30.000 | 20.000 | 36.500 | 73
B | Dự án khởi công mới | | 110.000 | 35.000 | 15.000 | 20.000 | 20.250 | 57,9
1 | Trụ sở xã Cốc San | UBND thành phố Lào Cai | 12.000 | 5.000 | - | 5.000 | 4.250 | 85
2 | Cấp điện nông thôn huyện Si Ma Cai | Sở Công Thương | 98.000 | 30.000 | 15.000 | 15.000 | 16.000 | 53,3
|||
"""

POVERTY = """{annex}
Phụ biểu 3.1
|||
caption: BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO NĂM 2023
header: TT | Đơn vị | Tổng số hộ dân cư | Hộ nghèo đầu năm | < | Diễn biến hộ nghèo trong năm | < | Hộ nghèo cuối năm | <
header: ^ | ^ | ^ | Số hộ | Tỷ lệ | Số hộ thoát nghèo | Số hộ nghèo phát sinh | Số hộ | Tỷ lệ
header: (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9)
units: | | hộ | hộ | % | hộ | hộ | hộ | %
I | Khu vực thành thị | | | | | | |
1 | Thị trấn Bắc Hà | 2.310 | 105 | 4,55 | 48 | 2 | 59 | 2,55
2 | Phường Cốc Lếu | 5.120 | 12 | 0,23 | 7 | 0 | 5 | 0,10
II | Khu vực nông thôn | | | | | | |
3 | Xã Lùng Phình | 812 | 402 | 49,51 | 95 | 11 | 318 | 39,16
4 | Xã Nậm Mòn | 1.054 | 498 | 47,25 | 120 | 6 | 384 | 36,43
5 | Xã Tả Van Chư | 645 | 371 | 57,52 | 80 | 9 | 300 | 46,51
6 | Xã Hoàng Thu Phố | 598 | 305 | 51,00 | 77 | 4 | 232 | 38,80
 | Tổng cộng | 10.539 | 1.693 | 16,06 | 427 | 32 | 1.298 | 12,32
|||
"""

CRITERIA = """{annex}
Bảng 4. Kết quả thực hiện bộ tiêu chí quốc gia về nông thôn mới đến tháng 11/2023
|||
header: Số TT | Tên xã | Số tiêu chí đạt chuẩn | Thu nhập bình quân (triệu đồng/người/năm) | Tỷ lệ người dân tham gia BHYT (%) | Đường trục xã (km) | Nhà tạm, dột nát | Ghi chú
units: | | tiêu chí | triệu đồng/người/năm | % | km | nhà tạm |
1 | Bản Vược | 19/19 | 48,5 | 98,7 | 12,35 | 0 | Đạt chuẩn năm 2021
2 | Cốc Mỳ | 16/19 | 39,2 | 96,0 | 8,4 | 12 |
3 | Trịnh Tường | 15/19 | 36,75 | 95,45 | 17,125 | 21 | Phấn đấu năm 2024
4 | A Mú Sung | 11/19 | 27 | 99,1 | 9,6 | 45 |
|||
"""

ENGLISH = """{annex}
PHỤ LỤC SỐ 05
|||
caption: Dư nợ cho vay các chương trình tín dụng chính sách đến 31/12/2023
header: STT | Chương trình tín dụng | Số khách hàng còn dư nợ | Dư nợ (triệu đồng) | Nợ quá hạn (triệu đồng) | Tăng, giảm so với đầu năm (triệu đồng)
units: | | khách hàng | triệu đồng | triệu đồng | triệu đồng
1 | Cho vay hộ nghèo | 12.450 | 652.318,5 | 812,4 | -15.240,7
2 | Cho vay hộ cận nghèo | 8.912 | 498.120,0 | 356,2 | 22.815,3
3 | Cho vay học sinh, sinh viên | 1.204 | 45.610,8 | 120,5 | 3.115,0
4 | Cho vay giải quyết việc làm | 3.377 | 201.456,2 | 98,1 | 41.870,9
 | Cộng | 25.943 | 1.397.505,5 | 1.387,2 | 52.560,5
|||
"""

REVENUE = """{annex}
Biểu số 1
|||
caption: TỔNG HỢP THU, CHI NGÂN SÁCH NHÀ NƯỚC 9 THÁNG NĂM 2023. Đơn vị: Tỷ đồng
header: STT | Nội dung | Dự toán năm 2023 | < | Thực hiện 9 tháng năm 2023 | So với (%) | <
header: ^ | ^ | TW giao | HĐND tỉnh giao | ^ | Dự toán HĐND tỉnh giao | Cùng kỳ năm trước
units: | | tỷ đồng | tỷ đồng | tỷ đồng | % | %
A | TỔNG THU NSNN TRÊN ĐỊA BÀN | 8.900 | 9.500 | 6.842,7 | 72,03 | 95,4
I | Thu nội địa | 6.900 | 7.400 | 5.312,4 | 71,79 | 98,2
1 | Thu từ DNNN do Trung ương quản lý | 1.150 | 1.150 | 902,15 | 78,4 | 104,6
2 | Thu tiền sử dụng đất | 1.500 | 2.000 | 1.103 | 55,2 | 81,3
II | Thu từ hoạt động xuất, nhập khẩu | 2.000 | 2.100 | 1.530,3 | 72,87 | 86,9
B | TỔNG CHI NGÂN SÁCH ĐỊA PHƯƠNG | 16.250 | 17.400 | 10.655 | 61,2 | 108,9
1 | Chi đầu tư phát triển | 5.100 | 5.800 | 3.021,6 | 52,1 | 112,4
2 | Chi thường xuyên | 9.870 | 10.100 | 7.215,8 | 71,4 | 106,2
|||
"""

DAMAGE = """{annex}
PHỤ LỤC 02: Thiệt hại do mưa lũ từ ngày 05/8 đến ngày 12/8/2023
|||
header: TT | CHỈ TIÊU THIỆT HẠI | ĐVT | Huyện Bát Xát | Huyện Sa Pa | Tổng
units: | | | @ | @ | @
1 | Số người chết | người | 2 | 0 | 2
2 | Số người bị thương | người | 3 | 1 | 4
3 | Nhà thiệt hại hoàn toàn (trên 70%) | cái | 12 | 4 | 16
4 | Diện tích lúa bị ngập | ha | 45,6 | 12,35 | 57,95
5 | Gia cầm bị chết, cuốn trôi | con | 1.240 | 315 | 1.555
6 | Chiều dài đường bị sạt lở | m | 2.150 | 830 | 2.980
7 | Khối lượng đất đá | m3 | 15.600 | 4.250 | 19.850
8 | Ước tính tổng thiệt hại | triệu đồng | 18.450 | 5.120,5 | 23.570,5
|||
"""

STAFF = """{annex}
Biểu 05/TCCB
|||
caption: Số lượng, chất lượng cán bộ, công chức cấp xã (tính đến ngày 30/6/2023)
header: Số TT | Đơn vị | Tổng số | Trong đó | < | Trình độ chuyên môn (người) | < | < | Đảng viên
header: ^ | ^ | ^ | Nữ | Dân tộc thiểu số | Đại học trở lên | Trung cấp | Chưa qua đào tạo | Tỷ lệ %
units: | | ? | nữ | ? | người | người | người | %
1 | Xã Bản Xèo | 21 | 6 | 15 | 18 | 3 | 0 | 95,2
2 | Xã Dền Thàng | 20 | 5 | 17 | 16 | 4 | - | 90,0
3 | Xã Sàng Ma Sáo | 22 | 4 | 19 | 15 | 6 | 1 | 86,4
 | Cộng | 63 | 15 | 51 | 49 | 13 | 1 | 90,5
|||
"""

CROPS = """{annex}
Biểu 3. Kết quả sản xuất nông nghiệp vụ Đông Xuân năm 2022 - 2023
|||
header: TT | Hạng mục | ĐVT | KH năm 2023 | Thực hiện đến 15/6/2023 | % so KH | % so cùng kỳ
units: | | | @ | @ | % | %
I | Trồng trọt | | | | |
1 | Cây lúa | | | | |
 | Diện tích | Ha | 3.250 | 3.276,5 | 100,8 | 101,2
 | Năng suất | Tạ/ha | 58,5 | 59,2 | 101,2 | 102,1
 | Sản lượng | Tấn | 19.012,5 | 19.396,9 | 102,0 | 103,3
2 | Cây ngô | | | | |
 | Diện tích | Ha | 1.850 | 1.790 | 96,8 | 97,5
 | Năng suất | Tạ/ha | 42 | 43,1 | 102,6 | 101,9
 | Sản lượng | Tấn | 7.770 | 7.714,9 | 99,3 | 99,4
II | Chăn nuôi | | | | |
1 | Tổng đàn trâu | Con | 12.400 | 12.135 | 97,9 | 98,8
2 | Sản lượng thịt hơi xuất chuồng | Tấn | 9.500 | 4.870 | 51,3 | 104,2
|||
"""

YEARS = """{annex}
Bảng 2.1: Một số chỉ tiêu phát triển giáo dục giai đoạn 2020 - 2023
|||
header: Chỉ tiêu | 2020 | 2021 | 2022 | Kế hoạch 2023
units: | ~ | ~ | ~ | ~
Số trường đạt chuẩn quốc gia (trường) | 215 | 228 | 241 | 255
Tỷ lệ huy động trẻ 5 tuổi ra lớp (%) | 99,1 | 99,4 | 99,6 | 99,8
Số học sinh phổ thông (học sinh) | 148.250 | 150.116 | 152.873 | 154.000
Chi ngân sách cho giáo dục (tỷ đồng) | 3.456,7 | 3.612 | 3.890,25 | 4.100
|||
"""

LONG_HEAD = """{annex}
Mẫu số 06
|||
caption: DANH SÁCH THÔN HOÀN THÀNH CHƯƠNG TRÌNH, ĐVT: nghìn đồng
header: TT | Thôn | Xã | Số nhân khẩu (người) | Kinh phí hỗ trợ năm 2023 | Dự toán năm 2024
units: | | | người | nghìn đồng | nghìn đồng
"""


def long_table(rows: int) -> str:
    """A table that goes on over several pages, its head printed again on each."""
    lines = [
        f"{n} | Thôn {name} {n} | Xã {commune} | {180 + 7 * n % 250} | {12_500 + 35 * n:,} | {9_000 + 120 * n:,}".replace(",", ".")
        for n in range(1, rows + 1)
        for name, commune in [(("Nậm Khum", "Bản Liền"), ("Cốc Đầm", "Bảo Nhai"), ("Làng Mới", "Na Hối"))[n % 3]]
    ]
    return LONG_HEAD + "\n".join(lines) + "\n|||\n"


def english(source: str) -> str:
    """The table with its numbers printed 1,234.5 (as spreadsheets set to English print them)."""
    swap = str.maketrans(",.", ".,")
    return re.sub(r"(?<=[\d])[.,](?=\d)", lambda m: m[0].translate(swap), source)


TABLES = {
    "indicators": INDICATORS,
    "budget": BUDGET,
    "poverty": POVERTY,
    "criteria": CRITERIA,
    "english": ENGLISH,
    "revenue": REVENUE,
    "damage": DAMAGE,
    "staff": STAFF,
    "crops": CROPS,
    "years": YEARS,
    "long": long_table(75),
}
