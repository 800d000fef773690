"""What opens a line: section numbers and dashes, which recognition glues to the next word, and Roman numbers, whose
strokes it miscounts in bold print (`II.` is read `I.`, `I. KẾT` is read `IKẾT`).
"""

from __future__ import annotations

import regex

_ROMAN = regex.compile(r"[IVXHLl1|]{1,5}(?=[.)]?$|[.,]\s?\w|\p{Lu}{2})")
_SAID_ROMAN = regex.compile(r"([IVX]{1,5})[.,)]?")
_NUMBER = regex.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.(?=[^\W\d_]{2})")
_DASH = regex.compile(r"[-–—+•](?=[^\W\d_]{2})")
_LETTER = regex.compile(r"[a-zđ]\)(?=[^\W\d_]{2})")

SURE = 0.8
"""A second reading of a Roman number that is less sure is not believed."""


def may_be_roman(word: str) -> bool:
    """Whether a line's first word may open with a Roman number, right or wrong."""
    return _ROMAN.match(word) is not None


def with_roman(word: str, second: str, sure: float) -> str | None:
    """`word` with its Roman number as the second reader counts it, set apart from what it is glued to; None where the
    second reader sees none."""
    said = _SAID_ROMAN.match(second)
    if said is None or sure < SURE or not _is_roman(said[1]):
        return None
    rest = word[_ROMAN.match(word).end() :].lstrip(".,) ")  # type: ignore[union-attr]
    if rest and not second[said.end() :].strip():
        return None
    sign = said[0].replace(",", ".")
    return f"{sign} {rest}" if rest else sign


def _is_roman(sign: str) -> bool:
    """Whether it is written as Roman numbers are, up to 39."""
    tens = len(sign) - len(sign.lstrip("X"))
    ones = sign[tens:]
    return tens <= 3 and ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def parted(word: str) -> str:
    """`word`, which opens a line, with a section number or dash set apart from the word that it is glued to."""
    for opener in (_NUMBER, _DASH, _LETTER):
        match = opener.match(word)
        if match:
            return f"{match[0]} {word[match.end():]}"
    return word
