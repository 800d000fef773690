"""Which known indicator a figure states, and the abbreviations that a text introduces or that need no introduction."""

from __future__ import annotations

import pytest

from extractor import patterns
from extractor.linking.abbreviations import find_abbreviations, standing
from extractor.linking.catalogue import catalogue, identify
from extractor.pipeline import extract_text

IDS = [
    ("tỷ lệ hộ nghèo bình quân", "percent", False, "poverty_rate"),
    ("tỉ lệ hộ nghèo", "percent", False, "poverty_rate"),
    ("tỷ lệ hộ cận nghèo", "percent", False, "near_poverty_rate"),
    ("hộ nghèo", "household", False, "poor_households"),
    ("tổng dư nợ cho vay", "money", False, "credit_outstanding"),
    ("tổng dư nợ cho vay", "percent", True, "credit_outstanding"),
    ("tổng dư nợ cho vay", "percent", False, None),
    ("mức đạt KH tổng dư nợ cho vay", "percent", False, None),
    ("tiêu chí NTM nâng cao", "criteria", False, "advanced_ntm_criteria_met"),
    ("tỷ lệ bao phủ BHYT", "percent", False, "insurance_coverage_rate"),
    ("tỷ lệ dân số tham gia bảo hiểm y tế", "percent", False, "insurance_coverage_rate"),
    ("tỷ lệ giải ngân vốn đầu tư công", "percent", False, "disbursement_rate"),
    ("số buổi tuyên truyền", "other", False, None),
]


@pytest.mark.parametrize(("indicator", "kind", "changed", "expected"), IDS, ids=[f"{r[0]} {r[1]} {r[2]}" for r in IDS])
def test_identify(indicator: str, kind: str, changed: bool, expected: str | None) -> None:
    assert identify(indicator, kind, changed) == expected


def test_every_name_belongs_to_one_indicator() -> None:
    seen: dict[str, str] = {}
    for entry in patterns.load("indicators")["indicator"]:
        for name in entry["names"]:
            assert seen.setdefault(name, entry["name"]) == entry["name"], name


def test_every_indicator_says_its_kinds_and_whether_it_adds_up() -> None:
    known = catalogue()
    assert len(known) >= 60
    kinds = {"household", "percent", "money", "criteria", "other"}
    assert all(k.kinds and k.kinds <= kinds and k.label for k in known.values())
    assert not any(k.additive for k in known.values() if k.kinds == {"percent"})


ABBREVIATIONS = [
    ("Chương trình xây dựng nông thôn mới (NTM) được triển khai.", "NTM", "nông thôn mới"),
    ("Sở Giáo dục và Đào tạo (GDĐT) báo cáo.", "GDĐT", "Giáo dục và Đào tạo"),
    ("Kế hoạch phát triển kinh tế - xã hội (KT-XH) năm nay.", "KT-XH", "kinh tế - xã hội"),
    ("Hội Bảo vệ quyền trẻ em (sau đây gọi tắt là BVQTE) phối hợp.", "BVQTE", "Bảo vệ quyền trẻ em"),
    (
        "Chương trình hỗ trợ nhà ở cho người nghèo (sau đây gọi tắt là Chương trình) được duyệt.",
        "Chương trình",
        "Chương trình hỗ trợ nhà ở cho người nghèo",
    ),
    ("UBND huyện trình HĐND.", "HĐND", "Hội đồng nhân dân"),
    ("Vùng đồng bào DTTS.", "DTTS", "dân tộc thiểu số"),
]


@pytest.mark.parametrize(("text", "short", "full"), ABBREVIATIONS, ids=[r[1] + " " + r[2][:20] for r in ABBREVIATIONS])
def test_abbreviation(text: str, short: str, full: str) -> None:
    assert find_abbreviations(text)[short] == full


def test_an_introduction_wins_over_the_standing_list() -> None:
    assert find_abbreviations("Trung tâm hành chính (TTHC) đi vào hoạt động.")["TTHC"] == "Trung tâm hành chính"


@pytest.mark.parametrize("text", ["Vụ mùa (XYZ) đạt khá.", "Một số xã (A, B) khó khăn.", "Không có gì viết hoa ở đây."])
def test_letters_that_do_not_fit_the_words_before_are_no_abbreviation(text: str) -> None:
    assert find_abbreviations(text) == {}


def test_a_standing_abbreviation_is_a_word_of_its_own() -> None:
    assert "KH" not in find_abbreviations("Bộ KHCN quy định.")
    assert standing()["KH"] == "kế hoạch"


def test_introductions_are_read_in_linear_time() -> None:
    text = "nông thôn mới (NTM) " * 5_000 + "(" * 20_000 + "gọi tắt là " * 5_000
    assert find_abbreviations(text)["NTM"] == "nông thôn mới"


def test_an_abbreviation_that_the_report_introduces_names_its_indicator() -> None:
    text = "Toàn xã có 812 hộ. Tỷ lệ hộ nghèo (TLHN) giảm nhanh; cuối năm TLHN còn 4,2%."
    report = extract_text(text)
    assert [(f.text, f.indicator_id) for f in report.figures if f.text == "4,2%"] == [("4,2%", "poverty_rate")]
