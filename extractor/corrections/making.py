"""A correction made of what a person filled in, checked against the report that it is about."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.corrections.anchors import anchor, text_sha256
from extractor.corrections.apply import Corrected, correct
from extractor.corrections.fields import ANCHORED, Kind, checked
from extractor.corrections.items import Held
from extractor.corrections.record import ADDED, Correction, What, person
from extractor.errors import UsageError

Values = Mapping[str, Any]
"""Fields as parsed JSON, numbers exact (`serial.parsed`); a section is named by its id, or null."""


class CannotCorrect(UsageError):
    """What a person filled in is no correction of this report as it stands."""

    remedy = "look at the item again and fill the form in anew"


def accept(now: Corrected, kind: Kind, key: str, who: str) -> Correction:
    """The item `key` (`items.key_of`) was looked at and is right. Raises CannotCorrect, as all of these do."""
    return _about(now, "accept", kind, key, who, {})


def reject(now: Corrected, kind: Kind, key: str, who: str) -> Correction:
    """`key` is no such item."""
    return _about(now, "reject", kind, key, who, {})


def change(now: Corrected, kind: Kind, key: str, new: Values, who: str) -> Correction:
    """The item `key` with other values; those that it has already are left out."""
    return _about(now, "correct", kind, key, who, new)


def add(now: Corrected, kind: Kind, start: int, end: int, new: Values, who: str) -> Correction:
    """The machine missed an item in the stretch `start` to `end` of the report's text."""
    try:
        values = _values(now, kind, new)
        where = anchor(now.machine.text, start, end)
        if where.text.strip() != where.text:
            raise ValueError("the stretch begins or ends with space")
        return _tried(now, _record(now, "add", kind, who, anchor=where, new=values))
    except ValueError as error:
        raise CannotCorrect(str(error)) from error


def undo(now: Corrected, record: str, who: str) -> Correction:
    """Take the record with this id back."""
    outcome = now.outcomes.get(record)
    if outcome is None or any(c.id == record and c.what == "undo" for c in now.corrections):
        raise CannotCorrect("no correction of this document has that id")
    if outcome.state == "undone":
        raise CannotCorrect("that correction is taken back already")
    return _record(now, "undo", "document", who, undoes=record)


def review(now: Corrected, report_sha256: str, who: str, pages: Sequence[int] = ()) -> Correction:
    """A person has looked through `pages` (all where none is named) of the JSON with this sha256."""
    numbers = {p.number for p in now.machine.pages}
    if not set(pages) <= numbers:
        raise CannotCorrect(f"the document has pages {min(numbers, default=0)} to {max(numbers, default=0)}")
    return _record(now, "reviewed", "document", who, pages=tuple(sorted(set(pages))), report=report_sha256)


def _about(now: Corrected, what: What, kind: Kind, key: str, who: str, new: Values) -> Correction:
    held = now.desk.by_key(kind, key)
    if held is None:
        raise CannotCorrect(f"there is no {kind} {key!r}")
    try:
        values = _values(now, kind, new)
        old = {name: _old(now, held, name) for name in values}
        values = {name: value for name, value in values.items() if value != old[name]}
        if what == "correct" and not values:
            raise ValueError("nothing is other than it was")
        old = {name: old[name] for name in values}
        where = None if kind == "letterhead" else anchor(now.machine.text, held.start, held.end)
        item = ADDED + held.added if held.added else None if kind in ("place", "reading") else held.item.id
        return _tried(now, _record(now, what, kind, who, anchor=where, item=item, old=old, new=values))
    except ValueError as error:
        raise CannotCorrect(str(error)) from error


def _tried(now: Corrected, made: Correction) -> Correction:
    outcome = correct(now.machine, (*now.corrections, made)).outcomes[made.id]
    if outcome.state != "applied":
        raise CannotCorrect(outcome.reason)
    return made


def _values(now: Corrected, kind: Kind, new: Values) -> dict[str, Any]:
    """The values with sections as anchors."""
    plain = {name: value for name, value in new.items() if name not in ANCHORED}
    made = checked(kind, plain)
    for name in new.keys() - plain.keys():
        checked(kind, {name: None})  # whether that kind has such a field
        made[name] = _heading(now, new[name])
    return made


def _heading(now: Corrected, section: str | None) -> Any:
    if section is None:
        return None
    held = now.desk.by_key("section", section)
    if held is None:
        raise ValueError(f"there is no section {section!r}")
    return now.desk.heading(held.item)


def _old(now: Corrected, held: Held, name: str) -> Any:
    value = getattr(held.item, name)
    return _heading(now, value) if name in ANCHORED and value is not None else value


def _record(now: Corrected, what: What, kind: Any, who: str, **said: Any) -> Correction:
    moment = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    try:
        made = Correction(
            uuid.uuid4().hex, moment, person(who), what, kind, now.machine.document.id, text_sha256(now.machine.text),
            **said,
        )  # fmt: skip
        return Correction.of(made.line())  # what cannot be read again must not be written
    except ValueError as error:
        raise CannotCorrect(str(error)) from error
