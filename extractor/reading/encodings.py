"""Bytes to text, and the letters of the fonts of before Unicode (TCVN3/ABC, VNI) to the letters that they showed.

Reports of before about 2009, and whoever still types in those fonts, hold text in which another letter stands for each
Vietnamese one: `Céng hoµ x· héi` is TCVN3 (fonts named .VnTime and the like), `Coäng hoøa xaõ hoäi` is VNI (VNI-Times).
Nothing in a file says so for sure; which encoding it is shows in how many of its words become valid syllables.

Tables: TCVN 5712:1993, VN3 set (as in glibc's TCVN5712-1); VNI-Windows as VNI Software published it (a letter followed
by a letter that stands for its diacritics).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal

from extractor.errors import TooLarge
from extractor.reading.trust import is_syllable

Legacy = Literal["tcvn3", "vni"]

_TCVN3_CODES = (
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢£¤¥¦§"
)
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ"
_VNI_SINGLE = dict(zip("ìíæóòîñôöÌÍÆÓÒÎÑÔÖ", "ìíỉĩịỵđơưÌÍỈĨỊỴĐƠƯ", strict=True))
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302", "ê": "\u0306",
    "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_BEARERS = "aeouyôöAEOUYÔÖ"
_SUSPECT = re.compile("[µμ¶·¸¹¨©ª«¬\xad®»¼½¾ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñöøûüþ§¡¤¥¦]")
_LETTERS = re.compile(r"[A-Za-z\u00a1-\u024f\u0300-\u0323\u03bc\u1e00-\u1eff\ufffd]+")
_HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]*|-[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND = re.compile(r"[\u0100-\u02af\u0300-\u0323\u1ea0-\u1ef9]")
LARGEST_TEXT = 100 * 1024 * 1024
"""Bytes: some 50,000 pages."""
_FEWEST = 5
"""Words that must look like legacy text before their statistics are believed."""
_SAMPLE = 20_000
"""Words looked at to recognise an encoding: some fifty pages."""


@lru_cache(maxsize=1)
def _tcvn3_table() -> dict[int, str]:
    table = {ord(code): letter for code, letter in zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True)}
    return table | {0x3BC: "à"}  # programs write the Greek mu for the micro sign


@lru_cache(maxsize=1)
def _vni_pairs() -> re.Pattern[str]:
    marks = "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper()
    return re.compile(f"[{_VNI_BEARERS}][{marks}]|[{''.join(_VNI_SINGLE)}]")


def from_tcvn3(text: str) -> str:
    """`text`, whose letters are the Latin-1 letters of TCVN3 codes, in Unicode.

    TCVN3 has no capitals with tones: they are typed as small letters and shown by a capitals font. A word whose plain
    letters are all capitals, two at least or one behind a small letter, is taken as one of these (`HUYÖN` is HUYỆN).
    """
    return _WORD.sub(_whole_capitals, text.translate(_tcvn3_table()))


def _whole_capitals(found: re.Match[str]) -> str:
    word = found.group()
    plain = [c for c in word if c.isascii()]
    capitals = len(plain) > 1 or (len(plain) == 1 and not word[0].isupper())
    return word.upper() if capitals and all(map(str.isupper, plain)) else word


def with_shown_hyphens(text: str) -> str:
    """A word made from TCVN3 that lost its `ư`: its code is the soft hyphen's, which PDF programs write as a hyphen.

    `d-ới` is `dưới`; a hyphen that makes no syllable (`kinh tế-xã hội`) stays one.
    """

    def mended(found: re.Match[str]) -> str:
        word = found.group()
        made = word.replace("-", "Ư" if word.isupper() else "ư")
        return made if is_syllable(made) else word

    return _HYPHENED.sub(mended, text)


def from_vni(text: str) -> str:
    """`text`, whose letters are the Latin-1 letters of VNI-Windows codes, in Unicode (NFC)."""

    def letter(found: re.Match[str]) -> str:
        code = found.group()
        base = _VNI_SINGLE.get(code[0], code[0])
        return unicodedata.normalize("NFC", base + (_VNI_MARKS[code[1].lower()] if len(code) == 2 else ""))

    return _vni_pairs().sub(letter, text)


_CONVERT: dict[Legacy, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni}


def legacy_of_font(font: str) -> Legacy | None:
    """The encoding that a font's name tells: `.VnTime` is tcvn3, `VNI-Times` vni, others None."""
    name = font.rpartition("+")[2].lower()
    if name.startswith((".vn", "vntime", "vnarial")):
        return "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else None


def shows_capitals(font: str) -> bool:
    """True for the TCVN3 fonts that show every letter as a capital (`.VnTimeH`, `.VnArialH`)."""
    name = font.rpartition("+")[2].split(",")[0].split("-")[0]
    return name.startswith(".Vn") and name.endswith("H")


def convert(text: str, legacy: Legacy | None, font: str = "") -> str:
    """`text` in Unicode where `legacy` says what it is in; letters of a capitals font become capitals."""
    if legacy is None:
        return text
    made = _CONVERT[legacy](text)
    return made.upper() if shows_capitals(font) else made


def _share(words: Iterable[str]) -> float:
    """The share of `words` whose every run of letters is a syllable; 0 where there are none."""
    seen = valid = 0
    for word in words:
        runs = _LETTERS.findall(word)
        if runs:
            seen += 1
            valid += all(map(is_syllable, runs))
    return valid / seen if seen else 0.0


def recognise(words: Iterable[str]) -> Legacy | None:
    """The legacy encoding that `words` are in by their statistics, None where they are Unicode as they stand.

    Only words with a letter beyond ASCII are judged; at least five must look like legacy text.
    """
    kept = [w for w in islice(words, _SAMPLE) if not w.isascii()]
    suspects = sum(1 for w in kept if _SUSPECT.search(w))
    if suspects < _FEWEST or sum(1 for w in kept if _BEYOND.search(w)) > suspects:
        return None
    as_is = _share(kept)
    shares: dict[Legacy, float] = {name: _share(map(change, kept)) for name, change in _CONVERT.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= max(0.7, as_is + 0.2) else None


def legacy_for(words: Sequence[str], font: str) -> Legacy | None:
    """The encoding of `words` shown in `font`: the one that its name tells, unless they are plainly Unicode (a program
    shows those in another font); by statistics where the name tells nothing."""
    named = legacy_of_font(font)
    if named is None:
        return recognise(words) if may_be_legacy(words) else None
    return None if any(_BEYOND.search(word) for word in words) else named


def may_be_legacy(words: Iterable[str]) -> bool:
    """True where a letter stands in `words` that legacy text is full of and Unicode Vietnamese is not: a cheap gate."""
    return _SUSPECT.search(" ".join(words)) is not None


def _bom(data: bytes) -> str | None:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    return "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else None


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16's byte order where the zero bytes of its ASCII letters stand all on one side; else None."""
    head = data[:8192]
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if half and max(even, odd) > 0.2 * half and min(even, odd) < 0.02 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def is_text(data: bytes) -> bool:
    """True where `data` (a file's first bytes) can be text in any of the encodings that are read."""
    if _bom(data) or _utf16_without_bom(data):
        return True
    controls = sum(data.count(bytes([c])) for c in range(32) if c not in b"\t\n\r\f\x0b\x1a\x1b\x00")
    return b"\x00" not in data and controls <= len(data) // 500


def read_limited(path: Path) -> bytes:
    """All bytes of a text file. Raises TooLarge beyond `LARGEST_TEXT`."""
    size = path.stat().st_size
    if size > LARGEST_TEXT:
        raise TooLarge(f"{size >> 20} MB of text", path=path)
    return path.read_bytes()


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Text of `data`, line ends as "\\n", and the name of its encoding; "unknown" where none gives Vietnamese.

    A byte order mark decides; then strict UTF-8, the `declared` encoding (an HTML page's own), then whichever of
    cp1258, TCVN3, VNI, Windows-1252 and damaged UTF-8 makes the most words valid syllables. Text that is Unicode on the
    outside but legacy letters inside is converted too.
    """
    text, name = _decode(data, declared)
    doubtful = name not in ("tcvn3", "vni") and may_be_legacy([text])
    legacy = recognise(found.group() for found in re.finditer(r"\S+", text)) if doubtful else None
    text = convert(text, legacy)
    if name == "cp1258":
        text = unicodedata.normalize("NFC", text)
    return text.replace("\r\n", "\n").replace("\r", "\n"), legacy or name


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    sure = _bom(data) or _utf16_without_bom(data)
    if sure:
        return data.decode(sure, "replace"), sure
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    latin = data.decode("cp1252", "replace")
    one_byte = data.decode("latin-1")
    candidates = {
        "utf-8": data.decode("utf-8", "replace"),
        "cp1258": data.decode("cp1258", "replace"),
        "tcvn3": from_tcvn3(one_byte),
        "vni": from_vni(one_byte),
        "cp1252": latin,
    }
    if declared:
        try:
            candidates[declared.lower()] = data.decode(declared, "replace")
        except LookupError:
            declared = None
    shares = {
        name: _share(w for w in text[: 8 * _SAMPLE].split() if not w.isascii()) for name, text in candidates.items()
    }
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= 0.5:
        return candidates[best], best
    if declared:
        return candidates[declared.lower()], declared.lower()
    return latin, "unknown"
