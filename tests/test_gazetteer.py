"""The gazetteer: what it holds, look-up by name, code and day, what became of former units, spellings."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.gazetteer import MERGER, current, fold, gazetteer, key, unit, units
from extractor.gazetteer.names import variants

BEFORE = datetime.date(2025, 6, 30)
DAY_2023 = datetime.date(2023, 6, 30)


def test_counts_of_the_two_maps() -> None:
    """63 provinces, 696 districts, 10,035 communes before July 2025; 34 and 3,321 since (Nghị quyết 202/2025/QH15)."""
    all_units = gazetteer().units
    today = [u for u in all_units if u.today]
    assert sum(u.level == "province" for u in today) == 34
    assert sum(u.level == "commune" for u in today) == 3321
    assert not [u for u in today if u.level == "district"]
    old = [u for u in all_units if u.existed(BEFORE)]
    assert sum(u.level == "province" for u in old) == 63
    assert sum(u.level == "district" for u in old) == 696
    assert sum(u.level == "commune" for u in old) == 10035


def test_every_unit_is_whole() -> None:
    digits = {"province": 2, "district": 3, "commune": 5}
    store = gazetteer()
    for u in store.units:
        assert len(u.code) == digits[u.level]
        assert u.code.isdigit()
        assert u.name == " ".join(u.name.split())
        assert "(" not in u.name
        assert store.province_of(u) is not None, u
        if u.level == "commune":
            assert (store.district_of(u) is None) == u.today, u
        assert u.since is None or u.until is None or u.since <= u.until, u


def test_every_unit_of_june_2025_leads_to_units_of_today() -> None:
    for u in gazetteer().units:
        if u.until is not None and u.existed(BEFORE):
            assert current(u), u
            assert all(c.today for c in current(u))


def test_unknown_heirs_are_few() -> None:
    lost = [u for u in gazetteer().units if not current(u)]
    assert len(lost) <= 5


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("10", DAY_2023, "Lào Cai"),
        ("15", DAY_2023, "Yên Bái"),
        ("15", MERGER, "Lào Cai"),
        ("10", MERGER, None),
        ("46", DAY_2023, "Thừa Thiên Huế"),
        ("46", MERGER, "Huế"),
        ("474", DAY_2023, "Huế"),
        ("474", BEFORE, "Thuận Hóa"),
        ("02842", DAY_2023, "Lùng Cải"),
        ("02842", MERGER, "Tả Củ Tỷ"),  # the code went to the new commune that took it in
        ("763", datetime.date(2018, 1, 1), "Quận 9"),
        ("99999", DAY_2023, None),
        ("", None, None),
        ("1234567", None, None),
    ],
)
def test_unit_by_code(code: str, day: datetime.date | None, name: str | None) -> None:
    found = unit(code, day)
    assert (found.name if found else None) == name


def test_unit_without_a_day_is_the_latest() -> None:
    latest = unit("15")
    assert latest is not None
    assert (latest.name, latest.today) == ("Lào Cai", True)


@pytest.mark.parametrize("name", ["Hòa Bình", "Hoà Bình", "HÒA BÌNH", " Hòa  Bình "])
def test_units_by_name_in_known_spellings(name: str) -> None:
    assert [u.code for u in units(name, level="province", on=DAY_2023)] == ["17"]


def test_units_filters_by_level_and_day() -> None:
    assert {u.level for u in units("Bắc Hà")} == {"commune", "district"}
    assert [u.code for u in units("Bắc Hà", level="district")] == ["085"]
    assert not units("Bắc Hà", level="district", on=MERGER)
    assert units("Không Có Đâu") == ()


def test_renamed_and_moved_communes_have_their_old_parents() -> None:
    (chu,) = units("Chũ", level="commune", on=DAY_2023)
    district = gazetteer().district_of(chu)
    assert district is not None
    assert district.name == "Lục Ngạn"
    (later,) = units("Chũ", level="commune", on=BEFORE)
    district = gazetteer().district_of(later)
    assert district is not None
    assert district.name == "Chũ"


def test_divided_commune_is_a_set() -> None:
    divided = [u for u in gazetteer().units if u.level == "commune" and u.existed(BEFORE) and len(current(u)) > 1]
    assert 400 < len(divided) < 600


def test_current_of_a_unit_of_today_is_itself() -> None:
    (place,) = units("Mường Khương", on=MERGER)
    assert current(place) == (place,)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Hòa Khánh", "hoà khánh"),
        ("Thủy Xuân", "thuỷ xuân"),
        ("Quy Nhơn", "qui nhơn"),
        ("Kỳ Anh", "kì anh"),
        ("Đắk Lắk", "đăk lăk"),
        ("Ea H'leo", "ea hleo"),
        ("Ea H'leo", "ea h' leo"),
        ("Phan Rang - Tháp Chàm", "phan rang tháp chàm"),
        ("Phường 4", "phường 04"),
        ("Kông Chro", "kon chro"),
    ],
)
def test_variants(name: str, spelling: str) -> None:
    assert spelling in variants(key(name))


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạẢÐ'’ -–", max_size=30))
def test_key_and_fold_are_stable(text: str) -> None:
    assert key(key(text)) == key(text)
    assert fold(fold(text)) == fold(text)
    assert fold(key(text)) == fold(text)


def test_it_is_loaded_once() -> None:
    assert gazetteer() is gazetteer()
