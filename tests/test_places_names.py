"""Names behind a cue, in every sort of spelling and from every part of the country."""

from __future__ import annotations

import pytest
from places_table import check, places

OLD = "2023-06-30"
NEW = "2025-12-15"

ROWS = [
    # the north, before the mergers
    (OLD, "Đoàn giám sát đã đến xã ⟦Tả Van¦c¦¦03040⟧, thị xã ⟦Sa Pa¦d¦¦088⟧, tỉnh ⟦Lào Cai¦p¦¦10⟧."),
    (OLD, "Huyện ⟦Mèo Vạc¦d¦¦027⟧ tổ chức bàn giao 35 căn nhà cho xã ⟦Sơn Vĩ¦c⟧."),
    (OLD, "Toàn huyện có 17 xã; riêng xã ⟦Pải Lủng¦c⟧, huyện ⟦Mèo Vạc¦d⟧, tỉnh ⟦Hà Giang¦p¦¦02⟧ đạt 12 tiêu chí."),
    (OLD, "Phường ⟦Noong Bua¦c⟧, thành phố ⟦Điện Biên Phủ¦d¦¦094⟧ hoàn thành thu thuế."),
    (OLD, "UBND huyện ⟦Mường Lát¦d⟧ (tỉnh ⟦Thanh Hóa¦p⟧) cấp phát 12 tấn gạo cho xã ⟦Mường Chanh¦c⟧."),
    (OLD, "Thị trấn ⟦Kép¦c⟧, huyện ⟦Lạng Giang¦d⟧ ra mắt tổ công nghệ số."),
    (OLD, "phường ⟦Hồng Hải¦c⟧, thành phố ⟦Hạ Long¦d⟧, tỉnh ⟦Quảng Ninh¦p⟧"),
    # Hà Nội, Hải Phòng
    (OLD, "Quận ⟦Hoàn Kiếm¦d¦¦002⟧ chỉnh trang phường ⟦Hàng Bạc¦c⟧ và phường ⟦Cửa Đông¦c⟧."),
    (OLD, "UBND thành phố ⟦Hà Nội¦p¦¦01⟧ giao quận ⟦Bắc Từ Liêm¦d⟧ rà soát."),
    (OLD, "Phường ⟦Cổ Nhuế 1¦c⟧, quận ⟦Bắc Từ Liêm¦d⟧ thành lập 5 tổ."),
    (OLD, "huyện ⟦Cát Hải¦d⟧, thành phố ⟦Hải Phòng¦p¦¦31⟧"),
    ("2007-05-01", "UBND tỉnh ⟦Hà Tây¦p¦¦28⟧ báo cáo kết quả vụ mùa tại huyện ⟦Ba Vì¦d⟧."),
    # the centre
    (OLD, "Xã ⟦Quảng Phú¦c⟧, huyện ⟦Quảng Điền¦d⟧, tỉnh ⟦Thừa Thiên Huế¦p¦¦46⟧ bị ngập."),
    (OLD, "Tỉnh ⟦Thừa Thiên - Huế¦p¦Thừa Thiên Huế¦46⟧ đón 2 triệu lượt khách."),
    (OLD, "Thành phố ⟦Huế¦d¦¦474⟧, tỉnh ⟦Thừa Thiên Huế¦p⟧ mở rộng địa giới."),
    ("2025-03-10", "Thành phố ⟦Huế¦p¦¦46⟧ có quận ⟦Thuận Hóa¦d¦¦474⟧ và quận ⟦Phú Xuân¦d¦¦475⟧."),
    (OLD, "Thành phố ⟦Phan Rang - Tháp Chàm¦d¦¦582⟧, tỉnh ⟦Ninh Thuận¦p⟧"),
    (OLD, "thành phố ⟦Phan Rang-Tháp Chàm¦d¦Phan Rang - Tháp Chàm¦582⟧"),
    (OLD, "thành phố ⟦Phan Rang – Tháp Chàm¦d¦Phan Rang - Tháp Chàm⟧"),
    (OLD, "UBND thành phố ⟦Qui Nhơn¦d¦Quy Nhơn⟧ tổ chức đối thoại."),
    (OLD, "TX. ⟦Sông Cầu¦d⟧ và TP. ⟦Tuy Hoà¦d¦Tuy Hòa⟧ thuộc tỉnh ⟦Phú Yên¦p⟧."),
    (OLD, "TX.⟦Đức Phổ¦d⟧ giảm 230 hộ nghèo."),
    # the Central Highlands
    (OLD, "Huyện ⟦Cư M'gar¦d⟧, tỉnh ⟦Đắk Lắk¦p¦¦66⟧ trồng 1.200 ha sầu riêng."),
    (OLD, "Huyện ⟦Cư M’gar¦d¦Cư M'gar⟧, tỉnh ⟦Đăk Lăk¦p¦Đắk Lắk⟧"),
    (OLD, "huyện ⟦Ea H'leo¦d⟧ và huyện ⟦Ea H’Leo¦d¦Ea H'leo⟧"),
    (OLD, "tỉnh ⟦Đắc Lắc¦p¦Đắk Lắk⟧, tỉnh ⟦Đắc Nông¦p¦Đắk Nông⟧, tỉnh ⟦Kon Tum¦p⟧"),
    (OLD, "tỉnh ⟦Đak Lak¦p¦Đắk Lắk⟧"),
    (OLD, "Thành phố ⟦Buôn Mê Thuột¦d¦Buôn Ma Thuột⟧ có 21 xã, phường."),
    (OLD, "huyện ⟦Ia H'Drai¦d⟧, huyện ⟦Ia H’ Drai¦d¦Ia H'Drai⟧"),
    (OLD, "Xã ⟦Đắk R'Măng¦c⟧, huyện ⟦Đắk Glong¦d¦Đăk Glong⟧, tỉnh ⟦Đắk Nông¦p⟧"),
    (OLD, "Thị trấn ⟦Kông Chro¦c⟧, huyện ⟦Kông Chro¦d⟧, tỉnh ⟦Gia Lai¦p¦¦64⟧"),
    (OLD, "huyện ⟦Krông Pắk¦d¦Krông Pắc⟧"),
    (OLD, "huyện ⟦M’Drắk¦d¦M'Đrắk⟧"),
    (OLD, "Huyện ⟦Krông Nô¦d⟧ thu hoạch 5.000 tấn cà phê."),
    # the south
    (OLD, "Quận ⟦Bình Thạnh¦d⟧, Thành phố ⟦Hồ Chí Minh¦p¦¦79⟧"),
    (OLD, "UBND TP. ⟦HCM¦p¦Hồ Chí Minh¦79⟧ chỉ đạo TP. ⟦Thủ Đức¦d¦¦769⟧ rà soát."),
    (OLD, "Sở Y tế ⟦TPHCM¦p¦Hồ Chí Minh⟧ phối hợp."),
    (OLD, "huyện ⟦Côn Đảo¦d⟧, tỉnh ⟦Bà Rịa – Vũng Tàu¦p¦Bà Rịa - Vũng Tàu¦77⟧"),
    (OLD, "tỉnh ⟦Bà Rịa-Vũng Tàu¦p¦Bà Rịa - Vũng Tàu⟧"),
    (OLD, "xã ⟦An Thạnh Thủy¦c⟧, huyện ⟦Chợ Gạo¦d⟧, tỉnh ⟦Tiền Giang¦p¦¦82⟧"),
    (OLD, "Xã ⟦Lai Hòa¦c⟧, thị xã ⟦Vĩnh Châu¦d⟧, tỉnh ⟦Sóc Trăng¦p⟧ có 9.000 người Khmer."),
    (OLD, "Thị trấn ⟦Tri Tôn¦c⟧, huyện ⟦Tri Tôn¦d⟧, tỉnh ⟦An Giang¦p⟧"),
    (OLD, "xã ⟦Ô Lâm¦c⟧ và xã ⟦Cô Tô¦c⟧, huyện ⟦Tri Tôn¦d⟧"),
    (OLD, "Huyện ⟦Trà Cú¦d⟧, tỉnh ⟦Trà Vinh¦p⟧; huyện ⟦Cầu Kè¦d⟧, tỉnh ⟦Trà Vinh¦p⟧"),
    (OLD, "Quận ⟦Ninh Kiều¦d⟧, thành phố ⟦Cần Thơ¦p¦¦92⟧"),
    (OLD, "huyện ⟦U Minh¦d⟧, tỉnh ⟦Cà Mau¦p¦¦96⟧"),
    (OLD, "xã ⟦Hòn Tre¦c⟧, huyện ⟦Kiên Hải¦d⟧"),
    (OLD, "Các tỉnh thành ⟦Hà Giang¦p⟧, ⟦Hà Nội¦p⟧; các tỉnh, thành phố: ⟦Điện Biên¦p⟧, ⟦Yên Bái¦p⟧, ⟦Hải Phòng¦p⟧"),
    (OLD, "UBND tỉnh ⟦Hoà Bình¦p¦Hòa Bình¦17⟧ và tỉnh ⟦Khánh Hoà¦p¦Khánh Hòa¦56⟧"),
    (OLD, "thành phố ⟦Phú Quốc¦d⟧, tỉnh ⟦Kiên Giang¦p⟧"),
    # numbers as names
    (OLD, "⟦Quận 3¦d⟧, Thành phố ⟦Hồ Chí Minh¦p⟧ tiêm 12.000 liều."),
    (OLD, "⟦Phường 4¦c⟧, ⟦quận 3¦d¦Quận 3⟧, TP. ⟦Hồ Chí Minh¦p⟧"),
    (OLD, "⟦Phường 2¦c⟧, thành phố ⟦Đông Hà¦d⟧, tỉnh ⟦Quảng Trị¦p⟧"),
    (OLD, "⟦phường 7¦c¦Phường 7⟧, thành phố ⟦Cà Mau¦d⟧"),
    # after the mergers
    (NEW, "Xã ⟦Mường Khương¦c⟧, tỉnh ⟦Lào Cai¦p¦¦15⟧ có 5.300 hộ."),
    (NEW, "Đặc khu ⟦Phú Quốc¦c⟧, tỉnh ⟦An Giang¦p¦¦91⟧ đón khách."),
    (NEW, "Phường ⟦Móng Cái 1¦c⟧, tỉnh ⟦Quảng Ninh¦p⟧ sắp xếp 12 khu phố."),
    (NEW, "phường ⟦Lang Biang - Đà Lạt¦c⟧, tỉnh ⟦Lâm Đồng¦p⟧"),
    (NEW, "phường ⟦Xuân Hương – Đà Lạt¦c¦Xuân Hương - Đà Lạt⟧"),
    (NEW, "xã ⟦Vị Thanh 1¦c⟧, thành phố ⟦Cần Thơ¦p⟧"),
    (NEW, "UBND xã ⟦Phú Hòa 1¦c⟧ và xã ⟦Phú Hòa 2¦c⟧"),
    (NEW, "phường ⟦Văn Miếu – Quốc Tử Giám¦c¦Văn Miếu - Quốc Tử Giám⟧, thành phố ⟦Hà Nội¦p⟧"),
    (NEW, "Tỉnh ⟦Hậu Giang¦p¦¦93⟧ cũ có 8 đơn vị cấp huyện."),
    (NEW, "trên địa bàn huyện ⟦Bát Xát¦d¦¦082⟧ (cũ)"),
    # headings and lower case
    (OLD, "BÁO CÁO\nKẾT QUẢ GIẢM NGHÈO TRÊN ĐỊA BÀN XÃ ⟦NẬM CHẢY¦c¦Nậm Chảy⟧ NĂM 2023"),
    (OLD, "ỦY BAN NHÂN DÂN\nTỈNH ⟦ĐẮK LẮK¦p¦Đắk Lắk⟧"),
    (OLD, "ỦY BAN NHÂN DÂN\nHUYỆN ⟦CƯ M'GAR¦d¦Cư M'gar⟧"),
    (OLD, "UBND THÀNH PHỐ ⟦HÀ NỘI¦p¦Hà Nội⟧"),
    (OLD, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    (OLD, "Hội đồng nhân dân tỉnh ⟦bến tre¦p¦Bến Tre⟧ khóa IX, kỳ họp thứ 3"),
    (OLD, "nghị quyết của hội đồng nhân dân huyện ⟦giồng trôm¦d¦Giồng Trôm⟧"),
    # torn by line ends, other letters
    (
        OLD,
        "điều động Chủ tịch UBND xã ⟦Pa \n\nCheo¦c¦Pa Cheo⟧ đến xã ⟦Dền\nSáng¦c¦Dền Sáng⟧, huyện ⟦Bát   Xát¦d¦Bát Xát⟧",
    ),
    (OLD, "UBND huyện ⟦Ðiện Biên Ðông¦d¦Điện Biên Đông⟧"),
    (OLD, "xã ⟦Tân\xa0Lập¦c¦Tân Lập⟧, huyện ⟦Mộc Châu¦d⟧"),
    (OLD, "phường ⟦Thuỵ Phương¦c¦Thụy Phương⟧"),
    (OLD, "các ⟦phường 1¦c¦Phường 1⟧, ⟦3¦c¦Phường 3⟧ và ⟦5¦c¦Phường 5⟧, quận ⟦Gò Vấp¦d⟧, TP ⟦HCM¦p¦Hồ Chí Minh⟧"),
    (OLD, "⟦Phường 04¦c¦Phường 4⟧, quận ⟦Tân Bình¦d⟧, Thành phố ⟦Hồ Chí Minh¦p⟧"),
    (OLD, "huyện ⟦Kiến Thuỵ¦d¦Kiến Thụy⟧ và huyện ⟦Thuỷ Nguyên¦d¦Thủy Nguyên⟧"),
    (OLD, "xã ⟦Hoà Khương¦c¦Hòa Khương⟧, huyện ⟦Hoà Vang¦d¦Hòa Vang⟧"),
]


@pytest.mark.parametrize(("on", "marked"), ROWS)
def test_name_behind_a_cue(on: str, marked: str) -> None:
    check(marked, on)


NOISY = [
    ("Xã Lùng Khấu Nin, huyện Mường Khương", "Lùng Khấu Nhin", "02776"),
    ("xã La Pán Tẩn, huyện Mường Khương, tỉnh Lào Cai", "La Pan Tẩn", "02791"),
    ("xã Tả Ngải Trồ, huyện Mường Khương, tỉnh Lào Cai", "Tả Ngài Chồ", "02755"),
    ("xã Hoang Thu Pho, huyện Bắc Hà, tỉnh Lào Cai", "Hoàng Thu Phố", "02863"),
    ("Xã Nậm Chầy, huyện Văn Bàn, tỉnh Lào Cai", "Nậm Chày", "03076"),
    ("xã Lung Cải, huyện Bắc Hà, tỉnh Lào Cai", "Lùng Cải", "02842"),
    ("xã An Thạnh Thuy, huyện Chợ Gạo, tỉnh Tiền Giang", "An Thạnh Thủy", None),
]


def test_misspelt_districts_and_provinces() -> None:
    found = places("huyện Bát Sát, tỉnh Lào Cài; quận Bắc Từ Niêm; huyện Mường Khưong", OLD)
    assert [p.name for p in found] == ["Bát Xát", "Lào Cai", "Bắc Từ Liêm", "Mường Khương"]
    assert all(p.score < 0.95 for p in found)


@pytest.mark.parametrize(("text", "name", "code"), NOISY)
def test_misspelt_name_is_found_with_a_lower_score(text: str, name: str, code: str | None) -> None:
    first = places(text, OLD)[0]
    assert (first.name, first.level) == (name, "commune")
    assert code is None or first.code == code
    assert first.score < 1


def test_unknown_name_behind_a_cue_keeps_its_spelling_and_has_no_code() -> None:
    (place, _) = places("Xã Bồ Đàm Kha, huyện Bắc Hà có 12 hộ.", OLD)
    assert (place.name, place.level, place.code) == ("Bồ Đàm Kha", "commune", None)
    assert place.score <= 0.5
