"""One reading of a word that holds a digit, out of two: what each reader is good at is taken from it.

The second reader is believed for digits and their signs, the first for letters, which the second hardly knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.recognising.confusable import as_number, as_symbol, bare

_SAID = re.compile(r"[0-9A-Za-zĐđ.,;:%/()+*“”\"'<>=~±≥≤²³–—-]+")
"""What the second reader may answer; anything else is one of its Chinese characters."""

_TWO_LETTERS = re.compile(r"[a-zđ]{2}")
_NUMERIC = frozenset("0123456789.,;:%/()+-–—=<>±*\"“”'")
_LOOKS = frozenset("OoQlI|!ZzSsBÖÓ[]ÁÀti¡")
"""Letters that the first reader writes for digits."""

KNOWN = "the letters of a known symbol"

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


def decide(first: str, sure: float, second: tuple[str, float] | None) -> Choice:
    """The choice between the first reading and its confidence, and the second (None where it was not asked)."""
    if second is not None:
        said, surety = second[0].replace(" ", ""), second[1]
        if _SAID.fullmatch(said) and any(c.isdigit() for c in said):
            return _between(first, sure, said, surety)
    return _mended(first, sure, None)


def _mended(first: str, sure: float, second: str | None) -> Choice:
    """The first reading, its confusable characters mended."""
    for mend, reason in ((as_number, "letters taken for the digits that they look like"), (as_symbol, KNOWN)):
        made = mend(first)
        if made is not None:
            return Choice(made, reason, sure, second)
    return Choice(first, "", sure, second)


def _between(first: str, sure: float, second: str, surety: float) -> Choice:
    made = merged(first, second)
    mended = as_symbol(made) or made
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
