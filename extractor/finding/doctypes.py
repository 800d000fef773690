"""Document types (loại văn bản): their names and abbreviations, and the type word that stands before a number.

The list is `patterns/document_types.toml` (Nghị định 30/2020/NĐ-CP, Phụ lục III; Hướng dẫn 36-HD/VPTW).
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor import patterns
from extractor.finding.fold import fold
from extractor.finding.lazy import lazy

# Words that may stand between the type and "số" without being part of its name: Công văn hỏa tốc số …
QUALIFIERS = frozenset(
    "nhanh tổng kết thẩm tra thẩm định giám sát phối hợp chuyên đề liên tịch liên ngành hỏa tốc khẩn mật hành động"
    " công tác tổng thể chỉ đạo triển khai thực hiện chính trị kiểm tra kết luận đề nghị cá biệt chung tóm tắt"
    " sơ kết".split()
)
_NUMBER_WORD = lazy(r"(?<!\w)s[ốô]\s{0,4}[:.]?\s{0,4}$", re.IGNORECASE)
_WORD = lazy(r"[\w&]+")
_REACH = 64  # characters before a number in which its type word is looked for


@lru_cache(maxsize=1)
def names_by_phrase() -> dict[str, str]:
    """Lower-case written form ("nghị quyết", "thông báo kết luận") -> type; abbreviations keep their case ("NQ")."""
    table: dict[str, str] = {}
    for entry in patterns.load("document_types")["type"]:
        table[entry["name"].lower()] = entry["name"]
        for word in entry.get("words", ()):
            table[word if len(word) <= 4 else word.lower()] = entry["name"]
    return table


@lru_cache(maxsize=1)
def names_by_code() -> dict[str, str]:
    """Upper-case abbreviation inside a symbol ("NQ") -> type."""
    return {code.upper(): e["name"] for e in patterns.load("document_types")["type"] for code in e.get("codes", ())}


@lru_cache(maxsize=1)
def codes_by_name() -> dict[str, str]:
    """Type -> its first abbreviation, as the decree writes it ("Tờ trình" -> "TTr")."""
    return {e["name"]: e["codes"][0] for e in patterns.load("document_types")["type"] if e.get("codes")}


def type_before(text: str, position: int, floor: int = 0) -> tuple[int, str | None]:
    """Where the citation whose number stands at `position` begins, and its type.

    (start of the type word, type), or (start of "số" or `position`, None) where no type word stands before it.
    Looks back no further than `floor`.
    """
    floor = max(floor, position - _REACH)
    number_word = _NUMBER_WORD.search(text, floor, position)
    end = start = number_word.start() if number_word else position
    words = _last_words(text, floor, end)
    for dropped in range(min(7, len(words))):  # words between the type and "số"
        if dropped and words[-dropped][0].lower() not in QUALIFIERS:
            break
        tail = words[: len(words) - dropped]
        for size in range(min(5, len(tail)), 0, -1):
            name = _name(" ".join(w[0] for w in tail[-size:]))
            if name:
                return tail[-size].start(), name
    return start, None


def _last_words(text: str, floor: int, end: int) -> list[re.Match[str]]:
    """The last words before `end`, at most twelve, with nothing but space (and a colon behind) between them."""
    words = list(_WORD.finditer(text, floor, end))[-12:]
    if not words or text[words[-1].end() : end].strip() not in ("", ":"):
        return []
    for i in range(len(words) - 1, 0, -1):
        if not text[words[i - 1].end() : words[i].start()].isspace():
            return words[i:]
    return words


@lru_cache(maxsize=4096)
def _name(phrase: str) -> str | None:
    """The type that a phrase names, also with its diacritics lost (`Nghi quyêt`); `Văn Bàn` is a district."""
    known = names_by_phrase()
    name = known.get(phrase) or known.get(phrase.lower())
    if name or " " not in phrase or all(word[0].isupper() for word in phrase.split(" ")):
        return name
    return _folded().get(fold(phrase))


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {fold(phrase): name for phrase, name in names_by_phrase().items() if " " in phrase}
