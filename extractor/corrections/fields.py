"""What can be corrected of each kind of item, and which values are possible."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from extractor.finding.lazy import lazy
from extractor.model import Document, Figure, Place, PlaceName, Reading, Reference, Section
from extractor.serial import decoded

Kind = Literal["figure", "reference", "place", "section", "reading", "letterhead"]
"""A reading (of recognition) can only be accepted: what it says is corrected in the figure or reference around it.
There is one letterhead, the contract's `Document`: it can be accepted and corrected."""
KINDS: tuple[Kind, ...] = get_args(Kind)
Item = Figure | Reference | Place | Section | Reading
CLASSES: Mapping[str, type[Any]] = {
    "figure": Figure, "reference": Reference, "place": Place, "section": Section, "reading": Reading,
    "letterhead": Document,
}  # fmt: skip

FIELDS: Mapping[str, tuple[str, ...]] = {
    "figure": (
        "start", "end", "kind", "value", "of", "value_to", "unit", "comparator", "indicator", "indicator_id",
        "direction", "role", "period", "places", "section",
    ),
    "reference": ("start", "end", "key", "type", "issuer", "date", "pinpoint"),
    "place": ("start", "end", "name", "level", "code", "district", "province", "current"),
    "section": ("number", "title", "parent"),
    "reading": (),
    "letterhead": ("type", "number", "issuer", "issued_on", "title"),
}  # fmt: skip
"""The fields of each kind that a person may set; what follows from them (`text`, `amount`, `level`, `type_code`)
is worked out."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "figure": ("value",), "reference": ("key",), "place": ("name", "level"), "section": ("number",),
    "reading": (), "letterhead": (),
}  # fmt: skip
"""What has to be said of an item that the machine missed."""

LONGEST = 500  # characters of a text; the longest indicator of corpus/ has 120
_DIGITS = 20
_PERIOD = lazy(r"\d{4}(-\d{4}|-Q[1-4]|-\d{2}(-\d{2})?)?")
_CODE = lazy(r"\d{2,5}")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of a text: its offsets, what stood there, and what stood before and after it."""

    start: int
    end: int
    text: str
    before: str = ""
    after: str = ""


ANCHORED = ("section", "parent")
"""Fields that name a section. Its id changes when a report is read anew, so they hold the `Anchor` of its heading."""


def typed(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values`, parsed JSON by field, as the contract's types. Raises ValueError that says what is wrong."""
    made = {}
    for name, value in values.items():
        if name not in FIELDS[kind]:
            raise ValueError(f"a {kind} has no field {name!r} that can be corrected")
        try:
            made[name] = decoded(_types(kind)[name], value)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return made


def checked(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """As `typed`, of what a person filled in: also refuses what cannot be meant. Raises ValueError."""
    made = typed(kind, values)
    for name, value in made.items():
        try:
            _look(name, value)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return made


@cache
def _types(kind: str) -> dict[str, Any]:
    hints = get_type_hints(CLASSES[kind])
    return hints | dict.fromkeys(ANCHORED, Anchor | None)


def _look(name: str, value: Any) -> None:
    if isinstance(value, Decimal):
        _look_at_number(value)
    elif isinstance(value, int) and value < 0:
        raise ValueError("expected an offset, found a negative number")
    elif isinstance(value, str):
        _look_at_text(name, value)
    elif isinstance(value, tuple):
        for item in value:
            if isinstance(item, PlaceName):
                _look_at_text("name", item.name)
                _look_at_text("code", item.code or "00")


def _look_at_number(value: Decimal) -> None:
    if not value.is_finite() or len(value.as_tuple().digits) > _DIGITS or abs(value.adjusted()) > _DIGITS:
        raise ValueError(f"expected a number of at most {_DIGITS} digits")
    if value < 0:
        raise ValueError("expected no negative number: a decrease is told by 'direction'")


def _look_at_text(name: str, value: str) -> None:
    if name != "unit" and not value.strip():
        raise ValueError("expected a text or null, found nothing but space")
    if len(value) > LONGEST:
        raise ValueError(f"expected at most {LONGEST} characters, found {len(value)}")
    if any(unicodedata.category(c) in _UNSEEN for c in value):
        raise ValueError("expected a text without control characters")
    if unicodedata.normalize("NFC", value) != value:
        raise ValueError("expected a text in NFC")
    if name == "period" and not _PERIOD.fullmatch(value):
        raise ValueError("expected 2023, 2023-10, 2023-11-20, 2021-2025 or 2025-Q2")
    if name == "code" and not _CODE.fullmatch(value):
        raise ValueError("expected a code of 2 to 5 digits")
    if name in ("date", "issued_on"):
        datetime.date.fromisoformat(value)
