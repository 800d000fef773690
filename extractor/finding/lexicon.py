"""The lexicon of units, `patterns/units.toml`, in the form that reading needs, and the look-up of its phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from extractor import patterns
from extractor.model import Kind

PLACE_GROUPS = frozenset({"communes", "districts", "provinces and countries", "villages"})
NOT_A_UNIT = "not a unit"
ACRONYMS = "acronyms"
"""The group of units that are abbreviations in capitals, known by their form only."""
MAX_WORDS = 6
"""Longest entry of the lexicon in words; longer ones cannot be matched."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase of the lexicon. `factor` is đồng for money. `group` names its [[unit]] list."""

    group: str
    kind: Kind
    unit: str | None = None
    factor: int | None = None
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`patterns/units.toml` in the form that reading needs."""

    words: dict[str, Entry]
    openings: frozenset[str]
    symbols: dict[str, Entry]
    symbol: regex.Pattern[str]
    scales: dict[str, int]
    scale_money: dict[str, str]
    not_scaled: frozenset[str]
    scaled: dict[str, Entry]
    millions: frozenset[str]
    money_nouns: frozenset[str]
    joins: dict[str, frozenset[str]]
    verbal: frozenset[str]
    rates: frozenset[str]
    rate_openings: frozenset[str]
    rate_counts: frozenset[str]


def _openings(phrases: frozenset[str] | dict[str, Any]) -> frozenset[str]:
    """Every proper beginning, in whole words, of the phrases."""
    return frozenset(" ".join(p.split()[:n]) for p in phrases for n in range(1, len(p.split())))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = patterns.load("units")
    words: dict[str, Entry] = {}
    scaled: dict[str, Entry] = {}
    symbols: dict[str, Entry] = {}
    for group in data["unit"]:
        entry = Entry(
            group["name"],
            group.get("kind", "other"),
            group.get("unit"),
            group.get("factor"),
            bool(group.get("measured")),
        )
        words.update({w: entry for w in group.get("words", ()) if w not in words})
        scaled.update(dict.fromkeys(group.get("scaled", ()), entry))
        symbols.update(dict.fromkeys(group.get("symbols", ()), entry))
    for group in data["not_a_unit"]:
        words.update(dict.fromkeys(group["words"], Entry(NOT_A_UNIT, "other")))
    scale, rate = data["scale"][0], data["rate"][0]
    joins: dict[str, set[str]] = {}
    for group in data["joins"]:
        for word in group["words"]:
            joins.setdefault(word, set()).add(group["name"])
    rates = frozenset(rate["words"])
    forms = sorted(symbols, key=len, reverse=True)
    shapes = "|".join(
        regex.escape(f, literal_spaces=True).replace(" ", r"\s+") + (r"(?![^\W\d_])" if f[-1].isalnum() else "")
        for f in forms
    )
    return Lexicon(
        words=words,
        openings=_openings(words),
        symbols=symbols,
        symbol=regex.compile(shapes, regex.IGNORECASE),
        scales=scale["factors"],
        scale_money=scale["money"],
        not_scaled=frozenset(scale["not_before"]),
        scaled=scaled,
        millions=frozenset(scale["millions"]),
        money_nouns=frozenset(scale["money_before"]),
        joins={word: frozenset(groups) for word, groups in joins.items()},
        verbal=frozenset(word for group in data["joins"] for word in group.get("verbal", ())),
        rates=rates,
        rate_openings=_openings(rates),
        rate_counts=frozenset(rate["of_counts"]),
    )


def longest(
    text: str, at: int, phrases: frozenset[str] | dict[str, Any], openings: frozenset[str]
) -> tuple[int, str] | None:
    """The longest phrase that stands at `at` (any white space between its words): its end and its form in `phrases`."""
    shape = word()
    found: tuple[int, str] | None = None
    key, pos = "", at
    for _ in range(MAX_WORDS):
        match = shape.match(text, pos)
        if match is None:
            break
        low = match[0].lower()
        key = f"{key} {low}" if key else low
        pos = match.end()
        if key in phrases:
            found = pos, key
        if key not in openings:
            break
        while pos < len(text) and text[pos].isspace():
            pos += 1
    return found


@lru_cache(maxsize=1)
def word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]++")
