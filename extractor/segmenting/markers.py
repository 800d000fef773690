"""Numbering markers at the start of a paragraph: which styles a marker may belong to, and its place in its list.

One marker may be read in two ways (`I.` is roman 1 or the letter after H, `i)` roman 1 or the letter after h), so
`read` returns every reading, in the order of patterns/headings.toml; the tree decides from the neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor import patterns

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""Letters in Vietnamese order; lists skip some of them (`ă`, `f`, `j`, `w`), which `tree` allows as a small gap."""

ORDINALS = {w: n for n, w in enumerate("nhất hai ba bốn năm sáu bảy tám chín mười".split(), 1)} | {"một": 1, "tư": 4}
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
WORDED = frozenset({"part", "chapter", "division", "subdivision", "article"})
MAX_NUMBER = 150
"""No list of a report is longer; a larger number at the start of a line is a year, a quantity or a page."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One reading of a marker: its style, its number in the list (1 = first), the parts of a compound label."""

    style: str
    rank: int
    value: int
    parts: tuple[int, ...]
    head: str  # what the first part is: d arabic, R roman, U capital letter, l small letter
    label: str
    closing: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    rank: int
    value: str
    pattern: regex.Pattern[str]


_COMMON = {letter: n for n, letter in enumerate("abcdđeghiklmnopqrstuvxy", 1)}


def letter_value(letter: str) -> int:
    """The place of a letter in a list (a b c d đ e g h i k …); a letter outside that order follows the one before."""
    letter = letter.lower()
    if letter in _COMMON:
        return _COMMON[letter]
    before = [c for c in ALPHABET[: ALPHABET.find(letter)] if c in _COMMON]
    return _COMMON[before[-1]] + 1 if before else 1


def roman_value(numeral: str) -> int | None:
    """The value of a roman numeral up to 89 in its regular form (IV, not IIII); None for any other string."""
    digits = [ROMAN.get(c, 0) for c in numeral.lower()]
    if not digits or 0 in digits:
        return None
    total = sum(-d if any(e > d for e in digits[i + 1 : i + 2]) else d for i, d in enumerate(digits))
    return total if 0 < total < 90 and _to_roman(total) == numeral.lower() else None


def _to_roman(number: int) -> str:
    out = ""
    for value, numeral in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out, number = out + numeral, number - value
    return out


@lru_cache(maxsize=1)
def _pieces() -> regex.Pattern[str]:
    return regex.compile(r"\d+|[IVXL]+(?![A-ZĐ])|[A-ZĐa-zđ]")


def _parts(label: str) -> tuple[int, ...] | None:
    values = []
    for part in _pieces().findall(label):
        value = int(part) if part.isdigit() else roman_value(part) if part.isupper() else letter_value(part)
        values.append(value if value is not None else letter_value(part[0]))
    return tuple(values) if values and values[0] > 0 and max(values) <= MAX_NUMBER else None


def _values(kind: str, label: str) -> tuple[int, ...] | None:
    if kind == "parts":
        return _parts(label)
    if kind == "letter":
        return (letter_value(label),)
    if kind == "roman":
        roman = roman_value(label)
        return (roman,) if roman else None
    digits = label.rstrip("abcdđeghiklmnopqrstuvxy")
    if digits.isdigit():
        return (int(digits),) if 0 < int(digits) <= MAX_NUMBER else None
    if kind == "arabic":
        return None
    value = ORDINALS.get(label.lower()) or roman_value(label) or letter_value(label[0])
    return (value,) if value else None


@lru_cache(maxsize=1)
def _styles() -> tuple[_Style, ...]:
    styles = patterns.load("headings")["style"]
    return tuple(_Style(s["name"], s["rank"], s["value"], regex.compile(s["pattern"])) for s in styles)


@lru_cache(maxsize=1)
def _gate() -> regex.Pattern[str]:
    return regex.compile(
        r"[ ]*+(?P<quote>[“\"‘«]?)[ ]*+"
        r"(?=(?:\d{1,3}[a-zđ]?|[A-Za-zĐđ]\.?\d{0,2}|[ivxIVXL]{1,7})\s?[.,)/:–—-]|\(|[IVXL]{1,7}\s+\p{Lu}{2}|(?i:phần|chương|mục|tiểu|điều))"
    )


def read(text: str, start: int, end: int) -> tuple[Marker, ...]:
    """Every reading of the marker that opens the paragraph `text[start:end]`; () where none does.

    A paragraph that is a row of table cells (joined by tabs) has no marker.
    """
    gate = _gate().match(text, start, end)
    if not gate or text.find("\t", start, end) >= 0:
        return ()
    at, quoted = gate.end(), bool(gate["quote"])
    found = []
    for style in _styles():
        match = style.pattern.match(text, at, end)
        if not match:
            continue
        number = "".join(match["n"].split())
        values = _values(style.value, number)
        if values is None:
            continue
        label = _worded(match[0], match["n"]) if style.name in WORDED else number
        head, closing = _head(style, number), match[0][-1]
        found.append(
            Marker(style.name, style.rank, values[-1], values, head, label, closing, at, match.end(), quoted)
        )
    return tuple(found)


def _head(style: _Style, number: str) -> str:
    if style.name in WORDED or number[0].isdigit():
        return style.name if style.name in WORDED else "d"
    if style.value == "roman":
        return "R" if number.isupper() else "r"
    if number[0].isupper():
        return "R" if style.value == "parts" and roman_value(number.split(".")[0]) else "U"
    return "l"


def _worded(marker: str, number: str) -> str:
    words = " ".join(marker[: marker.rindex(number)].split())
    return f"{words} {number}"


@lru_cache(maxsize=1)
def _boundaries() -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(b["pattern"]) for b in patterns.load("headings")["boundary"])


def boundary_marker(text: str, start: int, end: int) -> str:
    """The words that open an annex or an attached document, below which numbering starts anew; "" for other lines."""
    if text[start : start + 1] in "PpBbMm":
        for pattern in _boundaries():
            match = pattern.match(text, start, end)
            if match:
                return str(match[0]).rstrip()
    return ""
