"""What counts as a Vietnamese syllable, and which pages are believed."""

from __future__ import annotations

import unicodedata

import pytest

from extractor.reading.trust import FEWEST_WORDS, is_syllable, judge
from tests.reading_files import REPORT

VALID = (
    "a ở nghèo Nghiêng khuỷu nguyễn GIẾNG gì giết quyết quốc qua quýt khuya thuở huỳnh hoặc xoong ngoằn tuyết bướu "
    "rượu yêu yến kỹ kĩ ủy uỷ hòa hoà thuế ĐƯỜNG quơ quờ gìn oanh loét huỵch uých phở trưởng chuyên ghế"
)
INVALID = (
    "nƣớc thuc hoc cac tràch ngè kăn cìu gà̀ hocj Ng UBND km zalo website hiẹnn truờngg nghê̂ tiếpp vớl dơợc tuyêm ceo "
    "đượck ủáy tot"
)


@pytest.mark.parametrize("word", VALID.split())
def test_valid_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", INVALID.split())
def test_invalid_syllables(word: str) -> None:
    assert not is_syllable(word)


def plain(text: str) -> str:
    """`text` without diacritics, as a recogniser without Vietnamese writes it."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).replace("đ", "d")


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        unicodedata.normalize("NFD", REPORT),
        REPORT.upper(),
        REPORT.replace("Đ", "Ð"),
        REPORT
        + " UBND tỉnh Đắk Lắk, xã Krông Na, xã Kroong, NN&PTNT, QĐ-TTg, SGDĐT, Facebook, Zalo, 25 km, 30 ha, IV, viii",
        "STT 1 2 3 4,5 6% UBND BTC 12/BC-UBND " * 40,
        "The report of the province and its districts was prepared by the department with support from the bank. " * 4,
        "",
        "abc dfg hjk",
    ],
)
def test_trusted_pages(text: str) -> None:
    assert judge(text.split()).confidence == 1.0
    assert judge(text.split()).reason == ""


@pytest.mark.parametrize(
    ("text", "lowest", "highest", "reason"),
    [
        (plain(REPORT), 0.0, 0.1, "diacritic"),
        (REPORT.replace("ư", "ƣ"), 0.9, 0.99, "glyph map"),
        (REPORT.replace("ng", "rg"), 0.5, 0.93, "valid Vietnamese syllables"),
        (REPORT.replace("ạ", "a§a").replace("ộ", "8o"), 0.5, 0.93, "valid Vietnamese syllables"),
        (REPORT + " C IA SẺ DỮ LIỆU, K AI T ÁC, NG ĨA", 0.8, 0.99, "lost the letter H"),
        (REPORT.replace("ờ", "\ufffd"), 0.8, 0.99, "glyph map"),
    ],
)
def test_untrusted_pages(text: str, lowest: float, highest: float, reason: str) -> None:
    verdict = judge(text.split())
    assert lowest <= verdict.confidence <= highest
    assert reason in verdict.reason


def test_few_words_are_not_judged() -> None:
    words = ["xyzoa"] * (FEWEST_WORDS - 1)
    assert judge(words).confidence == 1.0
    assert judge([*words, "xyzoa"]).confidence == 0.0
