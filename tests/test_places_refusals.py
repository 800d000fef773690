"""Capitalised words that are no administrative units."""

from __future__ import annotations

import pytest
from places_table import check

OLD = "2023-06-30"
LAO_CAI = ("UBND tỉnh Lào Cai",)

REFUSED = [
    "Đồng chí Hà Long, Phó Bí thư Huyện ủy chủ trì.",
    "Ông Lý Bình Minh, Trưởng phòng Tài chính trình bày.",
    "Bà Trần Thị Thanh Bình và ông Nguyễn Đông Hải cùng dự.",
    "Đ/c Vũ Xuân Cường ký.",
    "PHÓ CHỦ TỊCH\nNguyễn Bình Minh",
    "Công ty TNHH Bình Minh nộp 12 tỷ đồng.",
    "Công ty cổ phần Tân Tiến và Công ty Cổ phần Tân Lập đã ký kết.",
    "HTX Đoàn Kết, Hợp tác xã Thống Nhất tiêu thụ 45 tấn.",
    "Hợp tác xã nông nghiệp Tân Hòa có 120 thành viên.",
    "Trường THPT Nguyễn Huệ, Trường Tiểu học Lê Lợi đạt chuẩn.",
    "Ngân hàng Đông Á cho vay 12 tỷ đồng.",
    "Mực nước sông Ba tại trạm thủy văn vượt báo động 3.",
    "Lũ sông Kỳ Lộ lên nhanh; suối Nậm Mòn cạn.",
    "Thi công đường Trần Phú, đường Lê Lợi, cầu Bình Minh.",
    "Tuyến quốc lộ, đèo Nam Sơn, núi Hồng Lĩnh.",
    "Tinh thần Đoàn Kết, Thống Nhất, Quyết Thắng.",
    "Giữ vững An Ninh, xây dựng Nông Thôn mới; Đại Hội lần thứ XIII.",
    "Tư tưởng Hồ Chí Minh; Đoàn TNCS Hồ Chí Minh; đường Hồ Chí Minh.",
    "Chủ tịch Hồ Chí Minh kính yêu.",
    "Ấp Bình Hòa, khóm Mỹ Thọ, thôn Tân Lập, bản Nậm Mòn, buôn Ea Sar.",
    "Tổ dân phố Hòa Bình có 210 hộ.",
    "Kinh tế - xã hội tiếp tục phát triển; an sinh xã hội được bảo đảm.",
    "Ngân hàng Chính sách xã hội; Bảo hiểm xã hội.",
    "Cán bộ cấp xã, cấp huyện; Huyện ủy, Tỉnh ủy, Thành ủy, Thị ủy.",
    "Các xã, phường, thị trấn; UBND huyện; HĐND tỉnh; thị xã.",
    "xã Hội Nông dân đã tổ chức; huyện Đảng bộ; tỉnh Ủy viên.",
    "CHỦ TỊCH UBND XÃ\nNguyễn Văn An",
    "TM. ỦY BAN NHÂN DÂN",
    "Tàu nằm bờ ở cửa Rạch Gốc; cầu phao Quảng Hải 2 bị đóng; cảng cá Thuận Phước.",
    "Bài và ảnh: Thanh Tùng - Phong Điền",
    "Ảnh: Bình Minh",
    "Liên hệ trực ban (đ/c Thái Phúc).",
    "TT ĐU, TT HU đã họp.",
    "CHỦ TỊCH\nLâm Mỹ Xuyên",
    "Ra quân tại các tuyến đường Nguyễn Văn Linh, Miếu Hai Xã, Hàng Kênh.",
    "Tham quan chợ nổi Cái Răng, thiền viện Trúc Lâm, hồ tiêu và sầu riêng Ri 6.",
    "Tiểu thương chợ đầu mối Bình Điền, khách sạn và nhà hàng Thanh Bình.",
    "Nước Cộng hòa Dân chủ Nhân dân Lào, Campuchia, Thái Lan, Trung Quốc.",
    "Khu vực châu Á - Thái Bình Dương.",
    "Giống lúa Hưng Long 555 cho năng suất cao.",
    "Thông tư số 05/2023/TT-BTC; TT. Trưởng phòng; P. Giám đốc; H. chủ trì.",
    "Chiến dịch Quang Trung, Quảng trường Hòa Bình, Công viên Thống Nhất.",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Anh hùng liệt sĩ Lê Hồng Phong; danh nhân Nguyễn Trãi.",
    "Xã có 12 thôn. Bản có 35 hộ. Huyện còn 2.300 hộ nghèo.",
    "Sở Nông nghiệp và PTNT; Mặt trận Tổ quốc; Hội Cựu chiến binh.",
    "Đề án 06; Nghị quyết 20; Kế hoạch 186; quý 1, quý 3.",
    "giai đoạn Hoàn Thành; Phong Trào; Văn Hóa; Trung Tâm.",
    "Người dân ở xã đã được vay vốn.",
    "Trường TH Trung Lễ, TH Đức Dũng, MN Cẩm Hà, THCS Quang Trung được công nhận.",
    "giáp các xã OzaTung, OzaDao, tỉnh Rattanakiri, Vương quốc Campuchia",
    "Trung tá Đỗ Giang Nam, Đại tá Ngô Minh Châu; ảnh chụp ngày 12/3.",
    "Các xã An toàn khu, xã An Toàn Khu; xã Văn hóa nông thôn mới; phường Văn minh đô thị.",
    "Kỷ niệm 70 năm Chiến thắng Điện Biên Phủ; chiến dịch Tây Nguyên.",
    "Công an xã Trần Văn Ba; Bí thư Đảng ủy xã Hờ A Chớ; Chủ tịch UBND huyện Lê Thị Hoa; xã Chương Trình 135.",
    "Bệnh viện Bạch Mai, Nhà máy xi măng, cảng Vũng Áng, khu du lịch Tràng An.",
]


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("home", [(), LAO_CAI, ("UBND huyện Krông Pa, tỉnh Gia Lai",)])
def test_no_place(text: str, home: tuple[str, ...]) -> None:
    check(text, OLD, home)


BESIDE = [
    "Hội Cựu chiến binh xã ⟦Thống Nhất¦c⟧ và Hội Phụ nữ xã ⟦Đoàn Kết¦c⟧.",
    "Phường ⟦Lê Lợi¦c⟧ khánh thành đường Lê Lợi.",
    "Phường ⟦Trần Phú¦c⟧ có 12 tổ dân phố.",
    "Bí thư Đảng ủy xã ⟦Tân Tiến¦c⟧ Nguyễn Văn Tân Tiến phát biểu.",
    "Trung tâm y tế huyện ⟦Hòa Bình¦d⟧ (tỉnh ⟦Bạc Liêu¦p⟧).",
    "tỉnh ⟦Hòa Bình¦p⟧ giữ gìn hòa bình",
    "Hợp tác xã Tân Tiến, xã ⟦Tân Tiến¦c⟧, huyện ⟦Chương Mỹ¦d⟧",
    "thôn Tân Lập, xã ⟦Tân Lập¦c⟧, huyện ⟦Mộc Châu¦d⟧, tỉnh ⟦Sơn La¦p⟧",
    "sông Đồng Nai chảy qua tỉnh ⟦Đồng Nai¦p⟧",
    "Cảng Quy Nhơn thuộc thành phố ⟦Quy Nhơn¦d⟧",
]


@pytest.mark.parametrize("marked", BESIDE)
def test_place_beside_what_is_none(marked: str) -> None:
    check(marked, OLD)
