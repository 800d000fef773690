"""The output contract as frozen dataclasses: what one report becomes.

Everything a consumer reads is here and nowhere else; the JSON (`extractor.serial`) and its JSON Schema
(`extractor.schema`) are generated from these classes.

Conventions. Offsets are Unicode code points into `Report.text` (NFC), half open `[start, end)`. Pages count from 1.
Boxes are `(x0, top, x1, bottom)` in PDF points (1/72 inch) from the top left of the page as shown. Dates are ISO 8601.
`None` or an empty tuple means unknown or absent: nothing is guessed without `confidence` below 1.
Numbers are exact `Decimal`s, in JSON plain decimal literals.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

SCHEMA_VERSION = "1.4"
"""1.0 is the first contract. 1.1 adds `Report.furniture`, what was kept out of the text. 1.2 adds `Table.mentions`,
where the text points to a table, `Report.readings`, what was recognised in two ways, and `Document.signatures`.
1.3 adds `Reference.resolved`, `reason`, `relation` and `by`, and `Report.short_forms`, what stands for a cited
document. 1.4 adds `Table.cell_spans`, where each cell's text stands, and `Report.word_boxes`, where each word stands
on its page."""

Box = tuple[float, float, float, float]
Span = tuple[int, int]
Kind = Literal["household", "percent", "money", "criteria", "other"]
Level = Literal["commune", "district", "province"]
Comparator = Literal[">", ">=", "<", "<=", "~"]
Relation = Literal[
    "basis", "implements", "under", "amends", "replaces", "repeals", "approves", "guides", "mentions"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceName:
    """An administrative unit by its official name and General Statistics Office code, as of the report's date."""

    name: str
    level: Level
    code: str | None = None


@dataclass(frozen=True, slots=True)
class CurrentUnit:
    """A unit of today (after the mergers of July 2025) that holds a former unit or a part of it."""

    name: str
    code: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature in the file. `intact`: the bytes that it covers are unchanged. `whole`: it covers the whole
    file as it is; where False, something was added after it. Whether the certificate is to be trusted is not judged:
    that needs the network. `signed_at` is ISO 8601 with its offset, as the signature claims it."""

    signer: str | None = None
    organisation: str | None = None
    signed_at: str | None = None
    intact: bool = False
    whole: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Where a report came from, and what its letterhead, heading and signature block say."""

    id: str
    source: str
    sha256: str
    media_type: str
    page_count: int
    type: str | None = None  # loại văn bản: "Báo cáo"
    type_code: str | None = None  # its abbreviation: "BC"
    number: str | None = None  # số, ký hiệu: "12/BC-UBND"
    title: str | None = None  # trích yếu
    issuer: str | None = None
    issued_on: str | None = None
    issued_at: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    recipients: tuple[str, ...] = ()  # nơi nhận
    period: str | None = None  # the reporting period
    place: PlaceName | None = None
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its span in the text, its size in points (None where the format has no pages), how it was read."""

    number: int
    start: int
    end: int
    width: float | None = None
    height: float | None = None
    source: Literal["text", "ocr"] = "text"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading or item with all that stands below it. `number` is the label without closing punctuation."""

    id: str
    number: str
    title: str
    level: int
    parent: str | None
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The table cell that a figure stands in."""

    id: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the unit that it counts or measures, and what it is about."""

    id: str
    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal
    of: Decimal | None = None  # 13/19 tiêu chí: value 13, of 19
    value_to: Decimal | None = None  # upper end of a range written as one
    unit: str = ""
    amount: int | None = None  # money only: đồng
    comparator: Comparator | None = None
    indicator: str | None = None
    indicator_id: str | None = None
    direction: Literal["increase", "decrease"] | None = None
    role: Literal["plan", "estimate"] | None = None
    period: str | None = None
    places: tuple[PlaceName, ...] = ()
    section: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float = 1.0
    table: Cell | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited legal or administrative document. `key` is its canonical symbol, or the law's name with its year.

    `resolved` is the key of the document that is meant (for `Nghị quyết 20` that of `20-NQ/TU`, for `Luật Đất đai` that
    of its edition); None where that is not certain, `reason` then says why. `relation` is how the report uses it;
    where it says that the document is amended, replaced, repealed or approved, `by` is the key of what does that.
    """

    id: str
    start: int
    end: int
    text: str
    key: str
    type: str | None = None
    issuer: str | None = None
    date: str | None = None
    pinpoint: str | None = None  # "điểm a khoản 2 Điều 5"
    section: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float = 1.0
    resolved: str | None = None
    reason: str | None = None
    relation: Relation = "mentions"
    by: str | None = None


@dataclass(frozen=True, slots=True)
class ShortForm:
    """Words that stand for documents cited elsewhere in the report: `Nghị định này`, `các Quyết định trên`, `KH 239`.

    `resolved` holds the keys that are meant, several for a plural; it is empty where that is not certain, and `reason`
    says why.
    """

    id: str
    start: int
    end: int
    text: str
    type: str | None = None
    resolved: tuple[str, ...] = ()
    reason: str | None = None
    relation: Relation = "mentions"
    pinpoint: str | None = None
    section: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a commune, district or province, matched to its official unit as of the report's date."""

    start: int
    end: int
    text: str
    name: str
    level: Level
    code: str | None = None
    district: str | None = None
    province: str | None = None
    current: tuple[CurrentUnit, ...] = ()  # today's unit(s); several where the unit was divided
    score: float = 1.0
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the text points to a table: `(Chi tiết tại Phụ biểu 3.1 kèm theo)`; the span is that of the label."""

    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its cells' text row by row, header rows first.

    `cell_spans` are like `rows`: where the cell's text stands in the report's, twice where a page's end tears it.
    """

    id: str
    page: int
    box: Box | None = None
    caption: str | None = None
    header_rows: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    cell_boxes: tuple[tuple[Box | None, ...], ...] = ()
    cell_spans: tuple[tuple[tuple[Span, ...], ...], ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of the report against itself found: that a set is inconsistent, not which number of it is wrong."""

    rule: str
    severity: Literal["error", "warning"]
    message: str
    evidence: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A number or symbol that recognition read in two ways, or whose letters were corrected.

    `text` is what stands in the report's text, `first` the recogniser's own reading, `second` that of the second reader
    (None where it was not asked or refused), `reason` why `text` was chosen.
    """

    start: int
    end: int
    text: str
    first: str
    second: str | None
    reason: str
    confidence: float = 1.0
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on a page beside the report's own text (running head, page number, signature stamp)."""

    page: int
    kind: Literal["header", "footer", "page_number", "stamp"]
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its text, structure, and everything found in it, each with its span, page and boxes.

    `word_boxes` tells where on the page any other stretch of the text stands: read it with `extractor.word_boxes`.
    """

    document: Document
    text: str
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    references: tuple[Reference, ...] = ()
    short_forms: tuple[ShortForm, ...] = ()
    places: tuple[Place, ...] = ()
    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    readings: tuple[Reading, ...] = ()
    warnings: tuple[str, ...] = ()
    word_boxes: tuple[str, ...] = ()
    schema_version: str = SCHEMA_VERSION

    def to_json(self) -> str:
        """The report as the contract's JSON text (UTF-8, one list item a line, ends with a newline)."""
        from extractor.serial import to_json

        return to_json(self)

    @staticmethod
    def from_json(text: str | bytes) -> Report:
        """Read what `to_json` wrote. Raises a `WrongFormat` where it is not a report of this contract."""
        from extractor.serial import from_json

        return from_json(text)
