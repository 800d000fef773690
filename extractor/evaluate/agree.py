"""When an extracted item says the same as a gold one, by the annotation guide."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from extractor.evaluate.gold import Annotation
from extractor.model import Figure, Place, PlaceName, Reference

_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}


def figures_agree(gold: Annotation, out: Figure) -> bool:
    """The same number (either end of a range will do) in the same unit."""
    gold_factor, gold_unit = _scaled(gold.unit)
    factor, unit = _scaled(out.unit)
    want, want_of = _times(gold.value, gold_factor), _times(gold.of, gold_factor)
    stated = [(out.value, out.of)] + ([(out.value_to, None)] if out.value_to is not None else [])
    return any(
        _close(want, _times(None if value is None else float(value), factor))
        and _close(want_of, _times(None if of is None else float(of), factor))
        for value, of in stated
    ) and _units_agree(gold.kind, gold_unit, unit)


def references_agree(gold: Annotation, out: Reference) -> bool:
    """The same canonical key, whatever its letter case and spacing."""
    return _key(gold.key) == _key(out.key)


def places_agree(gold: Annotation, out: Place) -> bool:
    """The same official name and level."""
    return gold.level == out.level and _name(gold.name) == _name(out.name)


def label(number: str | None) -> str:
    """A section's number without its word and punctuation: 'Điều 5.' and '5' are the same."""
    bare = re.sub(r"\s", "", (number or "").lower())
    return re.sub(r"^(phần|chương|tiểumục|mục|điều|khoản)|[.()\s]", "", bare)


def metadata_agrees(gold: Any, out: Any) -> bool:
    """The same text but for spacing and closing punctuation; of lists every item, of a place what gold states of it."""
    if isinstance(gold, str) and isinstance(out, str):
        return _bare(gold) == _bare(out)
    if isinstance(gold, list) and isinstance(out, tuple):
        return len(gold) == len(out) and all(map(metadata_agrees, gold, out))
    if isinstance(gold, dict) and isinstance(out, PlaceName):
        return all(metadata_agrees(value, getattr(out, key, None)) for key, value in gold.items())
    return gold is None and out is None


def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).strip(" ;,.:")


def _units_agree(kind: str, gold: str, out: str) -> bool:
    if kind == "household":
        return out.split()[:1] == ["hộ"] or out.startswith("hộ/") or out == gold
    if kind == "other":
        return bool(gold) and bool(out) and (out == gold or out.startswith(gold + " ") or gold.startswith(out + " "))
    return out == gold


def _unit(text: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text.lower()).strip())
    text = text.replace("tỉ đồng", "tỷ đồng").replace("ngàn đồng", "nghìn đồng")
    return re.sub(r"\s*/\s*", "/", text)


def _scaled(unit: str) -> tuple[float, str]:
    """Factor and unit: `triệu con` is a million con, `triệu đồng` stays as reported."""
    factor, rest = 1.0, _unit(unit)
    while "đồng" not in rest and rest.split(" ", 1)[0] in _SCALES and " " in rest:
        scale, rest = rest.split(" ", 1)
        factor *= _SCALES[scale]
    return factor, rest


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else float(value) * factor


def _close(x: float | None, y: float | None) -> bool:
    if x is None or y is None:
        return x is y
    return abs(x - y) < 1e-6 * max(1, abs(x))


def _key(key: str) -> str:
    return re.sub(r"\s", "", key).upper().replace("–", "-")


def _name(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text)).lower()
