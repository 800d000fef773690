"""patterns/: every file passes its own examples, and the check notices every way in which one could not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from extractor import patterns
from extractor.errors import PatternError
from extractor.patterns_check import check, check_data, check_file

GOOD = {"name": "hộ", "words": ["hộ"], "examples": ["có ⟦630 hộ⟧ và ⟦5 hộ⟧"], "counter_examples": ["hộ chiếu"]}


def surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """A room that finds one digit string before the entry's word."""
    words = text.split()
    return [f"{a} {b}" for a, b in pairwise(words) if a.isdigit() and b in entry["words"]]


def problems(*entries: dict[str, Any], provenance: Any = None) -> list[str]:
    data = {"provenance": provenance or {"source": "us"}, "unit": list(entries)}
    return [p.problem for p in check_data("units.toml", data, surfaces)]


@pytest.mark.parametrize("name", patterns.names())
def test_the_project_s_patterns(name: str) -> None:
    assert check_file(name) == []


def test_every_registered_file_is_there() -> None:
    assert [p for p in check() if "no such file" in p.problem] == []


def test_a_good_entry_has_no_problem() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"examples": []}, ["no examples"]),
        ({"counter_examples": []}, ["no counter_examples"]),
        ({"name": ""}, ["an entry has no name"]),
        ({"examples": ["có ⟦630 hộ⟧ và 5 hộ"]}, ["found something else"]),
        ({"examples": ["có ⟦630⟧ hộ"]}, ["found something else"]),
        ({"examples": ["có ⟦630 người⟧"]}, ["found something else"]),
        ({"examples": ["có 630"]}, ["an example marks nothing with ⟦ ⟧"]),
        ({"counter_examples": ["có 630 hộ"]}, ["found something else"]),
        ({"counter_examples": ["có ⟦630 hộ⟧"]}, ["a counter-example marks something with ⟦ ⟧"]),
        ({"words": None}, ["the check itself failed: TypeError: argument of type 'NoneType' is not iterable"]),
    ],
)
def test_a_bad_entry_is_named(change: dict[str, Any], expected: list[str]) -> None:
    found = problems(GOOD | change)
    assert found[0] == expected[0]


def test_a_list_that_finds_nothing_by_itself_says_so() -> None:
    bare = {"name": "stop", "words": ["và"]}
    assert problems(bare) == ["no examples", "no counter_examples"]
    assert problems(bare | {"unproved": "words at which a unit ends"}) == []
    assert problems(GOOD | {"unproved": "an excuse", "examples": ["có ⟦630⟧ hộ"]}) == ["found something else"]


def test_a_single_table_is_one_entry() -> None:
    data = {"provenance": {"source": "us"}, "titles": {"words": ["hộ"]}, "loose": ["hộ"]}
    found = [(p.entry, p.problem) for p in check_data("x.toml", data, surfaces)]
    assert found == [
        ("titles", "no examples"),
        ("titles", "no counter_examples"),
        ("loose", "neither a list of entries ([[…]]) nor one ([…])"),
    ]


def test_two_entries_of_one_name() -> None:
    assert problems(GOOD, GOOD) == ["two entries of this name"]


@pytest.mark.parametrize("provenance", [{"note": "x"}, {"source": " "}])
def test_a_file_names_its_source(provenance: dict[str, str]) -> None:
    assert problems(GOOD, provenance=provenance) == ["[provenance] names no source"]


def test_a_problem_says_text_expected_and_got() -> None:
    data = {"provenance": {"source": "us"}, "unit": [GOOD | {"examples": ["có ⟦630⟧ hộ"]}]}
    (problem,) = check_data("units.toml", data, surfaces)
    assert (problem.file, problem.entry, problem.text) == ("units.toml", "unit hộ", "có 630 hộ")
    assert (problem.expected, problem.got) == ("⟦630⟧", "⟦630 hộ⟧")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's own folder of patterns."""
    monkeypatch.setenv("EXTRACTOR_PATTERNS", str(tmp_path))
    patterns.load.cache_clear()
    yield tmp_path
    patterns.load.cache_clear()


def test_a_file_that_is_no_toml_is_named(own: Path) -> None:
    (own / "mine.toml").write_text("[[unit]\n")
    (problem,) = check_file("mine")
    assert "not valid TOML" in problem.problem
    with pytest.raises(PatternError):
        patterns.load("mine")


def test_a_file_that_no_room_checks_is_named(own: Path) -> None:
    (own / "mine.toml").write_text("[provenance]\nsource = 'me'\n")
    (problem,) = check_file("mine")
    assert "no room checks this file" in problem.problem


def test_own_entries_join_the_shipped_and_replace_those_of_their_name(own: Path) -> None:
    shipped = patterns.load("units")["unit"]
    (own / "units.toml").write_text(
        "[[unit]]\nname = 'households'\nwords = ['nóc nhà']\n[[unit]]\nname = 'x'\nwords = ['x']\n"
    )
    patterns.load.cache_clear()
    merged = patterns.load("units")["unit"]
    assert len(merged) == len(shipped) + 1
    assert [e["words"] for e in merged if e["name"] == "households"] == [["nóc nhà"]]
