"""Both stages on adversarial text: what stands in it is found, spans hold, nothing fails."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places_table import places

from extractor import patterns
from extractor.finding.places import check_surfaces, find_mentions
from extractor.linking.places import link_places

ADVERSARIAL: dict[str, tuple[str, list[str]]] = {
    "digits": ("1" * 1_000_000, []),
    "brackets": ("(" * 100_000, []),
    "cues": ("các xã (" * 20_000, []),
    "blanks": ("xã" + " " * 1_000_000, []),
    "one line of names": ("Bắc Hà, " * 5_000, ["Bắc Hà"] * 5_000),
    "capitals": ("BẮC HÀ " * 20_000, []),
    "unknown names": ("".join(f"xã Zu{a}i Ki{b}o, " for a in "abcdefghiklm" for b in "bcdghklmnpqrst"), []),
    "list without end": ("các xã " + "Bản Phố, Tà Chải, " * 5_000, ["Bản Phố", "Tà Chải"] * 5_000),
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_endless_rows_of_one_thing(name: str) -> None:
    text, found = ADVERSARIAL[name]
    linked = link_places(text, find_mentions(text), on=date(2023, 1, 1), home=("UBND tỉnh Lào Cai",))
    assert [p.text for p in linked] == found


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
