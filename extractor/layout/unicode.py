"""Unicode as found in the wild, made one: NFC, real Đ, plain spaces, no invisible characters.

Decisions. Dashes stay as printed (finders accept `[-‐‑‒–—−]`), and so does the place of the tone mark (`òa`, `oà`):
both are normalised only for matching. Eth and African D (`Ð`, `ð`, `Ɖ`, `ɖ`), which fonts draw like `Đ`, become it,
and so does the gha (`ƣ`), which broken glyph maps write for `ư`;
every kind of space becomes the plain one; zero-width characters and soft hyphens go; the hyphen that
pdfium reports at a line end as U+0002 or U+FFFE becomes `-`; the bullets of Symbol and Wingdings become `•`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MAP = {
    **dict.fromkeys("ÐƉ", "Đ"), **dict.fromkeys("ðɖ", "đ"), "ƣ": "ư", "Ƣ": "Ư",
    **dict.fromkeys(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)), " "),
    **dict.fromkeys("\x00\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\r", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
    **dict.fromkeys("\x02\ufffe", "-"),
    **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc", "•"),
}
INVISIBLE = frozenset(c for c, to in _MAP.items() if not to)


@lru_cache(maxsize=1)
def _wild() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(_MAP)) + "]")


def clean(text: str) -> str:
    """`text` in the one form that all later stages see. Line breaks and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    text = _wild().sub(lambda m: _MAP[m[0]], text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
