"""What is made of one word read in two ways: each case is a reading seen on a worn page, or one that must stand."""

from __future__ import annotations

import pytest

from extractor.recognising.confusable import as_number, as_symbol
from extractor.recognising.deciding import Place, asks, decide


@pytest.mark.parametrize(
    ("word", "made"),
    [
        ("l2,5%", "12,5%"), ("2O22", "2022"), ("(1O5", "(105"), ("3.S00", "3.500"), ("1I/2023", "11/2023"),
        ("2022", None), ("I", None), ("So", None), ("Il", None), ("Bo", None), ("m2", None), ("5ha", None),
    ],
)  # fmt: skip
def test_letters_in_numbers(word: str, made: str | None) -> None:
    assert as_number(word) == made


@pytest.mark.parametrize(
    ("word", "made"),
    [
        ("90/QD-TTg", "90/QĐ-TTg"), ("27/2022/ND-CP", "27/2022/NĐ-CP"), ("24-QĐÐ/TW", "24-QĐ/TW"),
        ("13/2O21/NQ-HDND", "13/2021/NQ-HĐND"), ("90/QĐ-TTg", None), ("231/BC-UBND;", None), ("12/XYZ", None),
        ("và/hoặc", None), ("km/h", None), ("2021/2022", None),
    ],
)  # fmt: skip
def test_letters_of_symbols(word: str, made: str | None) -> None:
    assert as_symbol(word) == made


@pytest.mark.parametrize(
    ("first", "sure", "second", "place", "text"),
    [
        ("635", 0.8, ("1595", 0.99), "inside", "1595"),  # digits: the second reader's
        ("386.5", 0.9, ("386,5", 0.97), "inside", "386,5"),
        ("116/2018/NĐ-CP", 0.9, ("118/2018/ND-CP", 0.97), "inside", "118/2018/NĐ-CP"),  # letters: the first's
        ("163/2016/NĐ-GCP", 0.9, ("163/2016/ND-CP", 0.97), "inside", "163/2016/NĐ-CP"),  # unless it knows the symbol
        ("118hộ.", 0.9, ("118h6.", 0.9), "inside", "118 hộ."),
        ("2020", 0.9, ("2020-", 1.0), "inside", "2020"),  # a speck at the edge
        ("(I1)", 0.6, ("(ii)", 0.9), "inside", "(I1)"),
        ("12,5", 0.95, ("12,6", 0.3), "inside", "12,5"),  # the second is unsure
        ("2021", 0.9, ("年2021", 0.9), "inside", "2021"),  # no answer that could be printed
        ("J5537", 0.5, ("1.537", 0.99), "alone", "1.537"),
        ("Sï", 0.4, ("3", 0.99), "alone", "3"),  # a cell that is a digit
        ("ha", 0.96, ("6", 0.99), "alone", "ha"),  # the first is surer of its letters
        ("3⁄21", 0.9, None, "inside", "3/21"),
        ("90/QD-TTg", 0.9, None, "inside", "90/QĐ-TTg"),
        ("I.", 0.9, ("II.", 0.99), "opening", "II."),
        ("IKẾT", 0.7, ("I.KET", 0.95), "opening", "I. KẾT"),
        ("HI", 0.7, ("III", 0.95), "opening", "III"),
        ("IIII.", 0.7, ("IIII.", 0.99), "opening", "IIII."),  # no Roman number: left as it stands
        ("2.THIỆT", 0.9, ("2.THIET", 0.9), "opening", "2. THIỆT"),
        ("-Lưu:", 0.9, None, "opening", "- Lưu:"),
        ("Số:214/BC-UBND", 0.9, ("So:214/BC-UBND", 0.9), "inside", "Số: 214/BC-UBND"),
        ("và25", 0.9, ("va25", 0.9), "inside", "và 25"),
        ("COVID-19", 0.9, ("COVID-19", 0.9), "inside", "COVID-19"),
        ("QH14", 0.9, ("QH14", 0.9), "inside", "QH14"),
        ("120km", 0.9, ("120km", 0.9), "inside", "120km"),
        ("1 902 375", 0.9, ("1.902.375", 0.99), "inside", "1.902.375"),  # torn at faint dots
        ("2021 12", 0.9, ("2021 12", 0.99), "inside", "2021 12"),
        ("2662/QĐ- UBND", 0.9, ("2662/QD-UBND", 0.99), "inside", "2662/QĐ-UBND"),
    ],
)
def test_the_choice(first: str, sure: float, second: tuple[str, float] | None, place: Place, text: str) -> None:
    choice = decide(first, sure, second, place)
    assert choice.text == text
    assert 0 <= choice.confidence <= 1


def test_a_choice_tells_why_and_what_the_second_reader_said() -> None:
    agreed = decide("12,5%", 0.9, ("12,5%", 0.99))
    assert (agreed.reason, agreed.confidence) == ("", 0.99)
    differs = decide("386.5", 0.9, ("386,5", 0.97))
    assert (differs.second, differs.confidence < agreed.confidence) == ("386,5", True)
    assert "second reader" in differs.reason


@pytest.mark.parametrize(
    ("word", "sure", "place", "asked"),
    [
        ("2022", 0.96, "inside", False), ("2022", 0.9, "inside", True), ("79/TB-VPCP", 0.9, "inside", True),
        ("2022", 0.94, "alone", True), ("2022", 0.96, "alone", False),
        ("hộ", 0.96, "inside", False), ("ó", 0.6, "inside", True), ("ó", 0.8, "inside", False),
        ("Sï", 0.5, "alone", True),
        ("I.", 0.96, "opening", True), ("In", 0.96, "opening", False),
    ],
)  # fmt: skip
def test_whom_the_second_reader_is_asked_about(word: str, sure: float, place: Place, asked: bool) -> None:
    assert asks(word, sure, place) == asked
