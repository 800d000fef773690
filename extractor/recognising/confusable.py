"""Characters that recognition confuses, mended where one alone can be meant: in numbers and document symbols.
Everywhere else the reading stands as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGITS = str.maketrans({
    "O": "0", "o": "0", "Q": "0", "Ö": "0", "Ó": "0",
    "l": "1", "I": "1", "|": "1", "i": "1", "!": "1", "]": "1", "[": "1",
    "Z": "2", "z": "2", "S": "5", "s": "5", "B": "8",
})  # fmt: skip
_NUMBER_LIKE = re.compile(r"[(“\"]?[0-9OoQlI|!ZzSsBÖÓ\[\]]+(?:[.,/][0-9OoQlI|!ZzSsBÖÓ\[\]]+)*[%)”\".,;:]*")
_SYMBOL = re.compile(
    r"(?P<number>\(?[0-9OolI|]{1,5}(?:/[0-9OolI|]{4})?)(?P<sep>[/-])"
    r"(?P<letters>[^\W\d_][^\W_]*(?:[-/][^\W_]+)*)(?P<tail>\W*)"
)

_LETTERS = (
    "BC CT CV CTr GM HD KH KL NĐ NĐ-CP NQ NQ-CP NQ-HĐND NQ-TU NQ-TW NQ-HU NQ-BCH QĐ QĐ-BTC QĐ-BTNMT QĐ-CT QĐ-TTg "
    "QĐ-UB QĐ-UBND QĐ-UBDT QĐ-BNN QĐ-BXD QĐ-BYT QĐ-SYT QĐ-TU QĐ-VP TB TB-UBND TB-VPCP TTr TTr-UBND TT TT-BTC TT-BYT "
    "TT-BNNPTNT TT-BKHĐT TT-BGDĐT TT-BLĐTBXH TTLT KH-UBND BC-UBND CV-UBND CT-UBND CT-TTg CĐ-TTg CTr-UBND CTr-TU BC-TU "
    "KH-TU KH-HU KH-ĐU BC-HU BC-ĐU BC-HĐND KH-HĐND TB-HĐND TTr-HĐND UBND HĐND BC-SNN BC-STC BC-BCĐ KH-BCĐ QĐ-BCĐ "
    "HD-UBND HD-BCĐ SLĐTBXH BC-SLĐTBXH PA-UBND GP-UBND QH13 QH14 QH15"
).split()
"""Letters of symbols as Nghị định 30/2020/NĐ-CP (Phụ lục III) abbreviates documents and organs."""


def as_number(word: str) -> str | None:
    """`word` with letters taken for the digits that they look like, where it is a number but for them; else None.

    At least half of what could be digits must be digits: `I` and `So` are words.
    """
    if not _NUMBER_LIKE.fullmatch(word):
        return None
    core = [c for c in word if c.isalnum() or c in "|!"]
    if 2 * sum(c.isdigit() for c in core) < len(core) or not any(c.isdigit() for c in core):
        return None
    head = len(word) - len(word.lstrip("(“\""))
    tail = len(word.rstrip("%)”\".,;:"))
    made = word[:head] + word[head:tail].translate(_DIGITS) + word[tail:]
    return made if made != word else None


def as_symbol(word: str) -> str | None:
    """`word` with the letters of a known document symbol put right (`90/QD-TTg`), where it is one but for marks; else
    None."""
    match = _SYMBOL.fullmatch(word)
    if match is None:
        return None
    said = match["letters"].replace("ĐÐ", "Đ").replace("ÐĐ", "Đ")  # one letter cut in two
    number, letters = match["number"].translate(_DIGITS), _by_bare_letters().get(_bare(said), said)
    made = f"{number}{match['sep']}{letters}{match['tail']}"
    return made if made != word and any(c.isdigit() for c in match["number"]) else None


def known_symbol(word: str) -> str | None:
    """`word` with its letters as they are written, where it is a symbol of known letters; else None."""
    match = _SYMBOL.fullmatch(word)
    return (as_symbol(word) or word) if match and _bare(match["letters"]) in _by_bare_letters() else None


@lru_cache(maxsize=1)
def _by_bare_letters() -> dict[str, str]:
    return {_bare(letters): letters for letters in _LETTERS}


def bare(text: str) -> str:
    """`text` without diacritics, đ as d; as many characters as in NFC."""
    return "".join(map(_bare_character, unicodedata.normalize("NFC", text)))


def _bare_character(c: str) -> str:
    return "d" if c == "đ" else "D" if c in "ĐÐ" else unicodedata.normalize("NFD", c)[0]


def _bare(letters: str) -> str:
    return bare(letters).upper()
