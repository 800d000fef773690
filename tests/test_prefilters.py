"""What spares work finds what the plain patterns find: laws, bare numbers, short forms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.finding import citations, laws, short_forms
from extractor.finding.lazy import words_at

GOLD = Path(__file__).resolve().parents[1] / "gold"
TEXTS = sorted([*GOLD.glob("*.txt"), *(GOLD / "resolution").glob("*.txt")])
PIECES = st.sampled_from(
    "Luật|luật|Bộ luật|bộ Luật|BỘ LUẬT|LUẬT|Pháp lệnh|PHÁP LỆNH|Hiến pháp|HIẾN  PHÁP|pháp luật|Đất đai|"
    "Nghị quyết|nghị quyết|Quyết định|số|20|5/2020|-CP|này|đó|trên|nêu trên|đã nêu trên|trên đây|các|hai|02|văn bản|"
    "NQ|KH|x|_|ĐNghị định|địa bàn|, |. |\n|  |vừa nêu|được kể ở trên|Thông tư liên tịch|Chương trình|đã|(|)".split("|")
)
MADE = st.lists(PIECES, max_size=30).flatmap(lambda p: st.sampled_from([" ".join(p), "".join(p)]))


def spans(found: object) -> list[tuple[int, int]]:
    return [m.span() for m in found]  # type: ignore[attr-defined]


def with_edge(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern.pattern})", pattern.flags)


def check(text: str) -> None:
    assert spans(laws._heads(text)) == spans(laws._HEAD.finditer(text))
    assert spans(short_forms._pointings(text)) == spans(short_forms._POINTING.finditer(text))
    for pattern in (citations._BARE, short_forms._NUMBERED):
        assert spans(words_at(pattern, text)) == spans(with_edge(pattern).finditer(text))


@given(MADE)
def test_on_made_texts(text: str) -> None:
    check(text)


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_on_the_gold(path: Path) -> None:
    check(path.read_text(encoding="utf8"))
