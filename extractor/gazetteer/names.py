"""Spellings of Vietnamese place names: comparison keys, variants that reports write, folding without diacritics."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "Ð": "Đ", "ð": "đ"})
_DASHES = re.compile(r"\s*[-‐‑‒–—−]\s*")

# Where the tone mark of an open syllable stands differs between schools: òa/oà, òe/oè, úy/uý.
_TONES = {
    "oa": "òa óa ỏa õa ọa|oà oá oả oã oạ",
    "oe": "òe óe ỏe õe ọe|oè oé oẻ oẽ oẹ",
    "uy": "ùy úy ủy ũy ụy|uỳ uý uỷ uỹ uỵ",
}
_I_Y = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True)) | dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))
_I_Y_SYLLABLE = re.compile(r"(?:h|k|l|m|s|t|v|qu|th|ng)[iìíỉĩịyỳýỷỹỵ]")
# Names of the Central Highlands are written after several transcriptions.
_WORDS = {
    "đắk": ("đăk", "đắc", "đak", "đác", "dak", "đắk"),
    "đăk": ("đắk", "đắc", "đak", "dak"),
    "đak": ("đắk", "đăk", "đắc", "dak"),
    "lắk": ("lăk", "lắc", "lak"),
    "kông": ("kong", "kon"),
    "krông": ("krong",),
    "pắc": ("păk", "pắk", "pak", "păc"),
    "drắk": ("đrắk", "đrăk", "drăk"),
    "đrắk": ("drắk", "đrăk", "drăk"),
    "buôn": ("buôn", "ban"),
    "ma": ("mê",),
    "kạn": ("cạn",),
}


def key(name: str) -> str:
    """The form under which a name is looked up: NFC, lower case, one kind of apostrophe and dash, single blanks."""
    text = unicodedata.normalize("NFC", name).translate(_APOSTROPHES).lower()
    return " ".join(_DASHES.sub(" - ", text).split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without diacritics (đ as d), apostrophes, dashes and doubled blanks: for approximate comparison."""
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_APOSTROPHES).replace("đ", "d"))
    kept = "".join(
        c if c.isalnum() or c == " " else "" if c == "'" else " " for c in decomposed if not unicodedata.combining(c)
    )
    return " ".join(kept.split())


@lru_cache(maxsize=1)
def _tone_pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for both in _TONES.values():
        one, other = (side.split() for side in both.split("|"))
        pairs |= dict(zip(one, other, strict=True)) | dict(zip(other, one, strict=True))
    return pairs


@lru_cache(maxsize=8192)
def _word_variants(word: str) -> tuple[str, ...]:
    """All spellings of one syllable (lower case), its own first."""
    found = [word]
    end = word[-2:]
    if end in _tone_pairs() and not word.startswith("qu"):
        found.append(word[:-2] + _tone_pairs()[end])
    if _I_Y_SYLLABLE.fullmatch(word):
        found.append(word[:-1] + _I_Y[word[-1]])
    found += [w for w in _WORDS.get(word, ()) if w != word]
    return tuple(found)


def variants(name_key: str) -> set[str]:
    """The spellings under which reports write the name with this `key`, itself among them.

    Dashes appear as one, two or three blanks here, because the finder reads every punctuation mark as a blank.
    """
    words = name_key.replace(" - ", " ").split(" ")
    if len(words) > 6:
        found = {" ".join(words)}
    else:
        found = {" ".join(choice) for choice in product(*(_word_variants(w) for w in words))}
    if words[-1].isdigit() and len(words[-1]) == 1:
        found |= {f"{spelling[:-1]}0{words[-1]}" for spelling in found}
    if " - " in name_key:
        for blanks in ("  ", "   "):
            found.add(name_key.replace(" - ", blanks))
    for spelling in [s for s in found if "'" in s]:
        found |= {spelling.replace("'", ""), spelling.replace("'", "' "), spelling.replace("'", " ")}
    return found
