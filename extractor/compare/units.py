"""Units that can be compared: what kind of thing they measure, and their size in one base unit of it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_SCALES = {"trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_MEASURES = {
    "kg": ("mass", 1.0), "tạ": ("mass", 100.0), "yến": ("mass", 10.0), "tấn": ("mass", 1000.0), "g": ("mass", 0.001),
    "m": ("length", 1.0), "mét": ("length", 1.0), "km": ("length", 1000.0), "cm": ("length", 0.01),
    "mm": ("length", 0.001), "m2": ("area", 1.0), "m²": ("area", 1.0), "ha": ("area", 10_000.0),
    "hecta": ("area", 10_000.0), "km2": ("area", 1e6), "km²": ("area", 1e6), "m3": ("volume", 1.0),
    "m³": ("volume", 1.0), "lít": ("volume", 0.001), "kwh": ("energy", 1.0), "mwh": ("energy", 1000.0),
    "lần": ("times", 1.0),
}  # fmt: skip
_PER_YEAR = {"năm"}  # what is not said otherwise is for a year


class Measure(NamedTuple):
    """`family`: money, percent, mass, area, … or count; `per`: what it is for one of (`người`, `tháng`);
    `scale`: how many base units (đồng, kg, m², pieces) one of it is; `noun`: what is counted."""

    family: str
    per: tuple[str, ...]
    scale: float
    noun: str


@lru_cache(maxsize=4096)
def measure(unit: str, kind: str) -> Measure:
    """What the unit of a figure of `kind` measures."""
    head, *rest = [part.strip() for part in unit.lower().split("/")]
    per = tuple(sorted(part for part in rest if part and part not in _PER_YEAR))
    if kind == "money":
        return Measure("money", per, _scale(head)[0], "đồng")
    if kind == "percent":
        return Measure("percent", per, 0.1 if head == "‰" else 1.0, "%")
    scale, noun = _scale(head)
    if noun in _MEASURES:
        family, size = _MEASURES[noun]
        return Measure(family, per, scale * size, noun)
    return Measure("count", per, scale, noun)


def _scale(head: str) -> tuple[float, str]:
    """`triệu con` → (1e6, `con`); `nghìn tỷ đồng` → (1e12, `đồng`)."""
    words, scale = head.split(), 1.0
    while words and words[0] in _SCALES:
        scale *= _SCALES[words.pop(0)]
    return scale, " ".join(words)
