"""The gold of one report: its raw text in reading order, and the annotations over it."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from corpusbuild.marks import MARK, parse_marks
from corpusbuild.source import NOTE_MARK, Closing, Paragraph, ReportSource, Table, block_texts, optional_cell


def build_gold(source: ReportSource) -> tuple[str, dict[str, Any]]:
    """Return the raw text (NFC, one paragraph or table row a line) and the gold document."""
    raw, items = parse_marks("\n".join(marked_lines(source)) + "\n")
    if raw != unicodedata.normalize("NFC", raw):
        raise ValueError(f"{source.name}: the source is not NFC")
    codes = source.front.get("places", {})
    for item in items:
        if item["tag"] == "P" and "code" not in item and (code := codes.get(f"{item['level']} {item['name']}")):
            item["code"] = code
    document = dict(source.front["expect"])
    document["place"] = _own_place(document.get("place"), items)
    document["title"] = " ".join(source.lines("title"))
    document["recipients"] = source.lines("recipients")
    return raw, {
        "raw": f"{source.name}.txt",
        "source": f"../corpus/{source.name}.{source.front['formats'][0]}",
        "text_chars": len(raw),
        "document": document,
        "annotations": items,
    }


def _own_place(place: Any, items: list[dict[str, Any]]) -> Any:
    """The report's own area as {name, level, code}; a bare name is completed from its first mark in the text."""
    if not isinstance(place, str):
        return place
    found = next((item for item in items if item["tag"] == "P" and item["name"] == place), {})
    return {"name": place} | {key: found[key] for key in ("level", "code") if key in found}


def gold_json(gold: dict[str, Any]) -> str:
    """The gold as JSON text, one annotation a line, so that a change of one shows as one line."""
    rest = {key: value for key, value in gold.items() if key != "annotations"}
    head = json.dumps(rest, ensure_ascii=False, indent=1)[:-2]
    rows = ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in gold["annotations"])
    return f'{head},\n "annotations": [\n{rows}\n ]\n}}\n'


def marked_lines(source: ReportSource) -> list[str]:
    """The report's lines in reading order, marks kept: letterhead to signature, annexes behind it."""
    front = source.front
    number = front.get("number", "")
    lines = [*front.get("letterhead_left", []), *front.get("letterhead_right", [])]
    lines += [number if not number or MARK.search(number) else f"⟦O {number}⟧"]  # its own number is no citation
    lines += [front.get("place_date", ""), front.get("type_line", ""), *front.get("title", [])]
    for block in source.blocks:
        if isinstance(block, Paragraph):
            lines.append(_numbered(block.text))
        elif isinstance(block, Table):
            lines.append(_numbered(block.caption))
            lines += ["\t".join(_numbered(cell) for cell in row if cell not in {"<", "^"}) for row in block.header]
            lines += ["\t".join(_numbered(optional_cell(cell)) for cell in row) for row in block.rows]
        elif isinstance(block, Closing):
            lines += closing_lines(source)
        marks = [mark for text in block_texts(block) for mark in NOTE_MARK.findall(text)]
        lines += [f"{mark} {source.notes[mark]}" for mark in marks]
    return [line for line in lines if line]


def closing_lines(source: ReportSource) -> list[str]:
    """Recipients, then the signature block, marks kept."""
    front = source.front
    recipients = front.get("recipients", [])
    head = ["Nơi nhận:"] if recipients else []
    return [*head, *(f"- {line}" for line in recipients), *front.get("signature", []), front.get("signer", "")]


def _numbered(text: str) -> str:
    return NOTE_MARK.sub(r"\1", text)
