"""The marks of a list around a bare number: where its items, brackets, sentences begin and end, what labels it."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.finding.spots import Spot

REACH = 220
"""How far, in characters, a list's unit carries from one item to the next."""


@lru_cache(maxsize=1)
def closes() -> regex.Pattern[str]:
    """What stands after a bare number that is a list item of its own."""
    follows = r"(?:đạt|chiếm|=|bằng|tăng|giảm|thuộc|tạm|do|so)\s"
    return regex.compile(rf"[ \xa0]*+(?:[;:,)\n(+…]|và\s|\.(?!\d)|$|{follows})")


@lru_cache(maxsize=1)
def breaks() -> regex.Pattern[str]:
    """The end of a sentence or paragraph; a line that goes on with a bullet, or that only a wrap began, is no end."""
    wrapped = r"(?<=\p{L}\n)[0-9][0-9.,/]*+[ \xa0](?:\p{Ll}|\p{Lu}{2})"
    goes_on = r"[ \t]*(?:[-+*•–]|\p{Ll}(?!\))|" + wrapped + ")"
    return regex.compile(r"(?<![:,(])\n(?!" + goes_on + r")|(?<!\p{Lu})\.\s+(?=\p{Lu})")


@lru_cache(maxsize=1)
def _name() -> regex.Pattern[str]:
    return regex.compile(r"(?<!\w)(\p{Lu}\p{Ll}*+(?: \p{Lu}\p{Ll}*+){0,3}+|[A-ZĐƯ&]{2,9}+)[ \xa0]\(?$")


def colon(text: str, start: int) -> bool:
    """Whether a colon or an equals sign stands before the number."""
    return text[max(0, start - 3) : start].rstrip()[-1:] in (":", "=") and start > 0


def label_name(text: str, start: int) -> str:
    """The capitalised words directly before the number, as in a place's name (`Yên Bái 20`); empty where none."""
    match = _name().search(text, max(0, start - 28), start)
    return match[1] if match is not None else ""


def is_label(text: str, spot: Spot, colon: bool) -> bool:
    """Whether a label of a count stands before the number: a colon, a name, or, for a large number, any word."""
    if colon:
        return True
    surface = text[spot.start : spot.last]
    if label_name(text, spot.start):
        return len(surface) > 1 or _parent_follows().match(text, spot.last) is None
    told = surface[0] == "0" or len(surface) > 2 or spot.words[-1:] == ["là"]
    if not spot.words:
        return told and text[max(0, spot.start - 2) : spot.start].strip() == ")"
    return told or _share_follows().match(text, spot.last) is not None or _item(text, spot)


@lru_cache(maxsize=1)
def _item_label() -> regex.Pattern[str]:
    return regex.compile(
        r"[;:,(]\s(?:(?:\p{L}{1,12}|[0-9]{2}(?=\stuổi))\s){1,6}$|(?<=\()(?:(?:\p{L}{1,12}|[0-9]{2}(?=\stuổi))\s){1,6}$"
    )


@lru_cache(maxsize=1)
def _item_end() -> regex.Pattern[str]:
    return regex.compile(r"\s?(?:[;)…]|,\s|\.(?=\s|$)|$)")


def _item(text: str, spot: Spot) -> bool:
    """Whether the number ends an item of a list, a few words between two marks: `; đình chỉ 51; xét xử 51.`"""
    label = _item_label().search(text, max(0, spot.start - 48), spot.start)
    return label is not None and _item_end().match(text, spot.last) is not None


@lru_cache(maxsize=1)
def _parent_follows() -> regex.Pattern[str]:
    """The class of place that follows a numbered name: `cầu Phú Hải 2, xã …`."""
    return regex.compile(
        r",?\s(?:xã|phường|thị|huyện|quận|thành\sphố|tỉnh|thôn|bản|ấp|TP|TX|TT)[\s.]"
        r"(?!(?:\p{Lu}\p{L}*+\s){1,4}\(?[0-9])"
    )


@lru_cache(maxsize=1)
def _share_follows() -> regex.Pattern[str]:
    return regex.compile(r"\s?\((?:\p{L}{1,6}\s)?[0-9.,]{1,8}\s?%\)")


def other_bullet(text: str, start: int, end: int) -> bool:
    """Whether a new bullet begins between two items: a list on one line is closer kin than the line before."""
    return _bullet().search(text, start, end) is not None


@lru_cache(maxsize=1)
def _bullet() -> regex.Pattern[str]:
    return regex.compile(r"\n[ \t]*[-+*•–]")


def apart(text: str, start: int, end: int, *, below: bool = False) -> bool:
    """Whether a sentence or paragraph ends between two places, or they lie too far apart.

    `below`: a sentence that opens the parts of the one before (`… triệu đồng. Trong đó:`) belongs to it.
    """
    if end - start > REACH:
        return True
    cut = breaks().search(text, start, end + 12)
    while below and cut is not None and _parts().match(text, cut.end()) is not None:
        cut = breaks().search(text, cut.end(), end + 12)
    return cut is not None and cut.start() < end


@lru_cache(maxsize=1)
def _parts() -> regex.Pattern[str]:
    return regex.compile(r"(?:Trong đó|Cụ thể|Bao gồm|Gồm|Chia ra|Chi tiết|Phân ra)\s?(?:là|gồm|như sau)?\s?:")


def depth(text: str, start: int, end: int) -> int | None:
    """How many brackets open between two places and stay open; None where one closes that opened before."""
    between = text[start:end]
    if "(" not in between and ")" not in between:
        return 0
    depth = 0
    for char in between:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return None
    return depth


def bracket(text: str, spots: list[Spot], index: int) -> int | None:
    """Where the innermost bracket around the number opens, within reach; None outside brackets."""
    depth, start = 0, spots[index].start
    if text.find("(", max(0, start - REACH), start) < 0:
        return None
    for at in range(start - 1, max(-1, start - REACH), -1):
        char = text[at]
        if char == "\n":
            return None
        depth += (char == ")") - (char == "(")
        if depth < 0:
            return at
    return None
