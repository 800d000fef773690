"""Document symbols (số, ký hiệu): finding them in text and writing them in canonical form.

Forms, by Nghị định 30/2020/NĐ-CP (state), Hướng dẫn 36-HD/VPTW (party) and the practice before them:
    12/BC-UBND   45/2017/NĐ-CP   1234/UBND-KT   83/2015/QH13   49/QCPH-UBND-UBMT-HCTĐ   117/2007/TTLT/BTC-BLĐTBXH
    20-NQ/TU     256a-KH/HNDT    64/CP (only after a type word)
The grammar is open: unknown types and issuers are found too. Every symbol holds a slash before a capital, which makes
the scan cheap; each repetition in a pattern is bounded, so time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from extractor.finding.doctypes import names_by_code
from extractor.finding.issuers import is_issuer
from extractor.finding.lazy import lazy

DASH = r"[-‐‑‒–—−]"
_CAPITAL = "A-ZĐÐƯ"
_CODE = rf"[{_CAPITAL}][{_CAPITAL}0-9]{{0,19}}(?:[a-zđ]{{1,2}}[{_CAPITAL}0-9]{{0,9}})?(?:&[{_CAPITAL}]{{1,9}})?(?!\w)"
_CAPITALS = rf"(?:[{_CAPITAL}][{_CAPITAL}0-9]{{1,19}}(?:&[{_CAPITAL}]{{1,9}})?|TTg|TTr|ThU)(?!\w)"

_ANCHOR = lazy(rf"/\s{{0,4}}(?:[{_CAPITAL}]|[a-zđ]{{2,5}}{DASH}[a-zđ])")
# The number must not itself be the tail of a number, a word or a blank ("…/2023/QĐ-UBND" has no number).
_EDGE = rf"(?:(?<![\w/.,])(?<!\w{DASH})|(?<=số)|(?<=SỐ)|(?<=(?<!\w)(?:NQ|QĐ|KH|NĐ|CT|TT)))"
_NUMBER_BEFORE = lazy(
    rf"{_EDGE}(\d{{1,6}}[a-zA-ZĐđ]{{0,2}})\s{{0,4}}(?:(?:/\s{{0,4}}|-(?=(?:19|20)\d\d))((?:19|20)\d\d|\d\d)\s{{0,4}})?$"
)
_PARTY_BEFORE = lazy(
    rf"{_EDGE}(\d{{1,6}}[a-zA-Z]?)(\s{{0,3}}{DASH}\s{{0,4}}|\s)([{_CAPITAL}][A-Za-zĐÐđ]{{0,6}})\s{{0,3}}$"
)
# As recognition reads them: O for 0, l or I for 1. At least one true digit; a year begins as one.
_MISREAD = str.maketrans("OoIl", "0011")
_NOISY_BEFORE = lazy(
    rf"{_EDGE}(?=[OoIl]{{0,5}}\d)([\dOoIl]{{1,6}})\s{{0,4}}(?:/\s{{0,4}}((?:[1lI]9|2[0Oo])[\dOoIl]{{2}})\s{{0,4}})?$"
)
_NOISY_PARTY = lazy(
    rf"{_EDGE}(?=[OoIl]{{0,5}}\d)([\dOoIl]{{1,6}})(\s{{0,3}}{DASH}\s{{0,4}})([{_CAPITAL}][A-Za-zĐÐđ]{{0,6}})\s{{0,3}}$"
)
_FIRST_CODE = lazy(rf"/\s{{0,4}}({_CODE})")
_LOWER_CODES = lazy(rf"/\s{{0,4}}([a-zđ]{{2,5}}){DASH}([a-zđ]{{2,9}})(?!\w)")
# A joint without spaces, or torn directly after its dash by a line end, continues any symbol;
# one with spaces only the first code, and only to a code in capitals.
_TIGHT_JOINT = lazy(rf"(?:({DASH}|/)(?:\s{{0,2}}\n\s{{0,4}})?({_CODE})|(\.)({_CAPITALS}))")
_LOOSE_JOINT = lazy(
    rf"[^\S\n]{{0,3}}(?:({DASH})\s{{0,4}}|\s{{0,2}}(/)\s{{0,4}}|\s{{0,2}}\n\s{{0,3}}({DASH})(?!\s))({_CAPITALS})"
)
# Behind the second code a joint has its space on one side only, and an issuer follows: TTLT-BYT -BLĐTBXH.
_TORN_JOINT = lazy(rf"[^\S\n]{{1,2}}{DASH}({_CAPITALS})|{DASH}[^\S\n]{{1,2}}({_CAPITALS})")

_AS_WRITTEN = {c.upper(): c for c in ("TTg", "TTr", "CTr", "QyĐ", "CTrPH", "ThU")}
_MISTYPED = {
    "QD": "QĐ", "ND": "NĐ", "HDND": "HĐND", "HĐNĐ": "HĐND", "UBNĐ": "UBND", "BLDTBXH": "BLĐTBXH", "BGDDT": "BGDĐT",
    "BKHDT": "BKHĐT"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol at `text[start:end]`: its number as printed, year if it has one, and canonical codes.

    `type_code` is the first code of a state symbol or the one before the slash of a party symbol (it may be an
    issuer's: 1234/UBND-KT); `issuer_codes` are the others. `certain` is False where only a type word before it
    can prove that it is a symbol at all (64/CP).
    """

    start: int
    end: int
    key: str
    year: str | None
    type_code: str
    issuer_codes: tuple[str, ...]
    certain: bool = True


def canonical_code(code: str) -> str:
    """One code of a symbol as the norm writes it: `nđ` -> `NĐ`, `QĐ-TTG`'s `TTG` -> `TTg`, `Ð` (U+00D0) -> `Đ`."""
    code = code.replace("Ð", "Đ")
    upper = code.upper()
    if upper in _MISTYPED:
        return _MISTYPED[upper]
    if code == upper or code.islower():
        return _AS_WRITTEN.get(upper) or _mended(upper)
    return code


@lru_cache(maxsize=4096)
def _mended(code: str) -> str:
    """`code` with Đ where recognition read D, or D where it read Đ, if that alone makes a known code of it."""
    if ("D" not in code and "Đ" not in code) or code in names_by_code() or is_issuer(code):
        return code
    places = [i for i, c in enumerate(code) if c in "DĐ"]
    if len(places) > 4:
        return code
    known = set()
    for letters in product("DĐ", repeat=len(places)):
        other = list(code)
        for i, letter in zip(places, letters, strict=True):
            other[i] = letter
        if is_issuer("".join(other)) or "".join(other) in names_by_code():
            known.add("".join(other))
    return known.pop() if len(known) == 1 else code


def find_symbols(text: str) -> Iterator[Symbol]:
    """All document symbols of `text`, in order, not overlapping."""
    done = 0
    for anchor in _ANCHOR.finditer(text):
        slash = anchor.start()
        if slash < done:
            continue
        symbol = _state(text, slash, done) or _party(text, slash, done)
        if symbol:
            done = symbol.end
            yield symbol


def _state(text: str, slash: int, floor: int) -> Symbol | None:
    """number[/year]/CODE-CODE…"""
    number = _NUMBER_BEFORE.search(text, max(floor, slash - 24), slash)
    misread = number is None or number[1][-1] in "OoIl"
    if misread:
        number = _NOISY_BEFORE.search(text, max(floor, slash - 24), slash)
    if not number:
        return None
    codes, joints, end = _codes(text, slash)
    if not codes:
        return None
    if len(codes) == 1 and (split := _glued(codes[0])):
        codes, joints = split, ["-"]
    first = codes[0]
    known = first.upper() in names_by_code() or is_issuer(first)
    if len(codes) == 1:
        certain = bool(number[2]) and bool(re.fullmatch(r"(?:UBTV)?QH\d{1,2}", first))
        if not certain and not (known and len(first) > 1):
            return None
    else:
        certain = known or any(is_issuer(c) for c in codes)
    digits, year = number[1].replace("Đ", "đ"), number[2]
    if misread:
        digits, year, certain = digits.translate(_MISREAD), year and year.translate(_MISREAD), False
    head = digits + (f"/{year}" if year else "")
    key = f"{head}/{first}" + "".join(j + c for j, c in zip(joints, codes[1:], strict=True))
    return Symbol(number.start(1), end, key, year, first, tuple(codes[1:]), certain)


def _party(text: str, slash: int, floor: int) -> Symbol | None:
    """number-TYPE/ISSUER…"""
    number = _PARTY_BEFORE.search(text, max(floor, slash - 24), slash)
    misread = number is None or number[1][-1] in "OoIl"
    if misread:
        number = _NOISY_PARTY.search(text, max(floor, slash - 24), slash)
    if not number:
        return None
    codes, joints, end = _codes(text, slash)
    if not codes:
        return None
    kind = canonical_code(number[3])
    known = kind.upper() in names_by_code()
    if number[2].isspace() and not known:
        return None
    digits = number[1].translate(_MISREAD) if misread else number[1]
    key = f"{digits}-{kind}/{codes[0]}" + "".join(j + c for j, c in zip(joints, codes[1:], strict=True))
    return Symbol(number.start(1), end, key, None, kind, tuple(codes), known and not misread)


def _glued(code: str) -> list[str] | None:
    """`QĐUBND`, the dash forgotten, as [`QĐ`, `UBND`]."""
    if is_issuer(code) or code.upper() in names_by_code():
        return None
    for size in (4, 3, 2):
        if code[:size].upper() in names_by_code() and len(code) - size > 1 and is_issuer(code[size:]):
            return [code[:size], code[size:]]
    return None


def _codes(text: str, slash: int) -> tuple[list[str], list[str], int]:
    """The canonical codes after a slash, the joints between them, and their end; empty where none stand there."""
    lower = _LOWER_CODES.match(text, slash)
    if lower:
        codes = [canonical_code(lower[1]), canonical_code(lower[2])]
        proven = codes[0].upper() in names_by_code() and is_issuer(codes[1])
        return (codes, ["-"], lower.end()) if proven else ([], [], slash)
    first = _FIRST_CODE.match(text, slash)
    if not first:
        return [], [], slash
    codes, joints, end = [canonical_code(first[1])], [], first.end()
    while len(codes) < 8:
        joint = _TIGHT_JOINT.match(text, end)
        if joint:
            mark, code = joint[1] or joint[3], joint[2] or joint[4]
        elif len(codes) == 1 and (joint := _LOOSE_JOINT.match(text, end)):
            mark, code = joint[1] or joint[2] or joint[3], joint[4]
        elif (joint := _TORN_JOINT.match(text, end)) and is_issuer(joint[1] or joint[2]):
            mark, code = "-", joint[1] or joint[2]
        else:
            break
        joints.append(mark if mark in "/." else "-")
        codes.append(canonical_code(code))
        end = joint.end()
    return codes, joints, end
