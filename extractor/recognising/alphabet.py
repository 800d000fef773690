"""The characters that our own recogniser knows, and how text is folded to them. Training and reading share this."""

from __future__ import annotations

import unicodedata

BLANK = 0
"""The class that CTC keeps for "no character here"."""

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_CONSONANTS = "bcdđfghjklmnpqrstvwxz"
_SIGNS = ".,;:!?()[]{}/\\-–+*%&=<>\"'“”‘’…§°±×_@#$|~^½≥≤•→"
_RAISED = "²³¹⁰⁴⁵⁶⁷⁸⁹"

CHARACTERS = " " + _VOWELS + _CONSONANTS + (_VOWELS + _CONSONANTS).upper() + "0123456789" + _SIGNS + _RAISED
"""In the order of the network's classes; the class of a character is its place here and one, for the blank."""

CLASSES = len(CHARACTERS) + 1

_FOLD = str.maketrans({
    "—": "–", "−": "–", "‐": "-", "‑": "-", "·": "•", "▪": "•", "\uf0b7": "•", "➢": "•", "⇒": "→", "«": "“", "»": "”",
    "„": "“", "´": "'", "`": "'", "′": "'", "⁄": "/", "\u00a0": " ", "Ð": "Đ", "∼": "~", "÷": "-",
})  # fmt: skip
_CLASS = {character: n for n, character in enumerate(CHARACTERS, 1)}

RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LEVEL_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def folded(text: str) -> str:
    """`text` as it can be read: NFC, signs that look alike as one, spaces single, what is not known left out."""
    known = (c for c in unicodedata.normalize("NFC", text).translate(_FOLD) if c in _CLASS or c.isspace())
    return " ".join("".join(known).split())


def classes(text: str) -> list[int]:
    """The classes of a folded text. Raises KeyError for a character that is not known."""
    return [_CLASS[character] for character in text]
