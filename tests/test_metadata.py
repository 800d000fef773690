# ruff: noqa: E501 - a row of a table is one line
"""Metadata: whole documents in miniature, invented, in the layouts that the decree and the party's guide prescribe."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.finding.metadata import Metadata, find_metadata, period_of
from extractor.finding.official import natural, role
from extractor.finding.signature import person

PROVINCE = """\
ỦY BAN NHÂN DÂN
TỈNH SƠN LA
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 0417/BC-UBND
Sơn La, ngày 08 tháng 12 năm 2022

BÁO CÁO
Kết quả thực hiện chương trình xây dựng nông thôn mới năm 2022;
phương hướng, nhiệm vụ năm 2023

Thực hiện Công văn số 88/BNN-VPĐP ngày 01/11/2022 của Bộ Nông nghiệp và Phát triển nông thôn, UBND tỉnh báo cáo như sau:
I. KẾT QUẢ
1. Công tác chỉ đạo
Nội dung ở đây.
Nơi nhận:
- Bộ Nông nghiệp và PTNT (b/c);
- Thường trực Tỉnh ủy;
- Lãnh đạo Văn phòng theo Quyết định số
12/QĐ-VP;
- Lưu: VT, KT (05b).
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Cầm Thị Thu Hà
"""

SIDE_BY_SIDE = """\
      UBND HUYỆN ĐÀ BẮC                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  PHÒNG NÔNG NGHIỆP VÀ PTNT                     Độc lập - Tự do - Hạnh phúc

      Số:      /BC-PNN                       Đà Bắc, ngày      tháng 6 năm 2024

                                    BÁO CÁO
              Tình hình sản xuất nông nghiệp 6 tháng đầu năm 2024,
                       nhiệm vụ 6 tháng cuối năm

     Căn cứ chương trình công tác, Phòng báo cáo:
     1. Trồng trọt.
Nơi nhận:                                          KT. TRƯỞNG PHÒNG
- UBND huyện (b/c);                               PHÓ TRƯỞNG PHÒNG
- Lưu: VT.


                                                    Xa Văn Tuyên
"""

PARTY = """\
TỈNH ỦY BẮC KẠN
*
Số 231-BC/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Bắc Kạn, ngày 5 tháng 7 năm 2023
BÁO CÁO
tình hình công tác xây dựng Đảng quý II năm 2023
-----
Quý II năm 2023, Ban Thường vụ Tỉnh ủy đã lãnh đạo toàn diện.
Nơi nhận:
- Văn phòng Trung ương Đảng,
- Các huyện ủy, thành ủy,
- Lưu Văn phòng Tỉnh ủy.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ THƯỜNG TRỰC
(Đã ký)
Phương Thị Thúy Nga
"""

DEPARTMENT = """\
UBND TỈNH TRÀ VINH
SỞ LAO ĐỘNG - THƯƠNG BINH
VÀ XÃ HỘI
Số: 1502/SLĐTBXH-BTXH
V/v rà soát hộ nghèo, hộ cận nghèo
năm 2023
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Trà Vinh, ngày 15 tháng 8
năm 2023
Kính gửi: UBND các huyện, thị xã, thành phố.
Thực hiện Quyết định số 24/2021/QĐ-TTg, Sở đề nghị các địa phương rà soát.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Dương Quang Ngọc
"""

COUNCIL = """\
HỘI ĐỒNG NHÂN
DÂN
THÀNH PHỐ HẢI PHÒNG
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:
19/2022/NQ-HĐND
Hải Phòng,
ngày 12 tháng 12 năm 2022
NGHỊ QUYẾT
VỀ CHÍNH SÁCH HỖ TRỢ GIẢM NGHÈO
GIAI ĐOẠN 2022-2025
Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13;
Điều 1. Quy định chính sách.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
CHỦ TỊCH
Phạm Văn Lập
"""

UNION = """\
HỘI NÔNG DÂN VIỆT NAM
BAN CHẤP HÀNH TỈNH HÀ GIANG
Số 118-KH/HNDT
Hà Giang, ngày 9 tháng 2 năm 2023
KẾ HOẠCH
giúp đỡ xã Tả Ván xây dựng nông thôn mới năm 2023
I. MỤC ĐÍCH
Nơi nhận:
- Lưu: VT.
TM. BAN THƯỜNG VỤ
CHỦ TỊCH
GIÀNG SEO VẦN
"""

WEB_COPY = """\
BỘ
LAO ĐỘNG – THƯƠNG BINH VÀ XÃ HỘI
-------
|
CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
--------------
|
Số:
88/BC-LĐTBXH
|
Hà
Nội, ngày 09 tháng 03 năm 2011
|
BÁO CÁO
TÌNH HÌNH THỰC HIỆN CHÍNH SÁCH GIẢM NGHÈO
6 THÁNG ĐẦU NĂM 2011
Tiếp theo báo cáo tháng trước về tình hình
thực hiện chính sách, Bộ báo cáo như sau:
"""

DECISION = """\
BAN
CHẤP HÀNH TRUNG ƯƠNG
ỦY BAN KIỂM TRA
-------
|
ĐẢNG
CỘNG SẢN VIỆT NAM
|
Số:
41-QĐ/UBKTTW
|
Hà
Nội, ngày 02 tháng 3 năm 2021
|
QUYẾT ĐỊNH
BAN HÀNH MẪU BÁO CÁO CỦA
ỦY BAN KIỂM TRA
ỦY BAN NHÂN DÂN LÀ TÊN KHÁC
- Căn cứ Điều lệ Đảng;
"""

INSURANCE = """\
BẢO HIỂM XÃ HỘI
VIỆT NAM
-------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc

Số: 512/BHXH-KHTC
V/v chỉ tiêu thống kê

Hà Nội, ngày 11 tháng 5 năm 2012

Kính gửi: Bảo hiểm xã hội các tỉnh
"""

ARTICLE = """\
Nhân dân xã Vĩnh An đang khẩn trương hoàn thành các tiêu chí nông thôn mới trong năm 2024.
Ông Trần Văn Nam, Chủ tịch UBND xã, cho biết: Đến tháng 9, xã đạt 15/19 tiêu chí.
"""

FRAGMENT = "đạt 12,5% kế hoạch.\nTrên đây là Báo cáo kết quả thực hiện công tác dân vận năm 2021./.\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nLò Văn Kiên"

CASES = [
    (PROVINCE, {
        "type": "Báo cáo", "type_code": "BC", "number": "0417/BC-UBND", "issuer": "UBND tỉnh Sơn La", "issued_on": "2022-12-08",
        "issued_at": "Sơn La", "signer": "Cầm Thị Thu Hà", "signer_role": "Phó Chủ tịch", "period": "2022", "place_name": "Sơn La",
        "title": "Kết quả thực hiện chương trình xây dựng nông thôn mới năm 2022; phương hướng, nhiệm vụ năm 2023",
        "recipients": ("Bộ Nông nghiệp và PTNT (b/c)", "Thường trực Tỉnh ủy",
                       "Lãnh đạo Văn phòng theo Quyết định số 12/QĐ-VP", "Lưu: VT, KT (05b)"),
    }),
    (SIDE_BY_SIDE, {
        "type": "Báo cáo", "type_code": "BC", "number": None, "issuer": "Phòng Nông nghiệp và PTNT huyện Đà Bắc", "issued_on": None,
        "issued_at": "Đà Bắc", "signer": "Xa Văn Tuyên", "signer_role": "Phó Trưởng phòng", "period": "2024-06", "place_name": "Đà Bắc",
        "title": "Tình hình sản xuất nông nghiệp 6 tháng đầu năm 2024, nhiệm vụ 6 tháng cuối năm",
        "recipients": ("UBND huyện (b/c)", "Lưu: VT"),
    }),
    (PARTY, {
        "type": "Báo cáo", "type_code": "BC", "number": "231-BC/TU", "issuer": "Tỉnh ủy Bắc Kạn", "issued_on": "2023-07-05",
        "issued_at": "Bắc Kạn", "signer": "Phương Thị Thúy Nga", "signer_role": "Phó Bí thư thường trực", "period": "2023-Q2",
        "place_name": "Bắc Kạn", "title": "tình hình công tác xây dựng Đảng quý II năm 2023",
        "recipients": ("Văn phòng Trung ương Đảng", "Các huyện ủy, thành ủy", "Lưu Văn phòng Tỉnh ủy"),
    }),
    (DEPARTMENT, {
        "type": "Công văn", "number": "1502/SLĐTBXH-BTXH", "issuer": "Sở Lao động - Thương binh và Xã hội tỉnh Trà Vinh",
        "issued_on": "2023-08-15", "issued_at": "Trà Vinh", "signer": "Dương Quang Ngọc", "signer_role": "Giám đốc", "period": "2023",
        "place_name": "Trà Vinh", "title": "rà soát hộ nghèo, hộ cận nghèo năm 2023", "recipients": ("Như trên", "Lưu: VT"),
    }),
    (COUNCIL, {
        "type": "Nghị quyết", "type_code": "NQ", "number": "19/2022/NQ-HĐND", "issuer": "HĐND thành phố Hải Phòng",
        "issued_on": "2022-12-12", "issued_at": "Hải Phòng", "signer": "Phạm Văn Lập", "signer_role": "Chủ tịch",
        "period": "2022-2025", "place_name": "Hải Phòng", "title": "VỀ CHÍNH SÁCH HỖ TRỢ GIẢM NGHÈO GIAI ĐOẠN 2022-2025",
        "recipients": ("Như Điều 2", "Lưu: VT"),
    }),
    (UNION, {
        "type": "Kế hoạch", "type_code": "KH", "number": "118-KH/HNDT", "issuer": "Hội Nông dân tỉnh Hà Giang",
        "issued_on": "2023-02-09", "issued_at": "Hà Giang", "signer": "Giàng Seo Vần", "signer_role": "Chủ tịch", "period": "2023",
        "place_name": "Hà Giang", "title": "giúp đỡ xã Tả Ván xây dựng nông thôn mới năm 2023", "recipients": ("Lưu: VT",),
    }),
    (WEB_COPY, {
        "type": "Báo cáo", "number": "88/BC-LĐTBXH", "issuer": "Bộ Lao động - Thương binh và Xã hội", "issued_on": "2011-03-09",
        "issued_at": "Hà Nội", "title": "TÌNH HÌNH THỰC HIỆN CHÍNH SÁCH GIẢM NGHÈO 6 THÁNG ĐẦU NĂM 2011", "period": "2011-06",
        "place_name": None,
    }),
    (DECISION, {
        "type": "Quyết định", "number": "41-QĐ/UBKTTW", "issuer": "Ủy ban Kiểm tra Trung ương", "issued_on": "2021-03-02",
        "issued_at": "Hà Nội", "title": "BAN HÀNH MẪU BÁO CÁO CỦA ỦY BAN KIỂM TRA", "place_name": None,
    }),
    (INSURANCE, {
        "type": "Công văn", "number": "512/BHXH-KHTC", "issuer": "Bảo hiểm xã hội Việt Nam", "issued_on": "2012-05-11",
        "title": "chỉ tiêu thống kê", "place_name": None,
    }),
    (ARTICLE, {}),
    ("", {}),
    (FRAGMENT, {"type": "Báo cáo", "type_code": "BC", "signer": "Lò Văn Kiên", "signer_role": "Chánh Văn phòng"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[c[0][:14] or "empty" for c in CASES])
def test_document(text, wanted):
    found = find_metadata(text)
    if not wanted or text is FRAGMENT:
        assert found == Metadata(**wanted)
    for name, value in wanted.items():
        assert getattr(found, name) == value, name


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Tình hình kinh tế - xã hội năm 2023; phương hướng năm 2024", "2023"),
        ("Kết quả 9 tháng năm 2025, nhiệm vụ 3 tháng cuối năm", "2025-09"),
        ("Công tác tháng 10, phương hướng tháng 11 năm 2023", "2023-10"),
        ("Kết quả quý III/2022", "2022-Q3"),
        ("Kết quả 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2010", "2010-06"),
        ("Kết quả chương trình giai đoạn 2021-2025, năm 2022", "2022"),
        ("Tổng kết giai đoạn 2016 - 2020", "2016-2020"),
        ("Nhanh tình hình mưa lũ đến 17h00 ngày 20/9/2024", "2024-09-20"),
        ("Sơ kết thực hiện Chỉ thị số 12/CT-TTg ngày 04/4/2019 của Thủ tướng Chính phủ", None),
        ("Kết quả năm học 2022-2023", "2022-2023"),
        ("Tình hình thiệt hại từ ngày 28/9 đến ngày 03/10/2020", "2020-10-03"),
        ("Đề án phát triển chè giai đoạn 2021-2025, định hướng đến năm 2030", "2021-2025"),
        ("Về công tác cán bộ", None),
    ],
)
def test_period(title, period):
    assert period_of(title) == period


HEADS = [
    (
        "ỦY BAN NHÂN DÂN TỈNH HẬU GIANG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 1430/KH-UBND | Hậu Giang, ngày\n05 tháng 9 năm 2016 |\n"
        "KẾ HOẠCH\nGIẢM\nNGHÈO NĂM 2016\nCăn cứ Nghị quyết số 42/NQ-HĐND;\nNơi nhận: | TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLữ Văn Hùng |\n",
        {"number": "1430/KH-UBND", "issuer": "UBND tỉnh Hậu Giang", "issued_at": "Hậu Giang", "issued_on": "2016-09-05",
         "title": "GIẢM NGHÈO NĂM 2016", "signer": "Lữ Văn Hùng", "signer_role": "Chủ tịch", "recipients": ()},
    ),
    (
        "UBND XÃ TÂN LẬP\nSố: 8/BC-UBND\nTân Lập, ngày 05/7/2021\nBÁO CÁO\nCông tác tháng 6/2021\nI. Kết quả\n",
        {"issued_on": "2021-07-05", "issued_at": "Tân Lập", "period": "2021-06"},
    ),
    (
        "Nghị quyết về phí thăm quan\nHội đồng nhân dân tỉnh bình thuận khóa viii\nCăn cứ Luật Phí và lệ phí;\nĐiều 1. Mức phí.\n"
        "Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa VIII, kỳ họp thứ 3 thông qua ngày 09 tháng 12 năm 2005.\n",
        {"type": "Nghị quyết", "issuer": "HĐND tỉnh Bình Thuận", "issued_on": "2005-12-09", "title": "về phí thăm quan"},
    ),
    (
        "I. KẾT QUẢ\nhọp tại huyện\nBảo Yên, ngày 12 tháng 5 năm 2020 có 15 hộ tham gia.\n",
        {"issued_at": None, "issued_on": None, "type": None},
    ),
    (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH KIÊN GIANG\nSố: 42/2006/NQ-HĐND\nKiên Giang, ngày 12 tháng 7 năm 2006\nNGHỊ QUYẾT\n"
        "Về việc phê chuẩn quyết toán ngân sách năm 2005\nHỘI ĐỒNG NHÂN DÂN TỈNH KIÊN GIANG\nKHÓA VII, KỲ HỌP THỨ 7\n"
        "Căn cứ Luật Ngân sách nhà nước;\nCHỦ TỊCH\nPhan Thị Lý\n",
        {"issuer": "HĐND tỉnh Kiên Giang", "title": "Về việc phê chuẩn quyết toán ngân sách năm 2005", "signer": "Phan Thị Lý",
         "signer_role": "Chủ tịch", "period": "2005"},
    ),
    (
        "TỔNG CỤC THỐNG KÊ\nCỤC THỐNG KÊ TỈNH BẠC LIÊU\nBạc Liêu, ngày 28 tháng 3 năm 2024\nTHÔNG CÁO BÁO CHÍ\n"
        "Tình hình kinh tế - xã hội quý I năm 2024\n1. Tăng trưởng\n",
        {"type": "Thông cáo", "issuer": "Cục Thống kê tỉnh Bạc Liêu", "place_name": "Bạc Liêu", "period": "2024-Q1"},
    ),
    (
        "TỈNH ỦY QUẢNG TRỊ\n*\nSố 55-NQ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nQuảng Trị, ngày 12 tháng 11 năm 2021\n"
        "NGHỊ QUYẾT CỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề công tác dân vận giai đoạn 2021 - 2025\n-----\nI- TÌNH HÌNH\n",
        {"type": "Nghị quyết", "number": "55-NQ/TU", "title": "về công tác dân vận giai đoạn 2021 - 2025", "period": "2021-2025"},
    ),
    (
        "SỞ NÔNG NGHIỆP VÀ PTNT\nCHI CỤC CHĂN NUÔI VÀ THÚ Y\nSố: 512/BC-CNTY\nPhú Thọ, ngày 12 tháng 8 năm 2019\nBÁO CÁO\n"
        "Tình hình dịch bệnh tuần 32\n(từ ngày 05/8 đến ngày 11/8/2019)\nKính gửi: Sở Nông nghiệp và PTNT\n",
        {"issuer": "Chi cục Chăn nuôi và Thú y", "place_name": "Phú Thọ", "period": "2019-08-11", "title": "Tình hình dịch bệnh tuần 32"},
    ),
    (
        "UBND TỈNH LONG AN\nTHANH TRA TỈNH\nSố: 12/KL-TTr\nLong An, ngày 05 tháng 6 năm 2020\nKẾT LUẬN THANH TRA\n"
        "Về việc quản lý đất đai\nThực hiện Quyết định số 45/QĐ-TTr ngày 02/01/2020, Đoàn đã làm việc.\n",
        {"type": "Kết luận thanh tra", "type_code": "KL", "issuer": "Thanh tra tỉnh Long An", "place_name": "Long An"},
    ),
    (
        "UBND HUYỆN MƯỜNG LA\nTRƯỜNG THCS CHIỀNG HOA\nSố: 15/BC-THCS\nMường La, ngày 25 tháng 5 năm 2023\n"
        "BÁO CÁO TỔNG KẾT NĂM HỌC 2022-2023\nI. Đặc điểm\nHIỆU TRƯỞNG\nLò Thị Hoa\n",
        {"type": "Báo cáo", "issuer": "Trường THCS Chiềng Hoa huyện Mường La", "period": "2022-2023", "signer_role": "Hiệu trưởng"},
    ),
    (
        "TỈNH ĐOÀN BẮC KẠN\nBCH HUYỆN ĐOÀN CHỢ MỚI\nSố: 45-BC/ĐTN\nChợ Mới, ngày 11 tháng 01 năm 2022\nBÁO CÁO\n"
        "Kết quả công tác Đoàn năm 2021\nTM. BAN THƯỜNG VỤ\nBÍ THƯ\nHà Thị Mai\n",
        {"issuer": "BCH Huyện đoàn Chợ Mới", "place_name": "Chợ Mới", "title": "Kết quả công tác Đoàn năm 2021", "signer": "Hà Thị Mai"},
    ),
    (
        "QUỐC HỘI\nLuật số: 99/2022/QH15\nHà Nội, ngày 11 tháng 01 năm 2022\nLUẬT\nTHƯ VIỆN SỐ\nQUỐC HỘI\nCăn cứ Hiến pháp;\n",
        {"type": "Luật", "number": "99/2022/QH15", "title": "THƯ VIỆN SỐ", "issuer": "Quốc hội", "place_name": None},
    ),
    (
        "UBND THÀNH PHỐ CẦN THƠ\nSỞ Y TẾ\nSố: 45/BC-SYT\nTP. Cần Thơ, ngày 11 tháng 01 năm 2022\nBÁO CÁO\nCông tác y tế năm 2021\n"
        "Nơi nhận:            KT. GIÁM ĐỐC\n- Lưu: VT.           PHÓ GIÁM ĐỐC\n                     Phạm Phú Trường An\n",
        {"issuer": "Sở Y tế thành phố Cần Thơ", "signer": "Phạm Phú Trường An", "signer_role": "Phó Giám đốc", "recipients": ("Lưu: VT",),
         "place_name": "Cần Thơ"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), HEADS, ids=[h[0].split("\n")[0] for h in HEADS])
def test_other_heads(text, wanted):
    found = find_metadata(text)
    assert {name: getattr(found, name) for name in wanted} == wanted


def test_period_of_a_review_counts_back_from_the_day_of_issue():
    title = "tổng kết 5 năm thực hiện Chỉ thị số 12-CT/TU, ngày 04/4/2016 của Ban Thường vụ Tỉnh ủy"
    assert period_of(title, "2021-05-06") == "2016-2021"


def test_two_roles_over_one_name():
    text = (
        "Nơi nhận:\n- Lưu: VT.\nTM. BAN CHỈ ĐẠO\nKT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND HUYỆN\nVi Thị Hoa\n"
    )
    assert (find_metadata(text).signer, find_metadata(text).signer_role) == ("Vi Thị Hoa", "Phó Trưởng ban")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK", "UBND tỉnh Đắk Lắk"),
        ("UỶ BAN NHÂN DÂN XÃ EA H'LEO", "UBND xã Ea H'leo"),
        ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HUẾ", "HĐND thành phố Huế"),
        ("HUYỆN ỦY MỘC CHÂU", "Huyện ủy Mộc Châu"),
        ("TỈNH ỦY BẮC KẠN", "Tỉnh ủy Bắc Kạn"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
        ("SỞ NÔNG NGHIỆP VÀ PTNT", "Sở Nông nghiệp và PTNT"),
        ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
        ("BỘ Y TẾ", "Bộ Y tế"),
        ("BAN CHỈ ĐẠO TỈNH LAI CHÂU", "Ban Chỉ đạo tỉnh Lai Châu"),
    ],
)
def test_natural_case(printed, name):
    assert natural(printed) == name


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("PHÓ CHỦ TỊCH", "Phó Chủ tịch"),
        ("Phó Chủ tịch HND tỉnh", "Phó Chủ tịch HND tỉnh"),
        ("CHÁNH VĂN PHÒNG", "Chánh Văn phòng"),
        ("PHÓ CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng"),
        ("Q. GIÁM ĐỐC", "Quyền Giám đốc"),
        ("BÍ THƯ", "Bí thư"),
        ("PHÓ CHI CỤC TRƯỞNG", "Phó Chi cục trưởng"),
        ("Lưu: VT", None),
        ("Nguyễn Văn An", None),
    ],
)
def test_role(printed, wanted):
    assert role(printed) == wanted


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai"),
        ("Đại tá Trần Văn Hùng", "Trần Văn Hùng"),
        ("Đoàn Văn Hậu", "Đoàn Văn Hậu"),
        ("ĐOÀN THANH NIÊN", None),
        ("VĂN PHÒNG", None),
        ("Y Thanh Niê Kđăm", "Y Thanh Niê Kđăm"),
        ("LÊ VĂN TÁM", "Lê Văn Tám"),
        ("ỦY BAN NHÂN DÂN", None),
        ("Phụ lục", None),
        ("Sùng A Pó", "Sùng A Pó"),
        ("T Ủ Tướng", None),
        ("Ngày 12 tháng 3", None),
        ("Kết quả đạt được trong năm.", None),
    ],
)
def test_person(line, name):
    assert person(line) == name


@given(
    st.lists(st.sampled_from([*PROVINCE.split("\n"), *SIDE_BY_SIDE.split("\n"), *PARTY.split("\n")]), max_size=40).map(
        "\n".join
    )
)
def test_any_order_of_lines_is_read(text):
    found = find_metadata(text)
    assert found.issued_on is None or found.issued_on in text or len(found.issued_on) == 10
    assert all(r and r == r.strip() for r in found.recipients)


@pytest.mark.parametrize(
    "unit", [" ", "\n", "Nơi nhận: ", "\nNơi nhận:\n", "TM. A", "A ", "Số: 1/A", "   - a;", "TỈNH "]
)
def test_a_text_of_one_thing_says_nothing_of_the_document(unit):
    found = find_metadata(unit * (500_000 // len(unit)))
    assert (found.type, found.issued_on, found.signer) == (None, None, None)


def test_a_type_repeated_without_end_is_read_once():
    assert find_metadata("\nBÁO CÁO" * 50_000).type_code == "BC"
