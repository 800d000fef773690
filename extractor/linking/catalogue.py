"""Which known indicator a figure states: the ids of `patterns/indicators.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractor import patterns
from extractor.linking.abbreviations import standing
from extractor.model import Figure, Kind


@dataclass(frozen=True, slots=True)
class Known:
    """A known indicator: its id, its Vietnamese name, the kinds of figure that state it, whether its parts add up."""

    id: str
    label: str
    kinds: frozenset[str]
    additive: bool


_LETTERS = str.maketrans(
    {",": " ", ".": " ", ";": " ", "(": " ", ")": " ", "–": " ", "-": " ", "“": " ", "”": " ", '"': " "}
)
_FORMS = {"tỉ": "tỷ", "thuỷ": "thủy", "hoá": "hóa", "uỷ": "ủy", "sỹ": "sĩ"}
_CHANGED = ("tốc độ tăng ", "mức đạt ", "mức giảm ", "mức tăng ")


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Known]:
    """All known indicators by id."""
    entries: list[dict[str, Any]] = patterns.load("indicators")["indicator"]
    return {e["name"]: Known(e["name"], e["label"], frozenset(e["units"]), bool(e["additive"])) for e in entries}


@lru_cache(maxsize=1)
def _names() -> dict[str, list[tuple[tuple[str, ...], Known]]]:
    """The written forms by their first word, longest first."""
    known = catalogue()
    short = {word.lower(): full for word, full in standing().items() if len(word) > 2}
    by_word: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
    for entry in patterns.load("indicators")["indicator"]:
        for name in entry["names"]:
            form = tuple(w for word in _words(name) for w in _words(short.get(word, word)))
            by_word.setdefault(form[0], []).append((form, known[entry["name"]]))
    for forms in by_word.values():
        forms.sort(key=lambda pair: -len(pair[0]))
    return by_word


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(_FORMS.get(w, w) for w in phrase.lower().translate(_LETTERS).split())


@lru_cache(maxsize=8192)
def _spelled(phrase: str) -> tuple[str, ...]:
    """The words of an indicator, its standing abbreviations written out."""
    full = standing()
    words: list[str] = []
    for word in phrase.translate(_LETTERS).split():
        written = full.get(word) if word.isupper() and len(word) > 1 else None
        if written is None:
            lowered = word.lower()
            words.append(_FORMS.get(lowered, lowered))
        else:
            words += _words(written)
    return tuple(words)


@lru_cache(maxsize=8192)
def identify(indicator: str, kind: Kind, changed: bool = False) -> str | None:
    """The id of the known indicator with the longest name in `indicator` that a figure of `kind` can state.

    `changed`: the figure is a change of it (`tăng 9,8%`), which may be in any kind. The degree to which a plan was
    fulfilled is no value of the indicator that was planned.
    """
    if indicator.startswith("mức đạt ") or " so với kế hoạch" in indicator:
        return None
    words = _spelled(indicator.partition(" so với ")[0])
    names = _names()
    best: Known | None = None
    length = 0
    for at, word in enumerate(words):
        for form, known in names.get(word, ()):
            if len(form) <= length:
                break
            if words[at : at + len(form)] == form and (kind in known.kinds or (changed and kind == "percent")):
                best, length = known, len(form)
                break
    if best is None or (kind == "percent" and not changed and "percent" not in best.kinds):
        return None
    return best.id


def read(
    figures: Sequence[Figure],
    indicators: Sequence[str | None],
    changed: Sequence[bool],
    introduced: Mapping[str, str],
) -> list[str | None]:
    """The id of each of `figures`, None where `patterns/indicators.toml` does not know its indicator.

    `introduced`: the abbreviations that the report itself introduces, which win over the standing ones.
    """
    return [
        identify(_written_out(name, introduced), figure.kind, change) if name else None
        for figure, name, change in zip(figures, indicators, changed, strict=True)
    ]


def _written_out(name: str, introduced: Mapping[str, str]) -> str:
    """An indicator with the report's own abbreviations written out."""
    if not introduced:
        return name
    return " ".join(introduced.get(word, word) for word in name.split())


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `patterns/indicators.toml`: the figures of `text` that state the indicator of `entry`."""
    from extractor.finding.dates import find_dates
    from extractor.finding.figures import find_figures
    from extractor.linking.figures import link_figures

    dates = find_dates(text)
    figures = find_figures(text, [(d.start, d.end) for d in dates])
    linked = link_figures(text, figures, sections=(), places=(), dates=dates)
    return [f.text for f in linked if f.indicator_id == entry["name"]]
