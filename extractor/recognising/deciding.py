"""One reading of a word that holds a digit, out of two: what each reader is good at is taken from it.

The second reader is believed for digits and their signs, the first for letters, which the second hardly knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from extractor.recognising.confusable import as_number, as_symbol, bare, known_symbol
from extractor.recognising.openers import may_be_roman, parted, with_roman
from extractor.recognising.tearing import unglued, whole

_SAID = re.compile(r"[0-9A-Za-zĐđ.,;:%/()+*“”\"'<>=~±≥≤²³–—-]+")
"""What the second reader may answer; anything else is one of its Chinese characters."""

_TWO_LETTERS = re.compile(r"[a-zđ]{2}")
_NUMERIC = frozenset("0123456789.,;:%/()+-–—=<>±*\"“”'")
_LOOKS = frozenset("OoQlI|!ZzSsBÖÓ[]ÁÀti¡")
"""Letters that the first reader writes for digits."""

_FEW, _FEWER = 3, 2
"""The longest word that may be a misread number: of a table's cell, of running text (`ngày ó`, `Ï Ï` for 6, 11)."""

KNOWN = "the letters of a known symbol"

CERTAIN = 0.925
"""From that confidence on the first reading of a number in running text stands."""

CERTAIN_WORD = 0.7
"""The same for a few letters, which are seldom a number misread (`ngày ó`)."""

CERTAIN_CELL = 0.95
"""The same for a cell, in which no other words help the first reader."""

SURE, UNSURE = 0.93, 0.5
"""A second reading less sure than UNSURE does not overrule a first one surer than SURE."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands in the text, why, how sure that is, and the second reading where there is one.

    `reason` is "" where both readers agree and nothing was mended.
    """

    text: str
    reason: str
    confidence: float
    second: str | None = None


Place = Literal["inside", "opening", "alone"]
"""Where a word stands: it opens a line of the page, is all that a table's cell holds, or neither."""


def asks(word: str, sure: float, place: Place) -> bool:
    """Whether the second reader is asked: for a digit, a Roman number, a few letters that may be digits.

    Not where the first is sure of a number: of 900 such words on worn pages it then changed 6, most for the worse; nor
    where it is fairly sure of letters: of 80 it changed none.
    """
    if any(c.isdigit() for c in word):
        return sure < (CERTAIN_CELL if place == "alone" else CERTAIN)
    if place == "opening" and may_be_roman(word):
        return True
    return len(word) <= _FEW if place == "alone" else len(word) <= _FEWER and sure < CERTAIN_WORD


def decide(first: str, sure: float, second: tuple[str, float] | None, place: Place = "inside") -> Choice:
    """The choice between the first reading and its confidence, and the second (None where it was not asked).

    Where the first word of a line was two glued together, they are parted in `Choice.text`.
    """
    first = first.replace("⁄", "/")
    if " " in first:
        made = whole(first, second[0]) if second else None
        return Choice(made or first, "one number, torn apart in print" if made else "", sure, second and second[0])
    choice = _chosen(first, sure, second, place)
    text = unglued(choice.text)
    return replace(choice, text=parted(text) if place == "opening" else text)


def _chosen(first: str, sure: float, second: tuple[str, float] | None, place: Place) -> Choice:
    if second is None:
        return _mended(first, sure, None)
    said, surety = second[0].replace(" ", ""), second[1]
    if place == "opening" and may_be_roman(first):
        made = with_roman(first, said, surety)
        if made is None or made == first:
            return Choice(first, "", sure)
        return Choice(made, "strokes of the Roman number from the second reader", surety, said)
    if not any(c.isdigit() for c in said):
        return Choice(first, "", sure)  # it sees no number: `(ii)` read as `(I1)`
    if not _SAID.fullmatch(said):
        return _mended(first, sure, None)
    if not any(c.isdigit() for c in first):
        if set(said) <= _NUMERIC and surety >= SURE > sure:
            return Choice(said, "digits from the second reader", surety, said)
        return _mended(first, sure, None)
    return _between(first, sure, said, surety)


def _mended(first: str, sure: float, second: str | None) -> Choice:
    """The first reading, its confusable characters mended."""
    for mend, reason in ((as_number, "letters taken for the digits that they look like"), (as_symbol, KNOWN)):
        made = mend(first)
        if made is not None:
            return Choice(made, reason, sure, second)
    return Choice(first, "", sure, second)


def _between(first: str, sure: float, second: str, surety: float) -> Choice:
    if second[-1] in "-–—" and first[-1] not in "-–—":  # a speck at the edge
        second = second.rstrip("-–—")
    made = merged(first, second)
    if set(second) <= _NUMERIC and surety >= SURE and 3 * sum(c.isalpha() for c in first) <= len(first):
        made = second  # a number with a stray letter in it
    mended = known_symbol(made) or known_symbol(second) or as_symbol(made) or made
    if made == first:  # they differ in letters at most
        if mended != made:
            return Choice(mended, KNOWN, max(sure, surety), second)
        return Choice(first, "", max(sure, surety), second)
    if surety < UNSURE and sure > SURE:
        choice = _mended(first, sure, second)
        return Choice(choice.text, choice.reason or "the second reader was unsure", min(sure, surety), second)
    reason = "digits and signs from the second reader"
    return Choice(mended, reason, round(min(0.9, surety), 3), second)


def merged(first: str, second: str) -> str:
    """The first reading with the digits and signs of the second where they differ."""
    from rapidfuzz.distance import Levenshtein

    a, b = bare(first), bare(second)
    if _TWO_LETTERS.search(second) and not set(first) & set("0123456789"):
        return first
    parts = []
    for op in Levenshtein.opcodes(a, b):
        old, new = first[op.src_start : op.src_end], second[op.dest_start : op.dest_end]
        if op.tag == "equal":
            parts.append(old)
        else:
            parts.append(new if set(new) <= _NUMERIC and set(old) <= _NUMERIC | _LOOKS else old)
    return "".join(parts)
