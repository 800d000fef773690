"""Places through time: the same name for another area, merged and divided units, figures on one map."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from compare_made import compared, report, said

from extractor import extract_text
from extractor.compare.diff import Selection, diff, select
from extractor.compare.places import Map, history, predecessors
from extractor.compare.reasons import reason
from extractor.compare.rows import Row
from extractor.gazetteer import MERGER, Unit, current, gazetteer, units

BEFORE = "TỈNH YÊN BÁI"
AFTER = "TỈNH LÀO CAI"
PARTS = {"Púng Luông": (700, 210), "La Pán Tẩn": (500, 190), "Dế Xu Phình": (300, 100), "Nậm Khắt": (400, 120)}


def told(names: list[str]) -> str:
    """What a report of 2024 says of communes of Mù Cang Chải."""
    return report(
        2024,
        "\n".join(
            f"- Xã {name} (huyện Mù Cang Chải) có tổng số {PARTS[name][0]} hộ, còn {PARTS[name][1]} hộ nghèo, "
            f"tỷ lệ hộ nghèo {100 * PARTS[name][1] / PARTS[name][0]:.2f}%.".replace(".%", "%")
            for name in names
        ).replace("00%", "00%"),
        BEFORE,
    )


NOW = report(2025, "- Xã Púng Luông có tổng số 1.910 hộ, còn 580 hộ nghèo, tỷ lệ hộ nghèo 30,37%.", AFTER)


def paired(rows: list[Row]) -> dict[str, Row]:
    return {r.b.claim.text: r for r in rows if r.a and r.b}


def test_a_commune_that_kept_its_name_and_got_others_is_not_itself() -> None:
    rows = paired(compared(told(["Púng Luông"]), NOW))
    assert {r.status for r in rows.values()} == {"not_comparable"}
    former = ", ".join(f"xã {u.name}" for u in predecessors(unit("04492", today=True)))
    assert rows["580 hộ nghèo"].reason == reason("holds", "xã Púng Luông", former)


@pytest.mark.parametrize("map_", ["today", "as-of 2024", "as-of 2026"])
def test_merged_communes_are_summed_and_rates_made_anew(map_: str) -> None:
    rows = paired(compared(told(list(PARTS)), NOW, places=map_))
    assert (rows["580 hộ nghèo"].status, rows["580 hộ nghèo"].change) == ("changed", 580 - 620)
    assert rows["1.910 hộ"].change == 1910 - 1900
    rate = rows["30,37%"]
    assert rate.status == "changed"
    assert rate.change == pytest.approx(30.37 - 100 * 620 / 1900)
    assert rate.a is not None
    assert len(rate.a.claim.parts) == 4


def test_a_sum_with_a_part_missing_is_not_made() -> None:
    rows = paired(compared(told(["Púng Luông", "La Pán Tẩn", "Dế Xu Phình"]), NOW, places="today"))
    assert {r.status for r in rows.values()} == {"not_comparable"}
    assert rows["580 hộ nghèo"].reason == reason("incomplete", "xã Púng Luông", "xã Nậm Khắt")


def test_a_rate_without_its_counts_is_not_made_up() -> None:
    text = report(
        2024,
        "\n".join(f"- Xã {n} (huyện Mù Cang Chải) có tỷ lệ hộ nghèo 3{i},5%." for i, n in enumerate(PARTS)), BEFORE,
    )  # fmt: skip
    rows = paired(compared(text, NOW, places="today"))
    assert rows["30,37%"].reason == reason("not_summed", " + ".join(PARTS))


def test_a_divided_commune_is_a_set() -> None:
    divided = next(
        u for u in gazetteer().units
        if u.level == "commune" and u.until == MERGER - datetime.timedelta(days=1) and len(current(u)) > 1
        and len([other for other in units(u.name, "commune") if not other.today]) == 1 and not units(u.name, "district")
    )  # fmt: skip
    province = gazetteer().province_of(divided)
    assert province is not None
    body = f"- Xã {divided.name} còn 210 hộ nghèo."
    area = f"TỈNH {province.name.upper()}"
    rows = compared(report(2024, body, area), report(2025, body, area), places="today")
    reasons = [r.reason.key for r in rows if r.reason and r.status in ("vanished", "not_comparable")]
    assert reasons == ["divided"]
    assert not [r for r in rows if r.status in ("same", "changed")]


def test_before_the_merger_names_stand_for_what_they_stood_for() -> None:
    rows = compared(told(["Púng Luông"]), told(["Púng Luông"]).replace("2024", "2023"), places="as-told")
    assert {r.status for r in rows} == {"same"}


def test_as_of_an_earlier_year_communes_that_both_sides_tell_stay_apart() -> None:
    text = told(["Púng Luông", "La Pán Tẩn"])
    rows = compared(text.replace("2024", "2023"), text, places="as-of 2023")
    assert {r.place for r in rows} == {"Púng Luông", "La Pán Tẩn"}
    assert ("same", "210 hộ nghèo", "210 hộ nghèo") in said(rows)


def test_merged_provinces_are_summed_over_their_reports(tmp_path: Path) -> None:
    def provinces(year: int, **told: int) -> Selection:
        for name, poor in told.items():
            text = report(year, f"Toàn tỉnh còn {poor} hộ nghèo.", f"TỈNH {name.replace('_', ' ').upper()}")
            (tmp_path / f"{name}{year}.json").write_text(extract_text(text).to_json(), encoding="utf8")
        return select(f"{tmp_path}@{year}")

    before = provinces(2024, Yên_Bái=12_000, Lào_Cai=15_000)
    after = provinces(2025, Lào_Cai=24_500)
    (row,) = diff(before, after, places=Map.named("today"))
    assert (row.status, row.change, row.place) == ("changed", -2_500.0, "Lào Cai")
    (tmp_path / "Yên_Bái2024.json").unlink()
    (row,) = diff(select(f"{tmp_path}@2024"), after, places=Map.named("today"))
    assert (row.status, row.reason) == ("not_comparable", reason("incomplete", "tỉnh Lào Cai", "tỉnh Yên Bái"))
    (row,) = diff(select(f"{tmp_path}@2024"), after)
    assert (row.status, row.reason) == ("not_comparable", reason("holds", "tỉnh Lào Cai", "tỉnh Lào Cai, tỉnh Yên Bái"))


def test_history_says_what_became_of_a_unit_and_by_which_resolution() -> None:
    (event,) = (e for e in history("Nậm Mòn", "commune") if e.unit.code == "02881")
    assert (event.day, [u.name for u in event.after], event.divided) == (MERGER, ["Bắc Hà"], False)
    assert event.resolution == "các nghị quyết 1654 đến 1687/NQ-UBTVQH15 năm 2025"
    province = next(e for e in history("Yên Bái", "province"))
    assert ([u.name for u in province.after], province.resolution) == (["Lào Cai"], "Nghị quyết 202/2025/QH15")
    earlier = next(e for e in history("Bình Định Bắc", "commune"))
    assert (earlier.day, earlier.resolution) == (datetime.date(2025, 1, 1), None)


def test_a_map_is_named_by_a_day() -> None:
    assert (Map.named("as-told").day, Map.named("today").day) == (None, datetime.date.max)
    assert Map.named("as-of 2023").day == datetime.date(2023, 12, 31)
    assert Map.named("as-of 2025").day == datetime.date.max  # since July 2025 nothing else is known


def unit(code: str, *, today: bool) -> Unit:
    return next(u for u in gazetteer().by_code["commune", code] if u.today == today)
