"""Vietnamese without its marks, so that `ho ngheo` finds `hộ nghèo` and `duong` finds `đường`.

SQLite's own `remove_diacritics` leaves đ as it is, therefore a column folded here.
"""

from __future__ import annotations

import unicodedata

_APART = "–—‑‐−…“”‘’•·⟦⟧›‹«»→≥≤×²³"
"""Marks that keep words apart, which would else be dropped with the diacritics."""


def fold(text: str) -> str:
    """`text` in small letters without diacritics, ASCII only; what stands between words stays between them."""
    if text.isascii():
        return text.lower()
    for mark in _APART:
        if mark in text:
            text = text.replace(mark, " ")
    text = text.replace("đ", "d").replace("Đ", "d").replace("Ð", "d")
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode("ascii").lower()
