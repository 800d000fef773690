"""Both stages on adversarial text: time in proportion to the length, spans that hold, nothing that fails."""

from __future__ import annotations

import re
import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places_table import places

from extractor import patterns
from extractor.finding.places import check_surfaces, find_mentions
from extractor.linking.places import link_places

ADVERSARIAL = {
    "digits": "1" * 1_000_000,
    "brackets": "(" * 100_000,
    "cues": "các xã (" * 40_000,
    "blanks": "xã" + " " * 1_000_000,
    "one line of names": "Bắc Hà, " * 20_000,
    "capitals": "BẮC HÀ " * 20_000,
    "unknown names": "".join(f"xã Zu{a}i Ki{b}o, " for a in "abcdefghiklm" * 5 for b in "bcdghklmnpqrst" * 5),
    "list without end": "các xã " + "Bản Phố, Tà Chải, " * 10_000,
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_time_is_linear(name: str) -> None:
    text = ADVERSARIAL[name]

    def spent(part: str) -> float:
        start = time.process_time()
        link_places(part, find_mentions(part), on=date(2023, 1, 1), home=("UBND tỉnh Lào Cai",))
        return time.process_time() - start

    spent(text[:1000])
    half, whole = spent(text[: len(text) // 2]), spent(text)
    assert whole < 4 * half + 0.2


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_spans_in_order(text: str) -> None:
    found = places(text)
    assert [p.start for p in found] == sorted(p.start for p in found)
    for place in found:
        assert text[place.start : place.end] == place.text


_WORDS = st.sampled_from(
    [
        "xã",
        "huyện",
        "tỉnh",
        "các",
        "Bắc Hà",
        "Lào Cai",
        "Tân Lập",
        "Huế",
        ",",
        ";",
        "(",
        ")",
        ":",
        "và",
        "12 hộ",
        "\n",
        "  ",
        "İ",
        "Ea H'leo",
    ]
)


@given(st.lists(_WORDS, max_size=30), st.booleans())
@settings(max_examples=200, deadline=None)
def test_spans_do_not_overlap(words: list[str], spaced: bool) -> None:
    text = (" " if spaced else "").join(words)
    found = places(text, "2023-06-30")
    for one, other in pairwise(found):
        assert one.end <= other.start
    assert all(text[p.start : p.end] == p.text and p.text.strip() == p.text for p in found)


def test_empty_text() -> None:
    assert find_mentions("") == []
    assert places("") == []


ENTRIES = [entry for kind, entries in patterns.load("place_cues").items() if kind != "provenance" for entry in entries]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["name"])
def test_examples_of_the_pattern_file(entry: dict[str, list[str]]) -> None:
    for example in entry["examples"]:
        assert check_surfaces(entry, re.sub("[⟦⟧]", "", example)) == re.findall("⟦(.*?)⟧", example)
    for example in entry["counter_examples"]:
        assert check_surfaces(entry, example) == []
