"""Vietnamese without its marks, so that `ho ngheo` finds `hộ nghèo` and `duong` finds `đường`.

SQLite's own `remove_diacritics` leaves đ as it is, therefore a column folded here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Every letter that Vietnamese texts hold, ASCII too: without a letter, translating is much slower."""
    table = dict.fromkeys(range(0x2000, 0x2070), " ")  # dashes, quotes, …: what they part stays apart
    for code in [*range(0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0]
        table[code] = base.lower() if base.isascii() else chr(code).lower()
    return table | {ord(letter): "d" for letter in "đĐÐ"}


def fold(text: str) -> str:
    """NFC `text` in small letters without diacritics."""
    return text.translate(_table())
