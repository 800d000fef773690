"""Which of several units of one name is meant, and what is said where the text does not decide."""

from __future__ import annotations

import pytest
from places_table import check, places

OLD = "2023-06-30"
NEW = "2025-12-15"

CODES = [
    # (day, home, text, the first place's code, its district, its province)
    (OLD, (), "xã Đồng Tâm, huyện Lạc Thủy, tỉnh Hòa Bình", "05419", "Lạc Thủy", "Hòa Bình"),
    (OLD, (), "xã Đồng Tâm, huyện Mỹ Đức", "10444", "Mỹ Đức", "Hà Nội"),
    (OLD, (), "xã Đồng Tâm (Bình Liêu, Quảng Ninh)", "06844", "Bình Liêu", "Quảng Ninh"),
    (OLD, ("UBND huyện Mỹ Đức, thành phố Hà Nội",), "xã Đồng Tâm đạt chuẩn", "10444", "Mỹ Đức", "Hà Nội"),
    (OLD, ("Hòa Bình",), "xã Đồng Tâm đạt chuẩn", "05419", "Lạc Thủy", "Hòa Bình"),
    (OLD, (), "xã Châu Thành, huyện Châu Thành", None, None, None),
    (OLD, ("UBND tỉnh Lào Cai",), "Thị trấn Bắc Hà", "02839", "Bắc Hà", "Lào Cai"),
    (OLD, ("UBND tỉnh Lào Cai",), "huyện Bắc Hà", "085", None, "Lào Cai"),
    (OLD, ("UBND tỉnh Lào Cai",), "Bắc Hà: 4 người", "085", None, "Lào Cai"),
    (NEW, ("UBND tỉnh Lào Cai",), "Bắc Hà: 4 người", "02839", None, "Lào Cai"),
    (NEW, ("UBND tỉnh Lào Cai",), "huyện Bắc Hà cũ", "085", None, "Lào Cai"),
    (OLD, ("UBND tỉnh Lào Cai",), "thành phố Lào Cai", "080", None, "Lào Cai"),
    (OLD, ("UBND tỉnh Lào Cai",), "phường Lào Cai", "02641", "Lào Cai", "Lào Cai"),
    (NEW, ("UBND tỉnh Lào Cai",), "phường Lào Cai", "02647", None, "Lào Cai"),
    (OLD, ("UBND tỉnh Lào Cai",), "Lào Cai là tỉnh biên giới", "10", None, "Lào Cai"),
    (NEW, ("UBND tỉnh Lào Cai",), "Lào Cai là tỉnh biên giới", "15", None, "Lào Cai"),
    (OLD, ("UBND tỉnh Bến Tre",), "huyện Châu Thành", "831", None, "Bến Tre"),
    (OLD, ("UBND tỉnh Tây Ninh",), "huyện Châu Thành", "708", None, "Tây Ninh"),
    (OLD, ("UBND thị xã Kỳ Anh, tỉnh Hà Tĩnh",), "Thị xã Kỳ Anh", "449", None, "Hà Tĩnh"),
    (OLD, ("UBND tỉnh Hà Tĩnh",), "huyện Kỳ Anh", "447", None, "Hà Tĩnh"),
    (OLD, ("UBND thành phố Lào Cai",), "xã Hợp Thành có 12 hộ", "02680", "Lào Cai", "Lào Cai"),
    ("2018-05-01", (), "quận 9, Thành phố Hồ Chí Minh", "763", None, "Hồ Chí Minh"),
    ("2022-05-01", (), "thị trấn Chũ, huyện Lục Ngạn, tỉnh Bắc Giang", "07525", "Lục Ngạn", "Bắc Giang"),
    ("2025-03-01", (), "phường Chũ, thị xã Chũ, tỉnh Bắc Giang", "07525", "Chũ", "Bắc Giang"),
    ("2023-03-01", (), "xã Tà Chải, huyện Bắc Hà, tỉnh Lào Cai", "02872", "Bắc Hà", "Lào Cai"),
    ("2023-05-01", (), "thành phố Huế", "474", None, "Thừa Thiên Huế"),
    ("2025-05-01", (), "thành phố Huế", "46", None, "Huế"),
    ("2010-05-01", (), "huyện Từ Liêm, thành phố Hà Nội", "019", None, "Hà Nội"),
    ("2007-06-01", ("UBND tỉnh Hà Tây",), "Ba Vì trồng mới 120 ha", "271", None, "Hà Tây"),
    ("2007-06-01", (), "huyện Ba Vì, tỉnh Hà Tây", "271", None, "Hà Tây"),
    ("2010-06-01", (), "huyện Ba Vì, thành phố Hà Nội", "271", None, "Hà Nội"),
    ("2019-06-01", (), "xã Cao Chương, huyện Trà Lĩnh, tỉnh Cao Bằng", "01471", "Trùng Khánh", "Cao Bằng"),
    ("2024-07-01", (), "xã Triệu An, huyện Triệu Phong, tỉnh Quảng Trị", "19627", "Triệu Phong", "Quảng Trị"),
    (NEW, ("UBND phường Thủy Nguyên",), "Thủy Nguyên, ngày 14 tháng 01 năm 2026", "11560", None, "Hải Phòng"),
    (NEW, ("UBND phường Thủy Nguyên",), "thành phố Thủy Nguyên cũ", "311", None, "Hải Phòng"),
    (NEW, (), "xã Mường Khương, tỉnh Lào Cai", "02761", None, "Lào Cai"),
    (NEW, (), "xã Lùng Cải (cũ), huyện Bắc Hà (cũ), tỉnh Lào Cai", "02842", "Bắc Hà", "Lào Cai"),
]


@pytest.mark.parametrize(("on", "home", "text", "code", "district", "province"), CODES)
def test_homonym(
    on: str, home: tuple[str, ...], text: str, code: str | None, district: str | None, province: str | None
) -> None:
    place = places(text, on, home)[0]
    assert (place.code, place.district, place.province) == (code, district, province)


def test_undecided_homonym_has_no_code_and_a_lower_score() -> None:
    (place,) = places("xã Tân Lập đạt chuẩn", OLD)
    assert (place.name, place.level, place.code, place.current) == ("Tân Lập", "commune", None, ())
    assert place.score < 0.9


def test_two_districts_of_one_name_in_the_own_province_have_no_code() -> None:
    (place,) = places("Kỳ Anh: 12 trường", OLD, ("UBND tỉnh Hà Tĩnh",))
    assert (place.level, place.province, place.code) == ("district", "Hà Tĩnh", None)


def test_nearest_parent_decides_each_mention_of_a_name() -> None:
    text = "Huyện Mộc Châu: xã Tân Lập 12 hộ. Huyện Vũ Thư: xã Tân Lập 30 hộ."
    first, second = (p for p in places(text, OLD) if p.name == "Tân Lập")
    assert (first.province, second.province) == ("Sơn La", "Thái Bình")


def test_unit_that_no_source_has_in_the_named_district_gets_no_code() -> None:
    found = places("xã Yên Giang, huyện Yên Định, tỉnh Thanh Hóa", "2018-06-30")
    assert [(p.name, p.code is None) for p in found] == [("Yên Giang", True), ("Yên Định", False), ("Thanh Hóa", False)]


def test_home_is_inferred_from_the_text() -> None:
    text = "UBND tỉnh Trà Vinh báo cáo. Trà Cú: 12 hộ; Cầu Kè: 5 hộ; Châu Thành: 9 hộ."
    assert [(p.text, p.code) for p in places(text, OLD)] == [
        ("Trà Vinh", "84"),
        ("Trà Cú", "849"),
        ("Cầu Kè", "845"),
        ("Châu Thành", "847"),
    ]


def test_bare_name_of_another_province_is_left_alone() -> None:
    assert places("Bản Phố và Tà Chải họp chung.", OLD, ("UBND tỉnh An Giang",)) == []


DIVIDED = [
    ("xã Tả Van, thị xã Sa Pa, tỉnh Lào Cai", ["Tả Van"]),
    ("xã Lùng Cải, huyện Bắc Hà, tỉnh Lào Cai", ["Tả Củ Tỷ"]),
    ("phường Trúc Bạch, quận Ba Đình, thành phố Hà Nội", ["Ba Đình"]),
]


@pytest.mark.parametrize(("text", "names"), DIVIDED)
def test_units_of_today(text: str, names: list[str]) -> None:
    assert sorted(u.name for u in places(text, OLD)[0].current) == names


def test_former_province_names_its_heir() -> None:
    (place,) = places("tỉnh Phú Yên cũ", NEW)
    assert [(u.name, u.code, u.province) for u in place.current] == [("Đắk Lắk", "66", "Đắk Lắk")]


def test_without_a_date_the_latest_in_the_text_counts() -> None:
    assert places("Ngày 05/3/2019. Thành phố Huế.")[0].level == "district"
    assert places("Ngày 05 tháng 3 năm 2025. Thành phố Huế.")[0].level == "province"


def test_order_and_spans() -> None:
    check("xã ⟦Bản Phố¦c⟧, huyện ⟦Bắc Hà¦d⟧ và xã ⟦Y Tý¦c⟧, huyện ⟦Bát Xát¦d⟧, tỉnh ⟦Lào Cai¦p⟧", OLD)


def test_a_text_without_a_date_is_read_in_the_time_it_speaks_of() -> None:
    text = "Năm 2019, tỉnh Bình Dương thu hút 2,1 tỷ USD. Doanh nghiệp tại Bình Dương tăng 12%."
    assert [(p.level, p.code) for p in places(text, None)] == [("province", "74"), ("province", "74")]
    assert [p.code for p in places("Năm 2019, tỉnh Lào Cai trồng 2.000 ha rừng.", None)] == ["10"]
