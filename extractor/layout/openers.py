"""What the first and last characters of a line tell: numbering, bullets, words that want a number, ended sentences."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor import patterns

ENDS = ".;:!?…"


@lru_cache(maxsize=1)
def _numbering() -> regex.Pattern[str]:
    styles = [regex.sub(r"\?P<n>", "?:", s["pattern"]) for s in patterns.load("headings")["style"]]
    return regex.compile(r"[“\"‘«]?\s?(?:" + "|".join(styles) + ")")


@lru_cache(maxsize=1)
def _bare() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:[IVXL]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[A-ZĐ]|[a-zđ](?=\s?\)))\s?[.)/:–—-]"
        r"|(?i:phần|chương|mục|tiểu\s+mục)\s+(?:(?i:thứ)\s+)?(?:[IVXL]{1,6}|\d{1,2}|nhất|hai|ba|bốn|tư|năm|sáu|bảy"
        r"|NHẤT|HAI|BA|BỐN|TƯ|NĂM|SÁU|BẢY|[A-ZĐ])\s?[.:]?|(?i:điều)\s+\d{1,3}[a-zđ]?\s?[.:]?"
    )


@lru_cache(maxsize=1)
def _wants_number() -> regex.Pattern[str]:
    words = (
        "số|ngày|tháng|năm|quý|khoản|điều|điểm|mục|chương|phần|cấp độ|cấp|mức|loại|hạng|nhóm|vùng|khu vực|tiêu chí|lớp"
        "|khóa|khoá|kỳ|đợt|lần|thứ|biểu|phụ biểu|phụ lục|bảng|hình|tổ|đội|quyển|tập|trang|giai đoạn|nhiệm kỳ|đạt|gồm"
        "|có|còn|được|hơn|gần|trên|dưới|khoảng|từ|đến|tăng|giảm|tổng"
    )
    return regex.compile(rf"(?<!\w)(?i:{words})$")


@lru_cache(maxsize=1)
def _unfinished() -> regex.Pattern[str]:
    return regex.compile(r"(?<!\w)(?:của|và|với|cho|tại|về|theo|trong|các|những|là|do|bởi|từ|đến|hoặc|hay|thuộc|để)$")


@lru_cache(maxsize=1)
def _bullet() -> regex.Pattern[str]:
    return regex.compile(r"[-–—+*•▪●○◦■□►➢✓]+(?=[\s\p{L}“\"\d(])(?!-)")


def numbered(text: str) -> bool:
    """Whether the line opens with a numbering marker (or is nothing else)."""
    first = text[:1]
    if not (first.isdigit() or first in "(“\"‘«" or text[1:2] in ".,)-–/: " or first in "PCMTĐpcmtđIVXLivx"):
        return False
    return _numbering().match(text) is not None or bare_marker(text)


@lru_cache(maxsize=1)
def _ratio() -> regex.Pattern[str]:
    return regex.compile(r"\d{1,3}\s?/\s?\d")


def ratio(text: str) -> bool:
    """Whether the line opens with a ratio (`15/ 19 tiêu chí`), which may look like a marker."""
    return _ratio().match(text) is not None


def bare_marker(text: str) -> bool:
    """Whether the line is a numbering marker and nothing else (`I.`, `2.`, `Phần thứ nhất`)."""
    return len(text) < 24 and _bare().fullmatch(text) is not None


def bare_number(text: str) -> bool:
    """Whether the line is a number or letter with its punctuation and nothing else, as a wrap may leave it (`12.`)."""
    return not text[:2].isalpha() and bare_marker(text)


def bulleted(text: str) -> bool:
    """Whether the line opens with a bullet (`-`, `+`, `*`, `•`)."""
    return text[:1] in "-–—+*•▪●○◦■□►➢✓" and _bullet().match(text) is not None


def wants_number(text: str) -> bool:
    """Whether the line's last word cannot end a paragraph before a number (`Nghị định số`, `cấp độ`, `từ tháng`)."""
    return _wants_number().search(text, max(0, len(text) - 16)) is not None


def unfinished(text: str) -> bool:
    """Whether the line ends in a word that binds to the next (`của`, `và`, `các`), so that no paragraph ends there."""
    return _unfinished().search(text, max(0, len(text) - 8)) is not None


def ended(text: str) -> bool:
    """Whether the line ends like a sentence or an item, closing brackets and quotation marks aside."""
    return text.rstrip("”\"’») ")[-1:] in ENDS if text[-1:] not in ENDS else True


def title(text: str) -> bool:
    """Whether the line is words in capitals (a role, an organ), not one abbreviation."""
    return " " in text and capitals(text)


def capitals(text: str) -> bool:
    """Whether the line is set in capitals (at least two of them, no small letter)."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def ruled(text: str) -> bool:
    """Whether the line is drawn of dashes, dots or stars."""
    return text[0] not in ")%;:,”»" and not any(map(str.isalnum, text))


@lru_cache(maxsize=1)
def _bare_type() -> regex.Pattern[str]:
    types = [entry["name"] for entry in patterns.load("document_types")["type"]]
    types += patterns.load("headings")["titles"]["words"]
    return regex.compile(rf"(?i:{'|'.join(map(regex.escape, types))})\s*(?:\(?\d*\)?)?")


def bare_type(text: str) -> bool:
    """Whether the line is the name of a document type and nothing else (`BÁO CÁO`), so that the title follows."""
    return len(text) < 40 and text[:2].isupper() and _bare_type().fullmatch(text) is not None
