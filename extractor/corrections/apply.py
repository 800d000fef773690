"""A report with its corrections worked in. The report that is given stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from extractor.corrections.anchors import find, text_sha256
from extractor.corrections.fields import ANCHORED, CLASSES, Anchor, Kind
from extractor.corrections.items import Desk, Held, StaleError
from extractor.corrections.record import ADDED, Correction
from extractor.corrections.sections import look_at_order, settle
from extractor.model import Document, Figure, Report

State = Literal["applied", "undone", "stale"]
Key = tuple[Kind, str]
"""A kind of item and what names one of them (`items.key_of`)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record, where it is stale why, and where its item stands else."""

    state: State
    reason: str = ""
    at: int | None = None


@dataclass(frozen=True)
class Corrected:
    """A report after its corrections. `outcomes` by the records' ids, in their order; `marks` the ids of the records
    that made an item what it is, by its kind and key. `machine` is the report before, `desk` its items now."""

    machine: Report
    corrections: tuple[Correction, ...]
    outcomes: Mapping[str, Outcome]
    marks: Mapping[Key, tuple[str, ...]]
    desk: Desk = field(repr=False)

    @property
    def done(self) -> list[Correction]:
        """The corrections of items that hold."""
        return [c for c in self.corrections if c.kind != "document" and self.outcomes[c.id].state == "applied"]

    @property
    def applied(self) -> int:
        """How many corrections of items hold."""
        return len(self.done)

    @cached_property
    def report(self) -> Report:
        """The report as it was corrected, audited again where something was changed."""
        done = self.done
        if not done:
            return self.machine
        report = self.desk.report_now()
        if all(c.what == "accept" for c in done):
            return report
        from extractor.auditing import audit  # loads the rules: only where a report has changed

        return replace(report, findings=tuple(audit(report)[0]))


def apply(report: Report, corrections: Iterable[Correction]) -> Report:
    """`report` with `corrections`, in their order, worked in; what was taken back or is stale changes nothing."""
    return correct(report, corrections).report


def correct(report: Report, corrections: Iterable[Correction]) -> Corrected:
    """As `apply`, with what became of each.

    The last word about an item counts: one that was rejected and then corrected is an item. A record whose item, or
    whose words, are no longer there is stale.
    """
    records = tuple(corrections)
    undone = {c.undoes for c in records if c.what == "undo"}
    known = {c.id for c in records}
    desk = Desk(report)
    sha256 = text_sha256(report.text) if records else ""
    outcomes: dict[str, Outcome] = {}
    for c in records:
        if c.id in undone:
            outcomes[c.id] = Outcome("undone")
        elif c.kind == "document":
            lost = c.what == "undo" and c.undoes not in known
            outcomes[c.id] = Outcome("stale", "the record that it takes back is gone") if lost else Outcome("applied")
        else:
            try:
                at = _work(desk, c, unchanged=c.text_sha256 == sha256)
                outcomes[c.id] = Outcome("applied", at=at)
            except StaleError as error:
                outcomes[c.id] = Outcome("stale", str(error))
    marks = {(h.kind, h.key): tuple(h.by) for h in desk if h.by and not h.gone}
    made = Corrected(report, records, outcomes, marks, desk)
    if any(c.kind == "section" for c in made.done):
        settle(desk, len(report.text))
    return made


def _work(desk: Desk, c: Correction, *, unchanged: bool) -> int:
    """Work one record in and return where its item stands, or raise StaleError and leave everything as it was."""
    assert c.kind != "document"
    if c.kind == "letterhead":
        return _letterhead(desk, c, unchanged=unchanged)
    assert c.anchor is not None
    if c.item is not None and c.item.startswith(ADDED):
        held, shift = desk.added(c.item.removeprefix(ADDED)), 0
        if held is None:
            raise StaleError("the record that added it is taken back or stale")
    else:
        start = find(desk.report.text, c.anchor, unchanged=unchanged)
        if start is None:
            raise StaleError("its words no longer stand there, or stand there more than once")
        shift = start - c.anchor.start
        held = desk.at(c.kind, start, start + len(c.anchor.text))
        if held is None and c.what == "add":
            _add(desk, c, start, unchanged=unchanged)
            return start
    if held is None:
        raise StaleError(f"the machine finds no {c.kind} there now")
    if c.what in ("correct", "add"):
        _change(desk, held, c, shift, unchanged=unchanged)
    if c.what == "add":
        held.added = c.id  # what was missed once is found by another version of the tool
    if c.what != "reject":
        held.item = _vouched(held.item)
    held.gone = c.what == "reject"
    held.by.append(c.id)
    at: int = held.item.start
    return at


def _letterhead(desk: Desk, c: Correction, *, unchanged: bool) -> int:
    if not unchanged and c.document != desk.report.document.id:
        raise StaleError("another file stands there now, with a letterhead of its own")
    (held,) = desk.held["letterhead"]
    held.item = _followed(replace(held.item, **c.new), c.new)
    held.by.append(c.id)
    return 0


def _add(desk: Desk, c: Correction, start: int, *, unchanged: bool) -> None:
    """Put a new item in where a person marked it."""
    assert c.anchor is not None
    assert c.kind != "document"
    end = start + len(c.anchor.text)
    if (other := desk.overlapping(c.kind, start, end)) is not None:
        raise StaleError(f"another {c.kind} stands there: {other.item.text}")
    around = desk.section_at(start)
    inside = around.id if around else None
    values: dict[str, Any] = {
        "id": ADDED + c.id, "start": start, "end": end, "text": c.anchor.text, "page": desk.page_at(start),
        "boxes": desk.words.boxes(start, end), "section": inside, "parent": inside, "title": "", "kind": "other",
    }  # fmt: skip
    if c.kind == "section":
        values |= {"level": 1, "end": around.end if around else len(desk.report.text)}
    values |= {name: value for name, value in c.new.items() if name not in (*ANCHORED, "start", "end")}
    names = CLASSES[c.kind].__dataclass_fields__
    held = Held(c.kind, start, end, CLASSES[c.kind](**{k: v for k, v in values.items() if k in names}), added=c.id)
    desk.add(held)
    try:
        _change(desk, held, c, 0, unchanged=unchanged)
    except StaleError:
        desk.remove(held)
        raise
    held.by.append(c.id)


def _change(desk: Desk, held: Held, c: Correction, shift: int, *, unchanged: bool) -> None:
    values = dict(c.new)
    for name in ANCHORED:
        if name in values:
            values[name] = _section(desk, values[name], unchanged=unchanged)
    if "start" in values or "end" in values:
        values |= _span(desk, held, values, shift)
    before = held.item
    held.item = _followed(replace(before, **values), values)
    if c.kind == "section":
        try:
            look_at_order(desk)
        except StaleError:
            held.item = before
            raise
    held.placed |= "section" in values


def _section(desk: Desk, anchor: Anchor | None, *, unchanged: bool) -> str | None:
    if anchor is None:
        return None
    start = find(desk.report.text, anchor, unchanged=unchanged)
    held = desk.at("section", start, 0) if start is not None else None
    if held is None or held.gone:
        raise StaleError(f"the section that it names is not there: {anchor.text}")
    found: str = held.item.id
    return found


def _span(desk: Desk, held: Held, values: Mapping[str, Any], shift: int) -> dict[str, Any]:
    start = values["start"] + shift if "start" in values else held.item.start
    end = values["end"] + shift if "end" in values else held.item.end
    if not 0 <= start < end <= len(desk.report.text):
        raise StaleError("the stretch that it should have is none of this text")
    if (start, end) == (held.item.start, held.item.end):
        return {"start": start, "end": end}
    page, boxes = desk.page_at(start), desk.words.boxes(start, end)
    return {"start": start, "end": end, "text": desk.report.text[start:end], "page": page, "boxes": boxes}


def _followed(item: Any, said: Mapping[str, Any]) -> Any:
    """The item with what follows from what a person said of it."""
    if isinstance(item, Figure):
        return _measured(item, said)
    if isinstance(item, Document):
        return _typed(item) if "type" in said else item
    if "key" in said:
        return replace(item, resolved=item.key, reason=None)
    if {"name", "level", "code"} & said.keys() and "current" not in said:
        return replace(item, current=())
    return item


def _typed(document: Document) -> Document:
    """The abbreviation of the type that was said."""
    from extractor.finding.doctypes import codes_by_name  # the list of types: only where one was changed

    return replace(document, type_code=codes_by_name().get(document.type or ""))


def _measured(figure: Figure, said: Mapping[str, Any]) -> Figure:
    """The kind of the unit where no kind was said, and the amount in đồng."""
    if not {"unit", "value", "kind"} & said.keys():
        return figure
    from extractor.finding.units import read_unit  # the lexicon of units: only where a number or unit was changed

    unit = read_unit(f" {figure.unit}", 0)
    known = unit is not None and unit.end == len(figure.unit) + 1
    kind = figure.kind
    if "unit" in said and "kind" not in said:
        kind = unit.kind if unit is not None and known else "other"
    exact: Decimal | None = None
    if kind == "money" and unit is not None and known and unit.amounts is not None:
        exact = figure.value * unit.amounts
    whole = exact is not None and exact == exact.to_integral_value()
    return replace(figure, kind=kind, amount=int(exact) if exact is not None and whole else None)


def _vouched(item: Any) -> Any:
    """As sure as a person who looked at it."""
    if hasattr(item, "confidence"):
        return replace(item, confidence=1.0)
    return replace(item, score=1.0) if hasattr(item, "score") else item
