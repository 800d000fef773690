"""The fields of the forms of corrections: how a value is shown in one, and what was meant by what came back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from extractor.corrections import units
from extractor.finding.lazy import lazy
from extractor.model import Report
from extractor.patterns import load
from extractor.web.items import Item
from extractor.web.words import Words

Shape = Literal["text", "words", "number", "date", "choice", "places", "place", "section", "parent"]
Options = Sequence[tuple[str, str]]
"""Values and how they are called."""

FORMS: Mapping[str, tuple[tuple[str, Shape], ...]] = {
    "figure": (
        ("words", "words"), ("value", "number"), ("unit", "text"), ("of", "number"), ("value_to", "number"),
        ("comparator", "choice"), ("kind", "choice"), ("indicator", "text"), ("indicator_id", "choice"),
        ("direction", "choice"), ("role", "choice"), ("period", "text"), ("places", "places"), ("section", "section"),
    ),
    "reference": (
        ("words", "words"), ("key", "text"), ("type", "text"), ("issuer", "text"), ("date", "date"),
        ("pinpoint", "text"),
    ),
    "place": (("words", "words"), ("place", "place")),
    "section": (("number", "text"), ("title", "text"), ("parent", "parent")),
    "letterhead": (
        ("type", "text"), ("number", "text"), ("issuer", "text"), ("issued_on", "date"), ("title", "text"),
    ),
}  # fmt: skip
"""The fields of each kind of item in the order of its form."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": ("household", "percent", "money", "criteria", "other"), "comparator": (">", ">=", "<", "<=", "~"),
    "direction": ("increase", "decrease"), "role": ("plan", "estimate"),
}  # fmt: skip
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "figure": ("words", "value"), "reference": ("words", "key"), "place": ("words", "place"), "section": ("number",),
    "letterhead": (),
}  # fmt: skip
_EMPTY = {("figure", "unit"): "", ("section", "title"): ""}  # what a text is that may be empty and not absent
_MOST_SECTIONS = 60  # offered around an item; a list of a thousand helps nobody
_NEAR = 300  # characters to both sides in which the words of an item are looked for
_NUMBERS = {"vi": lazy(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?"), "en": lazy(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")}


class Refused(Exception):
    """What came back in a field cannot be meant. `key`: the words that say so; `name`: the field."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__(key)
        self.key, self.name = key, name


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: how it is called, what stands in it, whether it has to be filled in, and of a choice between
    what."""

    name: str
    called: str
    shape: Shape
    shown: str
    required: bool
    options: Options = ()


def called(kind: str, name: str, words: Words) -> str:
    """How the field `name` of a kind of item is called: the number of a letterhead is not that of a section."""
    own = f"corrections.field_{kind}_{name}"
    return words(own if words.has(own) else "corrections.field_" + name)


def fields(kind: str, about: Mapping[str, Any], report: Report, words: Words, at: int) -> list[Field]:
    """The form of an item of `kind`, filled in with `about`, what is said of it by the contract's names; `at` is where
    it stands."""
    made = []
    for name, shape in FORMS[kind]:
        options, shown = _options(name, shape, report, words, at), _shown(name, shape, about, words)
        if options and shown not in dict(options):
            options = [*options, (shown, shown)]  # an id that is not in the list any more stays what it is
        made.append(Field(name, called(kind, name, words), shape, shown, name in REQUIRED[kind], options))
    return made


def values_of(item: Item, report: Report, form: Mapping[str, str], words: Words) -> dict[str, Any]:
    """What a person changed of `item` in its form, as parsed JSON by the contract's names. Raises Refused.

    Only fields are read in which something else stands than was shown.
    """
    about = about_of(item)
    values: dict[str, Any] = {}
    for name, shape in FORMS[item.kind]:
        if name in form and _plain(form[name]) != _plain(_shown(name, shape, about, words)):
            values |= _read(item.kind, name, shape, form[name], report, words, item)
    return values


def new_values_of(kind: str, report: Report, form: Mapping[str, str], words: Words) -> dict[str, Any]:
    """What a person filled in of an item that the machine missed. Raises Refused."""
    values: dict[str, Any] = {}
    for name, shape in FORMS[kind]:
        if shape != "words" and (name in REQUIRED[kind] or _plain(form.get(name, ""))):
            values |= _read(kind, name, shape, form.get(name, ""), report, words, None)
    return values


def about_of(item: Item) -> dict[str, Any]:
    """What is said of an item, by the names of the fields."""
    value = item.value
    names = [name for name, _ in FORMS[item.kind] if hasattr(value, name)]
    about: dict[str, Any] = {name: getattr(value, name) for name in names}
    return about | {"words": item.text, "name": getattr(value, "name", None), "code": getattr(value, "code", None)}


def day_of(report: Report) -> datetime.date | None:
    """The day whose map the report's places are told on."""
    said = report.document.issued_on
    return datetime.date.fromisoformat(said) if said else None


def _shown(name: str, shape: Shape, about: Mapping[str, Any], words: Words) -> str:
    value = about.get(name)
    if shape == "place":
        return _called(about.get("name") or "", about.get("code"))
    if value is None:
        return ""
    if shape == "number":
        return words.decimal(value)
    if shape == "places":
        return "; ".join(_called(place.name, place.code) for place in value)
    return str(value)


def _called(name: str, code: str | None) -> str:
    return f"{name} ({code})" if code else name


def _options(name: str, shape: Shape, report: Report, words: Words, at: int) -> Options:
    if name == "indicator_id":
        return [("", "–"), *indicators()]
    if shape == "choice":
        options = [(value, words(_CALLED[name](_WORD.get(value, value)))) for value in CHOICES[name]]
        return [("", words("corrections.kind_by_unit") if name == "kind" else "–"), *options]
    if shape == "section":
        return [("", "–"), *((s.id, f"{s.number} {s.title}"[:90]) for s in _near(report, at))]
    if shape == "parent":
        return [("", "–"), *((s.id, f"{s.number} {s.title}"[:90]) for s in _open(report, at))]
    return ()


_CALLED: Mapping[str, Callable[[str], str]] = {
    "kind": lambda value: "corrections.kind_" + value,
    "comparator": lambda value: "corrections.comparator_" + value,
    "direction": lambda value: "corrections.direction_" + value,
    "role": lambda value: "corrections.role_" + value,
}
_WORD = {">": "more", ">=": "least", "<": "less", "<=": "most", "~": "about"}


def _near(report: Report, at: int) -> list[Any]:
    """The sections around an offset, and those that it stands in."""
    before = [s for s in report.sections if s.start <= at]
    after = report.sections[len(before) : len(before) + _MOST_SECTIONS // 2]
    holding = [s for s in before[: -_MOST_SECTIONS // 2] if s.end > at]
    return [*holding, *before[-_MOST_SECTIONS // 2 :], *after]


def _open(report: Report, at: int) -> list[Any]:
    """The sections that one which begins at an offset may stand in: the one before it, and those around that."""
    before = [s for s in report.sections if s.start < at]
    by_id = {s.id: s for s in before}
    found = []
    section = before[-1] if before else None
    while section is not None:
        found.append(section)
        section = by_id.get(section.parent or "")
    return found[::-1]


@cache
def indicators() -> tuple[tuple[str, str], ...]:
    """The indicators of patterns/indicators.toml: id and label, by label."""
    return tuple(sorted(((i["name"], i["label"]) for i in load("indicators")["indicator"]), key=lambda pair: pair[1]))


def _plain(text: str) -> str:
    """White space aside: a field of one line drops line breaks."""
    return " ".join(text.split())


def _read(
    kind: str, name: str, shape: Shape, text: str, report: Report, words: Words, item: Item | None
) -> dict[str, Any]:
    text = _plain(text)
    if not text and name in REQUIRED[kind]:
        raise Refused("corrections.needed", name)
    if not text and name == "kind":
        return {}  # it follows from the unit
    if shape == "words":
        assert item is not None
        return _stretch(report.text, text, item)
    if shape == "place":
        unit = _unit(text, report, name)
        return units.described(unit, day_of(report))
    reader: Callable[[], Any] = {
        "number": lambda: _number(text, name, words),
        "places": lambda: [units.named(_unit(one, report, name)) for one in text.split(";") if one.strip()],
        "date": lambda: text,
    }.get(shape, lambda: text)
    return {name: reader() if text else [] if shape == "places" else _EMPTY.get((kind, name))}


def _number(text: str, name: str, words: Words) -> Decimal:
    match = _NUMBERS[words.language].fullmatch(text.replace("\xa0", " ").replace(" ", ""))
    if match is None:
        raise Refused("corrections.no_number", name)
    whole = re.sub(r"\D", "", match[1])
    return Decimal(f"{whole}.{match[2]}" if match[2] else whole)


def _unit(text: str, report: Report, name: str) -> Any:
    found = units.chosen(text, day_of(report))
    if found is None:
        raise Refused("corrections.no_unit", name)
    return found


def _stretch(text: str, wanted: str, item: Item) -> dict[str, Any]:
    """Where `wanted` stands nearest to the item, in words that may be parted otherwise."""
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())))
    first = max(0, item.start - _NEAR)
    found = min(
        pattern.finditer(text, first, min(len(text), item.end + _NEAR)),
        key=lambda m: abs(m.start() - item.start) + abs(m.end() - item.end), default=None,
    )  # fmt: skip
    if found is None:
        raise Refused("corrections.no_words", "words")
    return {"start": found.start(), "end": found.end()}


def stretch_of(text: str, wanted: str, start: int, end: int) -> tuple[int, int] | None:
    """Where `wanted` stands in `text[start:end]`, where it stands there once."""
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())))
    found = [m.span() for m in pattern.finditer(text, start, end)] if wanted.strip() else []
    return found[0] if len(found) == 1 else None
