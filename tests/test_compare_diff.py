"""A comparison of two years: what is paired with what, and how each pair is called."""

from __future__ import annotations

import pytest
from compare_made import compared, report, said

from extractor.compare.diff import Summary
from extractor.compare.reasons import reason
from extractor.errors import UsageError


def test_levels_changes_and_shares_are_paired_by_what_they_say_not_by_order() -> None:
    rows = compared(
        report(2022, "Toàn huyện còn 1.320 hộ nghèo, tỷ lệ hộ nghèo 6,10%, giảm 210 hộ.\n- Đàn lợn có 9.120 con."),
        report(2023, "- Tổng đàn lợn 9.870 con.\nTỉ lệ hộ nghèo còn 5,02%; số hộ nghèo là 1.105 hộ, giảm 215 hộ."),
    )
    assert {
        ("changed", "1.320 hộ nghèo", "1.105 hộ"), ("changed", "6,10%", "5,02%"), ("changed", "210 hộ", "215 hộ"),
        ("changed", "9.120 con", "9.870 con"),
    } <= said(rows)  # fmt: skip
    rate = next(r for r in rows if r.b and r.b.claim.text == "5,02%")
    assert (rate.change, rate.change_percent) == (-1.08, None)  # percentage points
    pigs = next(r for r in rows if r.b and r.b.claim.text == "9.870 con")
    assert (pigs.change, pigs.change_percent) == (750.0, 8.22)
    assert pigs.a is not None
    assert pigs.a.sentence == "- Đàn lợn có 9.120 con."


def test_units_are_converted() -> None:
    (row,) = compared(
        report(2022, "Thu ngân sách nhà nước trên địa bàn 612.450 triệu đồng."),
        report(2023, "Tổng thu ngân sách nhà nước trên địa bàn đạt 671 tỷ 215 triệu đồng."),
    )
    assert (row.status, row.unit, row.change, row.change_percent) == ("changed", "tỷ đồng", 58.765, 9.6)
    assert row.reason == reason("units", "triệu đồng", "tỷ đồng")


def test_the_same_amount_in_another_unit_or_rounded_is_the_same() -> None:
    same = compared(
        report(2023, "Thu ngân sách nhà nước trên địa bàn 842.350 triệu đồng."),
        report(2023, "Thu ngân sách nhà nước trên địa bàn 842,35 tỷ đồng."),
    )
    assert [r.status for r in same] == ["same"]
    rounded = compared(
        report(2023, "Thu ngân sách nhà nước trên địa bàn 671.215 triệu đồng."),
        report(2023, "Thu ngân sách nhà nước trên địa bàn 671,2 tỷ đồng."),
    )
    assert [(r.status, r.reason) for r in rounded] == [("same", reason("rounding"))]
    finer = compared(report(2022, "Tỷ lệ che phủ rừng 3,0%."), report(2023, "Tỷ lệ che phủ rừng 3,1%."))
    assert [r.status for r in finer] == ["changed"]  # both printed to one decimal: apart


def test_restated_as_against_told_again() -> None:
    summary = Summary()
    rows = compared(
        report(2022, "Toàn huyện còn 1.320 hộ nghèo, tỷ lệ hộ nghèo 60,95%.\n- Đàn lợn có 9.120 con."),
        report(
            2023,
            "Tỷ lệ hộ nghèo giảm từ 61,40% xuống còn 50,54%; còn 1.105 hộ nghèo.\n"
            "- Đàn lợn 9.870 con (năm 2022 là 9.120 con).",
        ),
        summary=summary,
    )
    assert ("restated", "60,95%", "61,40%") in said(rows)
    assert ("changed", "60,95%", "50,54%") in said(rows)
    assert summary.told_again == 1
    assert {r.status for r in rows} == {"restated", "changed"}


def test_a_thousandfold_is_suspect_and_so_are_swapped_digits() -> None:
    rows = compared(
        report(2022, "Thu ngân sách nhà nước trên địa bàn 612.450 triệu đồng.\n- Đàn lợn có 9.120 con."),
        report(
            2023, "Thu ngân sách nhà nước trên địa bàn 671.215 tỷ đồng.\n- Đàn lợn 9.870 con (năm 2022 là 9.210 con)."
        ),
    )
    assert ("suspect", "612.450 triệu đồng", "671.215 tỷ đồng") in said(rows)
    swapped = next(r for r in rows if r.status == "suspect" and r.unit == "con")
    assert swapped.reason == reason("swapped", "9.120 con", "9.210 con")


def test_digits_that_the_reports_own_change_bears_out_are_meant() -> None:
    rows = compared(
        report(2023, "Tỷ lệ hộ nghèo 2,12%."),
        report(2024, "Tỷ lệ hộ nghèo giảm từ 2,21% xuống còn 1,68%, giảm 0,53 điểm %."),
    )
    assert ("restated", "2,12%", "2,21%") in said(rows)


def test_a_plan_is_held_against_its_outcome() -> None:
    rows = compared(
        report(
            2022,
            "Toàn huyện còn 1.320 hộ nghèo.\n2. Mục tiêu năm 2023\n"
            "- Tỷ lệ hộ nghèo giảm 4,5% trở lên.\n- Thu ngân sách nhà nước 560 tỷ đồng.",
        ),
        report(2023, "Tỷ lệ hộ nghèo giảm 4,92%; thu ngân sách nhà nước đạt 548.320 triệu đồng."),
    )
    plans = {r.b.claim.text: r.reason for r in rows if r.status == "plan_outcome" and r.b}
    assert plans == {
        "4,92%": reason("plan_met", "4,5%", "4,92%"),
        "548.320 triệu đồng": reason("plan", "560 tỷ đồng", "548.320 triệu đồng"),
    }


def test_another_poverty_standard_is_not_comparable() -> None:
    rows = compared(
        report(2020, "Theo chuẩn nghèo giai đoạn 2016-2020, toàn huyện còn 1.320 hộ nghèo."),
        report(2022, "Toàn huyện còn 2.105 hộ nghèo."),
    )
    (row,) = (r for r in rows if r.a and r.b)
    assert (row.status, row.change) == ("not_comparable", None)
    assert row.reason == reason("standards", "chuẩn nghèo 2016-2020", "chuẩn nghèo 2022-2025")


def test_another_age_is_another_thing() -> None:
    rows = compared(
        report(2022, "Tỷ lệ trẻ em dưới 16 tuổi suy dinh dưỡng thấp còi 33,4%."),
        report(2023, "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thấp còi 30,9%."),
    )
    assert [r.status for r in rows] == ["not_comparable"]


def test_what_is_unlike_is_not_forced_together() -> None:
    rows = compared(
        report(2022, "Toàn huyện còn 1.320 hộ nghèo.\n- Xảy ra 12 vụ tai nạn giao thông."),
        report(2023, "Có 870 hộ cận nghèo.\n- Kết nạp 62 đảng viên mới."),
    )
    assert {r.status for r in rows} == {"added", "vanished"}


def test_least_confidence_holds_back_doubtful_pairs() -> None:
    a = report(2022, "- Đào tạo nghề cho 5.318 lao động.")
    b = report(2023, "- Mở 12 lớp đào tạo cho 6.740 người.")
    sure = [r.confidence for r in compared(a, b) if r.a and r.b]
    assert len(sure) == 1
    assert [r for r in compared(a, b, least=min(1.0, sure[0] + 0.01)) if r.a and r.b] == []


def test_two_runs_of_one_year_are_compared_as_they_stand() -> None:
    text = report(2023, "Toàn huyện còn 1.320 hộ nghèo, giảm 210 hộ so với năm 2022 (1.530 hộ).")
    assert {r.status for r in compared(text, text)} == {"same"}


@pytest.mark.parametrize("map_", ["tomorrow", "as-of", "as-of 12", "as-of never"])
def test_a_map_that_there_is_not(map_: str) -> None:
    with pytest.raises(UsageError, match="as-told, today, or as-of YEAR"):
        compared(report(2022, "x"), report(2023, "x"), places=map_)
