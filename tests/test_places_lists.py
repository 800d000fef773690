"""Lists whose members share a cue, parents and children, names without any cue."""

from __future__ import annotations

import pytest
from places_table import check

OLD = "2023-06-30"
NEW = "2025-12-15"
LAO_CAI = ("UBND tỉnh Lào Cai", "Lào Cai")

LISTS = [
    (OLD, (), "các xã ⟦Thải Giàng Phố¦c⟧, ⟦Bản Phố¦c⟧, huyện ⟦Bắc Hà¦d⟧"),
    (OLD, (), "giúp đỡ 2 xã (⟦Y Tý¦c⟧ và ⟦A Lù¦c⟧) của huyện ⟦Bát Xát¦d⟧"),
    (OLD, (), "UBND các huyện: ⟦Tân Uyên¦d⟧, ⟦Than Uyên¦d⟧, ⟦Phong⏎Thổ¦d¦Phong Thổ⟧, ⟦Sìn Hồ¦d⟧ tỉnh ⟦Lai Châu¦p⟧;"),
    (NEW, (), "riêng 04 xã ⟦A Lưới 1¦c⟧, ⟦A Lưới 2¦c⟧, ⟦A Lưới 3¦c⟧, ⟦A Lưới 4¦c⟧ được hỗ trợ 100%"),
    (OLD, LAO_CAI, "tổ chức 25 phiên (⟦Si Ma Cai¦d⟧: 12; ⟦Bảo Yên¦d⟧: 08; ⟦Bảo Thắng¦d⟧: 05)"),
    (OLD, LAO_CAI, "Trong đó: ⟦Si Ma Cai¦d⟧: 6 người, ⟦Bảo Yên¦d⟧: 9 người, ⟦Sa Pa¦d⟧: 2 người."),
    (OLD, LAO_CAI, "Số hộ thoát nghèo: ⟦Si Ma Cai¦d⟧ 210 hộ, ⟦Bảo Yên¦d⟧ 95 hộ và ⟦Sa Pa¦d⟧ 120 hộ."),
    (OLD, LAO_CAI, "(1) ⟦Si Ma Cai¦d⟧ có 05 dự án; (2) ⟦Bảo Yên¦d⟧ có 07 dự án"),
    (OLD, (), "Các huyện có tỷ lệ cao như ⟦Đà Bắc¦d⟧, ⟦Mai Châu¦d⟧, ⟦Lạc Sơn¦d⟧ của tỉnh ⟦Hòa Bình¦p⟧."),
    (
        OLD,
        (),
        "một số xã trong huyện như ⟦Tân Phú Thạnh¦c⟧, ⟦Thạnh Xuân¦c⟧, ⟦Trường Long Tây¦c⟧ thuộc huyện ⟦Châu Thành A¦d⟧",
    ),
    (OLD, (), "Các xã, thị trấn: ⟦Phú Túc¦c⟧, ⟦Uar¦c⟧, ⟦Chư Drăng¦c⟧ (huyện ⟦Krông Pa¦d⟧, tỉnh ⟦Gia Lai¦p⟧)"),
    (OLD, (), "các tỉnh ⟦Quảng Nam¦p⟧, ⟦Quảng Ngãi¦p⟧ và ⟦Bình Định¦p⟧"),
    (OLD, (), "5 tỉnh ⟦Kon Tum¦p⟧, ⟦Gia Lai¦p⟧, ⟦Đắk Lắk¦p⟧, ⟦Đắk Nông¦p⟧, ⟦Lâm Đồng¦p⟧"),
    (OLD, (), "ứng phó mưa lũ tại ⟦Quảng Bình¦p⟧, ⟦Hà Tĩnh¦p⟧ và ⟦Nghệ An¦p⟧"),
    (
        OLD,
        (),
        "Huyện ⟦Tương Dương¦d⟧: xã ⟦Yên Na¦c⟧ 35 hộ, xã ⟦Lượng Minh¦c⟧ 20 hộ; huyện ⟦Kỳ Sơn¦d⟧: xã ⟦Na Ngoi¦c⟧ 41 hộ",
    ),
    (OLD, (), "Huyện ⟦Cẩm Xuyên¦d⟧ (xã ⟦Cẩm Duệ¦c⟧, ⟦Cẩm Mỹ¦c⟧)"),
    (OLD, (), "huyện, thị xã, thành phố: ⟦Long Khánh¦d⟧, ⟦Định Quán¦d⟧, ⟦Tân Phú¦d⟧, tỉnh ⟦Đồng Nai¦p⟧"),
    (OLD, (), "các quận ⟦Hải Châu¦d⟧, ⟦Thanh Khê¦d⟧, ⟦Sơn Trà¦d⟧ và huyện ⟦Hòa Vang¦d⟧, thành phố ⟦Đà Nẵng¦p¦¦48⟧"),
    (OLD, (), "xã ⟦Mỹ Hiệp¦c⟧, xã ⟦Bình Thạnh¦c⟧, huyện ⟦Cao Lãnh¦d⟧, tỉnh ⟦Đồng Tháp¦p⟧"),
    (NEW, (), "các xã, phường: ⟦Cam Đường¦c⟧, ⟦Sa Pa¦c⟧, ⟦Bát Xát¦c⟧, tỉnh ⟦Lào Cai¦p¦¦15⟧"),
    (NEW, LAO_CAI, "Số vụ cháy rừng: ⟦Mường Khương¦c⟧: 02 vụ; ⟦Bắc Hà¦c⟧: 01 vụ; ⟦Văn Bàn¦c⟧: 01 vụ"),
    (NEW, ("UBND tỉnh Đắk Lắk",), "khu vực phía Đông tỉnh ⟦Đắk Lắk¦p⟧ (⟦Phú Yên¦p¦¦54⟧ cũ)"),
    (OLD, (), "- Huyện ⟦Ba Tơ¦d⟧: 12 điểm sạt lở.\n- Huyện ⟦Trà Bồng¦d⟧: 25 điểm.\n- Huyện ⟦Sơn Tây¦d⟧: 8 điểm."),
    (OLD, (), "Hội Nông dân huyện ⟦Bắc Hà¦d⟧ và xã ⟦Tả Van Chư¦c⟧. ⟦Tả Van Chư¦c⟧ là xã vùng cao."),
    (OLD, (), "liên kết ⟦Cần Thơ¦p⟧ - ⟦Hậu Giang¦p⟧ - ⟦Sóc Trăng¦p⟧"),
    (OLD, (), "Đảng bộ tỉnh ⟦Thái Bình¦p⟧ và nhân dân ⟦Thái Bình¦p⟧ nỗ lực."),
    (
        OLD,
        ("UBND huyện Tuy Phước",),
        "Các xã ⟦Phước Quang¦c⟧, ⟦Phước Hưng¦c⟧ về đích; ⟦Phước Nghĩa¦c⟧ đạt 17/19 tiêu chí.",
    ),
    (OLD, ("UBND tỉnh Kiên Giang",), "⟦Rạch Giá¦d⟧, ngày 12 tháng 6 năm 2023"),
    (OLD, ("UBND tỉnh An Giang",), "⟦An Giang¦p⟧, ngày 12 tháng 6 năm 2023"),
    (OLD, (), "xã ⟦Ia Đal¦c⟧ - huyện ⟦Ia H'Drai¦d⟧ - tỉnh ⟦Kon Tum¦p⟧"),
    (OLD, (), "xã ⟦Thanh Nưa¦c⟧ (⟦Điện Biên¦d⟧), tỉnh ⟦Điện Biên¦p⟧"),
    (OLD, (), "xã ⟦Bản Lầu¦c⟧, ⟦Mường Khương¦d⟧, ⟦Lào Cai¦p⟧"),
    (OLD, (), "so sánh với các tỉnh trong vùng: ⟦Sơn La¦p⟧ 18,2%; ⟦Điện Biên¦p⟧ 21%; ⟦Lai Châu¦p⟧ 17,5%"),
    (OLD, (), "3 xã bị cô lập: ⟦Trung Chính¦c⟧ (⟦Nông Cống¦d⟧), ⟦Vĩnh Hưng¦c⟧ (⟦Vĩnh Lộc¦d⟧); ⟦Ninh Bình¦p⟧ có 2 xã"),
    (OLD, (), "⟦Thanh Hóa¦p⟧ 5 người (⟦Mường Lát¦d⟧ 2 người, ⟦Quan Sơn¦d⟧ 3 người); ⟦Bắc Kạn¦p⟧ 1 người"),
    (OLD, (), "quận ⟦Tân Bình¦d⟧, ⟦Phú Nhuận¦d⟧ và ⟦quận 12¦d¦Quận 12⟧, Thành phố ⟦Hồ Chí Minh¦p⟧"),
    (OLD, ("UBND huyện Thăng Bình, tỉnh Quảng Nam",), "các xã vùng cát ⟦Bình Sa¦c⟧, ⟦Bình Hải¦c⟧ và ⟦Bình Minh¦c⟧"),
    (OLD, ("Lạng Sơn",), "huyện ⟦Bình Gia¦d⟧: xã ⟦Minh Khai¦c⟧ 26, ⟦Hòa Bình¦c⟧ 11, ⟦Vĩnh Yên¦c⟧ 08"),
    (OLD, ("UBND quận Thốt Nốt",), "Phân theo phường: ⟦Thốt Nốt¦c⟧: 1.412; ⟦Thuận An¦c⟧: 687; ⟦Trung Kiên¦c⟧: 803"),
    (NEW, ("UBND tỉnh Vĩnh Long",), "huyện ⟦Ba Tri¦d⟧ cũ (4.020 hộ), ⟦Thạnh Phú¦d⟧ cũ (3.655) và ⟦Cầu Ngang¦c⟧ (120)"),
    (
        NEW,
        ("UBND tỉnh Vĩnh Long",),
        "các xã ⟦Thạnh Phong¦c⟧, ⟦Thạnh Hải¦c⟧ (tỉnh ⟦Bến Tre¦p⟧ cũ) và ⟦Mỹ Long¦c⟧, ⟦Đông Hải¦c⟧",
    ),
    (NEW, (), "7 xã trồng sầu riêng (gồm ⟦Chợ Lách¦c⟧, ⟦Phú Phụng¦c⟧, ⟦Vĩnh Thành¦c⟧) của tỉnh ⟦Vĩnh Long¦p⟧"),
    (OLD, (), "người dân ⟦Bắc Quang¦d⟧, ⟦Hà Giang¦p⟧; huyện ⟦Bắc Quang¦d⟧, tỉnh ⟦Hà Giang¦p⟧"),
    (OLD, (), "HUYỆN ỦY ⟦THUẬN BẮC¦d¦Thuận Bắc⟧; Tỉnh ủy ⟦Ninh Thuận¦p⟧; Thành ủy ⟦Đà Lạt¦d⟧"),
    (OLD, (), "xã biên giới ⟦Ia Mơ¦c⟧, huyện ⟦Chư Prông¦d⟧; huyện miền núi ⟦Khánh Sơn¦d⟧, tỉnh ⟦Khánh Hòa¦p⟧"),
    (OLD, (), "09 huyện, thị xã, thành phố gồm: ⟦Cái Bè¦d⟧, ⟦Cai Lậy¦d⟧, ⟦Gò Công¦d⟧ (tỉnh ⟦Tiền Giang¦p⟧)"),
]


@pytest.mark.parametrize(("on", "home", "marked"), LISTS)
def test_list(on: str, home: tuple[str, ...], marked: str) -> None:
    check(marked.replace("⏎", "\n"), on, home)
