"""The items of a report laid out to be corrected, each with where the machine had found it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from extractor.corrections.anchors import anchor
from extractor.corrections.fields import Anchor, Item, Kind
from extractor.model import Document, Page, Place, Reading, Report, Section
from extractor.word_boxes import WordBoxes

LISTS: dict[Kind, str] = {
    "figure": "figures", "reference": "references", "place": "places", "section": "sections",
    "reading": "readings",
}  # fmt: skip
"""Where each kind stands in a report; the letterhead is its document."""
_HEADING = 120  # characters of a heading that are kept to find it again


class StaleError(Exception):
    """A correction that cannot be worked in any more, and why."""


@dataclass(slots=True)
class Held:
    """One item while it is corrected. `start`, `end`: as the machine found it, or a person marked it; `added`: the
    record by which a person did. `by` are the ids of the records that made it what it is; `gone`: the last of them says
    that it is no such item; `placed`: a person said in which section it stands."""

    kind: Kind
    start: int
    end: int
    item: Any
    added: str | None = None
    by: list[str] = field(default_factory=list)
    gone: bool = False
    placed: bool = False

    @property
    def key(self) -> str:
        """What names the item in the report: `key_of`."""
        return key_of(self.item)


def key_of(item: Item | Document) -> str:
    """What names an item in its report: its id; of places and readings, which have none, their offsets."""
    return f"{item.start}-{item.end}" if isinstance(item, Place | Reading) else item.id


def span_of(text: str, kind: Kind, item: Item) -> tuple[int, int]:
    """The stretch that a person points at: the item's own, of a section its heading's line."""
    if kind != "section":
        return item.start, item.end
    line = text.find("\n", item.start + 1, item.end)
    end = min(line if line > 0 else item.end, item.start + _HEADING)
    return item.start, max(end, item.start + 1)


class Desk:
    """All items of one report, found by where they stand."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.words = WordBoxes(report)
        self.held: dict[Kind, list[Held]] = {
            kind: [Held(kind, *span_of(report.text, kind, item), item) for item in getattr(report, name)]
            for kind, name in LISTS.items()
        }
        self.held["letterhead"] = [Held("letterhead", 0, 0, report.document)]
        self._at: dict[tuple[Kind, int], list[Held]] = {}
        for held in self:
            self._at.setdefault((held.kind, held.start), []).append(held)

    def __iter__(self) -> Iterator[Held]:
        return (held for items in self.held.values() for held in items)

    def at(self, kind: Kind, start: int, end: int) -> Held | None:
        """The item that the machine found (or a person marked) just there. Of a section its start decides."""
        found = self._at.get((kind, start), ())
        return next((h for h in found if h.end == end or kind == "section"), None)

    def added(self, record: str) -> Held | None:
        """The item that the record with this id added."""
        return next((h for h in self if h.added == record), None)

    def by_key(self, kind: Kind, key: str) -> Held | None:
        """The item that is named `key` now."""
        return next((h for h in self.held[kind] if h.key == key and not h.gone), None)

    def overlapping(self, kind: Kind, start: int, end: int) -> Held | None:
        """An item that shares characters with a stretch; no section does."""
        if kind == "section":
            return None
        return next((h for h in self.held[kind] if not h.gone and h.item.start < end and start < h.item.end), None)

    def add(self, held: Held) -> None:
        """Put an item in where it stands."""
        items = self.held[held.kind]
        items.insert(bisect_right(items, held.start, key=lambda h: h.start), held)
        self._at.setdefault((held.kind, held.start), []).append(held)

    def remove(self, held: Held) -> None:
        """Take out what `add` has put in."""
        self.held[held.kind] = [h for h in self.held[held.kind] if h is not held]
        self._at[held.kind, held.start] = [h for h in self._at[held.kind, held.start] if h is not held]

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds `offset`."""
        inner: Section | None = None
        for held in self.held["section"]:
            section: Section = held.item
            if not held.gone and section.start <= offset < section.end and (not inner or section.level > inner.level):
                inner = section
        return inner

    def page_at(self, offset: int) -> int | None:
        """The page that the word at `offset` stands on; where that is not known, the one whose text holds it."""
        if (page := self.words.page(offset)) is not None:
            return page
        pages: tuple[Page, ...] = self.report.pages
        return next((p.number for p in pages if p.start <= offset < p.end), pages[-1].number if pages else None)

    def heading(self, section: Section) -> Anchor:
        """What stands for a section in a record."""
        return anchor(self.report.text, *span_of(self.report.text, "section", section))

    def report_now(self) -> Report:
        """The report with the items as they are now."""
        lists: dict[str, Any] = {
            name: tuple(h.item for h in self.held[kind] if not h.gone) for kind, name in LISTS.items()
        }
        document: Document = self.held["letterhead"][0].item
        return replace(self.report, document=document, **lists)
