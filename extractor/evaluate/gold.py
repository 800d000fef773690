"""Gold: stand-off annotations of one text, as the annotation guide's markup tool writes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from extractor.errors import NotFound, WrongFormat

Tag = Literal["F", "R", "P", "S", "O"]


class WrongGold(WrongFormat):
    """A gold file is not one, or does not belong to its text."""

    remedy = "see docs/evaluate.md for the form of gold files"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One mark: F figure, R reference, P place, S section, O optional (neither rewarded nor punished).

    `start` and `end` are code points of the raw text. Which of the others are set depends on the tag; figures and
    references carry what the text states about them (indicator, direction, place, period, role, date), or None.
    """

    tag: Tag
    start: int
    end: int
    text: str
    kind: str = ""
    value: float | None = None
    of: float | None = None
    unit: str = ""
    indicator: str | None = None
    direction: str | None = None
    place: str | None = None
    period: str | None = None
    role: str | None = None
    key: str = ""
    date: str | None = None
    name: str = ""
    level: str = ""
    number: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotations of one text. `raw` and `source` name the text and the report, relative to the gold file, `json`
    the report's JSON below OUT/reports.

    `document` is what the report's letterhead and signature say, by the contract's names, where gold states it.
    """

    path: Path
    annotations: tuple[Annotation, ...]
    document: dict[str, Any]
    text_chars: int | None = None
    raw: str | None = None
    source: str | None = None
    json: str | None = None


def load_gold(path: Path) -> Gold:
    """The gold file at `path`. Raises NotFound or WrongGold."""
    try:
        data = json.loads(path.read_text(encoding="utf8"))
        items = tuple(map(_annotation, data["annotations"]))
        document = dict(data.get("document") or {})
        names = data.get("text_chars"), data.get("raw"), data.get("source"), data.get("json")
        return Gold(path, items, document, *names)
    except FileNotFoundError as error:
        raise NotFound("no such gold file", path=path) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongGold(f"not a gold file: {type(error).__name__}: {error}", path=path) from error


def _annotation(item: dict[str, Any]) -> Annotation:
    section = item["tag"] == "S"
    return Annotation(
        tag=item["tag"],
        start=int(item["start"]),
        end=int(item["end"]),
        text=item["text"],
        kind=item.get("kind", ""),
        value=item["value"] if item["tag"] == "F" else None,
        of=item.get("of"),
        unit=item.get("unit", ""),
        indicator=item.get("ind"),
        direction=item.get("dir"),
        place=item.get("place"),
        period=item.get("period"),
        role=item.get("role"),
        key=item.get("key", ""),
        date=item.get("date"),
        name=item.get("name", ""),
        level="" if section else item.get("level", ""),
        number=item.get("number", ""),
        depth=int(item["level"]) if section else 0,
    )
