"""One correction: what a person said about one item of one report. A line of JSON in the document's journal."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from extractor.corrections.fields import KINDS, NEEDED, Anchor, Kind, checked, typed
from extractor.finding.lazy import lazy
from extractor.serial import decoded, encoded, parsed

What = Literal["accept", "correct", "reject", "add", "undo", "reviewed"]
"""accept: looked at and right; correct: `new` instead of `old`; reject: is no such item; add: the machine missed it;
undo: takes the record `undoes` back; reviewed: a person has looked through the pages (all where none is named)."""

Target = Kind | Literal["document"]
ADDED = "added-"
"""How the id of an item begins that the machine missed; the id of the record that adds it follows."""

LONGEST_NAME = 80
_ID = lazy(r"[0-9a-f]{32}")
_SHA = lazy(r"[0-9a-f]{64}")
_ITEM = lazy(r"[\w:.-]{1,60}")
_WHEN = lazy(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


@dataclass(frozen=True, slots=True)
class Correction:
    """One record. `anchor` is where the item stands as the machine found it (of an added one: as the person marked it;
    a letterhead has none), `item` its id at that time (places have none), `text_sha256` that of the report's text then.
    `old` and `new` hold the fields that change, as the contract's types. `report`: of a review, the sha256 of the JSON
    that was looked through.
    """

    id: str
    when: str
    who: str
    what: What
    kind: Target
    document: str
    text_sha256: str
    item: str | None = None
    anchor: Anchor | None = None
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)
    undoes: str | None = None
    pages: tuple[int, ...] = ()
    report: str | None = None

    def line(self) -> bytes:
        """The record as one line of JSON, which ends with a newline; keys that say nothing are left out."""
        keep = ("id", "when", "who", "what", "kind", "document", "text_sha256")
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return encoded({k: v for k, v in data.items() if k in keep or v not in (None, (), {})}) + b"\n"

    @classmethod
    def of(cls, line: str | bytes) -> Correction:
        """The record of one line. Keys that this version does not know are passed over. Raises ValueError."""
        text = line.decode() if isinstance(line, bytes) else line
        data = parsed(text)
        if not isinstance(data, dict):
            raise ValueError("not an object")
        kind = _one_of("kind", data.get("kind"), (*KINDS, "document"))
        values: dict[str, Any] = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        for name, read in (("old", typed), ("new", checked)):
            if name in values:
                values[name] = _fields(kind, name, values[name], read)
        if values.get("anchor") is not None:
            values["anchor"] = _decoded("anchor", Anchor, values["anchor"])
        if "pages" in values:
            values["pages"] = _decoded("pages", tuple[int, ...], values["pages"])
        try:
            made = cls(**values)
        except TypeError as error:
            raise ValueError(str(error).rpartition("() ")[2]) from None
        made._validate()
        return made

    def _validate(self) -> None:
        _one_of("what", self.what, get_args(What))
        _matches("id", self.id, _ID)
        _matches("text_sha256", self.text_sha256, _SHA)
        _matches("document", self.document, _ITEM)
        moment(self.when)
        if not isinstance(self.who, str) or person(self.who) != self.who:
            raise ValueError("who: expected a name without control characters")
        for name, pattern in (("item", _ITEM), ("undoes", _ID), ("report", _SHA)):
            if getattr(self, name) is not None:
                _matches(name, getattr(self, name), pattern)
        whole = self.what in ("undo", "reviewed")
        if whole != (self.kind == "document"):
            raise ValueError(f"kind: {self.kind!r} does not go with {self.what!r}")
        if self.kind == "reading" and self.what != "accept":
            raise ValueError("kind: a reading can only be accepted")
        if self.kind == "letterhead" and self.what not in ("accept", "correct"):
            raise ValueError("kind: a letterhead can only be accepted or corrected")
        placed = not whole and self.kind != "letterhead"
        needed = {"anchor": placed, "undoes": self.what == "undo", "report": self.what == "reviewed"}
        for name, wanted in needed.items():
            if wanted != (getattr(self, name) is not None):
                raise ValueError(f"{name}: expected {'a value' if wanted else 'none'} of {self.what!r}")
        if bool(self.new) != (self.what in ("correct", "add")):
            raise ValueError(f"new: expected {'no' if self.new else 'some'} values of {self.what!r}")
        if self.what == "add" and (missing := [n for n in NEEDED[self.kind] if self.new.get(n) is None]):
            raise ValueError(f"new: of a missed {self.kind} has to be said {', '.join(missing)}")
        if self.anchor is not None:
            _look_at_anchor(self.anchor)
        if any(page < 1 for page in self.pages):
            raise ValueError("pages: they count from 1")


def person(name: str) -> str:
    """A person's name as it is kept: no control characters, no more than one blank at a time, at most 80 characters.

    Raises ValueError where nothing is left.
    """
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in unicodedata.normalize("NFC", name))
    kept = " ".join(seen.split())[:LONGEST_NAME].strip()
    if not kept:
        raise ValueError("who: expected a name")
    return kept


def moment(when: str) -> datetime.datetime:
    """The time of a record (UTC). Raises ValueError."""
    _matches("when", when, _WHEN)
    return datetime.datetime.fromisoformat(when)


def _look_at_anchor(anchor: Anchor) -> None:
    if not 0 <= anchor.start < anchor.end or len(anchor.text) != anchor.end - anchor.start:
        raise ValueError("anchor: expected as much text as its offsets hold")


def _fields(kind: str, name: str, value: Any, read: Callable[[str, dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    if kind not in KINDS or not isinstance(value, dict):
        raise ValueError(f"{name}: expected fields of an item")
    try:
        return read(kind, value)
    except ValueError as error:
        raise ValueError(f"{name}.{error}") from None


def _decoded(name: str, kind: Any, value: Any) -> Any:
    try:
        return decoded(kind, value)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _one_of(name: str, value: object, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name}: expected one of {', '.join(allowed)}, found {value!r}")
    return value


def _matches(name: str, value: object, pattern: re.Pattern[str]) -> None:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"{name}: {value!r} is none")
