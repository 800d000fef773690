"""Words and signs beside a number that make it a bound or an estimate: trên, ít nhất, từ … trở lên, khoảng."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.model import Comparator

SIGNS: dict[str, Comparator] = {
    ">": ">", "≥": ">=", "<": "<", "≤": "<=", "~": "~", "≈": "~", "±": "~", "∼": "~",
}  # fmt: skip
PHRASES: dict[str, Comparator] = {
    "ít nhất": ">=", "tối thiểu": ">=", "không dưới": ">=", "không ít hơn": ">=", "không thấp hơn": ">=",
    "thấp nhất": ">=",
    "tối thiểu là": ">=", "ít nhất là": ">=", "không nhỏ hơn": ">=", "tối thiểu đạt": ">=", "ít nhất đạt": ">=",
    "không quá": "<=", "không vượt quá": "<=", "tối đa": "<=", "nhiều nhất": "<=", "không lớn hơn": "<=",
    "tối đa là": "<=", "không cao hơn": "<=", "không trên": "<=", "tối đa không quá": "<=",
    "cao nhất": "<=", "không hơn": "<=",
    "trên": ">", "hơn": ">", "quá": ">", "vượt trên": ">", "lớn hơn": ">", "cao hơn mức": ">",
    "dưới": "<", "chưa đến": "<", "chưa tới": "<", "nhỏ hơn": "<", "chưa đầy": "<", "không đến": "<", "không tới": "<",
    "khoảng": "~", "gần": "~", "xấp xỉ": "~", "chừng": "~", "khoảng chừng": "~", "ước khoảng": "~", "trên dưới": "~",
    "ngót": "~", "áng chừng": "~", "khoảng gần": "~", "khoảng trên": ">", "khoảng hơn": ">",
}  # fmt: skip
COMPARED = frozenset("cao thấp nhiều ít nhanh chậm tốt dài rộng kể nêu bên phía đã".split())
"""Words that make `hơn` or `trên` no bound of the number: `cao hơn 2%`, `nêu trên`."""


@lru_cache(maxsize=1)
def _open_end() -> re.Pattern[str]:
    return re.compile(r"[^.;:,()\n\d]{0,24}?\btrở\s(lên|xuống)\b|\s?(?:\()?(lên)(?=[\s,.;)])")


def read_comparator(text: str, start: int, end: int, words: list[str]) -> Comparator | None:
    """The comparator of the figure at `text[start:end]`; `words` are the words before it, lower case."""
    after = _open_end().match(text, end) if text.startswith(" ", end) or text.startswith("\xa0", end) else None
    if after is not None and after[1]:
        return ">=" if after[1] == "lên" else "<="
    sign = text[max(0, start - 3) : start].strip()[-1:]
    if sign in SIGNS and sign:
        return SIGNS[sign]
    for n in (3, 2, 1):
        phrase = " ".join(words[-n:])
        if len(words) >= n and phrase in PHRASES:
            if n == 1 and len(words) > 1 and words[-2] in COMPARED:
                return None
            return PHRASES[phrase]
    return None
