"""Numbers that are no figures: `patterns/not_figures.toml` and the forms of labels, marks, codes, addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor import patterns
from extractor.finding.lexicon import ACRONYMS, PLACE_GROUPS, lexicon, longest
from extractor.finding.units import Unit, read_unit

GLUED = frozenset(
    "khoảng trên dưới hơn gần đạt là từ đến còn tăng giảm với có kh được cho bằng quá gồm và chiếm tới thêm trong "
    "xuống lên mtđh cả".split()
)
"""Words that layout or typing glue to the number after them (`khoảng180 tỷ đồng`, `KH7.200 người`)."""


@dataclass(frozen=True, slots=True)
class Context:
    """One entry of the pattern file, for the words directly before a number."""

    name: str
    unless: str
    not_after: frozenset[str]


@lru_cache(maxsize=1)
def _before() -> dict[str, Context]:
    found: dict[str, Context] = {}
    for entry in patterns.load("not_figures")["context"]:
        context = Context(entry["name"], entry.get("unless", "never"), frozenset(entry.get("not_after", ())))
        found.update({w: context for w in entry.get("before", ()) if w not in found})
    return found


@lru_cache(maxsize=1)
def _after() -> tuple[dict[str, str], frozenset[str]]:
    found = {w: e["name"] for e in patterns.load("not_figures")["context"] for w in e.get("after", ())}
    openings = frozenset(" ".join(w.split()[:n]) for w in found for n in range(1, len(w.split())))
    return found, openings


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words after a number that are never its unit."""
    return frozenset(w for entry in patterns.load("not_figures")["stop"] for w in entry["words"])


@lru_cache(maxsize=1)
def _label() -> regex.Pattern[str]:
    """What follows a number that opens a line as its label: `1.`, `2)`, `3.5 Công tác`, `4 Huyện` (a footnote)."""
    return regex.compile(r"\s?[.)/](?!\d)|\s?[:](?=\s)|\.?\s+[-–]?\s?(?=\p{Lu}\p{Ll}|\()")


@lru_cache(maxsize=1)
def _web() -> regex.Pattern[str]:
    return regex.compile(r"(?:https?://|www\.)\S++")


def address_spans(text: str) -> list[tuple[int, int]]:
    """Web and mail addresses."""
    spans = [m.span() for m in _web().finditer(text)] if "://" in text or "www." in text else []
    at = text.find("@")
    while at >= 0:
        head = text[max(0, at - 64) : at].split()
        tail = text[at : at + 64].split()
        spans.append((at - (len(head[-1]) if head and not text[at - 1].isspace() else 0), at + len(tail[0])))
        at = text.find("@", at + 1)
    return spans


def refuse_form(text: str, start: int, end: int) -> str | None:
    """Why the number at `text[start:end]` is no figure by its form and its neighbours; None where it may be one."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalpha():
        word = text[max(0, start - 12) : start].split()[-1].lower().lstrip("(/,;:")
        word = word.rpartition("/")[2]
        if word not in GLUED and not _glued_name(text, word, start, end):
            return "glued to a word"
    elif before and (before in "_#@[" or (before == "+" and text[start - 2 : start - 1].isdigit())):
        return "code"
    elif before and before in "-–" and _hyphenated(text, start):
        return "glued to a word"
    elif before == "." and start > 1 and text[start - 2].isupper():
        return "code"
    elif before == "(" and after == ")" and not _lone_count(text, start, end):
        return "list mark"
    if after and after in "-–" and text[end + 1 : end + 2].isupper() and text[end + 2 : end + 3].isupper():
        return "document number"
    if after == "/" and text[end + 1 : end + 3].isupper() and text[end + 1 : end + 3].upper() not in ("KH", "MT"):
        return "document number"
    if text[start] == "0" and end - start > 4 and text[start:end].replace(".", "").isdigit():
        return "telephone or file number"
    if end - start >= 9 and text[start:end].isdigit():
        return "account number"
    opening = text[max(0, start - 4) : start]
    at_line_start = not opening.strip(' \t\xa0“"') or opening.rstrip(' \t\xa0“"').endswith("\n")
    if at_line_start and end - start <= 8 and text[start] != "0" and text[start:end].replace(".", "").isdigit():
        match = _label().match(text, end)
        if match is not None and all(len(p) <= 2 for p in text[start:end].split(".")):
            return "label"
    return None


def _hyphenated(text: str, start: int) -> bool:
    """Whether a hyphen joins the number to a code or a foreign name: `CM-91`, `Covid-19`; not `Tăng-5%`."""
    if start < 2 or not text[start - 2].isalpha():
        return False
    if text[start - 2].isupper():
        return True
    word = text[max(0, start - 14) : start - 1].split()[-1]
    return word[0].isupper() and word.isascii() and len(word) > 2


def _lone_count(text: str, start: int, end: int) -> bool:
    """Whether a number alone in brackets is a count: `xã Nhân Nghĩa (41),`; not the mark that opens an item.

    Behind a number it is one where it has two digits or more: `hộ cận nghèo: 104.558 (3.012);`.
    """
    named = text[start - 3 : start - 1].strip().isalpha() and text[start - 2 : start - 1].isspace()
    goes_on = text[end + 1 : end + 2] in (",", ";", ".", "") or text.startswith(" và", end + 1)
    if start > 3 and text[start - 2] in " \xa0" and text[start - 3].isdigit():
        return goes_on and end - start > 1
    return start > 3 and named and goes_on and (end - start > 1 or text[start] > "2")


def _glued_name(text: str, word: str, start: int, end: int) -> bool:
    """Whether only a lost space joins a word to a measured number: `Hòa Bình116ha`; not a unit's footnote mark."""
    if len(word) < 2 or word.isascii() or not word.isalpha():
        return False
    if word in lexicon().words and word == text[start - len(word) : start]:
        return False
    unit = read_unit(text, end)
    return unit is not None and (unit.kind in ("percent", "money") or unit.whole is False)


def words_before(text: str, start: int) -> list[str]:
    """The last words before `start`, lower case, at most four, not beyond punctuation."""
    left = text[max(0, start - 48) : start].lower()
    cut = max(map(left.rfind, ":;.,()?!")) + 1
    return left[cut:].split()[-4:]


@lru_cache(maxsize=1)
def _proper_name() -> regex.Pattern[str]:
    return regex.compile(r"(?<!\p{L})\p{Lu}\p{Ll}*+ \p{Lu}\p{Ll}++[ \xa0]$")


def after_name(text: str, start: int) -> bool:
    """Whether a proper name of two words or more stands before the number: `Bàu Đồn 9`, `Sông Lô 12`."""
    return text[start - 1 : start].isspace() and _proper_name().search(text, max(0, start - 18), start) is not None


def refuse_before(text: str, start: int, words: list[str], surface: str, unit: Unit | None) -> str | None:
    """The name of the context that the words before a number make, where its unit does not overrule it."""
    contexts = _before()
    for n in (4, 3, 2, 1):
        if len(words) < n or (phrase := " ".join(words[-n:])) not in contexts:
            continue
        if n == 1 and after_name(text, start):
            return None
        if phrase == "trung ương" and unit is None and len(surface) > 2:
            return None  # vốn Trung ương 420: no plenum has such a number
        context = contexts[phrase]
        if context.unless == "unit" and not surface.isdigit():
            return None  # kế hoạch 3.400
        ordinary = len(words) > n and (n == 1 or unit is not None) and words[-n - 1] in context.not_after
        if ordinary or (len(words) > n and f"{words[-n - 1]} {phrase}" in lexicon().words):
            return None
        if n == 1 and len(words) > 1 and phrase != "số" and _written_as_count(surface, unit):
            return None  # chỉnh trang 05 ngõ, dứt điểm 07 cơ sở
        return None if unit is not None and _overruled(context.unless, surface, unit) else context.name
    return None


def _written_as_count(surface: str, unit: Unit | None) -> bool:
    """Whether a zero before the number and a noun behind it show a count, whatever word stands before."""
    if unit is None or surface[0] != "0" or not surface.isdigit():
        return False
    return unit.group not in (*PLACE_GROUPS, ACRONYMS, "documents, procedures", "by part of speech")


def _overruled(unless: str, surface: str, unit: Unit) -> bool:
    if unless == "never":
        return unit.kind in ("percent", "money", "household")
    strong = unit.kind != "other" or unit.whole is False or unit.name == "tuyến"
    if unit.group == ACRONYMS and surface.isdigit() and len(surface) < 2:
        return False  # cấp 3 PTDTNT
    if strong or unless == "unit" or len(surface) > 4 or not surface.isdigit():
        return True
    return unless == "count" and (surface[0] == "0" or unit.group not in (*PLACE_GROUPS, ACRONYMS))


def refuse_year(words: list[str], surface: str, unit: Unit | None) -> bool:
    """Whether a bare four-digit number is a year, or a small one a month or day, by the word before it."""
    if not surface.isdigit() or not words:
        return False
    number, last = int(surface) if len(surface) < 5 else 0, words[-1]
    each = len(words) > 1 and words[-2] in ("mỗi", "hằng", "hàng", "trong", "quân", "cả", "một", "từng")
    each = each or (unit is not None and unit.group == "turns")  # ngày 2 lần
    if last == "năm":
        return 1900 <= number <= 2100
    if last == "tháng":
        return not each and 1 <= number <= 12
    if last == "ngày":
        return not each and 1 <= number <= 31
    return len(surface) == 4 and 1900 <= number <= 2100 and last in (
        "từ", "đến", "hết", "cuối", "đầu", "với", "đoạn", "kỳ", "trước", "sau", "khóa", "vụ", "mùa", "học", "tới",
    )  # fmt: skip


def refuse_after(text: str, at: int, unit_end: int) -> str | None:
    """The name of the context that the words after a number make, where no longer unit stands there."""
    phrases, openings = _after()
    hit = longest(text, at, phrases, openings)
    return phrases[hit[1]] if hit is not None and hit[0] >= unit_end else None
