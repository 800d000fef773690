"""The editions of a law: which one `Luật Đất đai` means on a day, and the number that goes with a year.

The list is `patterns/law_editions.toml`. What it does not hold stays open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from extractor import patterns


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a law: `key` as the contract writes it (`Luật Đất đai 2013`), its number, its days."""

    key: str
    number: str
    passed: date
    in_force: date


@dataclass(frozen=True, slots=True)
class Chosen:
    """The edition that a law's name means on a day, or why that is open."""

    edition: Edition | None
    reason: str | None = None
    confidence: float = 1.0


@lru_cache(maxsize=1)
def _editions() -> dict[str, tuple[Edition, ...]]:
    return {
        entry["name"]: tuple(
            Edition(f"{entry['name']} {e['year']}", e["number"], e["passed"], e["in_force"]) for e in entry["editions"]
        )
        for entry in patterns.load("law_editions")["editions"]
    }


@lru_cache(maxsize=1)
def _by_number() -> dict[str, str]:
    return {e.number: e.key for editions in _editions().values() for e in editions}


def law_of_number(number: str) -> str | None:
    """`45/2013/QH13` -> `Luật Đất đai 2013`; None where the list does not hold it."""
    return _by_number().get(number)


def number_of_law(key: str) -> str | None:
    """`Luật Đất đai 2013` -> `45/2013/QH13`; None where the list does not hold it."""
    return next((number for number, law in _by_number().items() if law == key), None)


def edition_on(name: str, day: date) -> Chosen:
    """The edition of the law `name` that held on `day`.

    Open where the list does not know the law, where none was in force yet, and between the day when a new one was
    passed and the day when it came into force: reports then mean either.
    """
    editions = _editions().get(name, ())
    if not editions:
        return Chosen(None, "its editions are not listed")
    held = [e for e in editions if e.in_force <= day]
    coming = [e for e in editions if e.passed <= day < e.in_force]
    if coming and held:
        return Chosen(None, f"{held[-1].key} held, {coming[-1].key} was passed")
    if not held:
        return Chosen(coming[-1], None, 0.8) if coming else Chosen(None, "no edition held on the report's day")
    known_until: date = patterns.load("law_editions")["provenance"]["known_until"]
    return Chosen(held[-1], None, 0.8 if day <= known_until else 0.6)


def next_edition(key: str) -> Edition | None:
    """The edition that followed the law `key` (`Luật Đất đai 2013`); None where it is the last listed or not listed."""
    for editions in _editions().values():
        for i, edition in enumerate(editions[:-1]):
            if edition.key == key:
                return editions[i + 1]
    return None


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `extractor patterns check`: the references in `text` to one of the editions of `entry`."""
    from extractor.linking.authorities.resolving import resolve_references

    own = {f"{entry['name']} {e['year']}" for e in entry["editions"]}
    return [r.text for r in resolve_references(text).references if r.resolved in own]
